"""Members by name: Vietnamese order, days, runs of excuses."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partycell.rules import members as rules

IN_ORDER = (
	"Nguyễn Văn An",
	"Trần Thị An",
	"Rơ Châm Ánh",
	"Đỗ Thị Ân",
	"Lê Văn Bình",
	"Dương Văn Dũng",
	"Đinh Thị Đào",
	"Nguyễn Thị Hà",
	"Lê Thu Hạ",
	"Kpă H'Nga",
	"Phạm Văn Hoà",
	"Nay Ơn",
	"Trần Văn Út",
	"Lê Văn Ưng",
	"Rmah Wen",
)


def test_names_stand_in_vietnamese_order_by_the_given_name():
	assert sorted(set(IN_ORDER), key=rules.order_key) == list(IN_ORDER)


def test_one_given_name_is_ordered_by_the_family_and_then_by_what_is_between():
	names = ["Bùi Văn Sơn", "Đặng Văn Sơn", "Lê An Sơn", "Lê Bá Sơn", "Nguyễn Văn Sơn"]
	assert sorted(set(names), key=rules.order_key) == names


@pytest.mark.parametrize("tone", ["Ma", "Mà", "Mả", "Mã", "Má", "Mạ"])
def test_tones_come_in_their_order(tone):
	tones = ["Ma", "Mà", "Mả", "Mã", "Má", "Mạ"]
	assert sorted(tones, key=rules.order_key).index(tone) == tones.index(tone)


@given(st.text(max_size=80))
def test_a_key_is_short_ascii_and_does_not_depend_on_how_letters_are_composed(name):
	key = rules.order_key(name)
	assert key.isascii() and len(key) <= 140
	assert key == rules.order_key(unicodedata.normalize("NFD", name)) == rules.order_key(f"  {name} ")


def days(*marks: str) -> list[tuple[str, date, str]]:
	return [("A", date(2026, month, 5), mark) for month, mark in enumerate(marks, 1)]


def test_three_excuses_running_are_allowed_and_a_fourth_is_not():
	assert not rules.too_often_excused(days(*[rules.EXCUSED] * 3))
	assert rules.too_often_excused(days(*[rules.EXCUSED] * 4)) == {"A"}
	assert not rules.too_often_excused(days(*[rules.EXCUSED] * 3, rules.PRESENT, rules.EXCUSED))
	assert rules.too_often_excused(days(*[rules.EXCUSED] * 2, rules.EXEMPT, *[rules.EXCUSED] * 2)) == {"A"}


@given(st.lists(st.sampled_from(rules.MARKS), max_size=12))
def test_whoever_came_to_every_second_meeting_is_never_named(marks):
	broken = [one for mark in marks for one in (mark, rules.PRESENT)]
	assert not rules.too_often_excused(days(*broken[:12]))


def test_days_that_cannot_be_are_said():
	first, second = date(2026, 1, 1), date(2026, 2, 1)
	assert "before coming" in next(rules.problems(second, first, None)).text
	assert "before being admitted" in next(rules.problems(date(2025, 1, 1), first, second)).text
	assert not list(rules.problems(first, second, first))
