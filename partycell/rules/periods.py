"""The periods of a folder: which one a date lies in, its key, its first and last day.

A slot's period is kept as a short ASCII key: ``once``, ``2026``, ``2026-Q4``, ``2026-11`` or
``term:<name of a Secretary Term>``. Keys of one frequency sort by time.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

ONCE = "once"
TERM_PREFIX = "term:"

MONTHLY = "Monthly"
QUARTERLY = "Quarterly"
YEARLY = "Yearly"
PER_TERM = "Per Term"
ONLY_ONCE = "Once"
AS_NEEDED = "As Needed"

CALENDAR = (MONTHLY, QUARTERLY, YEARLY)
FREQUENCIES = (ONLY_ONCE, AS_NEEDED, PER_TERM, *CALENDAR)

_KEY = re.compile(r"(?P<year>[0-9]{4})(?:-(?:Q(?P<quarter>[1-4])|(?P<month>0[1-9]|1[0-2])))?")


@dataclass(frozen=True, order=True)
class Period:
	"""A stretch of the calendar. ``start`` and ``end`` both belong to it."""

	start: date
	end: date
	key: str


@lru_cache(maxsize=4096)
def period_of(frequency: str, day: date) -> Period:
	"""The calendar period of this frequency that the day lies in.

	frequency: one of ``CALENDAR``; any other is a ValueError, for it has no calendar period.
	"""
	if frequency == MONTHLY:
		return _months(day.year, day.month, 1, f"{day.year:04d}-{day.month:02d}")
	if frequency == QUARTERLY:
		quarter = (day.month + 2) // 3
		return _months(day.year, 3 * quarter - 2, 3, f"{day.year:04d}-Q{quarter}")
	if frequency == YEARLY:
		return _months(day.year, 1, 12, f"{day.year:04d}")
	raise ValueError(f"{frequency} has no calendar period")


def periods(frequency: str, since: date, until: date) -> Iterator[Period]:
	"""Every calendar period from the one that holds ``since`` to the one that holds ``until``.

	Empty when ``until`` lies before the period of ``since``.
	"""
	period = period_of(frequency, since)
	while period.start <= until:
		yield period
		period = period_of(frequency, period.end + timedelta(days=1))


def parse(key: str) -> Period | None:
	"""The calendar period a key names; None for ``once``, for a term, and for what is no key."""
	match = _KEY.fullmatch(key)
	if not match:
		return None
	year = int(match["year"])
	if not year:
		return None
	if match["quarter"]:
		return period_of(QUARTERLY, date(year, 3 * int(match["quarter"]), 1))
	if match["month"]:
		return period_of(MONTHLY, date(year, int(match["month"]), 1))
	return period_of(YEARLY, date(year, 1, 1))


def frequency_of(key: str) -> str | None:
	"""The frequency whose key this is: ``2026-Q4`` is Quarterly; None for what is no key."""
	if key == ONCE:
		return ONLY_ONCE
	if key.startswith(TERM_PREFIX) and len(key) > len(TERM_PREFIX):
		return PER_TERM
	if not parse(key):
		return None
	return {4: YEARLY, 7: QUARTERLY if "Q" in key else MONTHLY}[len(key)]


@lru_cache(maxsize=1024)
def label(key: str) -> str:
	"""How a period stands on Vietnamese paper: ``Tháng 11/2026``, ``Quý IV/2026``, ``Năm 2026``.

	Empty for ``once`` and for a term, whose documents name themselves.
	"""
	period = parse(key)
	if not period:
		return ""
	year = period.start.year
	if "Q" in key:
		return f"Quý {('I', 'II', 'III', 'IV')[int(key[-1]) - 1]}/{year}"
	if "-" in key:
		return f"Tháng {period.start.month:02d}/{year}"
	return f"Năm {year}"


def _months(year: int, first: int, count: int, key: str) -> Period:
	last = first + count - 1
	return Period(date(year, first, 1), date(year, last, monthrange(year, last)[1]), key)
