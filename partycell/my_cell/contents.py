"""What the secretary's page on the phone shows: one answer with everything, so that it can be kept on the phone.

Every row comes through the user's own permissions; the page knows no rule.
"""

import frappe
from frappe.utils import getdate, today

from partycell.access import scope
from partycell.desk import forms
from partycell.directives import acknowledgement
from partycell.folder import completeness
from partycell.rules import handbook, handover, inspection
from partycell.rules.completeness import NOT_APPLICABLE
from partycell.rules.terms import CLOSED

MOST = 2000
"""Documents of one folder that are sent; a cell files about 120 a year."""
ITEM = "name code title period_label section section_title state due_on file_count classified".split()
LINE = "name title code period_label delivered_state received_state received_remark file_count".split()
QUESTION = "name title workflow_state due_on answer modified".split()
INSPECTION = "name title sent_on answer_due_on points maximum percent rating lead_name".split()
SCORE = "name parent block_title title score maximum remark change_reason objection objection_reply".split()
CLOSED_QUESTIONS = (handbook.PUBLISHED, handbook.WITHDRAWN)


def of(user: str, cell: str | None = None) -> dict:
	"""Everything for one of the user's cells: that named, else the first by name.

	``{user, cells, cell, items, lacking, directives, questions, inspections, handovers}``; ``cell`` is None
	for one who holds no office and is no deputy, who may still be the receiver of a handover; he is told
	of the office that he held (``former``).
	"""
	reach = scope.of(user)
	rows = frappe.get_all(
		"Cell",
		filters={"name": ("in", sorted(reach.acknowledging) or [""])},
		fields=["name", "cell_name", "completeness", "required_due", "required_present"],
		order_by="cell_name asc",
	)
	for row in rows:
		row.deputy = row.name in reach.deputised
	chosen = next((row for row in rows if row.name == cell), rows[0] if rows else None)
	return {
		"user": {"name": user, "full_name": frappe.utils.get_fullname(user)},
		"today": today(),
		"cells": [{"name": row.name, "cell_name": row.cell_name} for row in rows],
		"cell": chosen,
		"handovers": _handovers(user, reach),
		**(_of_cell(chosen) if chosen else {"former": _former(user)}),
	}


def _former(user: str) -> dict | None:
	"""The office that one without any held last, as long as a predecessor reads, and what became of the cell.

	``{cell_name, until, into, closed_on}``; ``into`` is the name of the cell that took its place.
	"""
	terms = frappe.get_list(
		"Secretary Term",
		filters={"user": user, "status": CLOSED},
		fields=["cell", "to_date"],
		order_by="to_date desc",
		limit_page_length=1,
	)
	if not terms:
		return None
	cell = frappe.db.get_value("Cell", terms[0].cell, ["cell_name", "merged_into", "closed_on"], as_dict=True)
	into = frappe.db.get_value("Cell", cell.merged_into, "cell_name") if cell.merged_into else ""
	return {
		"cell_name": cell.cell_name,
		"until": terms[0].to_date,
		"into": into,
		"closed_on": cell.closed_on,
	}


def _of_cell(cell) -> dict:
	"""A deputy takes note of directives and does nothing else, so nothing else is sent."""
	return {"directives": _directives(cell.name)} if cell.deputy else _folder(cell.name)


def _folder(cell: str) -> dict:
	return {
		"items": frappe.get_list(
			"Folder Item",
			filters={"cell": cell, "state": ("!=", NOT_APPLICABLE)},
			fields=ITEM,
			order_by="section asc, sort_order asc, period asc",
			limit_page_length=MOST,
		),
		"lacking": [row.name for row in completeness.lacking(cell, MOST)],
		"directives": _directives(cell),
		"inspections": _inspections(cell),
		"questions": frappe.get_list(
			"Handbook Note",
			filters={
				"cell": cell,
				"note_type": handbook.QUESTION,
				"workflow_state": ("not in", CLOSED_QUESTIONS),
			},
			fields=QUESTION,
			order_by="creation desc",
			limit_page_length=50,
		),
	}


def _inspections(cell: str) -> list[dict]:
	"""Inspections that wait for the cell's answer, each with its scores and what was found."""
	asked = frappe.get_list(
		"Inspection",
		filters={
			"cell": cell,
			"workflow_state": inspection.WITH_CELL,
			"answered_on": ("is", "not set"),
			"docstatus": 0,
		},
		fields=INSPECTION,
		order_by="answer_due_on asc",
	)
	of_these = {"parenttype": "Inspection", "parent": ("in", [row.name for row in asked] or [""])}
	scores = frappe.get_all("Inspection Score", filters=of_these, fields=SCORE, order_by="idx asc")
	found = frappe.get_all(
		"Inspection Finding",
		filters=of_these,
		fields=["parent", "kind", "text", "remedy", "due_on"],
		order_by="idx asc",
	)
	return [
		{
			**row,
			"scores": [score for score in scores if score.parent == row.name],
			"findings": [one for one in found if one.parent == row.name],
		}
		for row in asked
	]


def _directives(cell: str) -> list[dict]:
	"""What is to be taken note of, the most urgent first, each with the addresses of its text."""
	rows, day = acknowledgement.pending([cell]), getdate(today())
	files: dict[str, list[dict]] = {}
	for file in frappe.get_all(
		"File",
		filters={
			"attached_to_doctype": "Directive",
			"attached_to_name": ("in", [row.directive for row in rows] or [""]),
		},
		fields=["attached_to_name", "file_name", "file_url"],
		order_by="creation asc",
	):
		files.setdefault(file.pop("attached_to_name"), []).append(file)
	return [
		{
			"name": row.directive,
			"number_symbol": row.number_symbol,
			"subject": row.subject,
			"due_on": row.due_on,
			"overdue": bool(row.due_on and getdate(row.due_on) < day),
			"files": files.get(row.directive, []),
		}
		for row in rows
	]


def _handovers(user: str, reach: scope.Scope) -> list[dict]:
	"""The open handovers of the user's cells and those that name the user as receiver; few at any time."""
	names = {name for name, _cell in reach.receiving}
	names |= set(
		frappe.get_all(
			"Handover",
			filters={
				"cell": ("in", sorted(reach.held) or [""]),
				"docstatus": 0,
				"workflow_state": ("in", handover.OPEN_STATES),
			},
			pluck="name",
		)
	)
	return [_handover(frappe.get_doc("Handover", name), user) for name in sorted(names)]


def _handover(doc, user: str) -> dict:
	doc.check_permission("read")
	told = forms.handover(doc, user)
	receives = told["my_turn"] and handover.RECEIVED in told["acts"]
	return {
		"name": doc.name,
		"title": doc.title,
		"state": doc.workflow_state,
		"giver_name": doc.giver_name,
		"receiver_name": doc.receiver_name,
		"my_turn": told["my_turn"],
		"acts": told["acts"],
		"total": doc.count_total,
		"items": [{field: row.get(field) for field in LINE} for row in doc.items] if receives else [],
	}
