"""Entries of the handbook: whose move it is, what is written, what an act lacks, when guidance holds."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partycell.rules import handbook as rules

STATES = sorted({state for moves in rules.MOVES.values() for move in moves for state in move})
PARTS = (rules.CELL, rules.OFFICER, rules.APPROVER)
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


def parts(note_type, **values):
	known = dict.fromkeys(("holds_cell", "officer", "is_author", "answers", "manager"), False)
	return rules.parts(note_type, **known | values)


@pytest.mark.parametrize(
	("note_type", "facts", "found"),
	[
		("Note", {"holds_cell": True}, {rules.CELL}),
		("Note", {"officer": True}, set()),
		("Question", {"holds_cell": True, "officer": True}, {rules.CELL, rules.OFFICER}),
		("Guidance", {"officer": True}, {rules.OFFICER, rules.APPROVER}),
		("Guidance", {"officer": True, "is_author": True}, {rules.OFFICER}),
		("Guidance", {"officer": True, "is_author": True, "answers": True}, {rules.OFFICER, rules.APPROVER}),
		("Guidance", {"holds_cell": True}, set()),
		("Question", {"manager": True}, set(PARTS)),
	],
)
def test_parts_follow_from_office_and_function(note_type, facts, found):
	assert parts(note_type, **facts) == found


def test_nobody_publishes_what_he_wrote_himself():
	mine = parts("Guidance", officer=True, is_author=True)
	assert rules.ways_on("Guidance", rules.IN_REVIEW, mine) == (rules.DRAFT,)


def test_a_question_goes_up_as_often_as_there_are_levels():
	assert rules.ways_on("Question", rules.ASKED, {rules.OFFICER}) == ("Escalated", "Answered", "Returned")
	assert rules.ways_on("Question", rules.ESCALATED, {rules.OFFICER}) == (
		"Escalated",
		"Answered",
		"Returned",
	)
	assert rules.ways_on("Question", rules.ESCALATED, {rules.CELL}) == ()


@given(st.sampled_from(rules.TYPES), st.sampled_from(STATES), st.sets(st.sampled_from(PARTS)))
def test_more_parts_never_allow_less(note_type, state, mine):
	assert set(rules.ways_on(note_type, state, mine)) <= set(rules.ways_on(note_type, state, PARTS))
	assert rules.may_write(note_type, state, mine) <= rules.may_write(note_type, state, PARTS)
	assert not rules.ways_on(note_type, state, ()) and not rules.may_write(note_type, state, ())


@pytest.mark.parametrize("state", [rules.PUBLISHED, rules.SUPERSEDED, rules.WITHDRAWN])
@pytest.mark.parametrize("note_type", rules.TYPES)
def test_what_is_published_or_over_is_written_by_nobody(note_type, state):
	assert rules.may_write(note_type, state, PARTS) == frozenset()


def test_nobody_brings_guidance_to_superseded_by_hand():
	assert rules.SUPERSEDED not in rules.ways_on("Guidance", rules.PUBLISHED, PARTS)


@given(DAYS, DAYS, DAYS)
def test_guidance_holds_from_its_first_day_to_its_last(since, until, day):
	assert rules.in_force(rules.PUBLISHED, since, until, day) == (since <= day <= until)
	assert not rules.in_force(rules.WITHDRAWN, since, until, day)


@given(DAYS, DAYS)
def test_of_two_versions_one_holds_on_every_day_after_the_first(began, day):
	before = rules.in_force(rules.SUPERSEDED, None, began - timedelta(days=1), day)
	after = rules.in_force(rules.PUBLISHED, began, None, day)
	assert before != after


def said(problems):
	return [str(problem) for problem in problems]


def wrong(**values):
	known = {"note_type": "Note", "title": "T", "text": "x", "cell": "C", "since": None, "until": None}
	return said(rules.problems(**known | values))


def test_an_entry_written_well_has_no_problem():
	assert wrong() == [] and wrong(note_type="Guidance", cell=None) == []


@pytest.mark.parametrize(
	("values", "message"),
	[
		({"title": " "}, "Give the entry a title by which others will find it."),
		({"cell": None}, "Choose the cell whose handbook this belongs to."),
		({"note_type": "Guidance"}, "Guidance is for the cells below a committee, not for one cell."),
		({"note_type": "Letter"}, "Choose whether this is guidance, a note or a question."),
		(
			{"since": date(2026, 2, 1), "until": date(2026, 1, 31)},
			"The entry ends before it begins. Correct one of the dates.",
		),
		({"unknown_types": ["Xã"]}, "There is no type of cell named Xã."),
		(
			{"text": "x" * 60_001},
			"The text has more than 60000 characters. File the document and refer to it here.",
		),
	],
)
def test_what_is_wrong_is_said(values, message):
	assert wrong(**values) == [message]


@pytest.mark.parametrize(
	("note_type", "new", "values", "message"),
	[
		("Question", "Asked", {"text": " "}, "Write the text first."),
		("Question", "Answered", {"answer": ""}, "Write the answer first."),
		("Question", "Returned", {}, "Say why, so that others can follow it."),
		("Guidance", "Withdrawn", {}, "Say why, so that others can follow it."),
		("Question", "Escalated", {}, "Give your opinion, so that the level above need not begin anew."),
		("Guidance", "In Review", {"text": ""}, "Write the text first."),
	],
)
def test_an_act_says_what_it_lacks(note_type, new, values, message):
	known = {"text": "x", "answer": "x", "remark": " "} | values
	assert said(rules.act_problems(note_type, new, **known)) == [message]


def test_a_note_is_withdrawn_without_a_word():
	assert said(rules.act_problems("Note", "Withdrawn", text="", answer="", remark=None)) == []


def test_types_of_cell_are_written_once_and_in_order():
	assert rules.type_lines(" School \n\nAgency\nSchool") == "Agency\nSchool"
	assert rules.type_lines(None) == ""
