"""What the desk calls for the handbook: acts, search, versions, print.

Every act holds the entry, reads it afresh and saves it as the user who calls, so that permission, the
workflow and ``entries.check`` decide, and of two who press at once one is told that the other was faster.
"""

import json

import frappe
from frappe import _
from frappe.utils import getdate, today

from partycell.access import scope
from partycell.errors import AlreadyDoneError, HandbookTurnError
from partycell.framework import locking
from partycell.handbook import entries, printing, searching, versions
from partycell.rules import handbook as rules

DOCUMENTS = {"Directive": ("subject", "number_symbol"), "Folder Item": ("title", "period_label")}
"""DocTypes searched beside the handbook, with what is shown of a hit."""
LATE, WAITING = "danger", "default"


@frappe.whitelist(methods=["POST"])
def act(note: str, state: str, remark: str | None = None, answer: str | None = None) -> dict:
	"""Brings an entry to a state; ``remark`` is the opinion or reason, ``answer`` the answer to a question."""
	locking.take(entries.DOCTYPE, name=note)
	doc = frappe.get_doc(entries.DOCTYPE, note)
	doc.check_permission("read")
	again = (state, doc.workflow_state) == (rules.ESCALATED, rules.ESCALATED)
	if state == doc.workflow_state and not again:
		who = frappe.db.get_value("User", doc.modified_by, "full_name") or doc.modified_by
		frappe.throw(
			_("{who} has just done this: the entry is {state}. Load the page again.").format(
				who=frappe.utils.escape_html(who), state=_(state)
			),
			AlreadyDoneError,
		)
	if state == rules.ANSWERED:
		doc.answer = answer
	elif state == rules.SUPERSEDED:
		frappe.throw(_("Guidance is superseded by publishing its next version."), HandbookTurnError)
	doc.act_remark, doc.workflow_state, doc.flags.escalates = remark, state, again
	doc.save()
	return {"state": doc.workflow_state, "modified": str(doc.modified)}


@frappe.whitelist(methods=["POST"])
def publish_answer(question: str, title: str | None = None, body: str | None = None) -> str:
	"""Publishes an answer as guidance, in one step; returns the name of the guidance."""
	return versions.publish_answer(question, title, body)


@frappe.whitelist(methods=["POST"])
def new_version(note: str) -> str:
	"""Begins the next version of guidance in force; returns the name of its draft."""
	return versions.new_version(note)


@frappe.whitelist(methods=["POST"])
def confirm_review(note: str) -> None:
	"""Notes that guidance was looked at again and stands as it is."""
	versions.confirm_review(note)


@frappe.whitelist()
def changes(note: str) -> list[dict]:
	"""What a version changed of the one before; see ``versions.changes``."""
	frappe.get_doc(entries.DOCTYPE, note).check_permission("read")
	return versions.changes(note)


@frappe.whitelist()
def search(query: str) -> dict:
	"""Everything that answers a query and that the user may see: ``{notes: […], documents: […]}``."""
	frappe.has_permission(entries.DOCTYPE, "read", throw=True)
	return {
		"notes": searching.notes(query),
		"documents": [
			found
			for doctype, shown in DOCUMENTS.items()
			for found in searching.documents(doctype, shown, query)
		],
	}


@frappe.whitelist()
def similar(text: str, leave_out: str | None = None) -> list[dict]:
	"""Entries like what somebody is writing, while it is written."""
	frappe.has_permission(entries.DOCTYPE, "read", throw=True)
	return searching.similar(text, leave_out=leave_out)


@frappe.whitelist()
def events(start: str, end: str, filters: str | list | None = None) -> list[dict]:
	"""The calendar's questions, on the days by which they are to be answered; only those the user may see."""
	given = json.loads(filters) if isinstance(filters, str) else filters or []
	rows = frappe.get_list(
		entries.DOCTYPE,
		filters=[
			[entries.DOCTYPE, "note_type", "=", rules.QUESTION],
			[entries.DOCTYPE, "workflow_state", "in", [*rules.UNANSWERED, rules.RETURNED]],
			[entries.DOCTYPE, "due_on", "between", [getdate(start), getdate(end)]],
			*([row[:4] for row in given if row[0] == entries.DOCTYPE]),
		],
		fields=["name", "title", "due_on", "workflow_state"],
		limit_page_length=0,
	)
	for row in rows:
		row.color = LATE if getdate(row.due_on) < getdate(today()) else WAITING
		row.allDay = 1
	return rows


@frappe.whitelist()
def download(cell: str, only_directives: bool = False) -> None:
	"""The handbook of a cell as a PDF, to be shown in the browser; for whoever reads the whole cell.

	only_directives: of it, the list of directives in force; also for a deputy of the secretary
	"""
	doc, reach = frappe.get_doc("Cell", cell), scope.of(frappe.session.user)
	doc.check_permission("print")
	# Who sees a cell because he is named on its handover does not read its notes.
	named_only = not (reach.everything or scope.reads_cell(cell, reach))
	if named_only and not (only_directives and cell in reach.deputised):
		raise frappe.PermissionError(cell)
	frappe.local.response.filename = printing.file_name(doc, bool(only_directives))
	frappe.local.response.filecontent = printing.pdf_of(doc, bool(only_directives))
	frappe.local.response.type = "pdf"
