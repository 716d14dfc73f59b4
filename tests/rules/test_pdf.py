"""PDFs by both engines: pages, type, numbers, marks, and what is refused."""

import io
import re
import shutil
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from partycell.papers import embedding, paging, pdf
from partycell.rules import minutes
from partycell.rules.page import PageSetup
from tests.rules.minutes_example import record, signature

MM = pdf.PT_PER_MM


@pytest.fixture(params=[pdf.WKHTMLTOPDF, pdf.WEASYPRINT])
def engine(request):
	if request.param == pdf.WKHTMLTOPDF:
		if not shutil.which("wkhtmltopdf"):
			pytest.skip("wkhtmltopdf is not on this system")
		pytest.importorskip("pdfkit", reason="pdfkit is not installed")
	else:
		try:
			import weasyprint  # noqa: F401
		except (ImportError, OSError) as error:
			pytest.skip(f"WeasyPrint does not work here: {error}")
	return request.param


def drawn(engine, m, page=None):
	pytest.importorskip("jinja2", reason="Jinja2, which renders the minutes, is not installed")
	page = page or PageSetup()
	content = minutes.context(m)
	html = pdf.render("handover_minutes.html", page, **content)
	return PdfReader(io.BytesIO(pdf.make(html, page, mark=minutes.mark(m), engine=engine)))


def runs(sheet):
	"""What is written on a page: (text, x from the left, y from the top, size), in points."""
	found, height = [], float(sheet.mediabox.height)

	def visit(text, cm, tm, font, size):
		if text.strip():
			across = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
			up = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
			found.append((text.strip(), across, height - up, abs(size * tm[3] * cm[3])))

	sheet.extract_text(visitor_text=visit)
	return found


def squeezed(text):
	return re.sub(r"\s+", "", text)


def page_of(body, head=""):
	return f"<!DOCTYPE html><html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>"


def test_paper_and_page_numbers(engine):
	sheets = drawn(engine, record(60)).pages
	assert len(sheets) > 3
	for number, sheet in enumerate(sheets, 1):
		assert float(sheet.mediabox.width) == pytest.approx(210 * MM, abs=1)
		assert float(sheet.mediabox.height) == pytest.approx(297 * MM, abs=1)
		above = [run for run in runs(sheet) if run[2] < 20 * MM]
		if number == 1:
			assert above == []
		else:
			((text, left, base, size),) = above
			assert (text, size) == (str(number), 14)
			# in the middle of the text, its top 10 mm from the edge
			assert left + 7 * len(text) / 2 == pytest.approx((35 + 160 / 2) * MM, abs=0.5)
			assert base - 0.676 * 14 == pytest.approx(10 * MM, abs=0.5)


def test_type_has_its_size_on_paper_and_keeps_the_margins(engine):
	text = "".join(f"<p style='margin:0;font-size:{size}pt'>S{size}</p>" for size in (11, 12, 14, 15, 16))
	made = PdfReader(io.BytesIO(pdf.make(page_of(text), engine=engine)))
	found = {run[0]: run for run in runs(made.pages[0])}
	for size in (11, 12, 14, 15, 16):
		assert found[f"S{size}"][3] == pytest.approx(size, rel=0.005)
		assert found[f"S{size}"][1] == pytest.approx(35 * MM, abs=1)
	assert 25 * MM < found["S11"][2] < 25 * MM + 14


def test_the_office_s_margins_are_followed(engine):
	page = PageSetup(margin_left=20, margin_top=40)
	made = PdfReader(io.BytesIO(pdf.make(page_of("<p style='margin:0'>Xa</p>"), page, engine=engine)))
	((_, left, base, _),) = runs(made.pages[0])
	assert left == pytest.approx(20 * MM, abs=1)
	assert 40 * MM < base < 40 * MM + 20


def test_a_long_list_repeats_its_head_and_cuts_no_row(engine):
	m = record(110)
	sheets = drawn(engine, m).pages
	pages = [squeezed(sheet.extract_text()) for sheet in sheets]
	for item in (item for section in m["sections"] for item in section["items"]):
		row = squeezed(f"{item['no']}{item['code']}.{item['title']}")
		assert sum(row in text for text in pages) == 1, row
	listing = [text for text in pages if re.search(r"\d[A-E]\d\.", text)]
	assert len(listing) > 5
	assert all("Têntàiliệu" in text for text in listing)
	for sheet in sheets:
		assert max(run[2] for run in runs(sheet)) < (297 - 25) * MM


def test_marks_lie_across_every_page(engine):
	for status, mark in (("draft", "DỰTHẢO"), ("annulled", "ĐÃHỦY")):
		sheets = drawn(engine, record(20, status=status)).pages
		for number, sheet in enumerate(sheets):
			# the first page has it in the head too
			assert squeezed(sheet.extract_text()).count(mark) == (2 if number == 0 else 1)


def test_both_engines_give_the_same_number_of_pages():
	if not shutil.which("wkhtmltopdf"):
		pytest.skip("wkhtmltopdf is not on this system")
	pytest.importorskip("pdfkit", reason="pdfkit is not installed")
	try:
		import weasyprint  # noqa: F401
	except (ImportError, OSError) as error:
		pytest.skip(f"WeasyPrint does not work here: {error}")
	for count in (4, 32):
		pages = {len(drawn(each, record(count)).pages) for each in (pdf.WKHTMLTOPDF, pdf.WEASYPRINT)}
		assert len(pages) == 1


@pytest.mark.parametrize(
	("body", "head"),
	[
		("<img src='https://example.org/a.png'>", ""),
		("<img src='/private/files/a.png'>", ""),
		("<img src='file:///etc/hostname'>", ""),
		("<img src='data:image/svg+xml;base64,PHN2Zz4='>", ""),
		("<iframe srcdoc='x'></iframe>", ""),
		("<object data='//example.org'></object>", ""),
		("<a href='https://example.org'>x</a>", ""),
		("<p style='background: URL ( \"https://example.org/a.png\" )'>x</p>", ""),
		("", "<link rel='stylesheet' href='https://example.org/a.css'>"),
		("", "<style>@import 'https://example.org/a.css';</style>"),
		("", "<style>p { background: u\\72l(https://example.org) }</style>"),
		("", "<meta http-equiv='refresh' content='0;url=https://example.org'>"),
		("", "<meta name='pdfkit-allow' content='/'>"),
	],
)
def test_what_is_not_embedded_is_refused_before_anything_is_drawn(monkeypatch, body, head):
	monkeypatch.setattr(pdf, "_wkhtmltopdf", lambda *args: pytest.fail("drawn"))
	with pytest.raises(pdf.OutsideResource, match="not embedded"):
		pdf.make(page_of(body, head), engine=pdf.WKHTMLTOPDF)


def test_embedded_pictures_pass():
	assert embedding.outside(page_of(f"<img src='{signature()}'><a href='#x'>x</a>")) == []


def test_without_an_engine_the_message_says_what_to_install(monkeypatch):
	monkeypatch.setattr(pdf.shutil, "which", lambda name: None)
	monkeypatch.setitem(sys.modules, "weasyprint", None)
	with pytest.raises(pdf.NoEngine, match="Install the system's package wkhtmltopdf"):
		pdf.make(page_of("x"))


def test_weasyprint_steps_in_where_wkhtmltopdf_is_missing(monkeypatch):
	monkeypatch.setattr(pdf.shutil, "which", lambda name: None)
	monkeypatch.setitem(sys.modules, "weasyprint", sys)
	assert pdf.available_engine() == pdf.WEASYPRINT


def test_a_document_without_a_head_is_refused(engine):
	with pytest.raises(ValueError, match="<head>"):
		pdf.make("<p>x</p>", engine=engine)


def test_the_module_needs_no_frappe():
	code = "import sys; sys.modules['frappe'] = None; from partycell.papers import pdf; assert not pdf._on_site()"
	subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
	"wrong", [{"paper": "A9"}, {"margin_left": 200}, {"body_pt": 2}, {"font_family": "x; } body { y"}]
)
def test_a_page_that_cannot_be_is_refused(wrong):
	with pytest.raises(ValueError, match="|".join(["choose one of", "0 to 80 mm", "6 to 30 pt", "letters"])):
		PageSetup(**wrong)


def stacked(heights, kinds):
	top, made = 0, []
	for height, kind in zip(heights, kinds, strict=False):
		made.append(paging.Block(kind, False, top, top + height))
		top += height
	return made


@given(st.lists(st.tuples(st.integers(1, 40), st.sampled_from(["", "", "lead"])), min_size=1, max_size=60))
def test_no_planned_page_is_overfull_and_no_lead_ends_one(blocks):
	stack = stacked(*zip(*blocks, strict=True))
	breaks = paging.plan(stack, 200)
	for first, after in zip([0, *breaks], [*breaks, len(stack)], strict=True):
		assert first < after
		page = stack[first:after]
		groups = sum(block.kind != "lead" for block in page[:-1])
		assert page[-1].bottom - page[0].top <= 200 or groups == 0
		assert after == len(stack) or page[-1].kind != "lead"


def test_a_break_within_a_table_makes_room_for_its_head():
	rows = [paging.Block("head", True, 0, 30)]
	rows += [paging.Block("", True, 30 + 20 * place, 50 + 20 * place) for place in range(10)]
	# 30 + 3 × 20 on each page
	assert paging.plan(rows, 90) == [4, 7, 10]
