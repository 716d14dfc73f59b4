"""The words, dates and sums of the minutes, and what their template does with a record."""

import copy

import pytest

from partycell.papers import pdf
from partycell.rules import minutes
from partycell.rules.page import PageSetup
from tests.rules.minutes_example import record, signature


@pytest.mark.parametrize(
	("iso", "words"),
	[
		("2026-11-23", "ngày 23 tháng 11 năm 2026"),
		("2026-02-03T08:00", "ngày 03 tháng 02 năm 2026"),
		("2026-03-09", "ngày 09 tháng 3 năm 2026"),
		(None, "ngày …… tháng …… năm ……"),
	],
)
def test_day_in_words_puts_a_zero_where_a_digit_could_be_added(iso, words):
	assert minutes.day_in_words(iso) == words


def test_short_days_clocks_and_numbers():
	assert minutes.short_day("2026-11-03T23:59:59") == "03/11/2026"
	assert minutes.short_day(None) == ""
	assert minutes.clock("2026-11-23T08:05:41") == "08 giờ 05 phút"
	assert minutes.number(1250000) == "1.250.000"


def test_digest_is_read_in_groups_of_four():
	assert minutes.in_fours("90e63d85fa") == ["90e6", "3d85", "fa"]
	assert minutes.in_fours(None) == []


def test_subject_names_both_terms_only_where_they_differ():
	assert "nhiệm kỳ 2020–2025 và bí thư chi bộ nhiệm kỳ 2025–2030" in minutes.subject(
		"2020–2025", "2025–2030"
	)
	same = minutes.subject("2025–2030", "2025–2030")
	assert same.endswith("tiền nhiệm và bí thư chi bộ kế nhiệm, nhiệm kỳ 2025–2030")
	assert minutes.subject(None, None).endswith("kế nhiệm")


def test_unknown_states_and_statuses_are_refused():
	with pytest.raises(ValueError, match="'Lost'"):
		minutes.state("Lost")
	with pytest.raises(ValueError, match="'final'"):
		minutes.context(record(3, status="draft") | {"status": "final"})


def test_totals_count_the_receivers_mark_before_the_givers():
	items = [
		{"copies": 2, "pages": 10, "delivered": "Present", "received": "Missing"},
		{"copies": 1, "pages": None, "delivered": "Damaged", "received": None},
	]
	assert minutes.totals(items) == {
		"items": 2,
		"copies": 3,
		"pages": 10,
		"present": 0,
		"missing": 1,
		"damaged": 1,
		"outdated": 0,
	}


def test_sections_keep_the_order_of_their_titles_and_number_through():
	items = [{"section": code, "delivered": "Present"} for code in "BAXB"]
	sections = minutes.in_sections(items, {"A": "Một", "B": "Hai", "C": "Ba"})
	assert [(section["code"], section["title"]) for section in sections] == [
		("A", "Một"),
		("B", "Hai"),
		("X", "X"),
	]
	assert [[item["no"] for item in section["items"]] for section in sections] == [[1], [2, 3], [4]]


def test_summary_says_only_what_there_is():
	whole = minutes.totals([{"copies": 2, "pages": 1200, "delivered": "Present"}])
	assert minutes.summary(whole) == "1 tài liệu (2 bản, 1.200 trang), tất cả đều đủ"
	short = minutes.summary(whole | {"present": 0, "missing": 1})
	assert short.endswith("trong đó: đủ 0, thiếu 1")


def test_a_row_shows_both_findings_where_the_parties_differ():
	rows = [row for section in minutes.context(record(6))["v"]["sections"] for row in section["rows"]]
	assert (rows[4]["state"], rows[4]["delivered"], rows[4]["wrong"]) == ("Thiếu", "Đủ", True)
	assert (rows[0]["state"], rows[0]["delivered"], rows[0]["wrong"]) == ("Đủ", "", False)


def test_no_paper_is_counted_of_what_is_not_there():
	m = record(2)
	m["sections"][0]["items"][0] |= {"copies": 0, "pages": 0}
	m["sections"][0]["items"][1] |= {"copies": 1, "pages": 0}
	rows = minutes.context(m)["v"]["sections"][0]["rows"]
	assert [row["amount"] for row in rows[:2]] == ["", "1 / 0"]


def test_a_quarter_keeps_its_roman_number():
	m = record(1)
	m["sections"][0]["items"][0]["period"] = "Quý IV/2026"
	assert "(quý IV/2026)" in minutes.context(m)["v"]["sections"][0]["rows"][0]["title"]


def test_only_embedded_pictures_are_signatures():
	assert minutes.picture(signature()) == signature()
	for other in (
		None,
		"",
		"/files/x.png",
		"https://example.org/x.png",
		"data:image/svg+xml;base64,PHN2Zz4=",
	):
		assert minutes.picture(other) is None


def test_text_is_composed_without_touching_the_record():
	m = record(1, venue="Nhà văn hoa\u0301")
	before = copy.deepcopy(m)
	assert minutes.context(m)["m"]["venue"] == "Nhà văn hoá"
	assert m == before


def test_a_basis_is_written_once_however_the_office_wrote_it():
	m = record(1, basis=["- Căn cứ Điều lệ Đảng;", "Quyết định số 12-QĐ/ĐU."])
	assert minutes.context(m)["v"]["basis"] == ["Điều lệ Đảng", "Quyết định số 12-QĐ/ĐU"]


def html(m):
	pytest.importorskip("jinja2", reason="Jinja2, which renders the minutes, is not installed")
	return pdf.render("handover_minutes.html", PageSetup(), **minutes.context(m))


def test_the_headings_stand_in_their_order():
	text = html(record())
	places = [
		text.index(heading)
		for heading in (
			"ĐẢNG BỘ PHƯỜNG AYUN PA",
			"Số 01-BB/CB",
			"ĐẢNG CỘNG SẢN VIỆT NAM",
			"Ayun Pa, ngày 23 tháng 11 năm 2026",
			"BIÊN BẢN",
			"- Căn cứ ",
			"Thời gian, địa điểm",
			"I. THÀNH PHẦN",
			"II. NỘI DUNG BÀN GIAO",
			"1. Danh mục",
			"A. Văn bản cấp trên",
			"2. Đảng phí, tài sản",
			"3. Công việc đang giải quyết",
			"III. TÀI LIỆU THIẾU, HƯ HỎNG",
			"IV. CAM KẾT, Ý KIẾN",
			"bản có giá trị như nhau",
			"BÊN GIAO",
			"BÊN NHẬN",
			"ĐẠI DIỆN CẤP ỦY",
			"Mã kiểm tra",
		)
	]
	assert places == sorted(places)
	assert "Số:" not in text
	assert text.count("<img") == 3


def test_every_value_is_escaped():
	hostile = "<b>&\"'{{7*7}}<script>"

	def poisoned(value, key=None):
		if isinstance(value, dict):
			return {name: poisoned(entry, name) for name, entry in value.items()}
		if isinstance(value, list):
			return [poisoned(entry, key) for entry in value]
		codes = ("status", "delivered", "received", "state", "date", "dated", "on")
		dated = key in codes or (key or "").endswith(("_at", "_on"))
		return hostile if isinstance(value, str) and not dated else value

	text = html(poisoned(record()))
	assert "<script>" not in text
	assert '<b>&"' not in text
	assert "&lt;script&gt;" in text
	assert "49" not in text.split("<body>")[1]


def test_who_acts_for_an_absent_giver_is_named_with_the_reason_and_signs():
	m = record()
	m["giver"].update(
		on_behalf=True,
		acting_name="Phan Đình Quốc",
		acting_position="Phó bí thư đảng ủy",
		acting_reason="Bên giao từ trần.",
	)
	text = html(m)
	assert "không trực tiếp bàn giao" in text
	assert "Lý do thay mặt: Bên giao từ trần." in text
	assert '<div class="who">Phan Đình Quốc</div>' in text
	assert '<div class="who">Nguyễn Văn Thuận</div>' not in text


def test_the_seal_is_asked_for_only_where_there_is_one():
	assert "đóng dấu" not in html(record(2))
	assert html(record(2, has_seal=True)).count("ký, đóng dấu, ghi rõ họ tên") == 1


def test_drafts_and_annulled_minutes_say_so():
	assert minutes.mark(record(1)) is None
	draft = html(record(3, status="draft"))
	assert "DỰ THẢO" in draft
	assert "mã được ghi khi biên bản được phê duyệt" in draft
	annulled = html(record(3, status="annulled"))
	assert "BIÊN BẢN NÀY ĐÃ BỊ HỦY</b> ngày 01 tháng 12 năm 2026" in annulled
	assert "ĐÃ HỦY" not in html(record(3))


def test_nothing_wrong_and_nothing_pending_is_said_in_words():
	text = html(record(4, wrong=False, open_matters=[], dues=None, assets=None, basis=[]))
	assert "được giao, nhận đủ theo danh mục" in text
	assert "Đảng phí: không có." in text
	assert "Căn cứ" not in text
