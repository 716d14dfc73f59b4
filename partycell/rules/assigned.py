"""Committee members who are assigned to attend a cell's meetings: when, and how often it is asked of them.

How often is local guidance (one province asks six meetings a year of commune members, two of province
members); an office changes it in its settings.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from partycell.rules.problems import Problem, _
from partycell.rules.questions import days_for

DAYS_OF_A_YEAR = 365


def problems(
	since: date, until: date | None, others: Iterable[tuple[date, date | None]]
) -> Iterator[Problem]:
	"""What is wrong with an assignment, beside those of the same cell; both ends belong to one."""
	if until and until < since:
		yield Problem("assigned", _("The assignment ends before it begins. Correct the dates."))
		return
	for begun, ended in others:
		if (until is None or begun <= until) and (ended is None or since <= ended):
			yield Problem(
				"assigned",
				_("Another member is assigned to this cell from {day} on. End that assignment first."),
				{"day": f"{begun:%d/%m/%Y}"},
			)
			return


def asked(level: str, a_year: dict[str, int], since: date, until: date) -> int:
	"""How many meetings a member of a committee of this level attends between two days, both included.

	a_year: by group of levels, as ``rules.questions`` has them; in proportion, rounded to the nearest
	"""
	days = max(0, (until - since).days + 1)
	return int(days_for(level, a_year) * days / DAYS_OF_A_YEAR + 0.5)
