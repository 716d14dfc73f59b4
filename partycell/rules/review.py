"""A review of the programme: what its figures are, how they are compared, and in which words.

A figure is either of a period (folders issued) and compared with the period before, or of a day (members)
and then compared with the day on which the period began. After the source's own account of its four years:
44 grassroots organisations, later 43; 97 cells below them, later 90; 1,550 members, later 1,808; 150 folders.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from partycell.rules.problems import Problem, _

INTERIM, FINAL, YEAR = "Interim Review", "Final Review", "Year"
KINDS = (INTERIM, FINAL, YEAR)
COUNT, PERCENT, DAYS = "count", "percent", "days"
UNITS = (COUNT, PERCENT, DAYS)
TEXTS = ("strengths", "weaknesses", "causes", "lessons", "directions")
LONGEST_YEARS = 12
FIRST_YEAR = 1930
DAY = timedelta(days=1)
GRASSROOTS, DEPARTMENT = "Grassroots", "Department"


@dataclass(frozen=True)
class Figure:
	"""One figure of a review.

	key: names it on the paper and from one review to the next
	value: of the period, or at its end where ``of_day``; None where there is nothing to measure
	before: of the period before, or at the beginning of this one
	source: the DocType and the filters of the records behind the value, where a list can show them
	"""

	key: str
	label: str
	group: str
	value: float | None
	unit: str = COUNT
	before: float | None = None
	of_day: bool = False
	source: tuple[str, Mapping] | None = None

	@property
	def change(self) -> float | None:
		"""What has been added since, or has gone; None where one of the two is not known."""
		return change(self.before, self.value)


@dataclass(frozen=True)
class Standing:
	"""The cells of one committee on a day: how many, their members, how complete their folders are.

	``due``, ``present``: documents that had to be there, and were; ``full``, ``low``: cells whose folder was
	complete, and less than half complete.
	"""

	committee: str
	cells: int
	members: int | None = None
	full_members: int | None = None
	due: int = 0
	present: int = 0
	full: int = 0
	low: int = 0


@dataclass(frozen=True)
class Place:
	"""A committee in the tree: its level, and the one right above it."""

	level: str
	above: str | None = None


def period_problems(since: date, until: date, today: date) -> Iterator[Problem]:
	"""What is wrong with a period that is to be reviewed."""
	if until < since:
		yield Problem("review", _("The period ends before it begins. Correct its days."))
	elif since > today:
		yield Problem("review", _("The period has not begun yet. Choose one that has."))
	elif until.year - since.year > LONGEST_YEARS:
		yield Problem(
			"review",
			_("A review covers {years} years at most. Shorten the period."),
			{"years": LONGEST_YEARS},
		)


def finish_problems(until: date, today: date, texts: Mapping[str, str | None]) -> Iterator[Problem]:
	"""What keeps a review from being finished: the period still runs, or a section says nothing."""
	if until > today:
		yield Problem(
			"review",
			_("The period runs until {day}. Finish the review afterwards."),
			{"day": f"{until:%d/%m/%Y}"},
		)
	for name in ("strengths", "weaknesses", "directions"):
		if not (texts.get(name) or "").strip():
			yield Problem("review", _("Fill in the section {section}."), {"section": SECTIONS[name]})


SECTIONS = {
	"strengths": _("Strengths"),
	"weaknesses": _("Weaknesses"),
	"causes": _("Causes"),
	"lessons": _("Lessons"),
	"directions": _("Directions and Tasks"),
}


def period_before(since: date, until: date) -> tuple[date, date]:
	"""The period of the same length right before: whole years before whole years, else as many days."""
	if (since.month, since.day) == (1, 1) and (until.month, until.day) == (12, 31):
		years = until.year - since.year + 1
		return date(since.year - years, 1, 1), date(since.year - 1, 12, 31)
	last = since - DAY
	return last - (until - since), last


def months_of(since: date, until: date) -> list[date]:
	"""The first days of the months that lie, wholly or in part, in a period."""
	first, last = since.year * 12 + since.month - 1, until.year * 12 + until.month - 1
	return [date(month // 12, month % 12 + 1, 1) for month in range(first, last + 1)]


def change(before: float | None, value: float | None) -> float | None:
	"""The difference; None where one of the two is not known."""
	return None if before is None or value is None else round(value - before, 2)


def rate(part: float, whole: float) -> float | None:
	"""A part of a whole in percent, with one decimal; None where there is no whole."""
	return round(100 * part / whole, 1) if whole else None


def mean(values: Sequence[float]) -> float | None:
	"""The mean with one decimal; None of nothing."""
	return round(sum(values) / len(values), 1) if values else None


def median(values: Sequence[float]) -> float | None:
	"""The middle one, or half-way between the two in the middle; None of nothing."""
	if not values:
		return None
	ordered, half = sorted(values), len(values) // 2
	return round((ordered[half] + ordered[-half - 1]) / 2, 1)


def standing(rows: Iterable[Standing], tree: Mapping[str, Place], own: str) -> dict[str, float | None]:
	"""What the cells of some committees are together.

	organisations: grassroots organisations: grassroots committees that have cells, and cells that stand right
	under a committee above these; None for a committee that is, or is below, one itself
	cells_below: cells that stand under a grassroots committee
	"""
	found = {"cells": 0, "cells_below": 0, "members": 0, "full_members": 0, "full": 0, "low": 0}
	due = present = alone = 0
	known, bases = False, set()
	for row in rows:
		base = _base(row.committee, tree)
		if base:
			bases.add(base)
			found["cells_below"] += row.cells
		else:
			alone += row.cells
		for key in ("cells", "full", "low"):
			found[key] += getattr(row, key)
		if row.members is not None:
			known = True
			found["members"] += row.members
			found["full_members"] += row.full_members or 0
		due, present = due + row.due, present + row.present
	if not known:
		found["members"] = found["full_members"] = None
	if not due:
		found["full"] = found["low"] = None
	found["organisations"] = None if _base(own, tree) else len(bases) + alone
	found["completeness"] = rate(present, due)
	return found


def _base(committee: str | None, tree: Mapping[str, Place]) -> str | None:
	"""The grassroots committee that a committee is, or that stands above it."""
	while committee in tree:
		if tree[committee].level == GRASSROOTS:
			return committee
		committee = tree[committee].above
	return None


def compared(now: Sequence[Figure], earlier: Iterable[Figure]) -> list[Figure]:
	"""The figures of a period with those of the period before it beside them.

	Where nothing at all was recorded of the period before, nothing is compared with it: that an office kept
	no records is not the same as none.
	"""
	by_key = {one.key: one.value for one in earlier if not one.of_day}
	recorded = any(by_key.values())
	return [one if one.of_day or not recorded else replace(one, before=_earlier(one, by_key)) for one in now]


def _earlier(one: Figure, by_key: Mapping[str, float | None]) -> float | None:
	if one.key in by_key:
		return by_key[one.key]
	# What is counted by kind (ratings) has a line only where there is one of the kind.
	return 0 if one.unit == COUNT else None


# group: how its heading reads; in the order of the paper.
GROUPS = {
	"organisation": _("Organisations, Cells, Members"),
	"folders": _("Folders Issued"),
	"completeness": _("Completeness of the Folders"),
	"directives": _("Directives"),
	"meetings": _("Meetings"),
	"handovers": _("Handovers"),
	"inspections": _("Inspections"),
	"handbook": _("Handbook and Questions"),
	"actions": _("Put Right"),
}
# On paper, whatever language the desk speaks.
WORDS = {INTERIM: "sơ kết", FINAL: "tổng kết", YEAR: "kết quả"}


def period_in_words(since: date, until: date) -> str:
	"""``năm 2019``, ``giai đoạn 2016 - 2019``, or from day to day."""
	if (since.month, since.day, until.month, until.day) != (1, 1, 12, 31):
		return f"từ ngày {since:%d/%m/%Y} đến ngày {until:%d/%m/%Y}"
	return f"năm {since.year}" if since.year == until.year else f"giai đoạn {since.year} - {until.year}"


def title(kind: str, since: date, until: date, committee: str | None) -> str:
	"""What a review is called in lists."""
	words = WORDS.get(kind, kind)
	return f"{words[0].upper()}{words[1:]} {period_in_words(since, until)}, {committee or ''}".rstrip(", ")[
		:255
	]
