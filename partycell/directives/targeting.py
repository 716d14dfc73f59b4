"""Whom a directive is for, as a question to the database: which cells, how many, a sample of them."""

from collections.abc import Iterable, Sequence

import frappe
from frappe.query_builder import Criterion
from frappe.query_builder.functions import Count

from partycell.rules import cells as cell_rules
from partycell.rules import directives as rules


def cells_of(lines: Iterable[rules.Target]) -> Criterion:
	"""The condition for a cell to be one that a directive is for: ``rules.is_for``, written on the table."""
	cell = frappe.qb.DocType("Cell")
	ways, named = [], [line.cell for line in lines if line.cell]
	if named:
		ways.append(cell.name.isin(named))
	for line in lines:
		if line.cell or not line.committee:
			continue
		below = cell.committee.isin(_below(line.committee))
		ways.append(below & (cell.cell_type == line.cell_type) if line.cell_type else below)
	return (cell.status == cell_rules.ACTIVE) & Criterion.any(ways)


def count(lines: Iterable[rules.Target]) -> int:
	"""How many cells a directive is for by now."""
	lines = list(lines)
	if not any(line.cell or line.committee for line in lines):
		return 0
	cell = frappe.qb.DocType("Cell")
	return frappe.qb.from_(cell).select(Count("*")).where(cells_of(lines)).run()[0][0]


def preview(lines: Sequence[rules.Target], within: tuple[int, int], sample: int = 10) -> dict:
	"""Whom a directive would reach: ``{count, by_type: [(type, count)], sample: [cell names]}``.

	within: (lft, rgt) of the issuer; cells elsewhere are not counted, for it has no say there
	"""
	if not any(line.cell or line.committee for line in lines):
		return {"count": 0, "by_type": [], "sample": []}
	cell = frappe.qb.DocType("Cell")
	meant = cells_of(lines) & cell.committee.isin(_below(within))
	total = frappe.qb.from_(cell).select(Count("*")).where(meant).run()[0][0]
	by_type = (
		frappe.qb.from_(cell).select(cell.cell_type, Count("*")).where(meant).groupby(cell.cell_type)
	).run()
	names = (
		frappe.qb.from_(cell).select(cell.cell_name).where(meant).orderby(cell.cell_name).limit(sample)
	).run()
	return {
		"count": total,
		"by_type": sorted(([kind, number] for kind, number in by_type), key=lambda row: -row[1]),
		"sample": [name for (name,) in names],
	}


def meant_within(lines: Sequence[rules.Target], within: tuple[int, int]) -> Criterion:
	"""The condition for a cell to be meant by these lines and to lie below a committee: its (lft, rgt).

	Without a line every active cell below it is meant.
	"""
	cell = frappe.qb.DocType("Cell")
	named = [line for line in lines if line.cell or line.committee]
	meant = cells_of(named) if named else cell.status == cell_rules.ACTIVE
	return meant & cell.committee.isin(_below(within))


def page(condition: Criterion, after: str, limit: int) -> list[str]:
	"""The next cells that are meant, in the order of their names."""
	cell = frappe.qb.DocType("Cell")
	query = frappe.qb.from_(cell).select(cell.name).where(condition).where(cell.name > after)
	return [name for (name,) in query.orderby(cell.name).limit(limit).run()]


def _below(stretch: tuple[int, int]):
	committee = frappe.qb.DocType("Party Committee")
	inside = (committee.lft >= stretch[0]) & (committee.lft <= stretch[1])
	return frappe.qb.from_(committee).select(committee.name).where(inside)
