"""Searching: the same with and without diacritics, every word, the best first, the piece that is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partycell.rules import searching

WORDS = st.text(alphabet="aáăđdiIếo ,.", max_size=60)


@pytest.mark.parametrize("query", ["đảng phí", "ĐẢNG PHÍ", "dang phi", "Đang  Phi.", "phí, đảng"])
def test_the_same_is_found_however_it_is_written(query):
	assert searching.matches(searching.query_words(query), searching.line("Thu, nộp (đảng phí)"))


def test_the_last_word_may_be_unfinished_and_no_other():
	text = searching.line("Nghị quyết chi bộ")
	assert searching.matches(["chi", "b"], text) and searching.matches(["nghi", "quy"], text)
	assert not searching.matches(["ngh", "quyet"], text)
	assert not searching.matches(["chi", "bo", "dang"], text)


@given(WORDS)
def test_every_text_is_found_by_its_own_words(text):
	asked = searching.query_words(text)
	assert not asked or searching.matches(asked, searching.line(text))


def test_a_long_query_is_cut():
	assert len(searching.query_words(" ".join(map(str, range(50))))) == searching.MOST_WORDS


def test_titles_count_most_then_words_that_stand_together():
	asked = ["dang", "phi"]
	titled = searching.score(asked, "Thu đảng phí", "")
	together = searching.score(asked, "Thu", "dang phi")
	apart = searching.score(asked, "Thu", "dang vien chi phi")
	assert titled > together > apart


@given(st.sets(st.sampled_from("abcdef")), st.sets(st.sampled_from("abcdef")))
def test_likeness_is_a_share_and_mutual(one, other):
	assert 0 <= searching.likeness(one, other) <= 1
	assert searching.likeness(one, other) == searching.likeness(other, one)
	assert not one or searching.likeness(one, one) == 1


def test_the_piece_that_is_shown_is_as_written_and_holds_the_word():
	text = "Mở đầu " * 60 + "thu đảng phí tại buổi sinh hoạt " + "kết thúc " * 60
	piece = searching.excerpt(text, ["dang", "phi"])
	assert "đảng phí" in piece and piece.startswith("… ") and piece.endswith(" …") and len(piece) < 175


def test_a_short_text_is_shown_whole():
	assert searching.excerpt("Thu  đảng phí", ["x"]) == "Thu đảng phí"
