"""Who may see and change programme reviews; ``permissions`` asks.

A draft is its committee's and theirs above. A finished one is also read by whoever acts for a committee
below: a review is sent down to those it is about.
"""

import frappe
from frappe.query_builder import Criterion

from partycell.access import scope

CHANGING = frozenset({"write", "create", "delete", "submit", "cancel"})


def may(doc, user: str, ptype: str, reach: scope.Scope) -> bool:
	"""Officers of the committee, or above it, write; whoever acts for it, above or below it reads."""
	owning, finished = {doc.committee}, False
	if not doc.is_new():
		committee, docstatus = frappe.db.get_value("Programme Review", doc.name, ["committee", "docstatus"])
		owning.add(committee)
		finished = docstatus == 1
	if ptype in CHANGING or doc.is_new():
		if finished and ptype == "delete":
			return False
		return all(scope.within(committee, reach.officer) for committee in owning)
	return all(scope.within(committee, reach.ranges) for committee in owning) or (
		finished and all(_stands_over(committee, reach) for committee in owning)
	)


def seen(table, reach: scope.Scope) -> Criterion | None:
	"""The condition for a review to be seen; None where nothing is."""
	if not reach.ranges:
		return None
	over = table.committee.isin(scope.committees_over(reach.ranges)) & (table.docstatus == 1)
	return table.committee.isin(scope.subtree(reach.ranges)) | over


def _stands_over(committee: str, reach: scope.Scope) -> bool:
	left, right = frappe.db.get_value("Party Committee", committee, ["lft", "rgt"]) or (0, 0)
	return any(left <= low and right >= high for low, high in reach.ranges)
