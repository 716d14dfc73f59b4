"""Terms of office: no two at once, one after the other without a gap in the law."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partycell.rules.terms import Deputy, Term, congress_term, deputy_problems, problems, readable_until

DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))


@st.composite
def terms(draw, name="T"):
	"""A term with its dates in order, open or closed."""
	since = draw(DAYS)
	return Term(name, since, draw(st.none() | st.integers(0, 4000).map(lambda days: since + timedelta(days))))


@given(terms("A"), terms("B"))
def test_whether_two_terms_contradict_does_not_depend_on_which_is_new(one, other):
	assert bool(list(problems(one, [other]))) == bool(list(problems(other, [one])))


@given(terms("A"), terms("B"))
def test_terms_longer_than_a_day_contradict_where_they_share_more_than_an_end(one, other):
	if one.since == one.until or other.since == other.until:
		return
	ends = [term.until for term in (one, other) if term.until]
	shared = not ends or max(one.since, other.since) < min(ends)
	assert bool(list(problems(one, [other]))) == shared


def test_a_term_of_one_day_within_another_contradicts_it():
	day = date(2026, 6, 1)
	assert list(problems(Term("B", day, day), [Term("A", date(2025, 6, 1), date(2027, 6, 1))]))


@given(terms("A"), st.integers(0, 4000))
def test_a_successor_may_begin_on_the_day_the_predecessor_ends(one, length):
	if one.until is None:
		return
	assert not list(problems(Term("B", one.until), [one]))
	assert not list(problems(Term("B", one.until, one.until + timedelta(length)), [one]))


@given(st.lists(st.integers(0, 1500), min_size=1, max_size=8))
def test_a_chain_of_successions_is_sound_in_any_order_of_writing(lengths):
	chain, day = [], date(2000, 1, 1)
	for number, length in enumerate(lengths):
		chain.append(Term(str(number), day, day + timedelta(length)))
		day = chain[-1].until
	chain.append(Term("open", day))
	for place, term in enumerate(chain):
		assert not list(problems(term, chain[:place] + chain[place + 1 :]))


@pytest.mark.parametrize(
	("new", "message"),
	[
		(Term("B", date(2026, 1, 1)), "The cell already has an open term (A). Close it by a handover first."),
		(Term("B", date(2026, 1, 1), date(2025, 1, 1)), "The term ends before it begins."),
		(
			Term("B", date(2025, 1, 1), date(2026, 1, 1)),
			"The term overlaps A. A term begins on the day the last one",
		),
	],
)
def test_beside_an_open_term(new, message):
	found = [str(problem) for problem in problems(new, [Term("A", date(2025, 6, 1))])]
	assert any(message in text for text in found), found


def test_an_open_term_that_begins_before_the_last_one_ended():
	(problem,) = problems(Term("B", date(2026, 5, 31)), [Term("A", date(2020, 1, 1), date(2026, 6, 1))])
	assert str(problem) == "The term overlaps A. A term begins on the day the last one ended, or later."
	assert problem.kind == "term"


def test_a_predecessor_reads_through_the_last_day():
	assert readable_until(date(2026, 11, 23), 30) == date(2026, 12, 23)
	assert readable_until(date(2026, 11, 23), 0) == date(2026, 11, 23)


@given(DAYS, st.integers(1990, 2060), st.integers(1, 10))
def test_a_day_lies_in_one_congress_term_of_the_years_set(day, first_year, years):
	start, end = congress_term(day, first_year, years)
	assert start <= day.year < end == start + years
	assert (start - first_year) % years == 0


@pytest.mark.parametrize(("year", "term"), [(2024, (2020, 2025)), (2025, (2025, 2030)), (2029, (2025, 2030))])
def test_congress_terms_of_five_years(year, term):
	assert congress_term(date(year, 11, 23), 2025, 5) == term


@st.composite
def deputies(draw):
	"""Deputies of a term that began on the first of all days, each with the dates in order."""
	since = draw(DAYS)
	until = draw(st.none() | st.integers(0, 400).map(lambda days: since + timedelta(days)))
	return Deputy(draw(st.sampled_from("abc")), since, until)


@given(st.lists(deputies(), max_size=5), DAYS)
def test_no_day_has_the_same_deputy_twice(named, day):
	if list(deputy_problems("secretary", date(2000, 1, 1), named)):
		return
	acting = [one.user for one in named if one.since <= day and (one.until is None or day <= one.until)]
	assert len(acting) == len(set(acting))


@pytest.mark.parametrize(
	"deputy, words",
	[
		(Deputy("secretary", date(2026, 6, 1)), "needs no deputy"),
		(Deputy("a", date(2026, 6, 2), date(2026, 6, 1)), "before beginning"),
		(Deputy("a", date(2026, 5, 31)), "before the term began"),
	],
)
def test_deputies_that_cannot_be(deputy, words):
	(problem,) = deputy_problems("secretary", date(2026, 6, 1), [deputy])
	assert words in problem.text


def test_a_deputy_may_come_again_after_an_end():
	days = [(date(2026, 6, 1), date(2026, 6, 9)), (date(2026, 6, 10), None)]
	assert not list(deputy_problems("secretary", date(2026, 6, 1), [Deputy("a", *one) for one in days]))
