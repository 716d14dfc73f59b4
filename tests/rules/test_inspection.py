"""The acts of an inspection: whose turn, who writes what, what keeps it from being concluded."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partycell.rules import inspection as rules
from partycell.rules.inspection import Score

STATES = sorted({state for move in rules.MOVES for state in move})
USERS = st.sampled_from(["an", "binh", "chi", "dung"])


@given(USERS, USERS, st.lists(USERS), USERS, st.booleans())
def test_nobody_has_a_part_in_the_inspection_of_his_own_cell_but_the_cells(
	user, lead, team, secretary, upper
):
	parts = rules.roles_of(user, lead=lead, team=team, secretary=secretary, upper_level=upper)
	assert (rules.CELL in parts) == (user == secretary)
	if user == secretary:
		assert parts == {rules.CELL}
		assert not rules.ways_on(rules.WITH_CELL, parts)


def test_every_state_is_reached_and_the_last_ones_are_left_by_nobody():
	reached = {rules.PLANNED}
	while more := {new for old, new in rules.MOVES if old in reached} - reached:
		reached |= more
	assert reached == set(STATES)
	assert set(STATES) - {old for old, _new in rules.MOVES} == {rules.CONCLUDED, rules.WITHDRAWN}
	assert set(rules.OPEN_STATES) == {old for old, _new in rules.MOVES}


@pytest.mark.parametrize("state", STATES)
def test_nobody_writes_in_a_finished_inspection_and_only_the_team_scores(state):
	everybody = frozenset().union(*rules.WRITES.get(state, {}).values())
	assert bool(everybody) == (state in rules.OPEN_STATES)
	for part in (rules.CELL, rules.UPPER_LEVEL):
		assert "scores.score" not in rules.may_write(state, {part})
	assert ("scores.score" in rules.may_write(state, {rules.TEAM})) == (state in rules.SCORED_STATES)


def test_another_score_than_proposed_needs_a_reason():
	scores = [Score("a", 5, 5), Score("b", 5, 4, "thiếu một mục"), Score("c", None, 3), Score("d", 5)]
	assert not list(rules.changed_problems(scores))
	(problem,) = rules.changed_problems([*scores, Score("Sổ tay", 5, 4, " ")])
	assert str(problem) == "Sổ tay: 5 points were proposed and 4 given. Say why."


def test_an_objection_says_what_it_is_about():
	one = Score("a", objection="Chi bộ đã họp đủ")
	assert not list(rules.answer_problems(rules.OBJECTS, [one]))
	assert not list(rules.answer_problems(rules.AGREES, [Score("a")]))
	assert list(rules.answer_problems(rules.OBJECTS, [Score("a")]))
	assert list(rules.answer_problems(rules.AGREES, [one]))


@given(st.booleans(), st.none() | st.integers(-20, 20))
def test_concluded_after_the_answer_or_its_deadline(answered, days):
	today = date(2026, 6, 1)
	due = None if days is None else today + timedelta(days=days)
	found = list(
		rules.conclude_problems(answered=answered, answer_due_on=due, today=today, scores=[Score("a")])
	)
	assert bool(found) == (not answered and (due is None or due >= today))


def test_an_objection_is_decided_before_the_conclusion():
	asked = {"answered": True, "answer_due_on": None, "today": date(2026, 6, 1)}
	assert list(rules.conclude_problems(scores=[Score("a", objection="không đúng")], **asked))
	assert not list(
		rules.conclude_problems(scores=[Score("a", objection="không đúng", reply="giữ nguyên")], **asked)
	)


@pytest.mark.parametrize(
	("kind", "text", "remedy", "due", "wrong"),
	[
		("Strength", "Sổ sách ngăn nắp", "", None, 0),
		("Weakness", "Thiếu biên bản", "Bổ sung", date(2026, 7, 1), 0),
		("Weakness", "Thiếu biên bản", "Bổ sung", None, 1),
		("Strength", "Tốt", "Bổ sung", date(2026, 7, 1), 1),
		("Cause", " ", "", None, 1),
		("Gossip", "x", "", None, 1),
	],
)
def test_findings(kind, text, remedy, due, wrong):
	assert len(list(rules.finding_problems(1, kind, text, remedy=remedy, due_on=due))) == wrong
