"""Rearranging cells: which of them close, what takes their place, and what keeps the act from being carried out.

Merge       cells into one: one of them, or a new one
Split       one cell into several new ones; it may itself stay as one of them
Move        cells, or a committee with all below it, under another committee
Dissolve    cells close; another cell takes over what they leave, or their committee keeps it
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from partycell.rules import cells as cell_rules

MERGE, SPLIT, MOVE_CELLS, MOVE_COMMITTEE, DISSOLVE = KINDS = (
	"Merge",
	"Split",
	"Move Cells",
	"Move Committee",
	"Dissolve",
)
MOVES = frozenset({MOVE_CELLS, MOVE_COMMITTEE})
DRAFT, CARRIED_OUT, UNDONE = STATES = ("Draft", "Carried Out", "Undone")

# What is counted of each cell concerned, in the order in which people read it.
COUNTED = (
	"members",
	"documents",
	"missing",
	"open_handovers",
	"questions",
	"actions",
	"unacknowledged",
	"planned_inspections",
	"running_inspections",
	"planned_meetings",
	"held_meetings",
	"assigned_members",
	"issued_folders",
)
CLOSED_AS = {MERGE: cell_rules.MERGED, SPLIT: cell_rules.SPLIT, DISSOLVE: cell_rules.DISSOLVED}


@dataclass(frozen=True)
class Concerned:
	"""A cell concerned, as it is before the act.

	term_since: since when its secretary is in office; None where nobody is
	counts: how many there are of each of ``COUNTED``
	below: whether it stands below the committee that decides; in_target: directly under the target already
	"""

	cell: str
	title: str
	status: str = cell_rules.ACTIVE
	secretary: str | None = None
	secretary_name: str | None = None
	term_since: date | None = None
	established_on: date | None = None
	handover: str | None = None
	below: bool = True
	in_target: bool = False
	full_members: int = 0
	counts: Mapping[str, int] = field(default_factory=dict)

	def count(self, what: str) -> int:
		return self.counts.get(what, 0)


@dataclass(frozen=True)
class Successor:
	"""What cells become: an existing ``cell``, or a new one.

	secretary: the user named on the act; holder: who holds the office of an existing cell today
	enabled: whether the account of whoever will hold the office may be used
	"""

	title: str
	cell: str | None = None
	status: str = cell_rules.ACTIVE
	cell_type: str | None = None
	committee_below: bool = True
	secretary: str | None = None
	holder: str | None = None
	enabled: bool = True
	handover: str | None = None
	members: int = 0
	full_members: int = 0
	takes_folder: bool = False


@dataclass(frozen=True)
class Act:
	"""One act of rearranging, with all that decides it.

	user: who carries it out; received_by: who takes the folders of dissolved cells for the committee
	path_of_target: the committees from the target up; for a move
	"""

	kind: str
	day: date
	decided_on: date
	today: date
	user: str
	cells: Sequence[Concerned] = ()
	successors: Sequence[Successor] = ()
	received_by: str | None = None
	target: str | None = None
	target_title: str = ""
	target_level: str | None = None
	target_below: bool = True
	path_of_target: Sequence[str] = ()
	moved: str | None = None
	moved_title: str = ""
	moved_level: str | None = None
	moved_parent: str | None = None
	moved_below: bool = True


def closing(act: Act) -> list[Concerned]:
	"""The cells that the act closes: those concerned that are not among what comes out of it."""
	if act.kind in MOVES:
		return []
	stay = {one.cell for one in act.successors if one.cell}
	return [one for one in act.cells if one.cell not in stay]


def heir(act: Act) -> Successor | None:
	"""Who receives the folders of the cells that close, and what is pending there; None: the committee."""
	if act.kind == SPLIT:
		return next((one for one in act.successors if one.takes_folder), None)
	return act.successors[0] if act.successors else None


def receiver(act: Act) -> str | None:
	"""The user to whom the closed cells' folders are handed over."""
	one = heir(act)
	if one is None:
		return act.received_by if act.kind == DISSOLVE else None
	return one.holder or one.secretary


def members_after(act: Act) -> list[tuple[int, int]]:
	"""Members and full members of each successor after the act.

	A merger adds up, unless the act says how many there are; a split says it for each. Empty for other acts:
	the members of a dissolved cell go where they are admitted.
	"""
	if act.kind not in (MERGE, SPLIT):
		return []
	found = []
	for one in act.successors:
		if act.kind == MERGE and not one.members:
			found.append((sum(cell.count("members") for cell in act.cells), _full(act.cells)))
		else:
			found.append((one.members, one.full_members))
	return found


def totals(cells: Iterable[Concerned]) -> dict[str, int]:
	"""What there is in all the cells together, of each of ``COUNTED``."""
	tally = dict.fromkeys(COUNTED, 0)
	for cell in cells:
		for what in COUNTED:
			tally[what] += cell.count(what)
	return tally


def _full(cells: Iterable[Concerned]) -> int:
	return sum(cell.full_members for cell in cells)
