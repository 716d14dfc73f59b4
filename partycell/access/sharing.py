"""Ways by which Frappe would show a record to somebody beside the derived permissions, closed.

A share opens a document whatever the hooks say; a follower gets its changes by mail for ever; a row of
a table, saved by itself, is never seen by the document that guards it.
"""

import frappe
from frappe import _

from partycell.access import permissions
from partycell.errors import ByOfficeError, RowAloneError


def refuse_share(doc, method: str | None = None) -> None:
	"""Hook of DocShare: our rows are given by office only, also by an assignment to who cannot see them."""
	if doc.share_doctype in permissions.GUARDED:
		frappe.throw(
			_(
				"{doctype} is not shared: who sees it follows from the office. Open a term or a function."
			).format(doctype=_(doc.share_doctype)),
			ByOfficeError,
		)


def refuse_follower(doc, method: str | None = None) -> None:
	"""Hook of Document Follow: only who may read a record follows it; Frappe does not ask."""
	if not _may_follow(doc.ref_doctype, doc.ref_docname, doc.user):
		frappe.throw(_("{user} may not read this record.").format(user=doc.user), ByOfficeError)


def forget_followers() -> None:
	"""Hourly: whoever may not read a record any more gets no more mails about it."""
	for row in frappe.get_all(
		"Document Follow",
		filters={"ref_doctype": ("in", sorted(permissions.GUARDED))},
		fields=["name", "ref_doctype", "ref_docname", "user"],
	):
		if not _may_follow(row.ref_doctype, row.ref_docname, row.user):
			# A job of the site, without a user whose permission could be asked.
			frappe.delete_doc("Document Follow", row.name, ignore_permissions=True)


def refuse_row_alone(doc, method: str | None = None) -> None:
	"""Hook of every table of ours: REST saves and deletes a row without asking the document it is part of.

	Frappe calls no hook of a row that is saved with its document.
	"""
	frappe.throw(
		_("A line is changed on its document, {document}, and not by itself.").format(document=doc.parent),
		RowAloneError,
	)


def _may_follow(doctype: str, name: str, user: str) -> bool:
	if doctype not in permissions.GUARDED:
		return True
	if not frappe.db.exists(doctype, name):
		return False
	return bool(frappe.has_permission(doctype, "read", doc=name, user=user))
