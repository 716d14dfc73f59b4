"""Search text: what a secretary types without diacritics finds what an officer wrote with them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partycell.rules.text import in_number_order, normalise, search_text

VIETNAMESE = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"
WORDS = st.text(VIETNAMESE + VIETNAMESE.upper() + "bcghklmnpqrstvxBCGHKLMNPQRSTVX 0123456789", max_size=40)


@pytest.mark.parametrize(
	("text", "plain"),
	[
		("Hòa", "hoa"),
		("Hoà", "hoa"),
		("HÒA", "hoa"),
		("Đảng ủy phường Đoàn Kết", "dang uy phuong doan ket"),
		("  Chi bộ\t Tổ\n dân phố ", "chi bo to dan pho"),
		("Nghị quyết số 12-NQ/TW", "nghi quyet so 12-nq/tw"),
		("", ""),
		(None, ""),
	],
)
def test_normalise(text, plain):
	assert normalise(text) == plain


@given(WORDS)
def test_vietnamese_becomes_lower_case_ascii_with_single_spaces(text):
	plain = normalise(text)
	assert plain.isascii() and plain == plain.lower()
	assert plain == " ".join(plain.split())


@given(WORDS)
def test_case_and_unicode_form_do_not_matter(text):
	assert normalise(text) == normalise(text.upper()) == normalise(unicodedata.normalize("NFD", text))


@given(WORDS)
def test_normalising_twice_changes_nothing(text):
	assert normalise(normalise(text)) == normalise(text)


def test_search_text_leaves_out_what_is_empty():
	assert search_text("Sổ đảng phí", None, "", " ", "Tháng 11/2026") == "so dang phi thang 11/2026"


def test_numbers_of_documents_sort_by_their_value():
	numbers = ["10-NQ/ĐU", "9-NQ/ĐU", "9-CT/ĐU", "127-QĐ/TW", ""]
	assert sorted(numbers, key=in_number_order) == ["", "9-CT/ĐU", "9-NQ/ĐU", "10-NQ/ĐU", "127-QĐ/TW"]
