"""What the desk calls about reorganisations: one function an act."""

import frappe
from frappe import _

from partycell.errors import AlreadyDoneError, ReorganisationError
from partycell.reorganisation import acts


@frappe.whitelist(methods=["POST"])
def carry_out(name: str, signature: str | None = None) -> dict:
	"""Carries out a draft, for officers above all cells concerned; ``signature`` is a PNG as a data URI.

	The signature is needed where folders are handed over. Returns ``{status, handovers}``.
	"""
	doc = _held(name, "submit")
	if not doc.docstatus.is_draft():
		frappe.throw(
			_("Somebody was faster: the reorganisation is {status} now. Load the page again.").format(
				status=_(doc.status)
			),
			AlreadyDoneError,
		)
	doc.flags.signature = signature
	doc.submit()
	return {"status": doc.status, "handovers": [row.handover for row in doc.cells if row.handover]}


@frappe.whitelist(methods=["POST"])
def undo(name: str, reason: str) -> dict:
	"""Takes an act back, for managers, while nothing new hangs on it. Returns ``{status}``."""
	doc = _held(name, "cancel")
	if not doc.docstatus.is_submitted():
		frappe.throw(_("Only what was carried out can be undone. Load the page again."), ReorganisationError)
	doc.flags.undone_reason = reason
	doc.cancel()
	return {"status": doc.status}


def _held(name: str, right: str):
	"""The act, held with all that it touches and read afresh, for one who has this right in it."""
	doc = frappe.get_doc("Reorganisation", name)
	doc.check_permission(right)
	acts.hold(doc)
	return frappe.get_doc("Reorganisation", name)
