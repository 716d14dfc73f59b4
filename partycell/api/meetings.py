"""What the desk calls about meetings: one function an act."""

import json

import frappe
from frappe.utils import cint, getdate

from partycell.framework import locking
from partycell.meetings import holding, planning
from partycell.organisation import members
from partycell.rules import meetings as rules

COLOURS = {
	rules.PLANNED: "default",
	rules.HELD: "warning",
	rules.CONCLUDED: "success",
	rules.CANCELLED: "gray",
}


@frappe.whitelist(methods=["POST"])
def hold(meeting: str) -> str:
	"""Records that a meeting took place; for the cell's secretary. Returns its status."""
	doc = _held(meeting)
	holding.hold(doc)
	return doc.status


@frappe.whitelist(methods=["POST"])
def conclude(meeting: str) -> str:
	"""Closes and numbers the minutes; for the cell's secretary. Returns the meeting's status."""
	doc = _held(meeting)
	doc.submit()
	return doc.status


@frappe.whitelist(methods=["POST"])
def call_off(meeting: str, reason: str) -> str:
	"""A planned meeting will not be held; for the cell's secretary. Returns its status."""
	doc = _held(meeting)
	holding.call_off(doc, reason)
	return doc.status


@frappe.whitelist()
def roll(meeting: str) -> list[dict]:
	"""Who is asked to a meeting and how they are marked; for the cell's secretary and officers above it."""
	doc = frappe.get_doc("Cell Meeting", meeting)
	doc.check_permission("read")
	return members.roll(doc)


@frappe.whitelist(methods=["POST"])
def record_attendance(meeting: str, marks: str | list) -> None:
	"""Writes who attended, ``[{member, mark, reason}]``; for the cell's secretary."""
	members.record(_held(meeting), json.loads(marks) if isinstance(marks, str) else marks)


@frappe.whitelist(methods=["POST"])
def plan_year(year: int | str, committee: str | None = None, cell: str | None = None) -> int:
	"""Plans the meetings of a year for a cell, or for the cells below a committee; returns how many.

	For the cell's secretary, for officers above, and for managers.
	"""
	return planning.plan_year(cint(year), committee=committee, cell=cell)


@frappe.whitelist()
def wanting(cell: str) -> list[str]:
	"""The meetings of the last twelve months that the frame asks for and the cell has not held."""
	frappe.get_doc("Cell", cell).check_permission("read")
	return holding.wanting_of(cell)


@frappe.whitelist()
def events(start: str, end: str, filters: str | list | None = None) -> list[dict]:
	"""The calendar's meetings between two days: only those that the user may see."""
	given = json.loads(filters) if isinstance(filters, str) else filters or []
	rows = frappe.get_list(
		"Cell Meeting",
		filters=[
			["Cell Meeting", "planned_on", "between", [getdate(start), getdate(end)]],
			# Its two days decide, not those that the list shows.
			*([row[:4] for row in given if row[0] == "Cell Meeting" and row[1] != "planned_on"]),
		],
		fields=["name", "title", "planned_on", "status"],
		limit_page_length=0,
	)
	for row in rows:
		row.color, row.allDay = COLOURS[row.status], 1
		# Of many cells' meetings on one day, whose they are is what tells them apart.
		kind, _dash, cell = row.title.partition(" – ")
		row.title = f"{cell}: {kind}"
	return rows


def _held(meeting: str):
	"""The meeting, held by a write until the act is done; for whoever may write it."""
	locking.take("Cell Meeting", name=meeting)
	doc = frappe.get_doc("Cell Meeting", meeting)
	doc.check_permission("write")
	return doc
