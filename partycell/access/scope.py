"""What a user may reach today, read from terms, committee functions and open handovers.

Nothing is stored: whoever holds an office has what the office has, on the day he holds it.
"""

from dataclasses import dataclass
from datetime import date

import frappe
from frappe.query_builder import Criterion
from frappe.utils import add_days, getdate, today

from partycell.framework import settings
from partycell.rules import handover as rules
from partycell.rules import inspection, terms

ALL_ROWS = frozenset({"System Manager", "Partycell Manager"})
OFFICER = "Officer"
INSPECTOR = "Inspector"


@dataclass(frozen=True)
class Assignment:
	"""An inspection that is not finished, in whose team the user is."""

	inspection: str
	cell: str
	plan: str | None
	running: bool


@dataclass(frozen=True)
class Scope:
	"""A user's reach on one day.

	everything: sees every row (managers)
	held: cells whose office the user holds
	deputised: cells whose secretary the user is a deputy of: reads the folder, takes note of directives
	left: cells whose office the user left not longer ago than the office allows reading
	inherited: closed cells whose folders went to a cell that the user holds
	officer, inspector: (lft, rgt) of each committee the user acts for
	whole_tree: the user reads below every committee there is
	receiving: open handovers that name the user as receiver, with their cells
	assigned: open inspections in whose team the user is
	"""

	everything: bool = False
	held: frozenset[str] = frozenset()
	left: frozenset[str] = frozenset()
	deputised: frozenset[str] = frozenset()
	officer: tuple[tuple[int, int], ...] = ()
	inspector: tuple[tuple[int, int], ...] = ()
	receiving: tuple[tuple[str, str], ...] = ()
	assigned: tuple[Assignment, ...] = ()
	whole_tree: bool = False
	inherited: frozenset[str] = frozenset()

	@property
	def read_cells(self) -> frozenset[str]:
		"""Cells read through an office: held, lately left, or gone into one that is held."""
		return self.held | self.left | self.inherited

	@property
	def inspected(self) -> frozenset[str]:
		"""Cells that are read whole because the user inspects them, while the inspection runs."""
		return frozenset(one.cell for one in self.assigned if one.running)

	@property
	def named_cells(self) -> frozenset[str]:
		"""Cells of which at least the record itself is seen: by an office, a handover, an inspection."""
		received = {cell for _name, cell in self.receiving}
		return self.read_cells | self.deputised | received | {one.cell for one in self.assigned}

	@property
	def acknowledging(self) -> frozenset[str]:
		"""Cells for which the user takes note of directives: as their secretary, or as a deputy."""
		return self.held | self.deputised

	@property
	def ranges(self) -> tuple[tuple[int, int], ...]:
		"""Stretches of the committee tree read through a function."""
		return self.officer + self.inspector


def sees_everything(user: str) -> bool:
	"""Whether a user's role alone shows every row: Administrator and the managers."""
	return user == "Administrator" or bool(ALL_ROWS & set(frappe.get_roles(user)))


def of(user: str) -> Scope:
	"""The reach of a user today: eight indexed queries, one more for each time its cells were rearranged, whatever the number of cells."""
	if sees_everything(user):
		return Scope(everything=True)
	held, left = _offices(user)
	functions = _functions(user)
	ranges = functions[OFFICER] + functions[INSPECTOR]
	return Scope(
		held=held,
		left=left,
		deputised=_deputised(user) - held,
		officer=functions[OFFICER],
		inspector=functions[INSPECTOR],
		receiving=_receiving(user),
		whole_tree=bool(ranges) and _hold_every_root(ranges),
		assigned=_assigned(user),
		inherited=_inherited(held),
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


def reads_cell(cell: str | None, reach: Scope) -> bool:
	"""Whether everything of a cell is read: through an office, an inspection that runs, or a function."""
	if not cell:
		return False
	if cell in reach.read_cells or cell in reach.inspected:
		return True
	return bool(reach.ranges) and within(frappe.db.get_value("Cell", cell, "committee"), reach.ranges)


def officer_of(cell: str | None, reach: Scope) -> bool:
	"""Whether a reach holds an officer's function above the cell."""
	if not cell or not reach.officer:
		return False
	return within(frappe.db.get_value("Cell", cell, "committee"), reach.officer)


def officers_above(cell: str) -> list[str]:
	"""The users who act as officers, today, for the nearest committee above the cell that has any."""
	return officers_at(frappe.db.get_value("Cell", cell, "committee"))[1]


def officers_at(committee: str | None) -> tuple[str | None, list[str]]:
	"""The nearest committee from this one upwards for which somebody acts as officer today, and who does.

	``(None, [])`` where nobody does.
	"""
	lft, rgt = frappe.db.get_value("Party Committee", committee, ["lft", "rgt"]) or (0, 0)
	table, user = frappe.qb.DocType("Party Committee"), frappe.qb.DocType("Party Committee User")
	rows = (
		frappe.qb.from_(table)
		.join(user)
		.on(user.parent == table.name)
		.select(table.lft, table.name, user.user)
		.where((table.lft <= lft) & (table.rgt >= rgt) & (user.function == OFFICER))
		.where(_acting(user, getdate(today())))
	).run()
	if not rows:
		return None, []
	_lft, name = max(row[:2] for row in rows)
	return name, sorted({row[2] for row in rows if row[1] == name})


def committees_over(ranges: tuple[tuple[int, int], ...]):
	"""Subquery: the names of the committees at the top of these stretches, and of all above them."""
	committee = frappe.qb.DocType("Party Committee")
	over = Criterion.any((committee.lft <= low) & (committee.rgt >= high) for low, high in ranges)
	return frappe.qb.from_(committee).select(committee.name).where(over)


def position_above(cell: str, user: str) -> str | None:
	"""How an officer above a cell signs: the position written beside the function."""
	return position_at(frappe.db.get_value("Cell", cell, "committee"), user)


def position_at(committee: str | None, user: str) -> str | None:
	"""How an officer of a committee, or of one above it, signs."""
	lft = frappe.db.get_value("Party Committee", committee, "lft")
	row, node = frappe.qb.DocType("Party Committee User"), frappe.qb.DocType("Party Committee")
	found = (
		frappe.qb.from_(row)
		.join(node)
		.on(node.name == row.parent)
		.select(row.position)
		.where((row.user == user) & (row.function == OFFICER) & (node.lft <= lft) & (node.rgt >= lft))
		.orderby(node.lft, order=frappe.qb.desc)
		.limit(1)
	).run()
	return found[0][0] if found else None


def officers_of_committees() -> dict[str, list[str]]:
	"""committee: the users who act as officers, today, for it or the nearest above that has any; two queries."""
	rows = frappe.get_all("Party Committee", fields=["name", "parent_party_committee"], order_by="lft asc")
	acting: dict[str, list[str]] = {}
	user = frappe.qb.DocType("Party Committee User")
	for committee, name in (
		frappe.qb.from_(user)
		.select(user.parent, user.user)
		.where((user.function == OFFICER) & _acting(user, getdate(today())))
	).run():
		acting.setdefault(committee, []).append(name)
	found: dict[str, list[str]] = {}
	for row in rows:
		# Whoever stands above comes first in the tree's order.
		found[row.name] = acting.get(row.name) or found.get(row.parent_party_committee) or []
	return found


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


def _inherited(held: frozenset[str]) -> frozenset[str]:
	"""The closed cells that handed their folders over to these, and those that had handed theirs to them."""
	found: set[str] = set()
	heirs = held
	while heirs:
		handover = frappe.qb.DocType("Handover")
		rows = (
			frappe.qb.from_(handover)
			.select(handover.cell)
			.where(handover.to_cell.isin(sorted(heirs)) & (handover.docstatus == 1))
		).run()
		heirs = frozenset(cell for (cell,) in rows) - found - held
		found |= heirs
	return frozenset(found)


def _deputised(user: str) -> frozenset[str]:
	"""Cells in whose open term the user is a deputy today; with the term this ends."""
	term, row = frappe.qb.DocType("Secretary Term"), frappe.qb.DocType("Secretary Term Deputy")
	rows = (
		frappe.qb.from_(row)
		.join(term)
		.on(term.name == row.parent)
		.select(term.cell)
		.where((row.user == user) & _acting(row, getdate(today())))
		.where((term.status == terms.OPEN) & (term.from_date <= today()))
	).run()
	return frozenset(cell for (cell,) in rows)


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


def _hold_every_root(ranges: tuple[tuple[int, int], ...]) -> bool:
	"""Whether these stretches hold every committee that has none above it, and so all there are."""
	roots = frappe.get_all(
		"Party Committee", filters={"parent_party_committee": ("is", "not set")}, pluck="lft"
	)
	return all(any(low <= root <= high for low, high in ranges) for root in roots)


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


def _assigned(user: str) -> tuple[Assignment, ...]:
	member, table = frappe.qb.DocType("Inspection Team Member"), frappe.qb.DocType("Inspection")
	rows = (
		frappe.qb.from_(member)
		.join(table)
		.on(table.name == member.parent)
		.select(table.name, table.cell, table.plan, table.workflow_state)
		.where((member.user == user) & (table.docstatus == 0))
		.where(table.workflow_state.isin(inspection.OPEN_STATES))
	).run()
	return tuple(
		Assignment(name, cell, plan, state in inspection.RUNNING_STATES) for name, cell, plan, state in rows
	)
