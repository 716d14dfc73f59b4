"""What a user may reach today, read from terms, committee functions and open handovers.

Nothing is stored: whoever holds an office has what the office has, on the day he holds it.
"""

from dataclasses import dataclass
from datetime import date

import frappe
from frappe.query_builder import Criterion
from frappe.utils import add_days, getdate, today

from partycell import settings
from partycell.rules import handover as rules
from partycell.rules import terms

ALL_ROWS = frozenset({"System Manager", "Partycell Manager"})
OFFICER = "Officer"
INSPECTOR = "Inspector"


@dataclass(frozen=True)
class Scope:
	"""A user's reach on one day.

	everything: sees every row (managers)
	held: cells whose office the user holds
	left: cells whose office the user left not longer ago than the office allows reading
	officer, inspector: (lft, rgt) of each committee the user acts for
	receiving: open handovers that name the user as receiver, with their cells
	"""

	everything: bool = False
	held: frozenset[str] = frozenset()
	left: frozenset[str] = frozenset()
	officer: tuple[tuple[int, int], ...] = ()
	inspector: tuple[tuple[int, int], ...] = ()
	receiving: tuple[tuple[str, str], ...] = ()

	@property
	def read_cells(self) -> frozenset[str]:
		"""Cells read through an office, held or lately left."""
		return self.held | self.left

	@property
	def ranges(self) -> tuple[tuple[int, int], ...]:
		"""Stretches of the committee tree read through a function."""
		return self.officer + self.inspector


def sees_everything(user: str) -> bool:
	"""Whether a user's role alone shows every row: Administrator and the managers."""
	return user == "Administrator" or bool(ALL_ROWS & set(frappe.get_roles(user)))


def of(user: str) -> Scope:
	"""The reach of a user today: four indexed queries, whatever the number of cells."""
	if sees_everything(user):
		return Scope(everything=True)
	held, left = _offices(user)
	functions = _functions(user)
	return Scope(
		held=held,
		left=left,
		officer=functions[OFFICER],
		inspector=functions[INSPECTOR],
		receiving=_receiving(user),
	)


def acts_above(user: str, cell: str) -> bool:
	"""Whether the user is an officer, today, of a committee above the cell."""
	committee = frappe.db.get_value("Cell", cell, "committee")
	return within(committee, _functions(user)[OFFICER])


def within(committee: str | None, ranges: tuple[tuple[int, int], ...]) -> bool:
	"""Whether a committee lies in one of these stretches of the tree."""
	if not committee or not ranges:
		return False
	left = frappe.db.get_value("Party Committee", committee, "lft")
	return any(low <= (left or 0) <= high for low, high in ranges)


def subtree(ranges: tuple[tuple[int, int], ...]):
	"""Subquery: the names of the committees in these stretches of the tree."""
	committee = frappe.qb.DocType("Party Committee")
	inside = Criterion.any((committee.lft >= low) & (committee.lft <= high) for low, high in ranges)
	return frappe.qb.from_(committee).select(committee.name).where(inside)


def officers_above(cell: str) -> list[str]:
	"""The users who act as officers, today, for the nearest committee above the cell that has any."""
	node = frappe.db.get_value("Cell", cell, "committee")
	lft, rgt = frappe.db.get_value("Party Committee", node, ["lft", "rgt"]) or (0, 0)
	committee, user = frappe.qb.DocType("Party Committee"), frappe.qb.DocType("Party Committee User")
	rows = (
		frappe.qb.from_(committee)
		.join(user)
		.on(user.parent == committee.name)
		.select(committee.lft, user.user)
		.where((committee.lft <= lft) & (committee.rgt >= rgt) & (user.function == OFFICER))
		.where(_acting(user, getdate(today())))
	).run()
	nearest = max((row[0] for row in rows), default=None)
	return sorted({row[1] for row in rows if row[0] == nearest})


def _offices(user: str) -> tuple[frozenset[str], frozenset[str]]:
	still_readable = add_days(today(), -settings.get().predecessor_read_days)
	term = frappe.qb.DocType("Secretary Term")
	rows = (
		frappe.qb.from_(term)
		.select(term.cell, term.status)
		.where(term.user == user)
		.where(
			((term.status == terms.OPEN) & (term.from_date <= today()))
			| ((term.status == terms.CLOSED) & (term.to_date >= still_readable))
		)
	).run()
	held = frozenset(cell for cell, status in rows if status == terms.OPEN)
	return held, frozenset(cell for cell, _status in rows) - held


def _functions(user: str) -> dict[str, tuple[tuple[int, int], ...]]:
	committee, row = frappe.qb.DocType("Party Committee"), frappe.qb.DocType("Party Committee User")
	rows = (
		frappe.qb.from_(row)
		.join(committee)
		.on(committee.name == row.parent)
		.select(row.function, committee.lft, committee.rgt)
		.where((row.user == user) & _acting(row, getdate(today())))
	).run()
	found: dict[str, list] = {OFFICER: [], INSPECTOR: []}
	for function, lft, rgt in rows:
		found[function].append((int(lft), int(rgt)))
	return {function: tuple(sorted(set(ranges))) for function, ranges in found.items()}


def _acting(row, day: date):
	"""The condition that a committee function is in force on a day; both its ends belong to it."""
	return (row.from_date <= day) & (row.to_date.isnull() | (row.to_date >= day))


def _receiving(user: str) -> tuple[tuple[str, str], ...]:
	handover = frappe.qb.DocType("Handover")
	rows = (
		frappe.qb.from_(handover)
		.select(handover.name, handover.cell)
		.where((handover.receiver == user) & handover.workflow_state.isin(rules.RECEIVER_STATES))
		.where(handover.docstatus == 0)
	).run()
	return tuple((name, cell) for name, cell in rows)
