"""What the desk and the phone call: one function an act, each carried out by the workflow.

Every function works on one handover, checks permission by saving it as the user who calls, and
holds the cell while it works, so that of two people who press at the same instant one is told that
the other was faster.
"""

import json
from collections.abc import Callable

import frappe
from frappe import _
from werkzeug.wrappers import Response

from partycell.desk import forms
from partycell.dossier import exporting
from partycell.errors import AlreadyDoneError, DossierError, HandoverError
from partycell.framework import locking
from partycell.handover import approval, minutes
from partycell.rules import handover as rules


@frappe.whitelist(methods=["POST"])
def deliver(handover: str, signature: str) -> dict:
	"""The giver signs and delivers. ``signature`` is a PNG as a data URI."""
	return _act(handover, rules.DELIVERED, lambda doc: doc.set("giver_signature", signature))


@frappe.whitelist(methods=["POST"])
def mark(handover: str, marks: str | dict) -> dict:
	"""The receiver marks documents: ``{row: {"state": …, "remark": …, "disputed": 0 or 1}}``.

	Returns the counts. A row that is not in the handover is refused.
	"""
	marks = json.loads(marks) if isinstance(marks, str) else marks

	def write(doc):
		rows = {row.name: row for row in doc.items}
		for name, given in marks.items():
			if name not in rows:
				frappe.throw(_("This document is not on the handover. Load the page again."), HandoverError)
			row = rows[name]
			if "state" in given:
				row.received_state = given["state"]
			if "remark" in given:
				row.received_remark = given["remark"]
			if "disputed" in given:
				row.disputed = frappe.utils.cint(given["disputed"])

	return _act(handover, None, write)


@frappe.whitelist(methods=["POST"])
def mark_rest_present(handover: str) -> dict:
	"""The receiver marks every document that is still unmarked as present."""

	def write(doc):
		for row in doc.items:
			row.received_state = row.received_state or "Present"

	return _act(handover, None, write)


@frappe.whitelist(methods=["POST"])
def receive(handover: str, signature: str) -> dict:
	"""The receiver signs for what he marked."""
	return _act(handover, rules.RECEIVED, lambda doc: doc.set("receiver_signature", signature))


@frappe.whitelist(methods=["POST"])
def contest(handover: str, reason: str, rows: str | list | None = None) -> dict:
	"""The receiver, or the upper level, sends the handover back; ``rows`` are the disputed lines."""
	disputed = set(json.loads(rows) if isinstance(rows, str) else rows or [])

	def write(doc):
		doc.contest_reason = reason
		for row in doc.items:
			row.disputed = int(row.name in disputed)

	return _act(handover, rules.CONTESTED, write)


@frappe.whitelist(methods=["POST"])
def withdraw(handover: str, reason: str) -> dict:
	"""The giver, or the upper level, takes the handover back before it is received."""
	return _act(handover, rules.WITHDRAWN, lambda doc: doc.set("withdrawn_reason", reason))


@frappe.whitelist(methods=["POST"])
def approve(handover: str, signature: str | None = None) -> dict:
	"""An officer above the cell approves: the office passes, in one transaction."""

	def write(doc):
		if signature:
			doc.witness_signature = signature

	return _act(handover, rules.APPROVED, write)


@frappe.whitelist(methods=["POST"])
def annul(handover: str, reason: str) -> dict:
	"""A manager takes the cell's latest approved handover back, with a reason."""
	return _act(handover, rules.ANNULLED, lambda doc: doc.set("annulled_reason", reason))


@frappe.whitelist()
def opening(cell: str) -> dict:
	"""Who would give and who may open a handover of this cell; for whoever may read the cell."""
	frappe.get_doc("Cell", cell).check_permission("read")
	return forms.opening(cell)


@frappe.whitelist()
def download_minutes(handover: str) -> None:
	"""The minutes as a PDF, to be shown in the browser; for whoever may read the handover."""
	doc = frappe.get_doc("Handover", handover)
	doc.check_permission("print")
	frappe.local.response.filename = minutes.file_name(doc)
	frappe.local.response.filecontent = minutes.pdf_of(doc)
	frappe.local.response.type = "pdf"


@frappe.whitelist(methods=["POST"])
def prepare_dossier(handover: str) -> bool:
	"""Has the sealed dossier made, for whoever may print the handover; whether it is there now."""
	doc = frappe.get_doc("Handover", handover)
	doc.check_permission("print")
	return exporting.prepare(doc)


@frappe.whitelist()
def download_dossier(handover: str) -> Response:
	"""The sealed dossier as a zip, in blocks; for whoever may print the handover."""
	doc = frappe.get_doc("Handover", handover)
	doc.check_permission("print")
	if not exporting.prepare(doc):
		frappe.throw(_("The dossier is being made. Try again in a few minutes."), DossierError)
	path = exporting.path_of(doc)
	return Response(
		exporting.read(doc),
		mimetype="application/zip",
		headers={
			"Content-Disposition": f'attachment; filename="ban-giao-{doc.name}.zip"',
			"Content-Length": str(path.stat().st_size),
		},
		direct_passthrough=True,
	)


def _act(handover: str, state: str | None, write: Callable) -> dict:
	"""Holds the handover, reads it afresh, writes, and moves it to a state by the workflow's rules."""
	if state in (rules.APPROVED, rules.ANNULLED):
		approval.hold(handover, frappe.db.get_value("Handover", handover, "cell"))
	else:
		locking.take("Handover", name=handover)
	doc = frappe.get_doc("Handover", handover)
	doc.check_permission("read")
	if state and state == doc.workflow_state:
		frappe.throw(_already(doc), AlreadyDoneError)
	write(doc)
	if state:
		doc.workflow_state = state
	if state == rules.APPROVED:
		doc.submit()
	elif state == rules.ANNULLED:
		doc.cancel()
	else:
		doc.save()
	return {
		"state": doc.workflow_state,
		"counts": {key.removeprefix("count_"): doc.get(key) for key in _COUNTS},
		"modified": str(doc.modified),
	}


_COUNTS = tuple(f"count_{key}" for key in rules.count([]))


def _already(doc) -> str:
	who = frappe.db.get_value("User", doc.modified_by, "full_name") or doc.modified_by
	return _("{who} has just done this: the handover is {state}. Load the page again.").format(
		who=frappe.utils.escape_html(who), state=_(doc.workflow_state)
	)
