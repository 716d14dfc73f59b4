"""How long each level has for an answer, how long it took, and when it is reminded."""

import statistics
from collections.abc import Iterable
from datetime import date, timedelta

GRASSROOTS, COMMUNE, ABOVE = "grassroots", "commune", "above"
_GROUP = {
	"Department": GRASSROOTS,
	"Grassroots": GRASSROOTS,
	"Commune": COMMUNE,
	"Town": COMMUNE,
	"District": COMMUNE,
}

SOON, DUE, OVERDUE = "soon", "due", "overdue"
AGAIN_AFTER = 7
"""Days after which an overdue question is called to mind again."""


def days_for(level: str, days: dict[str, int]) -> int:
	"""Days a committee of this level has; ``days`` by GRASSROOTS, COMMUNE, ABOVE."""
	return days[_GROUP.get(level, ABOVE)]


def due_on(level: str, days: dict[str, int], asked: date) -> date:
	"""The day by which a committee of this level answers what reached it on ``asked``."""
	return asked + timedelta(days=days_for(level, days))


def days_taken(asked: date, answered: date | None, today: date) -> int:
	"""Days from asking to the answer; to today where there is none yet."""
	return ((answered or today) - asked).days


def median(days: Iterable[int]) -> float | None:
	"""The middle of these numbers of days: a few questions that took a year do not move it. None for none."""
	days = list(days)
	return float(statistics.median(days)) if days else None


def call(due: date, today: date, before: int) -> str | None:
	"""Whether somebody is reminded today: SOON, DUE, OVERDUE, or None.

	before: so many days ahead it is SOON (once). OVERDUE comes on the day after, then every
	``AGAIN_AFTER`` days, so that nobody learns to overlook a daily message.
	"""
	late = (today - due).days
	if late == 0:
		return DUE
	if late > 0:
		return OVERDUE if late % AGAIN_AFTER == 1 else None
	return SOON if before > 0 and -late == before else None
