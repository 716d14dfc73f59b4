"""Who may see and change inspections and plans: part of ``permissions``, which calls it."""

import frappe
from frappe.query_builder import Criterion

from partycell.access import scope
from partycell.rules import inspection

READING = frozenset({"read", "select", "print", "email", "export", "report"})


def plans_seen(table, reach: scope.Scope) -> Criterion | None:
	"""The condition for a plan to be seen: of committees in one's subtrees, and those one carries out."""
	mine = sorted({one.plan for one in reach.assigned if one.plan})
	ways = [table.name.isin(mine)] if mine else []
	if reach.ranges:
		ways.append(table.committee.isin(scope.subtree(reach.ranges)))
	return Criterion.any(ways) if ways else None


def may(doc, user: str, ptype: str, reach: scope.Scope) -> bool:
	"""Whether a user has a right to one inspection, by what the database holds of it."""
	if doc.is_new():
		return reach.everything or scope.officer_of(doc.cell, reach)
	stored = frappe.db.get_value(
		"Inspection", doc.name, ["name", "cell", "workflow_state", "lead"], as_dict=True
	)
	if not stored:
		return False
	assigned = stored.name in {one.inspection for one in reach.assigned}
	seen = reach.everything or assigned or scope.reads_cell(stored.cell, reach)
	if ptype in READING or not seen:
		return seen
	parts = parts_in(stored, user, reach)
	if ptype == "submit":
		return inspection.UPPER_LEVEL in parts
	if ptype == "write" and stored.workflow_state == inspection.CONCLUDED:
		# The paper as it was signed is added by those above; the record itself is closed.
		return inspection.UPPER_LEVEL in parts
	return ptype == "write" and bool(parts) and stored.workflow_state in inspection.OPEN_STATES


def parts_in(stored, user: str, reach: scope.Scope | None = None) -> frozenset[str]:
	"""The parts a user has in an inspection (``rules.inspection``), by what the database holds of it."""
	reach = reach or scope.of(user)
	upper = reach.everything or scope.officer_of(stored.cell, reach)
	holder = frappe.db.get_value("Secretary Term", {"cell": stored.cell, "status": "Open"}, "user")
	team = {user} if frappe.db.exists("Inspection Team Member", {"parent": stored.name, "user": user}) else ()
	return inspection.roles_of(user, lead=stored.lead, team=team, secretary=holder, upper_level=upper)


def may_plan(doc, user: str, ptype: str, reach: scope.Scope) -> bool:
	"""Inspection Plan: read along one's subtrees and by its team; written by officers of its committee."""
	committees = (
		{doc.committee}
		if doc.is_new()
		else {doc.committee, frappe.db.get_value(doc.doctype, doc.name, "committee")}
	)
	if ptype in READING:
		if doc.name in {one.plan for one in reach.assigned}:
			return True
		return all(scope.within(committee, reach.ranges) for committee in committees)
	return all(scope.within(committee, reach.officer) for committee in committees)
