"""Who may see members by name: the cell's secretary and the officers above it, nobody else; ``permissions`` asks.

A list of members is personal data: inspectors, a predecessor and those of an inspection's team read what a cell
keeps in its folder, and not this.
"""

import frappe
from frappe.query_builder import Criterion

from partycell.access import scope

DOCTYPES = frozenset({"Party Member", "Meeting Attendance"})


def may(doc, user: str, ptype: str, reach: scope.Scope) -> bool:
	"""Read and written alike; only a manager deletes."""
	owning = {doc.cell}
	if not doc.is_new():
		owning.add(frappe.db.get_value(doc.doctype, doc.name, "cell"))
	return ptype != "delete" and all(sees(cell, reach) for cell in owning)


def sees(cell: str | None, reach: scope.Scope) -> bool:
	"""Whether a reach holds the cell's office, or an officer's function above it."""
	return reach.everything or cell in reach.held or scope.officer_of(cell, reach)


def seen(table, reach: scope.Scope):
	"""The condition for a row to be seen; None where nothing is."""
	ways = [table.cell.isin(sorted(reach.held))] if reach.held else []
	if reach.officer:
		cell = frappe.qb.DocType("Cell")
		below = (
			frappe.qb.from_(cell).select(cell.name).where(cell.committee.isin(scope.subtree(reach.officer)))
		)
		ways.append(table.cell.isin(below))
	return Criterion.any(ways) if ways else None
