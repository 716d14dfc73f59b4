"""Meetings: rates, the frame, the plan of a year."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partycell.rules import meetings as rules

numbers = st.integers(0, 60)


@given(numbers, numbers, numbers, numbers)
def test_a_rate_is_a_percentage_and_whole_only_when_all_came(exempt, present, excused, absent):
	on_roll = exempt + present + excused + absent
	one = rules.Attendance(on_roll, exempt, present, excused, absent)
	assert not list(rules.attendance_problems(one))
	assert 0 <= one.rate <= 100
	assert (one.rate == 100) == (one.expected > 0 and present == one.expected)


@given(numbers, numbers, numbers, numbers, numbers)
def test_figures_that_do_not_add_up_are_refused(on_roll, exempt, present, excused, absent):
	found = list(rules.attendance_problems(rules.Attendance(on_roll, exempt, present, excused, absent)))
	assert bool(found) == (exempt > on_roll or present + excused + absent != on_roll - exempt)


def test_what_is_said_of_figures_that_do_not_add_up():
	(problem,) = rules.attendance_problems(rules.Attendance(12, 1, 9, 1, 0))
	assert "make 10, but 11 members had to attend" in str(problem)
	(problem,) = rules.attendance_problems(rules.Attendance(12, -1, 13, 0, 0))
	assert "not below zero" in str(problem)


def test_a_rate_is_rounded_down():
	assert rules.Attendance(on_roll=3, present=2, excused=1).rate == 66.66
	assert rules.Attendance(on_roll=20, present=17, excused=3).rate == 85


@pytest.mark.parametrize(
	("started", "ended", "minutes"), [((19, 0), (20, 30), 90), ((23, 0), (0, 15), 75), ((8, 0), (8, 0), 0)]
)
def test_the_length_of_a_meeting(started, ended, minutes):
	of_day = [timedelta(hours=hour, minutes=minute) for hour, minute in (started, ended)]
	assert rules.length(*of_day) == minutes
	assert rules.length(None, of_day[1]) is None


def test_exactly_what_must_be_exceeded_is_not_enough():
	def met(present):
		attendance = rules.Attendance(on_roll=20, present=present, excused=20 - present)
		one = rules.Meeting(attendance, 90, True, True, True)
		return [check.met for check in rules.frame(one, rules.Frame())]

	assert met(17) == [False, True, True, True, True, True]
	assert met(18) == [True] * 6


def test_the_frame_says_nothing_of_what_is_not_known():
	one = rules.Meeting(rules.Attendance(), None, False, False, False)
	assert [check.met for check in rules.frame(one, rules.Frame())] == [None, None, None, False, False, False]


@given(st.integers(2000, 2100), st.integers(0, 31), st.integers(1, 12), st.integers(1, 3))
def test_a_plan_has_each_month_and_quarter_once(year, day, first, thematic_month):
	made = rules.plan(year, day, date(year, first, 28), thematic_month)
	regular = [one.month.month for one in made if one.meeting_type == rules.REGULAR]
	assert regular == list(range(first, 13))
	quarters = [(one.month.month + 2) // 3 for one in made if one.meeting_type == rules.THEMATIC]
	assert len(quarters) == len(set(quarters))
	assert all((one.day.year, one.day.month) == (year, one.month.month) for one in made)
	assert all(one.day.day == (day or rules.DEFAULT_DAY) or one.day.month == 2 or day == 31 for one in made)


@given(st.integers(2000, 2100), st.integers(0, 31), st.integers(1, 3))
def test_whoever_holds_the_plan_of_a_year_lacks_nothing(year, day, thematic_month):
	made = rules.plan(year, day, date(year, 1, 1), thematic_month)
	held = [(one.meeting_type, one.month) for one in made]
	assert len(held) == 16
	assert rules.wanting(held, date(year, 1, 1), date(year + 1, 1, 1)) == []
	kind, month = held[year % 16]
	held.remove((kind, month))
	assert rules.wanting(held, date(year, 1, 1), date(year + 1, 1, 1)) == [
		(kind, rules.period_key(kind, month))
	]


def test_a_period_that_has_not_ended_lacks_nothing():
	assert rules.wanting([], date(2026, 3, 5), date(2026, 3, 31)) == []
	assert rules.wanting([], date(2026, 3, 5), date(2026, 4, 1)) == [
		("Regular", "2026-03"),
		("Thematic", "2026-Q1"),
	]


def test_an_extraordinary_meeting_stands_for_no_other():
	assert rules.wanting([("Extraordinary", date(2026, 2, 1))], date(2026, 2, 1), date(2026, 3, 1)) == [
		("Regular", "2026-02")
	]
	assert rules.plan_key("CELL-1", "Extraordinary", date(2026, 2, 1)) is None
	assert rules.plan_key("CELL-1", "Regular", date(2026, 2, 1)) == "CELL-1|Regular|2026-02"


def test_papers_of_a_meeting():
	assert rules.papers("Regular", resolution=True, scored=True) == [
		rules.MINUTES,
		rules.RESOLUTION,
		rules.SCORE_SHEET,
	]
	assert rules.papers("Regular", resolution=False, scored=False) == [rules.MINUTES]
	assert rules.papers("Thematic", resolution=True, scored=True) == [rules.THEMATIC_FILE]
	assert rules.papers("Extraordinary", resolution=True, scored=True) == []


def test_an_agenda_is_read_by_part():
	text = "# Mở đầu\nThu đảng phí\n\n  # Nội dung \nThảo luận\n"
	assert rules.agenda(text) == [("Mở đầu", "Thu đảng phí"), ("Nội dung", "Thảo luận")]
