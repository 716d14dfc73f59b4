"""What a cell and a committee may be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partycell.rules import cells

LEVELS = st.sampled_from(cells.LEVELS)


def problems(**values) -> list[str]:
	"""What is said of an otherwise sound cell."""
	sound = {
		"status": "Active",
		"merged_into": None,
		"members": 12,
		"full_members": 10,
		"meeting_day": 3,
		"level": "Commune",
	}
	return [str(problem) for problem in cells.cell_problems(**sound | values)]


def test_a_sound_cell_has_no_problem():
	assert problems() == []
	assert problems(members=0, full_members=0, meeting_day=0) == []
	assert problems(status="Merged", merged_into="CELL-00002") == []


@pytest.mark.parametrize("level", ["Central", "Province"])
def test_a_level_without_cells(level):
	assert problems(level=level) == [
		f"A committee of level {level} has no cells of its own. Choose the committee directly above it."
	]


@pytest.mark.parametrize("level", sorted(cells.LEVELS_WITH_CELLS))
def test_levels_with_cells(level):
	assert level in cells.LEVELS and problems(level=level) == []


@pytest.mark.parametrize(
	("values", "message"),
	[
		({"members": -1, "full_members": -1}, "The number of members cannot be negative."),
		({"full_members": -1}, "The number of members cannot be negative."),
		({"full_members": 13}, "There cannot be more full members than members."),
		({"meeting_day": 32}, "The meeting day is a day of the month, 1 to 31."),
		({"meeting_day": -1}, "The meeting day is a day of the month, 1 to 31."),
		({"status": "Merged"}, "A merged cell names the cell it went into; no other cell does."),
		({"merged_into": "CELL-00002"}, "A merged cell names the cell it went into; no other cell does."),
		(
			{"status": "Dissolved", "merged_into": "CELL-00002"},
			"A merged cell names the cell it went into; no other cell does.",
		),
	],
)
def test_a_cell_written_wrongly(values, message):
	(found,) = problems(**values)
	assert message in found


@pytest.mark.parametrize("status", ["Merged", "Dissolved"])
def test_a_closed_cell_receives_nothing(status):
	assert "Chi bộ 1 is no longer active" in str(cells.closed_cell_problem("Chi bộ 1", status))
	assert cells.closed_cell_problem("Chi bộ 1", "Active") is None


@given(st.integers(0, 200), st.integers(1, 50))
def test_a_cell_committee_from_so_many_full_members_on(full_members, number):
	assert cells.has_cell_committee(full_members, number) == (full_members >= number)


@given(LEVELS, LEVELS)
def test_of_two_committees_of_different_level_one_way_round_is_right(one, other):
	under, over = cells.parent_problem(one, other), cells.parent_problem(other, one)
	assert (under is None) != (over is None) or one == other
	if one == other:
		assert under is None


@given(LEVELS)
def test_the_top_of_the_tree_needs_nothing_above(level):
	assert cells.parent_problem(level, None) is None


def test_a_committee_under_a_lower_one():
	assert str(cells.parent_problem("Commune", "Grassroots")) == (
		"A committee of level Commune cannot stand under one of level Grassroots. Choose a higher one."
	)
