"""Which rows of each DocType a reach lets one see, as conditions on its table.

``permissions`` puts the conditions into Frappe's lists and judges single documents.
"""

import frappe
from frappe.query_builder import Criterion
from pypika.terms import ValueWrapper

from partycell.access import (
	addressed,
	handbook_access,
	inspection_access,
	issuing_access,
	member_access,
	reorganisation_access,
	review_access,
	scope,
)

# Those in which even a manager does only what his part in them allows.
BY_PART = frozenset({"Handover", "Inspection"})
# Of these whoever reads below every committee sees every row: each belongs to a cell.
OF_A_CELL = frozenset(
	{
		"Cell",
		"Cell Figures",
		"Cell Meeting",
		"Assigned Member",
		"Secretary Term",
		"Folder Item",
		"Handover",
		"Corrective Action",
		"Issued Folder",
	}
)
# What a deputy of the secretary sees of the cell, beside the cell itself and its directives.
BY_DEPUTY = frozenset({"Folder Item", "Directive Acknowledgement"})
EVERY_ROW = ValueWrapper(1).eq(1)


def visible(doctype: str, reach: scope.Scope) -> Criterion | None:
	"""The condition for a row to be seen, written on the DocType's own table; None where no row is."""
	table = frappe.qb.DocType(doctype)
	if doctype == "Party Committee":
		return _committees_seen(table, reach)
	if doctype == "Cell Import":
		return None  # It goes across all committees: only for those who see everything.
	if reach.whole_tree and doctype in OF_A_CELL:
		# A condition that every row meets would keep the database from the index that a list is sorted by.
		return EVERY_ROW
	if doctype == "Cell":
		ways = [_in(table.name, reach.named_cells)]
		if reach.ranges:
			ways.append(table.committee.isin(scope.subtree(reach.ranges)))
		return Criterion.any(filter(None, ways)) if any(ways) else None
	if doctype == "Directive":
		return addressed.seen(table, reach)
	if doctype == "Sent Request":
		return None
	if doctype in member_access.DOCTYPES:
		return member_access.seen(table, reach)
	if doctype == "Inspection Plan":
		return inspection_access.plans_seen(table, reach)
	if doctype == "Folder Issue":
		return issuing_access.seen(table, reach)
	if doctype == "Reorganisation":
		return reorganisation_access.seen(table, reach)
	if doctype == "Programme Review":
		return review_access.seen(table, reach)
	if doctype == "Handbook Note":
		return handbook_access.visible(table, reach)
	if doctype == "Handbook Word":
		note = frappe.qb.DocType("Handbook Note")
		seen = handbook_access.visible(note, reach)
		return seen and table.note.isin(frappe.qb.from_(note).select(note.name).where(seen))
	ways = [_in(table.cell, reach.read_cells | reach.inspected)]
	if reach.ranges:
		cell = frappe.qb.DocType("Cell")
		below = (
			frappe.qb.from_(cell).select(cell.name).where(cell.committee.isin(scope.subtree(reach.ranges)))
		)
		ways.append(table.cell.isin(below))
	if doctype in BY_DEPUTY:
		ways.append(_in(table.cell, reach.deputised))
	if doctype == "Inspection":
		ways.append(_in(table.name, {one.inspection for one in reach.assigned}))
	if doctype == "Folder Item" and reach.left:
		# Documents that went to the cell that succeeded the one he led.
		ways.append(table.origin_cell.isin(sorted(reach.left)))
	received = {name for name, _cell in reach.receiving}
	if received and doctype == "Handover":
		ways.append(_in(table.name, received))
	if received and doctype == "Folder Item":
		line = frappe.qb.DocType("Handover Item")
		listed = frappe.qb.from_(line).select(line.folder_item).where(line.parent.isin(sorted(received)))
		ways.append(table.name.isin(listed))
	return Criterion.any(filter(None, ways)) if any(ways) else None


def _committees_seen(table, reach: scope.Scope) -> Criterion | None:
	"""Committees of one's own subtrees, and those on the way up from one's cells (their names are on paper)."""
	ways = [(table.lft >= low) & (table.rgt <= high) for low, high in reach.ranges]
	own = reach.named_cells
	if own:
		cell = frappe.qb.DocType("Cell")
		ways.append(
			table.name.isin(frappe.qb.from_(cell).select(cell.committee).where(cell.name.isin(sorted(own))))
		)
	return Criterion.any(ways) if ways else None


def _in(column, names: frozenset[str] | set[str]) -> Criterion | None:
	return column.isin(sorted(names)) if names else None
