"""Terms of office: who holds it, from when to when, who stands in, which congress term a day lies in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from partycell.rules.problems import Problem, _

OPEN = "Open"
CLOSED = "Closed"
ANNULLED = "Annulled"


@dataclass(frozen=True)
class Term:
	"""One person's time in one cell's office. ``until`` None means that it is open."""

	name: str
	since: date
	until: date | None = None


def problems(new: Term, others: Iterable[Term]) -> Iterator[Problem]:
	"""What forbids a term beside the others of the same cell (annulled ones left out).

	A successor may begin on the day the predecessor ends: the handover happens on that day.
	"""
	if new.until and new.until < new.since:
		yield Problem("term", _("The term ends before it begins. Correct one of the dates."))
	for other in others:
		if other.until is None and new.until is None:
			yield Problem(
				"term",
				_("The cell already has an open term ({other}). Close it by a handover first."),
				{"other": other.name},
			)
		elif _overlap(new, other):
			yield Problem(
				"term",
				_("The term overlaps {other}. A term begins on the day the last one ended, or later."),
				{"other": other.name},
			)


@dataclass(frozen=True)
class Deputy:
	"""Who stands in for the secretary during a term. ``until`` None: as long as the term lasts."""

	user: str
	since: date
	until: date | None = None


def deputy_problems(secretary: str, since: date, deputies: Iterable[Deputy]) -> Iterator[Problem]:
	"""What forbids these deputies in a term of this secretary that began on this day."""
	seen: list[Deputy] = []
	for deputy in deputies:
		values = {"user": deputy.user}
		if deputy.user == secretary:
			yield Problem("term", _("The secretary needs no deputy in {user}: choose somebody else."), values)
		if deputy.until and deputy.until < deputy.since:
			yield Problem("term", _("{user} stops being a deputy before beginning. Correct a date."), values)
		if deputy.since < since:
			yield Problem("term", _("{user} cannot be a deputy before the term began."), values)
		if any(other.user == deputy.user and _together(deputy, other) for other in seen):
			yield Problem("term", _("{user} stands twice among the deputies for the same days."), values)
		seen.append(deputy)


def readable_until(closed_on: date, days: int) -> date:
	"""The last day on which a predecessor still reads the folder; ``days`` is the office's setting."""
	return closed_on + timedelta(days=days)


def congress_term(day: date, first_year: int, years: int) -> tuple[int, int]:
	"""The congress term (nhiệm kỳ) a day lies in, as its first and last year: ``(2025, 2030)``.

	first_year: a year in which a term began; years: how long a term lasts. Cells held congresses
	twice in five years before the pilot of 2025 and every five years in it, so both are settings.
	"""
	offset = (day.year - first_year) // years
	start = first_year + offset * years
	return start, start + years


def _together(one: Deputy, other: Deputy) -> bool:
	"""Whether there is a day that belongs to both; both ends belong to each."""
	far = date.max
	return one.since <= (other.until or far) and other.since <= (one.until or far)


def _overlap(one: Term, other: Term) -> bool:
	far = date.max
	return one.since < (other.until or far) and other.since < (one.until or far)
