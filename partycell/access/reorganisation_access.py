"""Who may see and write an act of rearranging; ``permissions`` asks."""

import frappe

from partycell.access import scope

CHANGING = frozenset({"write", "create", "delete", "submit"})


def may(doc, user: str, ptype: str, reach: scope.Scope) -> bool:
	"""Whoever acts for the deciding committee, or above it, reads; its officers write and carry out.

	Taking it back is for managers, as with a handover.
	"""
	if ptype == "cancel":
		return False
	owning = {doc.committee}
	if not doc.is_new():
		owning.add(frappe.db.get_value("Reorganisation", doc.name, "committee"))
	ranges = reach.officer if ptype in CHANGING or doc.is_new() else reach.ranges
	return all(scope.within(committee, ranges) for committee in owning)


def seen(table, reach: scope.Scope):
	"""The condition for an act to be seen; None where nothing is."""
	return table.committee.isin(scope.subtree(reach.ranges)) if reach.ranges else None
