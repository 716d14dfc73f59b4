"""Samples that can be drawn again, and days spread over a period."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from partycell.rules import sampling

NAMES = st.sets(st.text("ABC0123456789-", min_size=1, max_size=8), max_size=40)
DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))


@given(NAMES, st.integers(0, 50), st.text(max_size=10), st.randoms())
def test_a_sample_is_of_the_names_and_can_be_drawn_again(names, count, seed, chance):
	drawn = sampling.draw(names, count, seed)
	assert len(drawn) == len(set(drawn)) == min(count, len(names)) and set(drawn) <= names
	shuffled = list(names)
	chance.shuffle(shuffled)
	assert sampling.draw(shuffled, count, seed) == drawn


@given(NAMES, st.integers(1, 30))
def test_a_larger_sample_holds_the_smaller_one(names, count):
	assert sampling.draw(names, count + 5, "x")[:count] == sampling.draw(names, count, "x")


def test_another_seed_gives_another_sample_and_every_name_has_its_chance():
	names = [f"CELL-{number}" for number in range(100)]
	assert sampling.draw(names, 10, "2026") != sampling.draw(names, 10, "2027")
	often = dict.fromkeys(names, 0)
	for seed in range(600):
		for name in sampling.draw(names, 10, str(seed)):
			often[name] += 1
	# 60 on average; chance leaves this range once in many thousand names.
	assert min(often.values()) > 25 and max(often.values()) < 105


@given(st.dictionaries(st.text(min_size=1, max_size=5), st.floats(0, 100), max_size=30), st.integers(0, 40))
def test_the_lowest_are_the_lowest(values, count):
	chosen = sampling.lowest(values, count)
	assert len(chosen) == min(count, len(values))
	left = [values[name] for name in values if name not in chosen]
	assert not chosen or not left or max(values[name] for name in chosen) <= min(left)


def test_not_inspected_for_months_never_ones_first():
	last = {"a": date(2026, 5, 31), "b": date(2026, 6, 1), "c": None, "d": date(2025, 1, 1)}
	assert sampling.not_since(last, date(2026, 11, 30), 6) == ["c", "d"]
	assert sampling.not_since(last, date(2026, 12, 1), 6) == ["c", "d", "a", "b"]


@given(DAYS, st.integers(-30, 30))
def test_months_before_is_a_day_of_the_right_month(day, months):
	found = sampling.months_before(day, months)
	assert (found.year * 12 + found.month) == day.year * 12 + day.month - months
	assert found.day == day.day or (found + timedelta(days=1)).day == 1


@given(st.integers(0, 60), DAYS, st.integers(0, 200))
def test_days_are_spread_in_order_within_the_period(count, first, length):
	last = first + timedelta(days=length)
	days = sampling.spread(count, first, last)
	assert len(days) == count and days == sorted(days)
	assert all(first <= day <= last for day in days)
	working = [
		first + timedelta(days=n) for n in range(length + 1) if (first + timedelta(days=n)).weekday() < 5
	]
	assert not working or all(day.weekday() < 5 for day in days)
	if working and count:
		often = max(days.count(day) for day in set(days))
		assert often <= -(-count // len(working)), "no day has more than its share"


def test_the_next_half_year():
	assert sampling.next_period(date(2026, 1, 1), date(2026, 6, 30), "Half-yearly") == (
		date(2026, 7, 1),
		date(2026, 12, 31),
	)
	assert sampling.next_period(date(2027, 3, 1), date(2028, 2, 29), "Yearly") == (
		date(2028, 3, 1),
		date(2029, 2, 28),
	)


def test_whose_turn_it_is():
	assert sampling.in_turn("ab", 5) == list("ababa") and sampling.in_turn([], 3) == []
