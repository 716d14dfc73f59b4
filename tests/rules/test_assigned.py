"""Assigned members: no overlap, and how many meetings are asked for."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from partycell.rules import assigned as rules
from partycell.rules.questions import ABOVE, COMMUNE, GRASSROOTS

A_YEAR = {GRASSROOTS: 12, COMMUNE: 6, ABOVE: 2}
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@given(days, st.none() | days, days, st.none() | days)
def test_two_assignments_share_no_day(since, until, begun, ended):
	if (until and until < since) or (ended and ended < begun):
		return
	last = max(filter(None, (since, until, begun, ended)))
	mine = {since + timedelta(n) for n in range(((until or last) - since).days + 1)}
	theirs = {begun + timedelta(n) for n in range(((ended or last) - begun).days + 1)}
	assert bool(list(rules.problems(since, until, [(begun, ended)]))) == bool(mine & theirs)


def test_what_is_said_of_them():
	(problem,) = rules.problems(date(2026, 5, 1), None, [(date(2026, 1, 1), None)])
	assert "from 01/01/2026 on" in str(problem)
	(problem,) = rules.problems(date(2026, 5, 1), date(2026, 4, 30), [])
	assert "ends before it begins" in str(problem)


def test_what_is_asked_goes_by_level_and_time():
	year = date(2025, 1, 1), date(2025, 12, 31)
	found = [rules.asked(level, A_YEAR, *year) for level in ("Grassroots", "Commune", "Province")]
	assert found == [12, 6, 2]
	assert rules.asked("Commune", A_YEAR, date(2025, 1, 1), date(2025, 6, 30)) == 3
	assert rules.asked("Commune", A_YEAR, date(2025, 1, 2), date(2025, 1, 1)) == 0
