"""Who may see and change which entry of the handbook: asked by ``permissions``, like every other record.

A cell's notes and questions follow the cell. Guidance follows the tree: it is read below the committee
that gives it, by the cells of the types it is for, and above it by those who act there.
"""

import frappe
from frappe.query_builder import Criterion

from partycell.access import scope
from partycell.rules import handbook as rules

READING = frozenset({"read", "select", "print", "email", "export", "report"})


def visible(table, reach: scope.Scope) -> Criterion | None:
	"""The condition for an entry to be seen, on the table ``Handbook Note``; None for nobody."""
	guidance = table.note_type == rules.GUIDANCE
	ways = []
	if reach.read_cells:
		ways.append(table.cell.isin(sorted(reach.read_cells)))
		ways += (
			guidance & table.workflow_state.isin(rules.SHOWN) & way
			for way in _given_to(table, places(sorted(reach.read_cells)))
		)
	if reach.whole_tree:
		# Not asked where each cell stands: the database keeps to the index that a list is sorted by.
		ways.append(table.cell.isnotnull())
		ways.append(guidance & table.workflow_state.isin(rules.SHOWN))
	elif reach.ranges:
		cell = frappe.qb.DocType("Cell")
		below = (
			frappe.qb.from_(cell).select(cell.name).where(cell.committee.isin(scope.subtree(reach.ranges)))
		)
		ways.append(table.cell.isin(below))
		shown = guidance & table.workflow_state.isin(rules.SHOWN)
		ways.append(shown & table.committee.isin(scope.subtree(reach.ranges)))
		ways.append(shown & table.committee.isin(scope.committees_over(reach.ranges)))
		ways.append(shown & table.committee.isnull())
	if reach.officer:
		ways.append(guidance & table.committee.isin(scope.subtree(reach.officer)))
	return Criterion.any(ways) if ways else None


def in_scope_of(table, cells: list[str]) -> Criterion:
	"""The condition that guidance is given to one of these cells, whatever its state."""
	return Criterion.any(_given_to(table, places(cells)))


def places(cells: list[str]) -> list[tuple[int, int, str]]:
	"""(lft, rgt, type of cell): where these cells stand in the tree, each place once."""
	cell, committee = frappe.qb.DocType("Cell"), frappe.qb.DocType("Party Committee")
	rows = (
		frappe.qb.from_(cell)
		.join(committee)
		.on(committee.name == cell.committee)
		.select(committee.lft, committee.rgt, cell.cell_type)
		.where(cell.name.isin(cells))
	).run()
	return sorted({(int(low), int(high), kind) for low, high, kind in rows})


def may(doc, user: str, ptype: str, reach: scope.Scope) -> bool:
	"""Whether a user may read or write one entry. What of it, is for ``entries.check``."""
	if doc.is_new():
		if doc.note_type == rules.GUIDANCE:
			return scope.within(doc.committee, reach.officer)
		return doc.cell in reach.held
	if not frappe.db.exists("Handbook Note", doc.name):
		return False
	if ptype in READING:
		return _seen(doc.name, reach)
	stored = frappe.db.get_value(
		"Handbook Note", doc.name, ["note_type", "cell", "committee", "author", "from_question"], as_dict=True
	)
	return ptype == "write" and bool(parts(stored, user, reach)) and _seen(doc.name, reach)


def may_see_word(doc, user: str, ptype: str, reach: scope.Scope) -> bool:
	"""Whether a user may see one word of the index: only with its entry, and never written by hand."""
	return ptype in READING and not doc.is_new() and _seen(doc.note, reach)


def parts(note, user: str, reach: scope.Scope | None = None) -> frozenset[str]:
	"""The parts a user has in an entry (``rules.handbook``), by what the database holds of it."""
	reach = reach or scope.of(user)
	return rules.parts(
		note.note_type,
		holds_cell=bool(note.cell) and note.cell in reach.held,
		officer=scope.within(note.committee, reach.officer),
		is_author=note.author == user,
		answers=bool(note.from_question),
		manager=reach.everything,
	)


def _seen(name: str | None, reach: scope.Scope) -> bool:
	if not name:
		return False
	if reach.everything:
		return True
	table = frappe.qb.DocType("Handbook Note")
	seen = visible(table, reach)
	if seen is None:
		return False
	return bool(frappe.qb.from_(table).select(table.name).where((table.name == name) & seen).run())


def _given_to(table, found: list[tuple[int, int, str]]) -> list[Criterion]:
	"""For each place: guidance of a committee at or above it, or of none, for its type of cell or for all."""
	ways = []
	for low, high, kind in found:
		above = table.committee.isnull() | table.committee.isin(scope.committees_over(((low, high),)))
		# No type's name is part of another's; a test holds that.
		meant = table.cell_types.isnull() | (table.cell_types == "") | table.cell_types.like(f"%{kind}%")
		ways.append(above & meant)
	return ways
