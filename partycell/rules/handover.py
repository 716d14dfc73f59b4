"""The handover as a sequence of acts: whose turn it is, what each may write, what an act demands.

::

    Draft ──deliver──> Delivered ──receive──> Received ──approve──> Approved ──annul──> Annulled
      │                 │  │  └──contest──┐      │
      │                 │  │              v      │
      │                 │  │          Contested <┘ send back
      │                 │  │              │
      │                 │  └<──deliver────┤
      └───withdraw──────┴────withdraw─────┴──> Withdrawn
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from partycell.rules import completeness, workflow
from partycell.rules.problems import Problem, _

DRAFT = "Draft"
DELIVERED = "Delivered"
RECEIVED = "Received"
CONTESTED = "Contested"
WITHDRAWN = "Withdrawn"
APPROVED = "Approved"
ANNULLED = "Annulled"

OPEN_STATES = (DRAFT, DELIVERED, RECEIVED, CONTESTED)
FROZEN_STATES = (DELIVERED, RECEIVED, APPROVED, ANNULLED)
RECEIVER_STATES = (DELIVERED, RECEIVED, CONTESTED)

GIVER = "giver"
RECEIVER = "receiver"
UPPER_LEVEL = "upper level"
MANAGER = "manager"

# (from, to): which parts may. The upper level gives in the giver's place only where it acts on behalf,
# but it can always withdraw: neither party may be there to do it.
MOVES = {
	(DRAFT, DELIVERED): frozenset({GIVER}),
	(CONTESTED, DELIVERED): frozenset({GIVER}),
	(DELIVERED, RECEIVED): frozenset({RECEIVER}),
	(DELIVERED, CONTESTED): frozenset({RECEIVER}),
	(RECEIVED, CONTESTED): frozenset({UPPER_LEVEL}),
	(RECEIVED, APPROVED): frozenset({UPPER_LEVEL}),
	(DRAFT, WITHDRAWN): frozenset({GIVER, UPPER_LEVEL}),
	(DELIVERED, WITHDRAWN): frozenset({GIVER, UPPER_LEVEL}),
	(CONTESTED, WITHDRAWN): frozenset({GIVER, UPPER_LEVEL}),
	(APPROVED, ANNULLED): frozenset({MANAGER}),
}

# A cell that is closed by a decision: that stands for both signatures, so its handover is approved as it is made.
AT_ONCE = (DRAFT, APPROVED)

MARKS = (
	completeness.PRESENT,
	completeness.MISSING,
	completeness.DAMAGED,
	completeness.OUTDATED,
)

_GIVER_WRITES = frozenset(
	"reason reason_detail basis receiver witness venue dues assets giver_commitment giver_signature "
	"on_behalf acting_reason withdrawn_reason items.remark".split()
)
# What whoever opens a handover may send with it; all else on it comes from the folder and the acts.
OPENS_WITH = (_GIVER_WRITES | {"cell", "workflow_state"}) - {
	"giver_signature",
	"withdrawn_reason",
	"items.remark",
}
_RECEIVER_WRITES = frozenset(
	"receiver_commitment receiver_signature contest_reason items.received_state items.received_remark "
	"items.disputed".split()
)
_UPPER_WRITES = frozenset(
	"basis witness witness_commitment witness_signature contest_reason items.remedy items.responsible "
	"items.due_on items.disputed".split()
)
_STEPS_IN = frozenset({"on_behalf", "acting_reason", "withdrawn_reason"})
WRITES = {
	DRAFT: {GIVER: _GIVER_WRITES, UPPER_LEVEL: _STEPS_IN},
	CONTESTED: {GIVER: _GIVER_WRITES, UPPER_LEVEL: _STEPS_IN},
	DELIVERED: {
		RECEIVER: _RECEIVER_WRITES,
		GIVER: frozenset({"withdrawn_reason"}),
		UPPER_LEVEL: frozenset({"withdrawn_reason"}),
	},
	RECEIVED: {UPPER_LEVEL: _UPPER_WRITES},
	APPROVED: {MANAGER: frozenset({"annulled_reason"})},
}


@dataclass(frozen=True)
class Parties:
	"""Who is who in one handover, by user name. ``giver`` acts himself unless ``on_behalf``."""

	giver: str
	receiver: str
	on_behalf: bool = False


def roles_of(user: str, parties: Parties, *, upper_level: bool, manager: bool = False) -> frozenset[str]:
	"""The parts a user has in a handover.

	upper_level: whether the user is an officer of a committee above the cell today. Whoever gives
	or receives has no part as upper level: nobody approves their own handover.
	"""
	parts = set()
	if user == parties.giver and not parties.on_behalf:
		parts.add(GIVER)
	if user == parties.receiver:
		parts.add(RECEIVER)
	if upper_level and user not in (parties.giver, parties.receiver):
		parts.add(UPPER_LEVEL)
		if parties.on_behalf:
			parts.add(GIVER)
	if manager:
		parts.add(MANAGER)
	return frozenset(parts)


def may_write(state: str, parts: Iterable[str]) -> frozenset[str]:
	"""The fields (``items.x`` for a row's) that someone with these parts may change in a state."""
	return workflow.writable(WRITES, state, parts)


def ways_on(state: str, parts: Iterable[str]) -> tuple[str, ...]:
	"""The states to which someone with these parts may bring a handover, in the order of ``MOVES``."""
	return workflow.ways_on(MOVES, state, parts)


@dataclass(frozen=True)
class Line:
	"""One line of the inventory, in the giver's and in the receiver's words.

	delivered, received: states of ``completeness``; received is None while it is unmarked
	contents: what must not change under the signatures, comparable; see ``frozen``
	"""

	item: str
	title: str
	delivered: str
	received: str | None = None
	remark: str = ""
	contents: tuple = ()


def belongs(state: str, required: bool, due: bool, files: int) -> bool:
	"""Whether a slot goes on the inventory: what is there, and what ought to be there by now."""
	if state == completeness.NOT_APPLICABLE:
		return False
	return state != completeness.EXPECTED or bool(files) or (required and due)


def foreseen(delivered: str) -> str | None:
	"""How a line stands for the receiver before he marks it.

	What the giver himself declares wanting is so marked, and may be marked otherwise; what he
	declares present stays unmarked until the receiver has seen it.
	"""
	if delivered in (completeness.EXPECTED, completeness.MISSING):
		return completeness.MISSING
	if delivered in (completeness.DAMAGED, completeness.OUTDATED):
		return delivered
	return None


def count(lines: Iterable[Line]) -> dict[str, int]:
	"""How many lines there are, how many under each mark, and how many are unmarked."""
	tally = {"total": 0, **{mark.lower(): 0 for mark in MARKS}, "unmarked": 0}
	for line in lines:
		tally["total"] += 1
		tally[line.received.lower() if line.received in MARKS else "unmarked"] += 1
	return tally


def receive_problems(lines: Iterable[Line]) -> Iterator[Problem]:
	"""What keeps the receiver from signing: unmarked lines, and wrong ones without a remark."""
	lines = list(lines)
	unmarked = [line.title for line in lines if line.received not in MARKS]
	if unmarked:
		yield Problem(
			"unmarked",
			_("{count} documents are not marked yet, first: {title}. Mark each one before signing."),
			{"count": len(unmarked), "title": unmarked[0]},
		)
	for line in lines:
		if line.received == completeness.DAMAGED and not line.remark.strip():
			yield Problem(
				"unmarked",
				_("Say in the remark what is wrong with {title}."),
				{"title": line.title},
			)


def discrepancies(lines: Iterable[Line]) -> list[Line]:
	"""The lines that must be put right: whatever the receiver did not find present."""
	return [line for line in lines if line.received and line.received != completeness.PRESENT]


def differences(frozen: Iterable[Line], live: Iterable[Line]) -> Iterator[Problem]:
	"""How the folder has changed since the giver signed its inventory.

	Slots that appeared empty since (a month began) are no difference: nothing was filed in them.
	"""
	before = {line.item: line for line in frozen}
	after = {line.item: line for line in live}
	for item, line in before.items():
		values = {"title": line.title}
		if item not in after:
			yield Problem("inventory_changed", _("{title} is no longer in the folder."), values)
		elif after[item].delivered != line.delivered:
			values |= {"before": line.delivered, "after": after[item].delivered}
			yield Problem("inventory_changed", _("{title} was {before} and is now {after}."), values)
		elif after[item].contents != line.contents:
			yield Problem(
				"inventory_changed", _("{title} has other files, copies, pages or numbers now."), values
			)
	for item, line in after.items():
		# Like on the inventory itself: what does not apply is nobody's to hand over.
		if item in before or line.delivered == completeness.NOT_APPLICABLE:
			continue
		if line.delivered != completeness.EXPECTED or line.contents[-1]:
			yield Problem(
				"inventory_changed", _("{title} was filed after the inventory."), {"title": line.title}
			)


def party_problems(
	*,
	giver: str,
	receiver: str,
	on_behalf: bool,
	acting_reason: str | None,
	of_another_cell: bool = False,
) -> Iterator[Problem]:
	"""What is wrong with the parties as named.

	of_another_cell: the receiver holds the office of the cell that succeeds this one, and may be the same person
	"""
	if giver == receiver and not of_another_cell:
		yield Problem("handover", _("Giver and receiver are the same person. Choose the successor."))
	if on_behalf and not (acting_reason or "").strip():
		yield Problem("handover", _("Say why the upper level acts for the giver."))


def contest_problems(*, by_receiver: bool, reason: str | None, disputed: int) -> Iterator[Problem]:
	"""A handover goes back only with what is disputed: a reason, and by the receiver, which documents."""
	if not (reason or "").strip():
		yield Problem("handover", _("Say what is disputed, so that the giver can put it right."))
	if by_receiver and not disputed:
		yield Problem("handover", _("Tick the documents that are disputed."))
