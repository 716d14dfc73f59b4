"""Rearranging cells: what closes, who takes over, what stands against it, and that the preview adds up."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partycell.rules import reorganisation as rules
from partycell.rules.reorganisation import Act, Concerned, Successor
from partycell.rules.reorganisation_problems import problems

DAY = date(2026, 11, 20)


def cell(name: str, members: int = 10, **counts) -> Concerned:
	return Concerned(
		name,
		f"Chi bộ {name}",
		secretary=f"bithu.{name}",
		term_since=DAY - timedelta(days=400),
		full_members=members,
		counts={"members": members, **counts},
	)


def new(title: str = "Chi bộ mới", **values) -> Successor:
	return Successor(title, **{"cell_type": "Residential", "secretary": "bithu.moi", **values})


def stays(name: str, **values) -> Successor:
	return Successor(f"Chi bộ {name}", cell=name, **{"holder": f"bithu.{name}", **values})


def act(kind: str, cells=(), successors=(), **values) -> Act:
	given = {"day": DAY, "decided_on": DAY, "today": DAY, "user": "canbo"}
	return Act(kind, cells=cells, successors=successors, **given | values)


def said(one: Act) -> list[str]:
	return [str(problem) for problem in problems(one)]


MERGER = act(rules.MERGE, [cell("A"), cell("B"), cell("C")], [new()])


def test_a_merger_into_a_new_cell_closes_all_and_adds_up():
	assert said(MERGER) == []
	assert [one.cell for one in rules.closing(MERGER)] == ["A", "B", "C"]
	assert rules.members_after(MERGER) == [(30, 30)]
	assert (rules.heir(MERGER), rules.receiver(MERGER)) == (MERGER.successors[0], "bithu.moi")


def test_a_merger_into_one_of_them_leaves_that_one():
	one = replace(MERGER, successors=[stays("B", members=28, full_members=25)])
	assert said(one) == []
	assert [gone.cell for gone in rules.closing(one)] == ["A", "C"]
	assert rules.members_after(one) == [(28, 25)] and rules.receiver(one) == "bithu.B"


def test_a_split_may_leave_the_cell_and_then_nothing_is_handed_over():
	one = act(rules.SPLIT, [cell("A")], [stays("A", members=6), new("Chi bộ A1", members=4)], user="bithu.A")
	assert said(one) == [] and rules.closing(one) == [] and rules.heir(one) is None


def test_a_dissolved_cell_without_a_successor_gives_its_folder_to_the_committee():
	one = act(rules.DISSOLVE, [cell("A")], received_by="luutru")
	assert said(one) == [] and rules.receiver(one) == "luutru" and rules.members_after(one) == []


@pytest.mark.parametrize(
	("changed", "message"),
	[
		({"day": DAY + timedelta(days=1)}, "It takes effect on 21/11/2026"),
		({"cells": [cell("A"), cell("A")]}, "Chi bộ A is listed twice"),
		({"cells": [cell("A")]}, "A merger needs two cells or more"),
		({"cells": [cell("A"), replace(cell("B"), status="Merged")]}, "Chi bộ B is closed already"),
		({"cells": [cell("A"), replace(cell("B"), below=False)]}, "Chi bộ B does not stand below"),
		({"cells": [cell("A"), replace(cell("B"), handover="HO-1")]}, "Chi bộ B has handover HO-1 under way"),
		({"cells": [cell("A"), cell("B", running_inspections=1)]}, "Chi bộ B is being inspected"),
		({"cells": [cell("A"), cell("B", held_meetings=1)]}, "whose minutes are not closed"),
		(
			{"cells": [cell("A"), replace(cell("B", documents=3), secretary=None, term_since=None)]},
			"Chi bộ B has no secretary in office",
		),
		({"successors": [new(), new()]}, "A merger makes one cell"),
		({"successors": [stays("Z")]}, "Chi bộ Z is not among the cells that merge"),
		({"successors": [new(enabled=False)]}, "account of the secretary of Chi bộ mới is disabled"),
		({"successors": [new(secretary=None)]}, "Name the secretary of Chi bộ mới"),
		({"successors": [new(title=" ")]}, "Give each new cell a name"),
		({"successors": [new(committee_below=False)]}, "would not stand below the committee"),
		({"user": "bithu.A"}, "You are the secretary of Chi bộ A"),
		({"user": "bithu.moi"}, "You receive the folders yourself"),
	],
)
def test_what_stands_against_a_merger(changed, message):
	found = said(replace(MERGER, **changed))
	assert any(message in one for one in found), found


@pytest.mark.parametrize(
	("changed", "message"),
	[
		({"target": None}, "Choose the committee to move"),
		({"path_of_target": ["P", "M"]}, "Đảng ủy M cannot come under itself"),
		({"moved_parent": "T"}, "Đảng ủy M is under this committee already"),
		({"target_level": "Department"}, "cannot stand under one of level Department"),
		({"moved_below": False}, "Đảng ủy M does not stand below the committee that decides"),
	],
)
def test_what_stands_against_moving_a_committee(changed, message):
	one = act(
		rules.MOVE_COMMITTEE,
		target="T",
		target_title="Đảng ủy T",
		target_level="Commune",
		path_of_target=["P", "T"],
		moved="M",
		moved_title="Đảng ủy M",
		moved_level="Grassroots",
		moved_parent="S",
	)
	assert said(one) == []
	assert any(message in line for line in said(replace(one, **changed)))


counts = st.fixed_dictionaries({what: st.integers(0, 50) for what in rules.COUNTED})


@given(st.lists(counts, min_size=2, max_size=8), st.data())
def test_the_preview_of_a_merger_adds_up(found, data):
	"""Members after are those before, and what goes over with what stays is all there was."""
	cells = [
		Concerned(f"C{number}", f"C{number}", full_members=one["members"], counts=one)
		for number, one in enumerate(found)
	]
	into = data.draw(st.sampled_from([None, *(one.cell for one in cells)]))
	one = act(rules.MERGE, cells, [Successor(into or "mới", cell=into)])
	whole = rules.totals(cells)
	assert rules.members_after(one) == [(whole["members"], whole["members"])]
	gone = rules.closing(one)
	left = [cell for cell in cells if cell not in gone]
	assert len(left) == (1 if into else 0)
	for what in rules.COUNTED:
		assert rules.totals(gone)[what] + rules.totals(left)[what] == whole[what]


@given(st.integers(1, 60), st.lists(st.integers(0, 30), min_size=2, max_size=5))
def test_a_split_says_where_each_member_goes(members, parts):
	lines = [
		new(f"Chi bộ {number}", members=part, takes_folder=number == 0) for number, part in enumerate(parts)
	]
	found = said(act(rules.SPLIT, [cell("A", members)], lines))
	assert bool(found) == (sum(parts) != members)
