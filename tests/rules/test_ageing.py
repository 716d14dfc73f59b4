"""Ageing: one bucket for each day, and who is told when."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from partycell.rules import ageing
from partycell.rules.ageing import MEMBER, OFFICER, RESPONSIBLE, Rises

DUE = date(2026, 6, 1)


@given(st.integers(-400, 400), st.integers(0, 400))
def test_later_is_never_a_younger_bucket(days, more):
	order = ageing.BUCKETS.index
	assert order(ageing.bucket(days)) <= order(ageing.bucket(days + more))


def test_the_ends_of_the_buckets():
	assert [ageing.bucket(days) for days in (-5, 0, 1, 30, 31, 60, 61, 90, 91)] == [
		"Not Due", "Not Due", "1 to 30 Days", "1 to 30 Days", "31 to 60 Days", "31 to 60 Days",
		"61 to 90 Days", "61 to 90 Days", "Over 90 Days",
	]  # fmt: skip


@given(st.integers(-100, 100), st.integers(0, 100))
def test_what_is_done_does_not_grow_older(done, later):
	finished = DUE + timedelta(days=done)
	assert ageing.overdue_days(DUE, finished + timedelta(days=later), finished) == done


@given(st.integers(-30, 400))
def test_nobody_is_told_before_whoever_is_below(days):
	told = ageing.told(days, Rises())
	assert (MEMBER not in told or days >= 7) and (OFFICER not in told or days >= 14)
	assert len(told) == len(set(told))


def test_it_rises_step_by_step():
	told = {days: ageing.told(days, Rises()) for days in range(-4, 22)}
	assert {days: who for days, who in told.items() if who} == {
		-3: (RESPONSIBLE,),
		0: (RESPONSIBLE,),
		7: (RESPONSIBLE, MEMBER),
		14: (RESPONSIBLE, MEMBER, OFFICER),
		21: (RESPONSIBLE, MEMBER, OFFICER),
	}
	assert ageing.told(10, Rises(to_member=10)) == (MEMBER,)
