"""Which cells are inspected, and on which days: chance that can be repeated by whoever doubts it."""

import hashlib
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

SATURDAY = 5

YEARLY = "Yearly"
HALF_YEARLY = "Half-yearly"
MONTHS = {YEARLY: 12, HALF_YEARLY: 6}


def draw(names: Iterable[str], count: int, seed: str) -> list[str]:
	"""A random sample of ``count`` names, or all where there are no more, in the order of the draw.

	The same names and seed give the same sample, on any machine and in whatever order the names come:
	each is ranked by the SHA-256 of seed and name.
	"""
	ranked = sorted(set(names), key=lambda name: (_rank(seed, name), name))
	return ranked[: max(0, count)]


def lowest(values: Mapping[str, float], count: int) -> list[str]:
	"""The ``count`` names with the lowest values, lowest first; equal ones by name."""
	return sorted(values, key=lambda name: (values[name], name))[: max(0, count)]


def not_since(last: Mapping[str, date | None], day: date, months: int) -> list[str]:
	"""Names whose last date lies ``months`` or more before a day, or that have none, longest ago first."""
	before = months_before(day, months)
	due = [name for name, when in last.items() if when is None or when <= before]
	return sorted(due, key=lambda name: (last[name] or date.min, name))


def months_before(day: date, months: int) -> date:
	"""The same day of the month so many months earlier (later if negative), or that month's last day."""
	index = day.year * 12 + day.month - 1 - months
	year, month = divmod(index, 12)
	return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def spread(count: int, first: date, last: date) -> list[date]:
	"""``count`` days, evenly over a period and in order, on working days where the period has any.

	Both ends belong to the period. With more inspections than days, several fall on one day.
	"""
	days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
	days = [day for day in days if day.weekday() < SATURDAY] or days
	return [days[(2 * number + 1) * len(days) // (2 * count)] for number in range(count)] if days else []


def next_period(first: date, last: date, recurrence: str) -> tuple[date, date]:
	"""The period after this one, a year or half a year later; a month's last day stays one."""
	months = MONTHS[recurrence]
	start, end = months_before(first, -months), months_before(last, -months)
	if last.day == monthrange(last.year, last.month)[1]:
		end = end.replace(day=monthrange(end.year, end.month)[1])
	return start, end


def in_turn(items: Sequence, count: int) -> list:
	"""The items again and again, ``count`` of them: whose turn it is."""
	return [items[number % len(items)] for number in range(count)] if items else []


def _rank(seed: str, name: str) -> bytes:
	return hashlib.sha256(f"{seed}\0{name}".encode()).digest()
