"""Reports of ours that Frappe sends by e-mail: each shows what the user it is set up for may see, and no more.

Frappe asks a Report Builder's list as that user, but runs a script report as whoever sends it, which by
the scheduler is Administrator. And it lets whoever sets a mail up name any user.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import frappe
from frappe import _
from frappe.email.doctype.auto_email_report.auto_email_report import AutoEmailReport
from frappe.translate import get_user_lang

from partycell.access import guarded, scope
from partycell.errors import ByOfficeError


class MailedReport(AutoEmailReport):
	"""In the place of Frappe's class; for reports of other apps it does as Frappe does."""

	def validate(self):
		"""Refuses to mail to oneself what somebody else may see."""
		super().validate()
		refuse_other_reader(self)

	def get_report_content(self):
		"""The report in its user's name and language."""
		if not is_ours(self.report):
			return super().get_report_content()
		with reading_as(self.user):
			return super().get_report_content()


def refuse_other_reader(doc) -> None:
	"""Only whoever sees every row sets up a mail that shows what another user sees."""
	if not is_ours(doc.report) or scope.sees_everything(frappe.session.user):
		return
	if doc.user != frappe.session.user:
		frappe.throw(
			_(
				"A mail of this report shows what its user may see. Enter yourself as the user, or ask a manager."
			),
			ByOfficeError,
		)


def is_ours(report: str) -> bool:
	"""Whether a report shows rows that are guarded: one of the app, or an office's own on its DocTypes."""
	stored = frappe.db.get_value("Report", report, ["module", "ref_doctype"])
	return bool(stored) and (
		stored[0] == "Partycell" or stored[1] in guarded.GUARDED or stored[1] in guarded.CHILDREN
	)


@contextmanager
def reading_as(user: str) -> Iterator[None]:
	"""Within: the session is the user's, in the user's language; afterwards it is again as it was."""
	session, language, asked = frappe.local.session, frappe.local.lang, frappe.local.form_dict
	before = {key: session.get(key) for key in ("user", "sid", "data")}
	frappe.set_user(user)
	frappe.local.lang = get_user_lang(user) or language
	try:
		yield
	finally:
		frappe.set_user(before["user"])
		session.update(before)
		frappe.local.lang, frappe.local.form_dict = language, asked
