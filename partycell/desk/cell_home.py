"""What the form of a cell shows beside its folder: what is open now, what was, and what this user may begin.

Every row comes through the user's own permissions, at most ``MOST`` of a kind; a kind that the user's roles do
not read is left out.
"""

from dataclasses import dataclass

import frappe
from frappe.utils import add_days, getdate, today

from partycell.directives import acknowledgement

MOST = 8
SOON = 31
"""Days ahead in which what is planned counts as open."""

SHOWN = 14
"""Lines of the history; the rest is under the connections."""


@dataclass(frozen=True)
class Kind:
	"""A kind of record on the cell's page: its date, title and state columns, the states that are open, and
	which of them are meant: a cell's own notes are its handbook, not its history."""

	doctype: str
	date: str
	title: str
	state: str
	open_states: tuple[str, ...]
	among: tuple[tuple[str, str], ...] = ()


KINDS = (
	Kind(
		"Handover",
		"handover_date",
		"title",
		"workflow_state",
		("Draft", "Delivered", "Received", "Contested"),
	),
	Kind(
		"Inspection",
		"planned_on",
		"title",
		"workflow_state",
		("Planned", "In Progress", "With Cell", "Returned"),
	),
	Kind("Corrective Action", "due_on", "subject", "workflow_state", ("Open", "Done")),
	Kind("Cell Meeting", "planned_on", "title", "status", ("Planned",)),
	Kind(
		"Handbook Note",
		"creation",
		"title",
		"workflow_state",
		("Asked", "Escalated"),
		(("note_type", "Question"),),
	),
)
BEGUN_HERE = {
	"Cell Meeting": {},
	"Handbook Note": {"note_type": "Question"},
	"Inspection": {},
	"Corrective Action": {},
}


def of(cell: str, user: str) -> dict:
	"""``{open, history, unacknowledged, may_begin}`` of a cell, for its form.

	open, history: ``[{doctype, name, title, state, date, overdue}]``, open by date, history backwards
	unacknowledged: directives of which the cell has not taken note; may_begin: DocTypes of new records
	"""
	found, before = [], []
	for kind in KINDS:
		if frappe.has_permission(kind.doctype, "read", user=user):
			found += _rows(kind, cell, "in")
			before += _rows(kind, cell, "not in")
	return {
		"open": sorted(found, key=lambda row: row["date"]),
		"history": sorted(before, key=lambda row: row["date"], reverse=True)[:SHOWN],
		"unacknowledged": len(acknowledgement.pending([cell])),
		"may_begin": [
			doctype for doctype, values in BEGUN_HERE.items() if _may_begin(doctype, cell, values, user)
		],
	}


def _rows(kind: Kind, cell: str, which: str) -> list[dict]:
	"""What is open of one kind, the nearest first and nothing that is planned for later than soon; or the latest
	of what is over. What has no date of its own yet stands under the day it was written.
	"""
	day, is_open = getdate(today()), which == "in"
	filters = {"cell": cell, kind.state: (which, kind.open_states), **dict(kind.among)}
	if is_open and kind.date == "planned_on":
		filters[kind.date] = ("<=", add_days(day, SOON))
	rows = frappe.get_list(
		kind.doctype,
		filters=filters,
		fields=["name", "creation", kind.title, kind.state, kind.date],
		order_by=f"{kind.date} {'asc' if is_open else 'desc'}",
		limit_page_length=MOST,
	)
	return [
		{
			"doctype": kind.doctype,
			"name": row.name,
			"title": row[kind.title] or row.name,
			"state": row[kind.state],
			"date": str(getdate(row[kind.date] or row.creation)),
			"overdue": is_open and kind.date == "due_on" and bool(row.due_on) and getdate(row.due_on) < day,
		}
		for row in rows
	]


def _may_begin(doctype: str, cell: str, values: dict, user: str) -> bool:
	doc = frappe.new_doc(doctype).update({"cell": cell, **values})
	return bool(
		frappe.has_permission(doctype, "create", user=user)
		and frappe.has_permission(doctype, "create", doc=doc, user=user)
	)
