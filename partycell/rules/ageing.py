"""How old what must be put right is, and who is told of it."""

from dataclasses import dataclass
from datetime import date

NOT_DUE = "Not Due"
TO_30 = "1 to 30 Days"
TO_60 = "31 to 60 Days"
TO_90 = "61 to 90 Days"
OVER_90 = "Over 90 Days"
BUCKETS = (NOT_DUE, TO_30, TO_60, TO_90, OVER_90)

RESPONSIBLE = "responsible"
MEMBER = "assigned member"
OFFICER = "officer"


@dataclass(frozen=True)
class Rises:
	"""Days: before the due date the responsible is told; after it, the assigned member, then the officer."""

	soon: int = 3
	to_member: int = 7
	to_officer: int = 14
	again: int = 7


def overdue_days(due_on: date, day: date, finished_on: date | None = None) -> int:
	"""Days past the due date on a day, or on the day it was done; negative while there is time."""
	return ((finished_on or day) - due_on).days


def bucket(days: int) -> str:
	"""The column of an ageing report for so many days past the due date."""
	for limit, name in zip((0, 30, 60, 90), BUCKETS, strict=False):
		if days <= limit:
			return name
	return OVER_90


def told(days: int, rises: Rises) -> tuple[str, ...]:
	"""Who is told today of something so many days past its due date; most days nobody is.

	The responsible before it is due, on the day, and every ``again`` days after; from ``to_member`` and
	``to_officer`` days on the others on the same days, and each on the day that begins.
	"""
	if days == -rises.soon or days == 0:
		return (RESPONSIBLE,)
	if days < 0:
		return ()
	risen = [who for who, since in _above(rises) if days >= since]
	if days % rises.again == 0:
		return (RESPONSIBLE, *risen)
	return tuple(who for who, since in _above(rises) if days == since)


def _above(rises: Rises) -> tuple[tuple[str, int], ...]:
	return (MEMBER, rises.to_member), (OFFICER, rises.to_officer)
