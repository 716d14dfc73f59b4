"""Who may see and change an issue of folders; ``permissions`` asks. Cells see their own folder, not the batch."""

import frappe

from partycell.access import scope

CHANGING = frozenset({"write", "create", "delete", "submit", "cancel"})


def may(doc, user: str, ptype: str, reach: scope.Scope) -> bool:
	"""Whoever acts for the issuing committee, or above it, reads; its officers write."""
	owning = {doc.committee}
	if not doc.is_new():
		owning.add(frappe.db.get_value("Folder Issue", doc.name, "committee"))
	ranges = reach.officer if ptype in CHANGING or doc.is_new() else reach.ranges
	return all(scope.within(committee, ranges) for committee in owning)


def seen(table, reach: scope.Scope):
	"""The condition for an issue to be seen; None where nothing is."""
	return table.committee.isin(scope.subtree(reach.ranges)) if reach.ranges else None
