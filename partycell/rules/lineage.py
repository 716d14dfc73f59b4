"""Lineage: which cells went into which, so that a report over time follows them.

A step is one act by which a cell's work passes to another: a merger has one for each cell that went in, a
split one for each cell that came out of it. Steps are followed in the order of their days, so that two
cells that were parted and joined again make no circle.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Step:
	"""From a day on, what was ``origin`` is, wholly or in part, ``successor``."""

	origin: str
	successor: str
	day: date


@dataclass(frozen=True)
class Life:
	"""From when to when a cell was there: from ``since`` on, and until the day before ``until``.

	None is unknown, or for ever.
	"""

	since: date | None = None
	until: date | None = None

	def on(self, day: date) -> bool:
		"""Whether the cell was there on a day."""
		return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


ALWAYS = Life()


def predecessors(
	cells: Sequence[str], steps: Iterable[Step], lives: Mapping[str, Life], day: date
) -> dict[str, frozenset[str]]:
	"""cell: the cells that were there on ``day`` and are, wholly or in part, this one.

	A cell that was there itself is among them. Empty for one that came out of nothing later.
	"""
	into = defaultdict(list)
	for step in steps:
		if step.day > day:
			into[step.successor].append((step.origin, step.day))
	found = {}
	for cell in cells:
		reached = _follow(cell, into, lambda one, last: last is None or one <= last)
		found[cell] = frozenset(one for one in reached if lives.get(one, ALWAYS).on(day))
	return found


def successors(
	cells: Sequence[str], steps: Iterable[Step], lives: Mapping[str, Life], day: date
) -> dict[str, frozenset[str]]:
	"""cell: the cells that are there on ``day`` and are, wholly or in part, what it was; itself, if it is."""
	out = defaultdict(list)
	for step in steps:
		if step.day <= day:
			out[step.origin].append((step.successor, step.day))
	found = {}
	for cell in cells:
		reached = _follow(cell, out, lambda one, last: last is None or one >= last)
		found[cell] = frozenset(one for one in reached if lives.get(one, ALWAYS).on(day))
	return found


def went_into(cell: str, steps: Iterable[Step]) -> dict[str, date]:
	"""Every cell that ever went into this one, with the day of its own step: for the history of a cell."""
	into = defaultdict(list)
	for step in steps:
		into[step.successor].append((step.origin, step.day))
	reached = _follow(cell, into, lambda one, last: last is None or one <= last)
	return {one: day for one, day in reached.items() if one != cell}


def _follow(cell: str, ways: Mapping[str, list], in_order) -> dict[str, date | None]:
	"""Every cell that can be reached, with the day of the step to it."""
	reached: dict[str, date | None] = {cell: None}
	waiting: list[tuple[str, date | None]] = [(cell, None)]
	while waiting:
		here, last = waiting.pop()
		for other, day in ways.get(here, ()):
			if other not in reached and in_order(day, last):
				reached[other] = day
				waiting.append((other, day))
	return reached
