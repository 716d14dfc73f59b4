import pytest
from hypothesis import given
from hypothesis import strategies as st

from partycell.rules import issuing as rules

NUMBERS = st.one_of(st.none(), st.integers(1, 40).map(lambda n: rules.number_of("CTL-###", n, 2026)))


@given(st.lists(NUMBERS, max_size=60), st.integers(1, 30), st.sets(st.integers(1, 60)))
def test_no_two_folders_have_one_number_and_none_is_given_twice(kept, first, taken):
	taken = {rules.key(rules.number_of("CTL-###", n, 2026)) for n in taken}
	found = rules.assign(kept, "CTL-###", first, 2026, taken)
	keys = [rules.key(number) for number in found]
	assert len(found) == len(kept) and len(set(keys)) == len(keys) and not set(keys) & taken
	for own, number in zip(kept, found, strict=True):
		assert number == own or own is None or rules.key(own) in taken or kept.count(own) > 1


@given(st.integers(0, 200), st.integers(1, 500))
def test_with_nothing_taken_numbers_follow_each_other(count, first):
	wanted = [f"{n:03d}/2026" for n in range(first, first + count)]
	assert rules.assign([None] * count, "###/{year}", first, 2026, ()) == wanted


@pytest.mark.parametrize(("pattern", "wrong"), [("CTL-###", 0), ("CTL", 1), ("#-#", 1), ("#########", 1)])
def test_a_pattern_has_one_run_of_places(pattern, wrong):
	assert len(list(rules.pattern_problems(pattern, 1))) == wrong


def test_a_number_that_outgrows_its_pattern_is_written_whole():
	assert rules.number_of("A-##", 1234, 2026) == "A-1234"


def test_only_a_folder_that_the_cell_has_is_replaced_or_returned():
	assert [bool(rules.end_problem(state)) for state in rules.STATES] == [False, False, True, True]


@pytest.mark.parametrize("pattern", ["", "CTL", "#-#", "#########"])
def test_a_pattern_without_one_place_for_the_number_is_refused_in_words(pattern):
	(problem,) = rules.pattern_problems(pattern, 1)
	assert str(problem) == (
		"Write the pattern with one run of # for the number, as in CTL-### or ###/{year}."
	)
