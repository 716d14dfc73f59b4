"""Months, quarters and years: they tile the calendar, and their keys name them for good."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partycell.rules import periods

DAYS = st.dates(date(1930, 2, 3), date(2200, 12, 31))
CALENDAR = st.sampled_from(periods.CALENDAR)
SPANS = st.tuples(DAYS, st.integers(0, 2000)).map(lambda drawn: (drawn[0], drawn[0] + timedelta(drawn[1])))


@given(CALENDAR, DAYS)
def test_a_day_lies_in_its_period(frequency, day):
	period = periods.period_of(frequency, day)
	assert period.start <= day <= period.end


@given(CALENDAR, DAYS)
def test_every_day_of_a_period_has_the_same_period(frequency, day):
	period = periods.period_of(frequency, day)
	assert periods.period_of(frequency, period.start) == period == periods.period_of(frequency, period.end)


@given(CALENDAR, SPANS)
def test_periods_tile_the_calendar_without_gap_or_overlap(frequency, span):
	since, until = span
	found = list(periods.periods(frequency, since, until))
	assert found[0].start <= since <= found[0].end
	assert found[-1].start <= until <= found[-1].end
	for earlier, later in pairwise(found):
		assert later.start == earlier.end + timedelta(days=1)


@given(CALENDAR, SPANS)
def test_keys_of_one_frequency_are_unique_and_sort_by_time(frequency, span):
	keys = [period.key for period in periods.periods(frequency, *span)]
	assert keys == sorted(set(keys))


@given(CALENDAR, DAYS)
def test_a_key_leads_back_to_its_period_and_frequency(frequency, day):
	period = periods.period_of(frequency, day)
	assert period.key.isascii()
	assert periods.parse(period.key) == period
	assert periods.frequency_of(period.key) == frequency


@given(st.text(max_size=8) | st.text("0123456789-Q", max_size=8))
def test_what_is_read_as_a_key_is_the_key_that_would_be_written(text):
	period, frequency = periods.parse(text), periods.frequency_of(text)
	if period:
		assert periods.period_of(frequency, period.start).key == text
	else:
		assert frequency in (None, periods.ONLY_ONCE, periods.PER_TERM)


def test_a_period_that_has_not_begun_is_not_listed():
	assert not list(periods.periods(periods.MONTHLY, date(2026, 3, 1), date(2026, 2, 28)))
	assert [one.key for one in periods.periods(periods.QUARTERLY, date(2026, 3, 31), date(2026, 3, 1))] == [
		"2026-Q1"
	]


def test_leap_years():
	assert periods.parse("2028-02").end == date(2028, 2, 29)
	assert periods.parse("2100-02").end == date(2100, 2, 28)


@pytest.mark.parametrize("frequency", [periods.ONLY_ONCE, periods.AS_NEEDED, periods.PER_TERM, "Hourly"])
def test_what_is_not_periodic_has_no_calendar_period(frequency):
	with pytest.raises(ValueError, match=f"{frequency} has no calendar period"):
		periods.period_of(frequency, date(2026, 1, 1))


@pytest.mark.parametrize(
	("key", "label"),
	[
		("2026-11", "Tháng 11/2026"),
		("2026-01", "Tháng 01/2026"),
		("2026-Q1", "Quý I/2026"),
		("2026-Q4", "Quý IV/2026"),
		("2026", "Năm 2026"),
		("once", ""),
		("term:TERM-000001", ""),
		("2026-13", ""),
	],
)
def test_label(key, label):
	assert periods.label(key) == label


@pytest.mark.parametrize(
	("key", "frequency"),
	[
		("once", "Once"),
		("term:TERM-000001", "Per Term"),
		("term:", None),
		("2026-Q5", None),
		("2026-00", None),
		("2026-1", None),
		("0000", None),
		("26", None),
		("2026-11 ", None),
		("２０２６", None),
		("٢٠٢٦-11", None),
		("", None),
	],
)
def test_frequency_of_a_key_and_of_what_is_none(key, frequency):
	assert periods.frequency_of(key) == frequency
