"""The acts of a handover: whose turn, who writes what, what has changed."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partycell.rules import completeness
from partycell.rules import handover as rules
from partycell.rules.handover import Line, Parties

STATES = (*rules.OPEN_STATES, rules.WITHDRAWN, rules.APPROVED, rules.ANNULLED)
PARTS = (rules.GIVER, rules.RECEIVER, rules.UPPER_LEVEL, rules.MANAGER)
USERS = st.sampled_from(["giver@x", "receiver@x", "officer@x"])

CONTENTS = st.tuples(
	st.sampled_from(["", "12-NQ/ĐU"]),
	st.integers(0, 2),
	st.lists(st.tuples(st.text(max_size=3)), max_size=2).map(tuple),
)
LINES = st.builds(
	Line,
	item=st.text("abcdef", min_size=1, max_size=4),
	title=st.just("Sổ biên bản"),
	delivered=st.sampled_from(completeness.STATES),
	received=st.none() | st.sampled_from(rules.MARKS),
	remark=st.sampled_from(["", "Rách bìa"]),
	contents=CONTENTS,
)
INVENTORIES = st.lists(LINES, max_size=20, unique_by=lambda line: line.item)


def test_every_state_is_reached_from_a_draft_and_only_the_last_ones_end():
	reached, edge = set(), {rules.DRAFT}
	while edge:
		reached |= edge
		edge = {new for old, new in rules.MOVES if old in reached} - reached
	assert reached == set(STATES)
	ends = {state for state in STATES if not any(old == state for old, _new in rules.MOVES)}
	assert ends == {rules.WITHDRAWN, rules.ANNULLED}


def test_groups_of_states_agree():
	assert not set(rules.OPEN_STATES) & {rules.WITHDRAWN, rules.APPROVED, rules.ANNULLED}
	assert set(rules.RECEIVER_STATES) <= set(rules.OPEN_STATES)
	assert rules.DRAFT not in rules.RECEIVER_STATES, "until delivery the receiver has no access"
	assert set(rules.FROZEN_STATES) == set(STATES) - {rules.DRAFT, rules.CONTESTED, rules.WITHDRAWN}


@pytest.mark.parametrize(("move", "parts"), rules.MOVES.items(), ids=lambda value: "→".join(value))
def test_whoever_moves_exists_and_may_write_what_the_move_asks_for(move, parts):
	old, new = move
	assert parts and parts <= set(PARTS)
	asked = {
		rules.DELIVERED: "giver_signature",
		rules.RECEIVED: "receiver_signature",
		rules.CONTESTED: "contest_reason",
		rules.WITHDRAWN: "withdrawn_reason",
		rules.APPROVED: "witness_signature",
		rules.ANNULLED: "annulled_reason",
	}[new]
	for part in parts:
		assert asked in rules.may_write(old, [part]), f"{part} cannot fill in {asked} while {old}"


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("part", PARTS)
def test_who_has_a_part_but_no_turn_writes_nothing_that_is_signed(state, part):
	may = rules.may_write(state, [part])
	if part != rules.RECEIVER:
		assert not {"receiver_signature", "items.received_state", "items.received_remark"} & may
	if part != rules.GIVER:
		assert not {"giver_signature", "dues", "assets", "items.remark", "receiver"} & may
	if part != rules.UPPER_LEVEL:
		assert not {"witness_signature", "items.remedy", "items.due_on"} & may
	if state in (rules.WITHDRAWN, rules.ANNULLED):
		assert not may
	if state in rules.FROZEN_STATES:
		assert "items.remark" not in may and "giver_signature" not in may


@given(st.sampled_from(STATES), st.sets(st.sampled_from(PARTS)), st.sets(st.sampled_from(PARTS)))
def test_more_parts_never_write_less(state, parts, more):
	assert rules.may_write(state, parts) <= rules.may_write(state, parts | more)
	assert rules.may_write(state, []) == frozenset()


@given(USERS, st.booleans(), st.booleans(), st.booleans())
def test_nobody_approves_a_handover_in_which_they_give_or_receive(user, on_behalf, upper, manager):
	parts = rules.roles_of(
		user, Parties("giver@x", "receiver@x", on_behalf), upper_level=upper, manager=manager
	)
	assert not (rules.UPPER_LEVEL in parts and user in ("giver@x", "receiver@x"))
	assert not ({rules.GIVER, rules.RECEIVER} <= parts)
	assert (rules.MANAGER in parts) == manager


def test_the_upper_level_gives_only_where_it_acts_for_the_giver():
	plain, acting = Parties("giver@x", "receiver@x"), Parties("giver@x", "receiver@x", on_behalf=True)
	assert rules.roles_of("officer@x", plain, upper_level=True) == {rules.UPPER_LEVEL}
	assert rules.roles_of("officer@x", acting, upper_level=True) == {rules.UPPER_LEVEL, rules.GIVER}
	assert rules.roles_of("giver@x", plain, upper_level=False) == {rules.GIVER}
	assert rules.roles_of("giver@x", acting, upper_level=False) == frozenset()
	assert rules.roles_of("else@x", plain, upper_level=False) == frozenset()


@given(INVENTORIES)
def test_counts_sum_to_the_total(lines):
	tally = rules.count(lines)
	assert tally.pop("total") == len(lines) == sum(tally.values())
	assert tally["unmarked"] == sum(line.received is None for line in lines)
	assert set(tally) == {"present", "missing", "damaged", "outdated", "unmarked"}


@given(INVENTORIES)
def test_it_can_be_signed_only_when_every_line_is_marked(lines):
	found = [str(problem) for problem in rules.receive_problems(lines)]
	unmarked = rules.count(lines)["unmarked"]
	assert any("not marked yet" in text for text in found) == bool(unmarked)
	unexplained = sum(line.received == completeness.DAMAGED and not line.remark for line in lines)
	assert sum("Say in the remark what is wrong" in text for text in found) == unexplained


def test_unmarked_lines_are_counted_and_the_first_is_named():
	lines = [
		Line("a", "Sổ biên bản", "Present", "Present"),
		Line("b", "Sổ đảng phí", "Present"),
		Line("c", "Khác", "Present"),
	]
	(problem,) = rules.receive_problems(lines)
	assert str(problem) == "2 documents are not marked yet, first: Sổ đảng phí. Mark each one before signing."


@given(INVENTORIES)
def test_a_discrepancy_is_every_marked_line_that_is_not_present(lines):
	tally = rules.count(lines)
	assert len(rules.discrepancies(lines)) == tally["missing"] + tally["damaged"] + tally["outdated"]


@given(INVENTORIES, st.randoms())
def test_an_unchanged_folder_differs_in_nothing(lines, random):
	live = list(lines)
	random.shuffle(live)
	assert not list(rules.differences(lines, live))


@given(INVENTORIES.filter(bool), st.data())
def test_every_change_is_a_difference(lines, data):
	place = data.draw(st.integers(0, len(lines) - 1))
	line = lines[place]
	others = lines[:place] + lines[place + 1 :]
	(gone,) = rules.differences(lines, others)
	assert str(gone) == "Sổ biên bản is no longer in the folder."
	state = data.draw(st.sampled_from([state for state in completeness.STATES if state != line.delivered]))
	(moved,) = rules.differences(lines, [*others, dataclasses.replace(line, delivered=state)])
	assert str(moved) == f"Sổ biên bản was {line.delivered} and is now {state}."
	number, copies, files = line.contents
	(counted,) = rules.differences(
		lines, [*others, dataclasses.replace(line, contents=(number, copies + 1, files))]
	)
	assert str(counted) == "Sổ biên bản has other files, copies, pages or numbers now."
	assert {problem.kind for problem in (gone, moved, counted)} == {"inventory_changed"}


@given(INVENTORIES)
def test_marks_and_remarks_of_the_receiver_are_no_change_of_the_folder(lines):
	live = [dataclasses.replace(line, received=None, remark="") for line in lines]
	assert not list(rules.differences(lines, live))


@pytest.mark.parametrize(
	("state", "files", "differs"),
	[
		("Expected", (), False),
		("Expected", (("F1", "sha"),), True),
		("Present", (), True),
		("Missing", (), True),
		("Not Applicable", (), False),
		("Not Applicable", (("F1", "sha"),), False),
	],
)
def test_a_slot_that_appeared_empty_is_no_difference(state, files, differs):
	new = Line("new", "Sổ tháng 12", state, contents=("", 0, files))
	assert [str(problem) for problem in rules.differences([], [new])] == (
		["Sổ tháng 12 was filed after the inventory."] if differs else []
	)


@pytest.mark.parametrize(
	("state", "required", "due", "files", "belongs"),
	[
		("Present", False, False, 0, True),
		("Missing", False, False, 0, True),
		("Expected", True, True, 0, True),
		("Expected", True, False, 0, False),
		("Expected", False, True, 0, False),
		("Expected", False, False, 1, True),
		("Not Applicable", True, True, 1, False),
	],
)
def test_what_goes_on_the_inventory(state, required, due, files, belongs):
	assert rules.belongs(state, required, due, files) is belongs


@given(INVENTORIES, st.booleans(), st.booleans())
def test_what_does_not_go_on_the_inventory_is_no_difference_from_it(folder, required, due):
	listed = [line for line in folder if rules.belongs(line.delivered, required, due, len(line.contents[-1]))]
	assert not list(rules.differences(listed, folder))


@given(st.sampled_from(completeness.STATES))
def test_what_the_giver_declares_present_is_for_the_receiver_to_find(state):
	mark = rules.foreseen(state)
	assert mark is None or mark in rules.MARKS
	assert mark != completeness.PRESENT


@pytest.mark.parametrize(
	("values", "messages"),
	[
		({}, []),
		({"receiver": "a"}, ["Giver and receiver are the same person. Choose the successor."]),
		({"on_behalf": True}, ["Say why the upper level acts for the giver."]),
		({"on_behalf": True, "acting_reason": "  "}, ["Say why the upper level acts for the giver."]),
		({"on_behalf": True, "acting_reason": "Từ trần"}, []),
	],
)
def test_parties(values, messages):
	named = {"giver": "a", "receiver": "b", "on_behalf": False, "acting_reason": None} | values
	assert [str(problem) for problem in rules.party_problems(**named)] == messages


@pytest.mark.parametrize(
	("by_receiver", "reason", "disputed", "messages"),
	[
		(True, "Thiếu trang", 1, []),
		(True, " ", 1, ["Say what is disputed, so that the giver can put it right."]),
		(True, "Thiếu trang", 0, ["Tick the documents that are disputed."]),
		(False, "Thiếu trang", 0, []),
		(False, None, 0, ["Say what is disputed, so that the giver can put it right."]),
	],
)
def test_a_handover_goes_back_only_with_what_is_disputed(by_receiver, reason, disputed, messages):
	found = rules.contest_problems(by_receiver=by_receiver, reason=reason, disputed=disputed)
	assert [str(problem) for problem in found] == messages
