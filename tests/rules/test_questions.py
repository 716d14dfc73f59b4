"""Days for an answer by level, and the days on which somebody is reminded."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partycell.rules import cells, questions

DAYS = {questions.GRASSROOTS: 5, questions.COMMUNE: 7, questions.ABOVE: 10}
DUE = date(2026, 11, 20)


@pytest.mark.parametrize(
	("level", "days"),
	[("Grassroots", 5), ("Department", 5), ("Commune", 7), ("Town", 7), ("Province", 10), ("Central", 10)],
)
def test_each_level_has_its_days(level, days):
	assert questions.due_on(level, DAYS, DUE) == DUE + timedelta(days=days)


def test_every_level_has_some():
	assert all(questions.days_for(level, DAYS) for level in cells.LEVELS)


@pytest.mark.parametrize(
	("late", "call"),
	[(-3, None), (-2, "soon"), (-1, None), (0, "due"), (1, "overdue"), (2, None), (7, None), (8, "overdue")],
)
def test_reminders_come_before_on_the_day_and_weekly_after(late, call):
	assert questions.call(DUE, DUE + timedelta(days=late), 2) == call


@given(st.integers(-400, 400), st.integers(0, 30))
def test_at_most_one_message_a_day_and_none_before_its_time(late, before):
	called = questions.call(DUE, DUE + timedelta(days=late), before)
	assert called is None or late >= -before
	assert (called == questions.OVERDUE) <= (late > 0)


@pytest.mark.parametrize(("answered", "days"), [(None, 9), (DUE + timedelta(days=3), 3), (DUE, 0)])
def test_a_question_takes_days_until_its_answer_or_until_today(answered, days):
	assert questions.days_taken(DUE, answered, DUE + timedelta(days=9)) == days


@given(st.lists(st.integers(0, 999), min_size=1))
def test_half_the_questions_took_no_longer_than_the_median_and_half_no_shorter(days):
	middle = questions.median(days)
	assert sum(day <= middle for day in days) * 2 >= len(days) <= sum(day >= middle for day in days) * 2
	assert questions.median([]) is None
