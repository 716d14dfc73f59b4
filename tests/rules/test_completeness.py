"""How complete a folder is."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partycell.rules import completeness
from partycell.rules.completeness import Measure, SlotState, counts, measure

TODAY = date(2026, 11, 23)
SLOTS = st.builds(
	SlotState,
	section=st.sampled_from("ABCDE"),
	required=st.booleans(),
	due_on=st.none() | st.dates(TODAY - timedelta(200), TODAY + timedelta(200)),
	state=st.sampled_from(completeness.STATES),
)
FOLDERS = st.lists(SLOTS, max_size=60)
DUE = TODAY - timedelta(1)


@given(FOLDERS)
def test_between_0_and_100_and_100_only_if_nothing_is_wanting(folder):
	total, _sections = measure(folder, TODAY)
	wanting = [slot for slot in folder if counts(slot, TODAY) and slot.state != completeness.PRESENT]
	assert 0 <= total.percent <= 100
	assert (total.percent == 100) == (not wanting)


@given(st.integers(1, 10**9), st.data())
def test_rounded_down_so_that_one_missing_among_many_still_shows(due, data):
	present = data.draw(st.integers(0, due))
	percent = Measure(due, present).percent
	assert (percent == 100) == (present == due)
	assert percent * due <= 100 * present + 1e-3
	assert round(percent, 1) == percent


@given(FOLDERS)
def test_sections_sum_to_the_total(folder):
	total, sections = measure(folder, TODAY)
	assert sum(sections.values(), Measure()) == total
	assert list(sections) == sorted(sections)
	assert all(0 <= one.present <= one.due and one.due > 0 for one in sections.values())


@given(FOLDERS, st.randoms())
def test_the_order_of_the_slots_does_not_matter(folder, random):
	shuffled = list(folder)
	random.shuffle(shuffled)
	assert measure(shuffled, TODAY) == measure(folder, TODAY)


@given(FOLDERS, st.data())
def test_filing_a_document_never_lowers_it(folder, data):
	if not folder:
		return
	place = data.draw(st.integers(0, len(folder) - 1))
	if folder[place].state == completeness.NOT_APPLICABLE:
		return
	filed = [*folder[:place], folder[place]._replace(state=completeness.PRESENT), *folder[place + 1 :]]
	assert measure(filed, TODAY)[0].percent >= measure(folder, TODAY)[0].percent


@given(FOLDERS, st.integers(0, 400))
def test_time_alone_only_adds_what_is_due(folder, days):
	now, later = measure(folder, TODAY)[0], measure(folder, TODAY + timedelta(days))[0]
	assert later.due >= now.due and later.present >= now.present


@pytest.mark.parametrize(
	"state", [state for state in completeness.STATES if state != completeness.NOT_APPLICABLE]
)
def test_only_present_counts_as_there(state):
	total, _sections = measure([SlotState("A", True, DUE, state)], TODAY)
	assert total == Measure(1, int(state == completeness.PRESENT))


@pytest.mark.parametrize(
	"slot",
	[
		SlotState("A", False, DUE, completeness.MISSING),
		SlotState("A", True, None, completeness.MISSING),
		SlotState("A", True, TODAY + timedelta(1), completeness.MISSING),
		SlotState("A", True, DUE, completeness.NOT_APPLICABLE),
	],
	ids=["not required", "never due", "due tomorrow", "not applicable"],
)
def test_what_is_not_asked_for_by_today_does_not_count(slot):
	assert measure([slot], TODAY) == (Measure(), {})


def test_what_is_due_today_counts_today():
	assert counts(SlotState("A", True, TODAY, completeness.EXPECTED), TODAY)


def test_an_empty_folder_of_which_nothing_is_due_is_complete():
	assert measure([], TODAY)[0].percent == 100.0


def test_two_of_three():
	assert Measure(3, 2).percent == 66.6


def superseded(successor: str | None, required: bool = True) -> SlotState:
	"""A document that something took the place of, and how the slot of that is."""
	return SlotState("A", required, DUE, completeness.OUTDATED, successor)


@pytest.mark.parametrize("state", completeness.STATES)
def test_a_superseded_document_is_wanting_until_its_successor_is_filed(state):
	settled = state in (completeness.PRESENT, completeness.NOT_APPLICABLE)
	assert counts(superseded(state), TODAY) is not settled
	assert measure([superseded(state)], TODAY)[0] == Measure(0 if settled else 1, 0)


def test_what_is_withdrawn_or_without_a_successor_is_as_before():
	assert not counts(superseded(None, required=False), TODAY)
	assert counts(superseded(None), TODAY)


@given(FOLDERS, st.integers(1, 4))
def test_filing_a_successor_settles_all_that_it_superseded(folder, number):
	def percent(state):
		slots = [superseded(state)] * number + [SlotState("A", True, DUE, state)]
		return measure([*folder, *slots], TODAY)[0]

	lacking, filed = percent(completeness.EXPECTED), percent(completeness.PRESENT)
	assert filed.percent >= lacking.percent
	assert (lacking.due - filed.due, filed.present - lacking.present) == (number, 1)


@given(FOLDERS, st.sampled_from(completeness.STATES))
def test_a_successor_changes_only_what_is_outdated(folder, state):
	for slot in folder:
		if slot.state != completeness.OUTDATED:
			assert counts(slot._replace(successor=state), TODAY) == counts(slot, TODAY)
