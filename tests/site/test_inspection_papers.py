"""The papers of an inspection: what they say, to whom they are given, and whether they hold."""

import io

import frappe
import pytest
from frappe.utils import add_days, today
from pypdf import PdfReader

from partycell.api import inspections
from partycell.inspections import papers
from tests.site import factories as make
from tests.site.support.acts import by


@pytest.fixture
def world(standing_world):
	return standing_world


@pytest.fixture
def name(world):
	"""An inspection that was sent to the cell, with a changed score, findings and an objection."""
	frappe.set_user("Administrator")
	lead = make.user("Đoàn Trưởng Kiểm Tra")
	frappe.set_user(world.officer)
	doc = frappe.new_doc("Inspection")
	doc.criteria_set = frappe.db.get_value("Criteria Set", {"set_name": ("like", "Sử dụng%")})
	doc.update({"cell": world.cell, "planned_on": today(), "lead": lead}).insert()
	by(lead, inspections.start, doc.name)
	doc = frappe.get_doc("Inspection", doc.name)
	for row in doc.scores:
		row.score, row.scored = (5, 1) if row.code == "TL2" else (row.score or row.maximum, 1)
		row.change_reason = "Văn bản cũ còn trong cặp" if row.fact_known else None
	doc.append("findings", {"kind": "Strength", "text": "Cặp tài liệu ngăn nắp"})
	doc.append(
		"findings",
		{
			"kind": "Weakness",
			"text": "Thiếu biên bản tháng 9",
			"remedy": "Bổ sung",
			"due_on": add_days(today(), 9),
		},
	)
	doc.venue = "Nhà văn hóa"
	doc.save()
	inspections.send(doc.name)
	row = next(row.name for row in doc.scores if row.code == "TL2")
	by(world.secretary, inspections.answer, doc.name, False, "Đề nghị xem lại", {row: "Đã thay văn bản"})
	return doc.name


def text_of(name: str, paper: str) -> str:
	data = papers.pdf_of(frappe.get_doc("Inspection", name), paper)
	return squeezed(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages))


def squeezed(text: str) -> str:
	"""A text without its spaces: a PDF has more of them than were written."""
	return "".join(text.split())


def test_the_minutes_say_everything_and_are_a_draft_until_concluded(world, name):
	text = text_of(name, "minutes")
	for said in (
		"BIÊN BẢN", "I. THÀNH PHẦN", "II. NỘI DUNG, MỐC THỜI GIAN", "III. KẾT QUẢ TỪNG TIÊU CHÍ",
		"IV. ƯU ĐIỂM", "V. HẠN CHẾ, NGUYÊN NHÂN", "VI. KIẾN NGHỊ, THỜI HẠN KHẮC PHỤC", "VII. Ý KIẾN CHI BỘ",
		"Đoàn Trưởng Kiểm Tra", "gợi ý 10, chấm 5", "Văn bản cũ còn trong cặp", "Thiếu biên bản tháng 9",
		"Đã thay văn bản", "Nhà văn hóa", "DỰ THẢO",
	):  # fmt: skip
		assert squeezed(said) in text, said
	row = next(row.name for row in frappe.get_doc("Inspection", name).scores if row.code == "TL2")
	by(world.officer, inspections.conclude, name, {row: "Giữ nguyên"})
	text = text_of(name, "minutes")
	assert "DỰTHẢO" not in text and "Số01-BB/" in text and "Giữnguyên" in text
	digest = frappe.db.get_value("Inspection", name, "digest")
	assert digest[:4] in text and digest[-4:] in text
	notice = text_of(name, "notice")
	assert "THÔNGBÁO" in notice and "Số01-TB/" in notice and squeezed("Thiếu biên bản tháng 9") in notice


def test_a_blank_checklist_has_the_criteria_and_no_scores(world, name):
	frappe.set_user("Administrator")
	frappe.db.set_value("Inspection", name, "workflow_state", "Planned")
	text = text_of(name, "checklist")
	assert "BIỂUCHẤMĐIỂM" in text and squeezed("Đủ tài liệu theo danh mục") in text
	assert "DỰTHẢO" not in text and "Cộng100……" in text


@pytest.mark.parametrize("paper", ["Inspection Minutes", "Conclusion Notice", "Inspection Checklist"])
def test_the_print_formats_draw_the_same(world, name, paper):
	frappe.set_user(world.officer)
	html = frappe.get_print("Inspection", name, paper, no_letterhead=1)
	assert "ĐẢNG CỘNG SẢN VIỆT NAM" in html


def test_a_paper_is_for_whoever_may_read_the_inspection(world, name):
	for who in (world.secretary, world.officer):
		by(who, inspections.download, name, "minutes")
		assert frappe.local.response.filecontent[:4] == b"%PDF"
	for who in (world.other_secretary, world.far_officer, world.nobody):
		with pytest.raises(frappe.PermissionError):
			by(who, inspections.download, name, "minutes")
