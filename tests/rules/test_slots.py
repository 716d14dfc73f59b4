"""The template applied to one cell on one day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partycell.rules import periods, slots
from partycell.rules.slots import CellFacts, TemplateItem

TODAY = date(2026, 11, 23)
DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))
TYPES = ("Residential", "Agency", "School")

ITEMS = st.builds(
	TemplateItem,
	code=st.from_regex(r"[A-E][0-9]{1,2}", fullmatch=True),
	frequency=st.sampled_from(periods.FREQUENCIES),
	required=st.booleans(),
	due_at=st.sampled_from(["Start", "End"]),
	due_days=st.integers(0, 90),
	cell_types=st.frozensets(st.sampled_from(TYPES), max_size=2),
	needs_cell_committee=st.booleans(),
)
TEMPLATES = st.lists(ITEMS, max_size=12, unique_by=lambda item: item.code)
CELLS = st.builds(
	CellFacts,
	cell_type=st.sampled_from(TYPES),
	has_cell_committee=st.booleans(),
	kept_from=DAYS,
	term=st.none() | st.tuples(st.just("TERM-000001"), DAYS),
)


def cell(**values) -> CellFacts:
	"""A cell whose folder begins in October 2026."""
	return CellFacts(
		**{"cell_type": "Agency", "has_cell_committee": True, "kept_from": date(2026, 10, 5)} | values
	)


def only(item: TemplateItem, facts: CellFacts | None = None, today: date = TODAY) -> list[slots.Slot]:
	"""What one line gives one cell."""
	return list(slots.wanted([item], facts or cell(), today))


@given(TEMPLATES, CELLS, DAYS)
def test_no_slot_twice(template, facts, today):
	keys = [(slot.source, slot.period) for slot in slots.wanted(template, facts, today)]
	assert len(keys) == len(set(keys))


@given(TEMPLATES, CELLS, DAYS, st.integers(0, 800))
def test_time_only_adds_slots_and_changes_none(template, facts, today, later):
	before = list(slots.wanted(template, facts, today))
	after = {
		(slot.source, slot.period): slot for slot in slots.wanted(template, facts, today + timedelta(later))
	}
	for slot in before:
		assert after[slot.source, slot.period] == slot


@given(TEMPLATES, CELLS, DAYS)
def test_slots_come_in_the_templates_order_and_only_from_lines_that_apply(template, facts, today):
	order = {slots.source_of(item.code): place for place, item in enumerate(template)}
	found = list(slots.wanted(template, facts, today))
	places = [order[slot.source] for slot in found]
	assert places == sorted(places)
	for slot in found:
		assert not slot.item.needs_cell_committee or facts.has_cell_committee
		assert not slot.item.cell_types or facts.cell_type in slot.item.cell_types


@given(TEMPLATES, CELLS, DAYS)
def test_each_period_is_one_of_its_lines_frequency(template, facts, today):
	for slot in slots.wanted(template, facts, today):
		expected = periods.ONLY_ONCE if slot.item.frequency == periods.AS_NEEDED else slot.item.frequency
		assert periods.frequency_of(slot.period) == expected


def test_a_month_is_there_from_its_first_day_and_due_after_its_last():
	item = TemplateItem("C1", frequency=periods.MONTHLY, due_days=5)
	assert [slot.period for slot in only(item, today=date(2026, 10, 31))] == ["2026-10"]
	found = only(item, today=date(2026, 11, 1))
	assert [(slot.period, slot.due_on) for slot in found] == [
		("2026-10", date(2026, 11, 5)),
		("2026-11", date(2026, 12, 5)),
	]


def test_what_comes_from_above_can_be_due_after_the_first_day():
	item = TemplateItem("A5", frequency=periods.MONTHLY, due_at="Start", due_days=10)
	assert only(item)[0].due_on == date(2026, 10, 11)


def test_as_needed_is_never_due_and_never_required():
	(slot,) = only(TemplateItem("D4", frequency=periods.AS_NEEDED, required=True))
	assert (slot.period, slot.due_on, slot.required) == ("once", None, False)


def test_per_term_needs_a_term_and_is_due_from_its_first_day():
	item = TemplateItem("B4", frequency=periods.PER_TERM, due_days=30)
	assert only(item) == []
	(slot,) = only(item, cell(term=("TERM-000007", date(2026, 11, 1))))
	assert (slot.period, slot.due_on) == ("term:TERM-000007", date(2026, 12, 1))


def test_the_cell_committees_minutes_are_only_for_cells_that_have_one():
	item = TemplateItem("C2", frequency=periods.MONTHLY, needs_cell_committee=True)
	assert len(only(item)) == 2
	assert only(item, cell(has_cell_committee=False)) == []


def test_a_line_for_some_types_of_cell():
	item = TemplateItem("D1", cell_types=frozenset({"School"}))
	assert only(item) == []
	assert len(only(item, cell(cell_type="School"))) == 1


@pytest.mark.parametrize(
	("items", "message"),
	[
		([TemplateItem("a1")], "Write code a1 in capital letters A to Z, then digits, as in B2."),
		([TemplateItem("Á1")], "Write code Á1 in capital letters A to Z, then digits, as in B2."),
		([TemplateItem("A1 ")], "Write code A1  in capital letters A to Z, then digits, as in B2."),
		([TemplateItem("A1"), TemplateItem("A1")], "Code A1 stands twice. Give each document its own code."),
		([TemplateItem("A1", frequency="Hourly")], "Choose how often document A1 is filed."),
		([TemplateItem("Z1")], "Document Z1 lies in no section."),
		([TemplateItem("1")], "Write code 1 in capital letters A to Z, then digits, as in B2."),
		([TemplateItem("A1", due_days=-1)], "Document A1 cannot be due before its period begins."),
		([TemplateItem("A1", due_days=20261123)], "Document A1 cannot be due more than 3650 days later"),
	],
)
def test_a_template_that_cannot_be_followed_says_why(items, message):
	(problem,) = slots.template_problems(items, ["A"])
	assert message in str(problem) and problem.kind == "template"


def test_a_sound_template_has_no_problem():
	assert not list(
		slots.template_problems([TemplateItem("A1"), TemplateItem("A12"), TemplateItem("BC3")], ["A", "BC"])
	)
