"""How complete a folder is."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

EXPECTED = "Expected"
PRESENT = "Present"
MISSING = "Missing"
DAMAGED = "Damaged"
OUTDATED = "Outdated"
NOT_APPLICABLE = "Not Applicable"

STATES = (EXPECTED, PRESENT, MISSING, DAMAGED, OUTDATED, NOT_APPLICABLE)
HELD = (PRESENT, DAMAGED, OUTDATED)
# The states of a successor's slot in which the document before it needs nothing more.
SETTLED = (PRESENT, NOT_APPLICABLE)
# Stretches of completeness, from and up to but not with, by which cells are counted; the last is 100 alone.
SPREAD = ((0, 50), (50, 70), (70, 90), (90, 100), (100, None))


class SlotState(NamedTuple):
	"""What of a slot counts: its section, whether it is required, its due date and its state.

	successor: of a document that was superseded, the state of the slot of what took its place in the same
	folder, Not Applicable where that is not for this folder; None for any other document
	"""

	section: str
	required: bool
	due_on: date | None
	state: str
	successor: str | None = None


@dataclass(frozen=True)
class Measure:
	"""Required slots due by now, and how many of them are Present."""

	due: int = 0
	present: int = 0

	@property
	def percent(self) -> float:
		"""0 to 100, one decimal. A folder of which nothing is due yet is complete."""
		return 100.0 if not self.due else int(1000 * self.present / self.due) / 10

	def __add__(self, other: "Measure") -> "Measure":
		return Measure(self.due + other.due, self.present + other.present)


def counts(slot: SlotState, today: date) -> bool:
	"""Whether a slot is one of those a folder is measured by: required, applicable and due by today.

	A superseded document counts, and is wanting, until its successor is filed; then it is of the past.
	"""
	due = slot.due_on is not None and slot.due_on <= today
	return bool(slot.required and slot.state != NOT_APPLICABLE and due and not is_replaced(slot))


def is_replaced(slot: SlotState) -> bool:
	"""Whether an outdated document needs nothing more: its successor is there, or is not for this folder."""
	return slot.state == OUTDATED and slot.successor in SETTLED


def measure(slots: Iterable[SlotState], today: date) -> tuple[Measure, dict[str, Measure]]:
	"""The completeness of a folder in total and by section.

	Only Present counts as there: what is damaged or outdated must be replaced. The percentage is
	rounded down, so 100 means that nothing is wanting.
	"""
	sections: dict[str, Measure] = defaultdict(Measure)
	for slot in slots:
		if counts(slot, today):
			sections[slot.section] += Measure(1, int(slot.state == PRESENT))
	return sum(sections.values(), Measure()), dict(sorted(sections.items()))
