"""Number cards of the desk: what waits today, each with the list that it counts.

Frappe's own cards count by the day as well, but lead to a list without it.
"""

import frappe
from frappe.utils import today

from partycell.access import asked_first, scope
from partycell.directives import acknowledgement, coverage, records
from partycell.rules import completeness, inspection


@frappe.whitelist()
def directives_open(filters: str | list | dict | None = None) -> dict:
	"""Directives in force that are not acknowledged: by the cells whose office is held, else by some cell seen."""
	frappe.has_permission("Directive", "read", throw=True)
	held = scope.of(frappe.session.user).held
	if held:
		names = {row["directive"] for row in acknowledgement.pending(sorted(held))}
	else:
		asked = [row.name for row in records.in_force_on(today(), acknowledgement_asked=1)]
		names = {name for name, one in coverage.of(asked).items() if one.open}
	return _card(len(names), "Directive", {"name": ["in", sorted(names)]} if names else {"status": "Issued"})


@frappe.whitelist()
def documents_wanting(filters: str | list | dict | None = None) -> dict:
	"""Required documents that are due and not in the folder, or not as they should be."""
	states = [completeness.EXPECTED, completeness.MISSING, completeness.DAMAGED]
	return _count("Folder Item", {"required": 1, "state": ["in", states], "due_on": ["<=", today()]})


@frappe.whitelist()
def inspections_awaiting_me(filters: str | list | dict | None = None) -> dict:
	"""Open inspections in which it is the reader's turn."""
	mine = ["like", f"%{frappe.session.user}%"]
	return _count("Inspection", {"workflow_state": ["in", list(inspection.OPEN_STATES)], "awaiting": mine})


@frappe.whitelist()
def inspections_overdue(filters: str | list | dict | None = None) -> dict:
	"""Inspections whose day has passed and that nobody has begun."""
	return _count("Inspection", {"workflow_state": inspection.PLANNED, "planned_on": ["<", today()]})


@frappe.whitelist()
def actions_overdue(filters: str | list | dict | None = None) -> dict:
	"""Corrective actions that are open after their day."""
	return _count("Corrective Action", {"workflow_state": "Open", "due_on": ["<", today()]})


def _count(doctype: str, options: dict) -> dict:
	"""How many rows of the list the reader sees."""
	return _card(asked_first.get_count(doctype, options), doctype, options)


def _card(value: int, doctype: str, options: dict) -> dict:
	"""What Frappe's number card takes: the number, and where a click on it leads."""
	return {"value": value, "fieldtype": "Int", "route": ["List", doctype], "route_options": options}
