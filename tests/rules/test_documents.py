"""What may be written of one document."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partycell.rules import completeness, documents

STATES = st.sampled_from(completeness.STATES)


def problems(**values) -> list[str]:
	"""What is said of an otherwise sound document."""
	sound = {
		"title": "Sổ biên bản",
		"state": "Present",
		"copies": 1,
		"pages": 40,
		"files": 1,
		"classified": False,
		"period": "2026-11",
		"dated": date(2026, 11, 30),
	}
	return [str(problem) for problem in documents.problems(**sound | values)]


@pytest.mark.parametrize(
	"values",
	[
		{},
		{"dated": None},
		{"dated": date(2026, 11, 1)},
		{"dated": date(2027, 1, 5)},
		{"period": "once", "dated": date(1999, 1, 1)},
		{"period": "term:TERM-000001", "dated": date(1999, 1, 1)},
		{"classified": True, "files": 0},
		{"copies": 0, "pages": 0, "files": 0},
	],
)
def test_a_sound_document_has_no_problem(values):
	assert problems(**values) == []


@pytest.mark.parametrize(
	("values", "message"),
	[
		({"state": "Lost"}, "Choose the state of Sổ biên bản from the list."),
		({"copies": -1}, "Copies and pages of Sổ biên bản cannot be negative. Count them again."),
		({"pages": -3}, "Copies and pages of Sổ biên bản cannot be negative. Count them again."),
		(
			{"classified": True},
			"Sổ biên bản is classified: its text stays on paper. Remove the file; write where the paper lies.",
		),
		({"period": "2026-13"}, "Sổ biên bản has no valid period. Write it as 2026, 2026-Q4 or 2026-11."),
		({"period": ""}, "Sổ biên bản has no valid period. Write it as 2026, 2026-Q4 or 2026-11."),
		(
			{"dated": date(2026, 10, 31)},
			"The date of Sổ biên bản lies before Tháng 11/2026. Correct the date, or file it under its own period.",
		),
		(
			{"period": "2026-Q4", "dated": date(2026, 9, 30)},
			"The date of Sổ biên bản lies before Quý IV/2026. Correct the date, or file it under its own period.",
		),
	],
)
def test_a_document_written_wrongly(values, message):
	assert problems(**values) == [message]


@given(STATES, st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
def test_a_state_changes_only_with_the_first_file_or_the_last(state, files, before, copies):
	after = documents.filed_state(state, files, before, copies)
	if after == state:
		return
	if files > before:
		assert (after, state in (completeness.EXPECTED, completeness.MISSING)) == (completeness.PRESENT, True)
	else:
		assert (after, files, copies) == (completeness.EXPECTED, 0, 0)
		assert state in completeness.HELD
	assert documents.filed_state(after, files, files, copies) == after


@pytest.mark.parametrize("state", ["Damaged", "Outdated", "Not Applicable"])
def test_a_file_does_not_mend_what_was_judged(state):
	assert documents.filed_state(state, 1, 0, 0) == state


def test_filing_the_wrong_file_and_removing_it_leaves_the_document_expected():
	assert documents.filed_state("Present", 0, 1, 0) == "Expected"
	assert documents.filed_state("Present", 0, 1, 2) == "Present", "the papers are still there"
	assert documents.filed_state("Missing", 0, 1, 0) == "Missing"


@given(STATES, st.integers(0, 9), st.integers(0, 9))
def test_what_is_held_is_at_least_one_copy_or_one_file(state, copies, files):
	held = documents.copies_held(state, copies, files)
	assert held >= copies
	if state in completeness.HELD:
		assert held or files
	else:
		assert held == copies
