"""The figures of a programme review: periods, rates, days taken, comparison, organisations, charts and prose."""

import statistics
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partycell.rules import charts, review, review_paper, review_prose
from partycell.rules.review import COUNT, PERCENT, Figure, Place, Standing

DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))
NUMBERS = st.lists(st.integers(0, 400), max_size=40)
TREE = {
	"TOWN": Place("Town"),
	"WARD": Place("Grassroots", "TOWN"),
	"PART": Place("Department", "WARD"),
	"COMMUNE": Place("Grassroots", "TOWN"),
}


@given(DAYS, st.integers(0, 4000))
def test_the_period_before_ends_where_this_one_begins(since, length):
	until = since + timedelta(days=length)
	first, last = review.period_before(since, until)
	assert last == since - timedelta(days=1) and first <= last
	whole_years = (since.month, since.day, until.month, until.day) == (1, 1, 12, 31)
	assert whole_years or last - first == until - since


def test_whole_years_are_compared_with_whole_years():
	assert review.period_before(date(2016, 1, 1), date(2019, 12, 31)) == (
		date(2012, 1, 1),
		date(2015, 12, 31),
	)
	assert review.period_before(date(2017, 1, 1), date(2017, 12, 31)) == (
		date(2016, 1, 1),
		date(2016, 12, 31),
	)
	assert review.period_before(date(2017, 3, 1), date(2017, 3, 31)) == (date(2017, 1, 29), date(2017, 2, 28))


@given(DAYS, st.integers(0, 2000))
def test_every_day_of_a_period_lies_in_one_of_its_months(since, length):
	until = since + timedelta(days=length)
	months = review.months_of(since, until)
	assert months == sorted(set(months)) and all(month.day == 1 for month in months)
	assert months[0] <= since < months[0] + timedelta(days=31)
	assert months[-1] == until.replace(day=1)


@given(NUMBERS)
def test_days_taken_are_those_of_the_library(values):
	if not values:
		assert review.median(values) is None and review.mean(values) is None
	else:
		assert review.median(values) == round(statistics.median(values), 1)
		assert review.mean(values) == round(statistics.fmean(values), 1)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_rate_lies_between_none_and_all(part, rest):
	found = review.rate(part, part + rest)
	assert found is None if part + rest == 0 else 0 <= found <= 100


def test_a_change_needs_both_ends():
	assert review.change(1550, 1808) == 258
	assert review.change(None, 4) is None and review.change(4, None) is None


@given(
	st.lists(
		st.builds(
			Standing,
			st.sampled_from(["TOWN", "WARD", "PART", "COMMUNE"]),
			st.integers(1, 50),
			st.integers(0, 500),
			st.integers(0, 500),
			st.integers(0, 900),
			st.integers(0, 900),
		),
		max_size=12,
	)
)
def test_what_cells_are_together_does_not_depend_on_how_they_are_counted(rows):
	whole = review.standing(rows, TREE, "TOWN")
	assert whole["cells"] == sum(row.cells for row in rows)
	below = sum(row.cells for row in rows if row.committee != "TOWN")
	assert whole["cells_below"] == below
	bases = {{"PART": "WARD"}.get(row.committee, row.committee) for row in rows} - {"TOWN"}
	assert whole["organisations"] == len(bases) + whole["cells"] - below
	assert whole == review.standing(list(reversed(rows)), TREE, "TOWN")


def test_a_part_of_an_organisation_is_no_organisation():
	rows = [Standing("PART", 3, 30), Standing("WARD", 2, 20)]
	assert review.standing(rows, TREE, "TOWN")["organisations"] == 1
	assert review.standing(rows, TREE, "WARD")["organisations"] is None
	assert review.standing(rows, TREE, "WARD")["cells_below"] == 5


def test_what_nobody_wrote_down_is_not_known():
	found = review.standing([Standing("WARD", 4)], TREE, "TOWN")
	assert found["cells"] == 4 and found["members"] is None and found["completeness"] is None


def test_figures_are_compared_where_something_was_recorded():
	now = [
		Figure("folders", "F", "folders", 5),
		Figure("rate", "R", "folders", 50.0, PERCENT),
		Figure("inspections_rated:Tốt", "T", "inspections", 3),
		Figure("members", "M", "organisation", 9, before=7, of_day=True),
	]
	alone = review.compared(now, [Figure("folders", "F", "folders", 0)])
	assert [one.before for one in alone] == [None, None, None, 7]
	beside = review.compared(now, [Figure("folders", "F", "folders", 2)])
	assert [one.before for one in beside] == [2, None, 0, 7]
	assert [one.change for one in beside] == [3, None, 3, 2]


@pytest.mark.parametrize(
	("since", "until", "said"),
	[
		(date(2019, 1, 2), date(2019, 1, 1), "ends before it begins"),
		(date(2027, 1, 1), date(2027, 12, 31), "has not begun"),
		(date(2000, 1, 1), date(2016, 12, 31), "12 years at most"),
	],
)
def test_a_period_that_cannot_be_reviewed(since, until, said):
	(problem,) = review.period_problems(since, until, date(2026, 11, 25))
	assert said in str(problem)


def test_a_review_is_finished_after_its_period_with_its_sections():
	day, texts = date(2020, 1, 1), {"strengths": "Tốt", "weaknesses": "Ít", "directions": " "}
	assert [str(one) for one in review.finish_problems(date(2019, 12, 31), day, texts)] == [
		"Fill in the section Directions and Tasks."
	]
	problems = list(review.finish_problems(day + timedelta(days=1), day, texts | {"directions": "Tiếp tục"}))
	assert [str(one) for one in problems] == [
		"The period runs until 02/01/2020. Finish the review afterwards."
	]


def test_periods_are_called_as_offices_call_them():
	title = review.title(review.FINAL, date(2016, 1, 1), date(2019, 12, 31), "Thị ủy Ayun Pa")
	assert title == "Tổng kết giai đoạn 2016 - 2019, Thị ủy Ayun Pa"
	assert review.period_in_words(date(2026, 1, 1), date(2026, 12, 31)) == "năm 2026"
	assert (
		review.period_in_words(date(2026, 1, 1), date(2026, 6, 30))
		== "từ ngày 01/01/2026 đến ngày 30/06/2026"
	)


def record(**more) -> dict:
	"""The four years of the source, as they are printed."""

	def one(key, before, value, of_day=False, unit=COUNT):
		return {"key": key, "label": key, "unit": unit, "value": value, "before": before, "of_day": of_day}

	return {
		"status": "draft",
		"kind": review.FINAL,
		"since": "2016-01-01",
		"until": "2019-12-31",
		"whole": "Đảng bộ thị xã Ayun Pa",
		"level": "Town",
		"figures": [
			one("organisations", 44, 43, True),
			one("cells_below", 97, 90, True),
			one("members", 1550, 1808, True),
			one("completeness", 48.5, 91.0, True, PERCENT),
			one("folders", None, 150),
			one("folders_cells", None, 127),
			one("folders_committees", None, 14),
			one("folders_reserve", None, 9),
			one("inspections", None, 0),
		],
		"series": [
			{
				"month": f"{year}-{month:02d}-01",
				"cells": 127,
				"members": 1500 + year,
				"due": 20,
				"present": 10,
			}
			for year in (2016, 2017)
			for month in (1, 6, 12)
		],
	} | more


def test_the_report_says_the_figures_of_the_source_in_prose():
	v = review_paper.context(record())["v"]
	assert v["situation"] == [
		(
			"Đầu kỳ (01/01/2016), Đảng bộ thị xã Ayun Pa có 44 tổ chức cơ sở đảng, 97 chi bộ trực thuộc các đảng ủy"
			" cơ sở, 1.550 đảng viên."
		),
		(
			"Đến cuối kỳ (31/12/2019), Đảng bộ thị xã Ayun Pa có 43 tổ chức cơ sở đảng (giảm 1), 90 chi bộ trực thuộc"
			" các đảng ủy cơ sở (giảm 7), 1.808 đảng viên (tăng 258)."
		),
	]
	folders, filled, *_rest, inspections, _handbook, _actions = v["groups"]
	assert folders["lines"] == [
		(
			"Đã cấp phát 150 cặp tài liệu sinh hoạt chi bộ, gồm 127 cặp cho các chi bộ, 14 cặp cho các cấp ủy, tổ"
			" chức cơ sở đảng, 9 cặp để dự phòng."
		)
	]
	assert "đầu kỳ là 48,5 %, cuối kỳ là 91 %" in filled["lines"][0] and len(filled["charts"]) == 2
	assert inspections["lines"] == [review_prose.NOTHING]
	assert (v["mark"], v["signs_for"]) == ("DỰ THẢO", "BAN THƯỜNG VỤ")
	assert v["of_day"][2] == {
		"label": "Đảng viên", "part": False, "value": "1.808", "before": "1.550", "change": "+258", "count": True,
	}  # fmt: skip
	assert v["of_day"][1]["change"] == "-7"


def test_a_period_that_still_runs_is_told_until_the_day_it_was_measured():
	v = review_paper.context(record(as_of="2019-11-25"))["v"]
	assert v["situation"][1].startswith("Đến ngày 25/11/2019, Đảng bộ") and v["until"] == "25/11/2019"


def test_a_figure_that_another_app_adds_stands_under_its_own_name():
	extra = {"key": "letters", "label": "Đơn thư", "unit": COUNT, "value": 4, "before": None, "of_day": False}
	v = review_paper.context(record(figures=[extra], series=[]))["v"]
	assert v["in_period"] == [
		{"label": "Đơn thư", "part": False, "value": "4", "before": "", "change": "", "count": True}
	]
	assert v["situation"] == [review_prose.NOTHING]


LABELS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=12)


@given(st.lists(st.tuples(LABELS, st.floats(0, 100)), max_size=60), st.integers(40, 170), st.integers(30, 90))
def test_charts_are_whole_svg_and_hold_every_point(points, width, height):
	for drawn in (charts.line(points, width, height), charts.bars(points, width, height)):
		ElementTree.fromstring(drawn)
		assert "href" not in drawn and "style" not in drawn
	root = ElementTree.fromstring(charts.bars(points, width, height))
	assert len(root.findall("{http://www.w3.org/2000/svg}rect")) == len(points)
	root = ElementTree.fromstring(charts.line(points, width, height))
	for place in root.find("{http://www.w3.org/2000/svg}polyline").get("points").split():
		x, y = map(float, place.split(","))
		assert 0 <= x <= width * 10 and 0 <= y <= height * 10


def test_numbers_are_written_as_in_vietnamese():
	assert [charts.written(value) for value in (1808, 92.5, 1234567.25, 0)] == [
		"1.808",
		"92,5",
		"1.234.567,2",
		"0",
	]
