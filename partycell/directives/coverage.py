"""Coverage: how many of the cells that a directive reached have taken note of it in their present term.

Counted by groups in the database, over as many directives as are asked for; the cells are those that the
session's user sees, closed ones left out.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import frappe
from frappe.query_builder import Criterion
from frappe.query_builder.functions import Count
from frappe.utils import add_days, cint, getdate, today

from partycell.access import permissions
from partycell.rules import cells as cell_rules
from partycell.rules import directives as rules
from partycell.rules import terms

ACKNOWLEDGEMENT = "Directive Acknowledgement"


@dataclass(frozen=True)
class Coverage:
	"""Cells reached, and of these: acknowledged in time, late, not yet, and of the last those overdue."""

	reached: int = 0
	in_time: int = 0
	late: int = 0
	open: int = 0
	overdue: int = 0

	@property
	def percent(self) -> float:
		"""Acknowledged of a hundred reached, rounded down to one decimal; 100 where none was reached."""
		done = self.in_time + self.late
		return int(1000 * done / self.reached) / 10 if self.reached else 100.0

	def as_dict(self) -> dict:
		"""The numbers and the percentage, for a form or a report."""
		return asdict(self) | {"percent": self.percent}


def of(names: Sequence[str], user: str | None = None) -> dict[str, Coverage]:
	"""directive: how far it is acknowledged in the cells that the user sees."""
	names = list(names)
	if not names:
		return {}
	item, row = frappe.qb.DocType("Folder Item"), frappe.qb.DocType(ACKNOWLEDGEMENT)
	reached = _count(item, item.directive.isin(names) & _cells(item, user))
	# By the term alone: one list to look up for each directive and not two within each other.
	current = row.directive.isin(names) & row.term.isin(_open_terms(user))
	in_time = _count(row, current & (row.late == 0))
	late = _count(row, current & (row.late == 1))
	due = _due(names, user)
	done_of_due = _count(row, current & (row.due_on < today()))
	return {
		name: Coverage(
			reached[name],
			in_time[name],
			late[name],
			max(0, reached[name] - in_time[name] - late[name]),
			max(0, due[name] - done_of_due[name]),
		)
		for name in names
	}


def cells(name: str, user: str | None = None) -> list[dict]:
	"""How each cell that the user sees stands to one directive, the latest due last.

	``[{cell, cell_name, committee, secretary_name, state, reached_on, due_on, acknowledged_on, standing}]``
	"""
	item, cell = frappe.qb.DocType("Folder Item"), frappe.qb.DocType("Cell")
	term, row = frappe.qb.DocType("Secretary Term"), frappe.qb.DocType(ACKNOWLEDGEMENT)
	asked = frappe.db.get_value("Directive", name, ["acknowledge_within", "acknowledgement_asked"])
	found = (
		frappe.qb.from_(item)
		.join(cell)
		.on(cell.name == item.cell)
		.left_join(term)
		.on((term.cell == item.cell) & (term.status == terms.OPEN))
		.left_join(row)
		.on((row.directive == item.directive) & (row.cell == item.cell) & (row.term == term.name))
		.select(
			item.cell,
			cell.cell_name,
			cell.committee,
			cell.secretary_name,
			item.state,
			item.reached_on,
			term.from_date,
			row.acknowledged_on,
			row.due_on,
		)
		.where((item.directive == name) & _cells(item, user))
	).run(as_dict=True)
	day = getdate(today())
	for line in found:
		began = getdate(line.pop("from_date")) if line.from_date else None
		due = line.due_on or rules.due_on(getdate(line.reached_on), began, cint(asked[0]))
		line.due_on = getdate(due) if asked[1] else None
		done = getdate(line.acknowledged_on) if line.acknowledged_on else None
		line.standing = rules.acknowledgement(line.due_on, done, day) if asked[1] else None
	return sorted(found, key=lambda line: (str(line.due_on), line.cell_name))


def _count(table, condition: Criterion) -> dict[str, int]:
	query = frappe.qb.from_(table).select(table.directive, Count("*")).where(condition)
	return defaultdict(int, query.groupby(table.directive).run())


def _due(names: list[str], user: str | None) -> dict[str, int]:
	"""Cells in which a directive should have been acknowledged before today, by anybody.

	The days are the directive's: one query for each number of days that occurs, not for each directive.
	"""
	by_days = defaultdict(list)
	for row in frappe.get_all(
		"Directive", filters={"name": ("in", names)}, fields=["name", "acknowledge_within"]
	):
		by_days[cint(row.acknowledge_within)].append(row.name)
	item, term = frappe.qb.DocType("Folder Item"), frappe.qb.DocType("Secretary Term")
	found: dict[str, int] = defaultdict(int)
	for days, some in by_days.items():
		before = add_days(today(), -days)
		lately = (
			frappe.qb.from_(term)
			.select(term.cell)
			.where((term.status == terms.OPEN) & (term.from_date >= before))
		)
		old = item.directive.isin(some) & (item.reached_on < before) & item.cell.notin(lately)
		found |= _count(item, old & _cells(item, user))
	return found


def _cells(table, user: str | None) -> Criterion:
	"""The condition for a row to be of a cell that is active and seen; short for one who sees all."""
	cell = frappe.qb.DocType("Cell")
	seen = permissions.cells_seen(cell, user or frappe.session.user)
	if seen is None:
		closed = frappe.qb.from_(cell).select(cell.name).where(cell.status != cell_rules.ACTIVE)
		return table.cell.notin(closed)
	mine = frappe.qb.from_(cell).select(cell.name).where((cell.status == cell_rules.ACTIVE) & seen)
	return table.cell.isin(mine)


def _open_terms(user: str | None):
	"""Subquery: the terms in which somebody holds the office of a cell that is active and seen."""
	term = frappe.qb.DocType("Secretary Term")
	return frappe.qb.from_(term).select(term.name).where((term.status == terms.OPEN) & _cells(term, user))
