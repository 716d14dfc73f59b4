"""Which directives somebody sees: by whom they are issued, whom they are for, in whose folder they lie."""

import frappe
from frappe.query_builder import Criterion

from partycell.access import scope

DOCTYPE = "Directive"
SUBMITTED = 1
READING = frozenset({"read", "select", "print", "email", "export", "report"})


def seen(table, reach: scope.Scope) -> Criterion | None:
	"""The condition for a directive to be seen, written on its own table.

	An officer sees all of the committees below, drafts too; whoever acts for a committee sees what it
	issued and what is for cells below it; whoever reads a cell, what lies in its folder.
	"""
	issued, ways = table.docstatus == SUBMITTED, []
	if reach.officer:
		ways.append(table.issuer.isin(scope.subtree(reach.officer)))
	if reach.ranges:
		ways.append(issued & table.issuer.isin(scope.subtree(reach.ranges)))
		ways += [issued & table.name.isin(named) for named in _for_cells_below(reach.ranges)]
	readable = reach.read_cells | reach.inspected | reach.deputised
	if readable:
		item = frappe.qb.DocType("Folder Item")
		held = frappe.qb.from_(item).select(item.directive).where(item.cell.isin(sorted(readable)))
		ways.append(issued & table.name.isin(held.where(item.directive.isnotnull())))
	return Criterion.any(ways) if ways else None


def is_seen(name: str, reach: scope.Scope) -> bool:
	"""Whether one directive, as it is stored, is seen."""
	table = frappe.qb.DocType(DOCTYPE)
	condition = seen(table, reach)
	if condition is None:
		return False
	return bool(frappe.qb.from_(table).select(table.name).where(table.name == name).where(condition).run())


def _for_cells_below(ranges: tuple[tuple[int, int], ...]) -> list:
	"""Subqueries: directives for a committee in or above these stretches, and those for a cell in them."""
	target, committee = frappe.qb.DocType("Directive Target"), frappe.qb.DocType("Party Committee")
	cell = frappe.qb.DocType("Cell")
	meets = Criterion.any((committee.lft <= high) & (committee.rgt >= low) for low, high in ranges)
	return [
		frappe.qb.from_(target)
		.join(committee)
		.on(committee.name == target.committee)
		.select(target.parent)
		.where(meets),
		frappe.qb.from_(target)
		.join(cell)
		.on(cell.name == target.cell)
		.select(target.parent)
		.where(cell.committee.isin(scope.subtree(ranges))),
	]


def may(doc, user: str, ptype: str, reach: scope.Scope) -> bool:
	"""Written by officers of its issuer; read, once issued, by those whom it is for."""
	if doc.is_new():
		return scope.within(doc.issuer, reach.officer)
	if ptype in READING:
		return is_seen(doc.name, reach)
	stored = frappe.db.get_value("Directive", doc.name, "issuer")
	return all(scope.within(issuer, reach.officer) for issuer in {doc.issuer, stored})
