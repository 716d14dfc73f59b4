"""Who may see and change a cell's meeting; ``permissions`` asks. Its secretary writes, those above read."""

import frappe

from partycell.access import scope

READING = frozenset({"read", "select", "print", "email", "export", "report"})


def may(doc, user: str, ptype: str, reach: scope.Scope) -> bool:
	"""Whoever reads the cell reads its meetings; only whoever holds its office writes and concludes them."""
	owning = {doc.cell}
	if not doc.is_new():
		owning.add(frappe.db.get_value("Cell Meeting", doc.name, "cell"))
	if ptype in READING and not doc.is_new():
		return all(scope.reads_cell(cell, reach) for cell in owning)
	return owning <= reach.held
