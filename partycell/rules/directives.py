"""Directives: whom one is for, when it is in force, what it supersedes, and when it must be acknowledged."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from partycell.rules.problems import Problem, _
from partycell.rules.text import normalise

SOURCE_PREFIX = "directive:"

DRAFT = "Draft"
ISSUING = "Issuing"
ISSUED = "Issued"
SUPERSEDED = "Superseded"
WITHDRAWN = "Withdrawn"
EXPIRED = "Expired"
STATUSES = (DRAFT, ISSUING, ISSUED, SUPERSEDED, WITHDRAWN, EXPIRED)

SUPERSEDES = "Supersedes"
AMENDS = "Amends"
EFFECTS = (SUPERSEDES, AMENDS)

NOT_YET = "Not Yet in Force"
IN_FORCE = "In Force"

IN_TIME = "In Time"
LATE = "Late"
OPEN = "Open"
OVERDUE = "Overdue"

SOON = "Soon"
TODAY = "Today"


@dataclass(frozen=True)
class Target:
	"""One line of whom a directive is for: a committee with all below it, or one cell.

	committee: (lft, rgt) of the committee in the tree
	cell_type: only cells of this type; None for every type
	"""

	committee: tuple[int, int] | None = None
	cell_type: str | None = None
	cell: str | None = None


@dataclass(frozen=True)
class Place:
	"""What of a cell decides which directives are for it. ``committee`` is its committee's lft."""

	name: str
	cell_type: str
	committee: int
	active: bool = True


@dataclass(frozen=True)
class Course:
	"""The days in a directive's life. It is in force on ``since`` and on ``until``, and no more on the others."""

	since: date
	until: date | None = None
	superseded_on: date | None = None
	withdrawn_on: date | None = None


def source_of(directive: str) -> str:
	"""The source of the Folder Item that a directive puts into a folder."""
	return SOURCE_PREFIX + directive


def is_for(targets: Iterable[Target], cell: Place) -> bool:
	"""Whether a directive is for a cell: for an active one that one of its lines names."""
	return cell.active and any(_names(target, cell) for target in targets)


def _names(target: Target, cell: Place) -> bool:
	if target.cell:
		return target.cell == cell.name
	if not target.committee or (target.cell_type and target.cell_type != cell.cell_type):
		return False
	left, right = target.committee
	return left <= cell.committee <= right


def standing(course: Course, day: date) -> str:
	"""What a directive is on a day: ``NOT_YET``, ``IN_FORCE``, ``EXPIRED``, ``SUPERSEDED`` or ``WITHDRAWN``.

	Of two ends the earlier one counts; a directive that never came into force by then is ended all the same.
	"""
	ends = [
		(course.superseded_on, SUPERSEDED),
		(course.withdrawn_on, WITHDRAWN),
		(course.until and course.until + timedelta(days=1), EXPIRED),
	]
	over = sorted((end, name) for end, name in ends if end and end <= day)
	if over:
		return over[0][1]
	return IN_FORCE if course.since <= day else NOT_YET


def in_force(course: Course, day: date) -> bool:
	"""Whether a directive holds on a day."""
	return standing(course, day) == IN_FORCE


def cycle(start: str, supersedes: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
	"""The way by which a directive would supersede itself, from ``start`` back to it; empty where there is none.

	supersedes: directive: the ones that it supersedes or amends
	"""
	ways, seen = [(start,)], set()
	while ways:
		way = ways.pop()
		for following in supersedes.get(way[-1], ()):
			if following == start:
				return (*way, start)
			if following not in seen:
				seen.add(following)
				ways.append((*way, following))
	return ()


def due_on(reached: date, began: date | None, days: int) -> date:
	"""By when it is acknowledged: so many days after it reached the cell, or after the secretary took office.

	began: the first day of the cell's term, None where nobody is in office
	"""
	return max(reached, began or reached) + timedelta(days=days)


def acknowledgement(due: date, acknowledged_on: date | None, day: date) -> str:
	"""How a cell stands on a day: ``IN_TIME`` or ``LATE`` where acknowledged, else ``OPEN`` or ``OVERDUE``."""
	if acknowledged_on:
		return IN_TIME if acknowledged_on <= due else LATE
	return OPEN if day <= due else OVERDUE


def reminder(due: date, day: date, before: int, every: int) -> str | None:
	"""Whether a day is one on which to remind, and of what: ``SOON``, ``TODAY``, ``OVERDUE`` or None.

	before: days before the due date; 0 for no such reminder
	every: days between reminders once it is overdue, the first on the day after; 0 for that one only
	"""
	late = (day - due).days
	if late == 0:
		return TODAY
	if late < 0:
		return SOON if before and late == -before else None
	return OVERDUE if late == 1 or (every and (late - 1) % every == 0) else None


def number_key(issuer: str, kind: str, number: str) -> str:
	"""Equal for two directives of the same issuer, kind and number, however the number is written.

	``01-NQ/ĐU``, ``1 - nq/đu`` and ``1-NQ/DU`` are one number.
	"""
	plain = normalise(number).replace(" ", "").lstrip("0")
	return f"{issuer}|{kind}|{plain}"


def problems(
	*,
	number: str,
	issued_on: date,
	since: date | None,
	until: date | None,
	days: int,
	targets: Iterable[Target],
	outside: Iterable[str] = (),
) -> Iterator[Problem]:
	"""What is wrong with a directive as written.

	days: to acknowledge it
	outside: names of committees and cells among the targets that do not stand under the issuer
	"""
	if not normalise(number):
		yield Problem("directive", _("Write the number and symbol as on the paper, for example 127-QĐ/TU."))
	if since and since < issued_on:
		yield Problem(
			"directive", _("A directive is not in force before its own date. Correct one of the dates.")
		)
	if until and until < (since or issued_on):
		yield Problem(
			"directive", _("The directive would end before it is in force. Correct one of the dates.")
		)
	if days < 0:
		yield Problem("directive", _("The days to acknowledge cannot be negative."))
	for number_of_line, target in enumerate(targets, 1):
		if bool(target.cell) == bool(target.committee):
			yield Problem(
				"directive",
				_("Line {line} of whom it is for names a committee or a cell: choose one of them."),
				{"line": number_of_line},
			)
	for name in outside:
		yield Problem(
			"directive",
			_("{name} does not stand under the issuer. Choose committees and cells below it."),
			{"name": name},
		)
