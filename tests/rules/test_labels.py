from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partycell.rules import labels as rules

each_sheet = st.sampled_from(sorted(rules.SHEETS))


@given(each_sheet, st.integers(1, 120), st.data())
def test_labels_lie_on_the_paper_and_never_on_each_other(name, count, data):
	sheet = rules.SHEETS[name]
	start = data.draw(st.integers(1, sheet.count))
	found = rules.places(sheet, count, start)
	assert len(set(found)) == count
	for place in found:
		assert place.left >= 0 and place.left + sheet.width <= 210.01
		assert place.top >= 0 and place.top + sheet.height <= 297.01
	by_sheet = {}
	for place in found:
		by_sheet.setdefault(place.sheet, []).append(place)
	for places in by_sheet.values():
		for one, other in pairwise(places):
			apart = abs(one.left - other.left) >= sheet.width - 0.01
			assert apart or abs(one.top - other.top) >= sheet.height - 0.01
	assert max(by_sheet) == (start - 1 + count - 1) // sheet.count


@given(each_sheet, st.integers(0, 60))
def test_a_part_used_sheet_goes_on_where_it_ended(name, used):
	sheet = rules.SHEETS[name]
	whole = rules.places(sheet, used % sheet.count + 5)
	assert rules.places(sheet, 5, used % sheet.count + 1) == whole[used % sheet.count :]


def test_the_sheets_that_are_sold():
	measured = {name: (sheet.count, sheet.left, sheet.top) for name, sheet in rules.SHEETS.items()}
	assert measured["70x37"] == (24, 0, 0.5)
	assert measured["63.5x38.1"] == (21, pytest.approx(7.25), pytest.approx(15.15))
	assert measured["105x57"] == (10, 0, 6)


@pytest.mark.parametrize(
	("sheet", "start", "wrong"), [("70x37", 24, 0), ("70x37", 25, 1), ("70x37", 0, 1), ("A", 1, 1)]
)
def test_a_start_lies_on_the_sheet(sheet, start, wrong):
	assert len(list(rules.problems(sheet, start))) == wrong
