"""Whom a directive is for, when it is in force, what supersedes what, and when it must be acknowledged."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partycell.rules import directives as rules
from partycell.rules.directives import Course, Place, Target

DAY = date(2026, 11, 24)
DAYS = st.dates(DAY - timedelta(400), DAY + timedelta(400))
COURSES = st.builds(
	Course, DAYS, until=st.none() | DAYS, superseded_on=st.none() | DAYS, withdrawn_on=st.none() | DAYS
)
SCHOOL = Place("CELL-1", "School", 5)


@pytest.mark.parametrize(
	("target", "meant"),
	[
		(Target(committee=(1, 10)), True),
		(Target(committee=(5, 5)), True),
		(Target(committee=(6, 10)), False),
		(Target(committee=(1, 4)), False),
		(Target(committee=(1, 10), cell_type="School"), True),
		(Target(committee=(1, 10), cell_type="Agency"), False),
		(Target(cell="CELL-1"), True),
		(Target(cell="CELL-2"), False),
		(Target(), False),
	],
)
def test_a_line_means_a_subtree_a_type_or_one_cell(target, meant):
	assert rules.is_for([target], SCHOOL) is meant


def test_one_line_of_several_is_enough_and_none_is_for_nobody():
	assert rules.is_for([Target(cell="CELL-2"), Target(committee=(1, 10))], SCHOOL)
	assert not rules.is_for([], SCHOOL)


def test_a_closed_cell_is_meant_by_nothing():
	assert not rules.is_for([Target(cell="CELL-1")], Place("CELL-1", "School", 5, active=False))


@given(COURSES, DAYS)
def test_it_is_in_force_from_its_first_day_to_the_day_before_its_end(course, day):
	ends = [end for end in (course.superseded_on, course.withdrawn_on) if end]
	ends += [course.until + timedelta(1)] if course.until else []
	assert rules.in_force(course, day) == (course.since <= day and all(day < end for end in ends))


@given(COURSES, DAYS)
def test_what_has_ended_stays_so(course, day):
	if rules.standing(course, day) in (rules.EXPIRED, rules.SUPERSEDED, rules.WITHDRAWN):
		assert rules.standing(course, day + timedelta(1)) == rules.standing(course, day)


@given(st.lists(DAYS, min_size=2, max_size=8, unique=True), DAYS)
def test_of_a_chain_exactly_one_is_in_force_on_any_day_since_the_first(days, day):
	days.sort()
	chain = [Course(since, superseded_on=after) for since, after in zip(days, [*days[1:], None], strict=True)]
	assert sum(rules.in_force(course, day) for course in chain) == int(day >= days[0])


def test_of_two_ends_the_earlier_counts():
	course = Course(DAY, superseded_on=DAY + timedelta(9), withdrawn_on=DAY + timedelta(3))
	assert rules.standing(course, DAY + timedelta(5)) == rules.WITHDRAWN
	assert rules.standing(course, DAY + timedelta(20)) == rules.WITHDRAWN
	assert rules.standing(course, DAY - timedelta(1)) == rules.NOT_YET


@pytest.mark.parametrize(
	("supersedes", "way"),
	[
		({}, ()),
		({"a": ["b"], "b": ["c"]}, ()),
		({"a": ["a"]}, ("a", "a")),
		({"a": ["b"], "b": ["a"]}, ("a", "b", "a")),
		({"a": ["b", "c"], "c": ["d"], "d": ["a"]}, ("a", "c", "d", "a")),
		({"a": ["b"], "b": ["c"], "c": ["b"]}, ()),
	],
)
def test_a_circle_is_named_from_where_one_stands(supersedes, way):
	assert rules.cycle("a", supersedes) == way


@given(st.dictionaries(st.integers(0, 8), st.lists(st.integers(0, 8), max_size=4), max_size=9))
def test_a_way_back_is_a_way_and_without_one_there_is_an_order(edges):
	way = rules.cycle(0, edges)
	if way:
		assert way[0] == way[-1] == 0 and len(way) > 1
		assert all(after in edges[before] for before, after in itertools.pairwise(way))
		return
	reached, step = set(), set(edges.get(0, ()))
	while step - reached:
		reached |= step
		step = {following for one in step for following in edges.get(one, ())}
	assert 0 not in reached


@given(DAYS, st.none() | DAYS, st.integers(0, 60))
def test_a_successor_has_as_long_as_the_first_secretary_had(reached, began, days):
	due = rules.due_on(reached, began, days)
	assert due >= reached + timedelta(days)
	assert due == (max(reached, began) if began else reached) + timedelta(days)


@pytest.mark.parametrize(
	("acknowledged", "day", "how"),
	[
		(DAY, DAY, rules.IN_TIME),
		(DAY - timedelta(3), DAY, rules.IN_TIME),
		(DAY + timedelta(1), DAY + timedelta(1), rules.LATE),
		(None, DAY, rules.OPEN),
		(None, DAY + timedelta(1), rules.OVERDUE),
	],
)
def test_the_due_day_itself_is_in_time(acknowledged, day, how):
	assert rules.acknowledgement(DAY, acknowledged, day) == how


@pytest.mark.parametrize(
	("days_late", "before", "every", "told"),
	[
		(-3, 3, 7, rules.SOON),
		(-2, 3, 7, None),
		(0, 3, 7, rules.TODAY),
		(0, 0, 0, rules.TODAY),
		(1, 3, 7, rules.OVERDUE),
		(2, 3, 7, None),
		(8, 3, 7, rules.OVERDUE),
		(15, 3, 7, rules.OVERDUE),
		(8, 3, 0, None),
		(-5, 0, 7, None),
	],
)
def test_days_on_which_to_remind(days_late, before, every, told):
	assert rules.reminder(DAY, DAY + timedelta(days_late), before, every) == told


@given(st.integers(0, 30), st.integers(0, 30))
def test_a_person_is_reminded_at_least_on_the_day_and_on_the_next(before, every):
	told = [rules.reminder(DAY, DAY + timedelta(days), before, every) for days in range(-31, 62)]
	assert told.count(rules.TODAY) == 1 and told.count(rules.SOON) == (1 if before else 0)
	assert told.count(rules.OVERDUE) == (1 + 60 // every if every else 1)


@pytest.mark.parametrize("written", ["1-NQ/ĐU", "01-NQ/ĐU", " 1 - nq/đu ", "1-NQ/DU"])
def test_a_number_is_the_same_however_it_is_written(written):
	assert rules.number_key("PC-1", "NQ", written) == rules.number_key("PC-1", "NQ", "1-NQ/ĐU")


def test_another_issuer_kind_or_number_is_another_directive():
	keys = {
		rules.number_key(issuer, kind, number)
		for issuer in ("PC-1", "PC-2")
		for kind in ("NQ", "CT")
		for number in ("1-NQ/ĐU", "10-NQ/ĐU", "11-NQ/ĐU")
	}
	assert len(keys) == 12


def written(**changed) -> list[str]:
	values = {
		"number": "1-NQ/ĐU",
		"issued_on": DAY,
		"since": DAY,
		"until": None,
		"days": 15,
		"targets": [Target(committee=(1, 10))],
	}
	return [str(problem) for problem in rules.problems(**(values | changed))]


@pytest.mark.parametrize(
	("changed", "says"),
	[
		({"number": " - "}, None),
		({"number": "  "}, "Write the number and symbol"),
		({"since": DAY - timedelta(1)}, "not in force before its own date"),
		({"until": DAY - timedelta(1)}, "would end before it is in force"),
		({"until": DAY}, None),
		({"days": -1}, "cannot be negative"),
		({"targets": [Target((1, 10)), Target()]}, "Line 2 of whom it is for"),
		({"targets": [Target((1, 10), cell="CELL-1")]}, "Line 1 of whom it is for"),
		({"outside": ["Đảng ủy xã khác"]}, "Đảng ủy xã khác does not stand under the issuer"),
		({}, None),
	],
)
def test_what_is_wrong_with_a_directive_as_written(changed, says):
	found = written(**changed)
	assert not found if says is None else len(found) == 1 and says in found[0]
