"""The papers of a concluded meeting fill the slots of its period."""

import io

import frappe
import pytest
from frappe.utils import getdate, today
from pypdf import PdfReader

from partycell.api import meetings
from partycell.meetings import filing, papers
from partycell.rules import meetings as rules
from partycell.rules import periods
from tests.site import factories as make


@pytest.fixture
def world(standing_world):
	frappe.set_user(standing_world.secretary)
	return standing_world


def concluded(world, scored: bool = True, **values) -> str:
	name = make.meeting(
		world.cell,
		**{"present": 11, "excused": 1, "from_time": "19:05:00", "to_time": "20:40:00", "chair": "Giao"}
		| {"resolution": "Tập trung thu hoạch\nVận động thu quỹ", "venue": "Nhà văn hoá"}
		| values,
	)
	doc = frappe.get_doc("Cell Meeting", name)
	for row in doc.scores if scored else ():
		row.update({"score": row.maximum, "scored": 1})
	doc.save()
	meetings.hold(name)
	meetings.conclude(name)
	return name


def slot(world, code: str, frequency: str = periods.MONTHLY, day=None):
	key = periods.period_of(frequency, getdate(day or today())).key
	(found,) = make.slots(world.cell, code=code, period=key)
	return found


def text_of(item) -> str:
	"""The words of the item's only file, without spaces: PDFs put them where they like."""
	stored = frappe.get_doc("File", item.files[0].file)
	read = "".join(page.extract_text() for page in PdfReader(io.BytesIO(stored.get_content())).pages)
	return "".join(read.split())


def test_minutes_resolution_and_score_sheet_are_filed_after_the_conclusion_is_kept(world, jobs):
	name = concluded(world)
	assert slot(world, "C1").state == "Expected"
	frappe.db.commit()
	found = {code: slot(world, code) for code in ("C1", "C3", "C5")}
	assert {code: (one.state, one.file_count, one.number_symbol) for code, one in found.items()} == {
		"C1": ("Present", 1, "01-BB/CB"),
		"C3": ("Present", 1, "01-NQ/CB"),
		"C5": ("Present", 1, "01-BCĐ/CB"),
	}
	assert str(found["C1"].dated) == today() and found["C1"].pages >= 1
	assert "Thuđảngphí" in text_of(found["C1"]) and "19giờ05" in text_of(found["C1"])
	assert "Vậnđộngthuquỹ" in text_of(found["C3"])
	assert "100/100" in text_of(found["C5"])
	assert frappe.db.get_value("Cell Meeting", name, "filed_on")


def test_once(world):
	name = concluded(world)
	frappe.db.commit()
	assert filing.file(name) == []
	assert slot(world, "C1").file_count == 1


def test_a_job_that_was_lost_is_made_up_for_daily(world, jobs):
	name = concluded(world)
	frappe.db.after_commit.reset()
	jobs.clear()
	frappe.set_user("Administrator")
	filing.file_missing()
	frappe.db.commit()
	assert [job.kwargs["meeting"] for job in jobs if "meeting" in job.kwargs] == [name]
	assert slot(world, "C1").file_count == 1
	jobs.clear()
	filing.file_missing()
	assert not jobs


def test_without_scores_there_is_no_score_sheet(world):
	concluded(world, scored=False)
	frappe.db.commit()
	assert (slot(world, "C1").state, slot(world, "C5").state) == ("Present", "Expected")


def test_a_thematic_meeting_fills_its_quarter(world):
	concluded(world, meeting_type="Thematic", topic="Học tập và làm theo Bác")
	frappe.db.commit()
	filed = slot(world, "C4", periods.QUARTERLY)
	assert (filed.state, filed.file_count) == ("Present", 1)
	assert "HọctậpvàlàmtheoBác" in text_of(filed)
	assert slot(world, "C1").state == "Expected"


def test_where_no_slot_asks_for_them_the_minutes_hang_on_the_meeting(world):
	name = concluded(world, meeting_type="Extraordinary")
	frappe.db.commit()
	(file,) = frappe.get_all("File", {"attached_to_doctype": "Cell Meeting", "attached_to_name": name})
	with pytest.raises(frappe.ValidationError, match="belongs to a concluded meeting and stays"):
		frappe.delete_doc("File", file.name)


def test_a_year_of_meetings_fills_the_folder(world, monkeypatch):
	"""Twelve months and four quarters; the drawing is tested above."""
	monkeypatch.setattr(papers, "pdf_of", lambda doc, paper: _blank())
	frappe.set_user("Administrator")
	cell = frappe.get_doc("Cell", world.cell)
	year = getdate(today()).year - 1
	cell.update({"kept_from": f"{year}-01-01"}).save()
	frappe.set_user(world.secretary)
	for one in rules.plan(year, 3, getdate(f"{year}-01-01")):
		concluded(world, meeting_type=one.meeting_type, planned_on=one.day, held_on=one.day)
	frappe.db.commit()
	filled = [
		item
		for code in ("C1", "C3", "C4", "C5")
		for item in make.slots(world.cell, code=code)
		if item.period.startswith(str(year))
	]
	assert len(filled) == 40
	assert {(item.state, item.file_count) for item in filled} == {("Present", 1)}
	assert not [one for one in meetings.wanting(world.cell) if str(year) in one]


def test_the_print_format_says_what_the_record_says(world):
	name = concluded(world)
	html = frappe.get_print("Cell Meeting", name, "Cell Meeting Minutes")
	assert "BIÊN BẢN" in html and "91,66 %" in html and "Tập trung thu hoạch" in html


def _blank() -> bytes:
	from pypdf import PdfWriter

	writer, written = PdfWriter(), io.BytesIO()
	writer.add_blank_page(width=100, height=100)
	writer.write(written)
	return written.getvalue()
