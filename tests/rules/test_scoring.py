"""Scores: bands, sums, conditions beyond the total, and a fact's value as points."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partycell.rules import scoring
from partycell.rules.scoring import Band, Criterion, Line, Mapping

POINTS = st.integers(0, 400).map(lambda quarter: quarter / 4)
BANDS = (Band("Tốt", 90), Band("Khá", 70), Band("Trung bình", 50), Band("Kém", 0))


@st.composite
def lines(draw):
	"""A checklist, some of it scored."""
	found = []
	for number in range(draw(st.integers(1, 12))):
		maximum = draw(st.integers(1, 80).map(lambda quarter: quarter / 4))
		score = draw(st.none() | st.integers(0, int(maximum * 4)).map(lambda quarter: quarter / 4))
		found.append(Line(f"{number}", draw(st.sampled_from("ABC")), maximum, score))
	return found


@given(lines())
def test_blocks_sum_to_the_whole(checklist):
	whole = scoring.total(checklist)
	assert whole.points == sum(line.score or 0 for line in checklist)
	assert whole.maximum == sum(line.maximum for line in checklist)
	assert whole.unscored == sum(line.score is None for line in checklist)
	assert list(scoring.sums(checklist)) == list(dict.fromkeys(line.block for line in checklist))


@given(lines())
def test_every_checklist_has_exactly_one_rating_where_the_bands_cover_everything(checklist):
	assert not list(scoring.band_problems(BANDS, set()))
	whole = scoring.total(checklist)
	rating = scoring.rate(checklist, BANDS)
	above = [band.threshold for band in BANDS if band.threshold > rating.threshold]
	assert 100 * whole.points >= rating.threshold * whole.maximum - 1e-6
	assert all(100 * whole.points < threshold * whole.maximum for threshold in above)


@given(lines(), st.data())
def test_a_point_more_never_lowers_the_rating(checklist, data):
	bands = (Band("Tốt", 90, frozenset({"0"}), 50), *BANDS[1:])
	place = data.draw(st.integers(0, len(checklist) - 1))
	old = checklist[place]
	better = list(checklist)
	better[place] = Line(old.code, old.block, old.maximum, old.maximum)
	assert scoring.rate(better, bands).threshold >= scoring.rate(checklist, bands).threshold


@given(st.floats(-50, 150), st.floats(-50, 150), st.integers(1, 40), st.booleans())
def test_a_proposal_lies_within_the_points_and_grows_with_the_value(one, other, maximum, fewer_is_better):
	mapping = Mapping(zero_at=80, full_at=10) if fewer_is_better else Mapping(zero_at=10, full_at=80)
	criterion = Criterion("1", "A", maximum, "fact", mapping)
	low, high = sorted((one, other), reverse=fewer_is_better)
	assert 0 <= scoring.propose(low, criterion) <= scoring.propose(high, criterion) <= maximum
	assert (
		float(scoring.propose(one, criterion) * 2).is_integer() or scoring.propose(one, criterion) == maximum
	)


def test_all_points_only_for_the_full_value():
	criterion = Criterion("1", "A", 25, "fact", Mapping(full_at=100))
	assert [scoring.propose(value, criterion) for value in (100, 99.9, 50, 0, None)] == [
		25,
		24.5,
		12.5,
		0,
		None,
	]


def test_a_count_of_which_none_is_best():
	criterion = Criterion("1", "A", 20, "outdated", Mapping(zero_at=5, full_at=0))
	assert [scoring.propose(value, criterion) for value in (0, 1, 5, 9)] == [20, 16, 0, 0]


def test_steps_give_the_points_of_the_highest_value_reached():
	steps = scoring.parse_steps("0 = 0\n95 = 10\n\n80=6,5")
	criterion = Criterion("1", "A", 10, "fact", Mapping("Steps", steps=steps))
	assert [scoring.propose(value, criterion) for value in (-1, 0, 79.9, 80, 94, 95, 100)] == [
		0, 0, 0, 6.5, 6.5, 10, 10,
	]  # fmt: skip


@pytest.mark.parametrize("text", ["90", "90 = viel", "= "])
def test_a_step_that_is_none_is_refused(text):
	with pytest.raises(ValueError):
		scoring.parse_steps(text)


def test_a_band_may_ask_for_more_than_the_total():
	checklist = [Line("1", "A", 10, 9), Line("2", "B", 90, 90)]
	assert scoring.rate(checklist, BANDS).label == "Tốt"
	strict = (Band("Tốt", 90, frozenset({"1"})), *BANDS[1:])
	assert scoring.rate(checklist, strict).label == "Khá"
	by_block = (Band("Tốt", 90, block_share=95), *BANDS[1:])
	assert scoring.rate(checklist, by_block).label == "Khá"


def test_exactly_the_threshold_is_reached():
	assert scoring.rate([Line("1", "A", 100, 90)], BANDS).label == "Tốt"
	assert scoring.rate([Line("1", "A", 100, 89.99)], BANDS).label == "Khá"
	assert scoring.total([Line("1", "A", 3, 2)]).percent == 66.66


@pytest.mark.parametrize(
	("bands", "said"),
	[
		((), "no rating bands"),
		((Band("a", 50), Band("b", 50), Band("c", 0)), "2 rating bands begin at 50"),
		((Band("a", 10),), "covers 0 to 10"),
		((Band("a", 0), Band("b", 101)), "percentage from 0 to 100"),
		((Band("a", 0), Band("b", -1)), "percentage from 0 to 100"),
		((Band("a", 0, frozenset({"1"})),), "would have no rating"),
		((Band("a", 0), Band("b", 90, frozenset({"9"}))), "full marks on 9"),
	],
)
def test_bands_with_a_gap_or_an_overlap_are_refused(bands, said):
	assert any(said in str(problem) for problem in scoring.band_problems(bands, {"1"}))


SET = (
	Criterion("1", "A", 40),
	Criterion("2", "A", 20),
	Criterion("3", "B", 40, "fact", Mapping("Steps", steps=((0, 0), (100, 40)))),
)


@pytest.mark.parametrize(
	("changes", "said"),
	[
		({"whole": 99}, "sum to 100"),
		({"blocks": (("A", 50), ("B", 40))}, "block A sum to 60"),
		({"criteria": (*SET, Criterion("1", "C", 0))}, "the code 1 is used 2 times".capitalize()),
		({"criteria": (*SET, Criterion("4", "C", 5))}, "block C, which the set does not have"),
		({"criteria": (*SET[:2], Criterion("3", "B", 0))}, "Criterion 3 has no points"),
		({"criteria": ()}, "no criteria"),
		({"criteria": (*SET[:2], Criterion("3", "B", 40, "f", Mapping("Steps")))}, "steps and has none"),
		(
			{"criteria": (*SET[:2], Criterion("3", "B", 40, "f", Mapping("Steps", steps=((0, 41),))))},
			"more than 40 points",
		),
		({"criteria": (*SET[:2], Criterion("3", "B", 40, "f", Mapping("Linear", 5, 5)))}, "the same value"),
	],
)
def test_a_set_that_does_not_agree_with_itself_is_refused(changes, said):
	good = {"whole": 100, "blocks": (("A", 60), ("B", 40)), "criteria": SET, "bands": BANDS}
	assert not list(scoring.set_problems(**good))
	assert any(said in str(problem) for problem in scoring.set_problems(**(good | changes)))


@given(POINTS, POINTS)
def test_a_score_outside_its_points_is_refused(score, maximum):
	found = list(scoring.score_problems([Line("1", "A", maximum, score)], {"1": "Điểm danh"}))
	assert bool(found) == (score > maximum)
	assert list(scoring.score_problems([Line("1", "A", maximum, -0.5)], {}))
	assert not list(scoring.score_problems([Line("1", "A", maximum)], {}))


def test_what_has_no_score_is_counted_and_named():
	(problem,) = scoring.unscored_problems([Line("1", "A", 5), Line("2", "A", 5)], {"1": "Điểm danh"})
	assert str(problem) == "2 criteria have no score yet, first: Điểm danh. Score each one."
