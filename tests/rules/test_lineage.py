"""Lineage: who was what, through mergers and splits."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from partycell.rules import lineage
from partycell.rules.lineage import Life, Step

D1, D2, D3 = date(2017, 5, 1), date(2018, 5, 1), date(2019, 5, 1)
DAY = timedelta(days=1)


def test_three_cells_become_a_new_one():
	steps = [Step(one, "N", D1) for one in "ABC"]
	lives = {one: Life(None, D1) for one in "ABC"} | {"N": Life(D1)}
	assert lineage.predecessors(["N"], steps, lives, D1 - DAY) == {"N": frozenset("ABC")}
	assert lineage.predecessors(["N"], steps, lives, D1) == {"N": frozenset("N")}
	assert lineage.successors(["A", "C"], steps, lives, D1) == {"A": frozenset("N"), "C": frozenset("N")}
	assert lineage.successors(["A"], steps, lives, D1 - DAY) == {"A": frozenset("A")}
	assert lineage.went_into("N", steps) == dict.fromkeys("ABC", D1)


def test_a_cell_that_takes_another_in_is_its_own_predecessor():
	steps, lives = [Step("B", "A", D1)], {"A": Life(), "B": Life(None, D1)}
	assert lineage.predecessors(["A"], steps, lives, D1 - DAY) == {"A": frozenset("AB")}
	assert lineage.predecessors(["A"], steps, lives, D1) == {"A": frozenset("A")}


def test_through_two_mergers_and_a_split():
	steps = [Step("A", "B", D1), Step("B", "C", D2), Step("C", "X", D3), Step("C", "Y", D3)]
	lives = {
		"A": Life(None, D1),
		"B": Life(None, D2),
		"C": Life(None, D3),
		"X": Life(D3),
		"Y": Life(D3),
	}
	assert lineage.predecessors(["X"], steps, lives, D1 - DAY) == {"X": frozenset("ABC")}
	assert lineage.predecessors(["Y"], steps, lives, D2) == {"Y": frozenset("C")}
	assert lineage.successors(["A"], steps, lives, D3) == {"A": frozenset("XY")}
	assert lineage.went_into("X", steps) == {"C": D3, "B": D2, "A": D1}


def test_parted_and_joined_again_is_no_circle():
	steps = [Step("A", "B", D1), Step("B", "A", D2)]
	lives = {"A": Life(), "B": Life(D1, D2)}
	assert lineage.successors(["A"], steps, lives, D1) == {"A": frozenset("AB")}
	assert lineage.successors(["B"], steps, lives, D2) == {"B": frozenset("A")}
	assert lineage.predecessors(["A"], steps, lives, D1) == {"A": frozenset("AB")}
	assert lineage.went_into("A", steps) == {"B": D2}


def test_what_was_parted_before_does_not_come_with_a_later_step():
	"""B left A in 2017; what A took in in 2018 was never B's."""
	steps = [Step("A", "B", D1), Step("C", "A", D2)]
	lives = {"A": Life(), "B": Life(D1), "C": Life(None, D2)}
	assert lineage.predecessors(["B"], steps, lives, D1 - DAY) == {"B": frozenset("A")}
	assert lineage.successors(["C"], steps, lives, D3) == {"C": frozenset("A")}


@st.composite
def histories(draw):
	"""Cells that merge, one pair after the other, each on a later day: the steps, and from when to when each was."""
	left = [f"C{number}" for number in range(draw(st.integers(2, 12)))]
	began, ended, steps, day = dict.fromkeys(left), {}, [], D1
	while len(left) > 1 and draw(st.booleans()):
		day += timedelta(days=draw(st.integers(1, 90)))
		one, other = draw(st.permutations(left))[:2]
		new = draw(st.sampled_from([other, f"N{len(steps)}"]))
		began.setdefault(new, day)
		for gone in {one, other} - {new}:
			steps.append(Step(gone, new, day))
			ended[gone] = day
			left.remove(gone)
		if new not in left:
			left.append(new)
	return steps, {cell: Life(since, ended.get(cell)) for cell, since in began.items()}


@given(histories(), st.integers(-100, 1500))
def test_every_cell_of_a_day_is_found_once_from_those_of_today(history, offset):
	steps, lives = history
	then, today = D1 + timedelta(days=offset), D1 + timedelta(days=2000)
	of_then = {cell for cell, life in lives.items() if life.on(then)}
	of_today = sorted(cell for cell, life in lives.items() if life.on(today))
	back = lineage.predecessors(of_today, steps, lives, then)
	assert sorted(cell for found in back.values() for cell in found) == sorted(of_then)
	onward = lineage.successors(sorted(of_then), steps, lives, today)
	assert all(len(found) == 1 for found in onward.values())
	assert all(cell in back[next(iter(found))] for cell, found in onward.items())
