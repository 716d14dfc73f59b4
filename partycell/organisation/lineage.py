"""Which cells were there on a day, and which went into which: for reports that go over the years."""

from collections.abc import Sequence
from datetime import date

import frappe
from frappe.query_builder import Criterion
from frappe.utils import getdate

from partycell.rules import cells as cell_rules
from partycell.rules import lineage as rules


def there_on(table, day: date) -> Criterion:
	"""The condition that a cell was there on a day, written on the Cell table of a query.

	A closed cell whose day is not known counts as closed on every day.
	"""
	begun = table.established_on.isnull() | (table.established_on <= day)
	open_end = table.closed_on.isnull() & (table.status == cell_rules.ACTIVE)
	return begun & (open_end | (table.closed_on > day))


def predecessors(cells: Sequence[str], day: date) -> dict[str, frozenset[str]]:
	"""cell: the cells that were there on ``day`` and are, wholly or in part, this one; itself, if it was."""
	steps = _steps()
	return rules.predecessors(cells, steps, _lives(cells, steps), getdate(day))


def successors(cells: Sequence[str], day: date) -> dict[str, frozenset[str]]:
	"""cell: the cells that are there on ``day`` and are, wholly or in part, what it was; itself, if it is."""
	steps = _steps()
	return rules.successors(cells, steps, _lives(cells, steps), getdate(day))


def went_into(cell: str) -> dict[str, date]:
	"""Every cell that ever went into this one, with the day on which it did."""
	return rules.went_into(cell, _steps())


def _steps() -> list[rules.Step]:
	"""Every step there is: few, for cells are seldom rearranged."""
	rows = frappe.get_all(
		"Cell",
		filters={"merged_into": ("is", "set"), "closed_on": ("is", "set")},
		fields=["name", "merged_into", "closed_on"],
		as_list=True,
	)
	act, origin = frappe.qb.DocType("Reorganisation"), frappe.qb.DocType("Reorganisation Cell")
	line = frappe.qb.DocType("Reorganisation Successor")
	acts = (
		frappe.qb.from_(act)
		.join(origin)
		.on(origin.parent == act.name)
		.join(line)
		.on(line.parent == act.name)
		.select(origin.cell, line.became, act.takes_effect_on)
		.where((act.docstatus == 1) & line.became.isnotnull() & (line.became != origin.cell))
	).run()
	found = {rules.Step(one, other, getdate(day)) for one, other, day in (*rows, *acts)}
	return sorted(found, key=lambda step: (step.day, step.origin, step.successor))


def _lives(cells: Sequence[str], steps: list[rules.Step]) -> dict[str, rules.Life]:
	"""From when to when the cells in question were there; two queries with the steps."""
	names = {*cells, *(step.origin for step in steps), *(step.successor for step in steps)}
	return {
		row.name: rules.Life(
			getdate(row.established_on) if row.established_on else None,
			getdate(row.closed_on) if row.closed_on else None,
		)
		for row in frappe.get_all(
			"Cell", filters={"name": ("in", sorted(names))}, fields=["name", "established_on", "closed_on"]
		)
	}
