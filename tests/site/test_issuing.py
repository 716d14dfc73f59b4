"""Issuing folders: numbers, cells, receipts, replacements and returns."""

import io

import frappe
import pytest
from frappe.utils import add_days, today
from pypdf import PdfReader

from partycell.api import handovers, inspections
from partycell.api import issuing as api_issuing
from partycell.errors import InspectionError, IssueError
from partycell.folder import issuing, issuing_papers, labelled
from tests.site import factories as make
from tests.site.support.acts import by


@pytest.fixture
def world(standing_world):
	return standing_world


def folder_of(cell: str):
	return frappe.get_doc("Issued Folder", {"current_key": cell})


def test_an_issue_numbers_folders_and_marks_cells(world):
	frappe.set_user(world.officer)
	frappe.db.set_value("Cell", world.other_cell, "folder_number", "CTL-001")
	name = make.folder_issue(world.commune, venue="Hội trường")
	assert frappe.db.get_value("Folder Issue", name, ["status", "folders_issued"]) == ("Given Out", 2)
	assert frappe.db.get_value("Cell", world.cell, "folder_number") == "CTL-002"
	assert folder_of(world.other_cell).folder_number == "CTL-001", "the number it bears stays"
	assert str(frappe.db.get_value("Cell", world.cell, "folder_issued_on")) == today()
	assert "ctl-002" in frappe.db.get_value("Cell", world.cell, "search_text").lower()
	with pytest.raises(IssueError, match="No active cell without a folder"):
		make.folder_issue(world.commune)
	assert issuing.carry_out(name) == 0 and frappe.db.count("Issued Folder", {"issue": name}) == 2


def test_an_issue_reaches_no_cell_outside_its_committee(world):
	frappe.set_user(world.officer)
	elsewhere = frappe.db.get_value("Cell", {"committee": ("!=", world.commune)})
	assert elsewhere
	with pytest.raises(IssueError, match="No active cell"):
		make.folder_issue(world.commune, cells=[elsewhere])
	with pytest.raises(frappe.PermissionError):
		make.folder_issue(frappe.db.get_value("Cell", elsewhere, "committee"))


def test_two_folders_never_have_one_number(world):
	make.folder_issue(world.commune)
	row = folder_of(world.cell)
	for column in ("number_key", "current_key"):
		twin = frappe.copy_doc(row).update({"number_key": "other", "current_key": "other"})
		twin.set(column, row.get(column))
		with pytest.raises((frappe.UniqueValidationError, frappe.DuplicateEntryError)):
			twin.insert()


def test_many_are_issued_in_the_background_and_a_cut_goes_on(world, jobs):
	frappe.db.set_single_value("Partycell Settings", "background_from", 2)
	name = make.folder_issue(world.commune)
	assert frappe.db.get_value("Folder Issue", name, "status") == "Giving Out"
	assert not frappe.db.count("Issued Folder", {"issue": name})
	issuing.go_on()
	frappe.db.commit()
	assert frappe.db.get_value("Folder Issue", name, "status") == "Given Out"
	assert frappe.db.count("Issued Folder", {"issue": name}) == 2


def test_the_secretary_says_that_the_folder_came(world):
	make.folder_issue(world.commune)
	folder = folder_of(world.cell).name
	for who in (world.other_secretary, world.inspector, world.far_officer, world.nobody):
		with pytest.raises(frappe.PermissionError):
			by(who, api_issuing.receive, folder, "Ai Đó")
	by(world.secretary, api_issuing.receive, folder, "Nguyễn Văn Giao")
	row = folder_of(world.cell)
	assert (row.status, row.received_by, row.recorded_by) == ("Received", "Nguyễn Văn Giao", world.secretary)
	with pytest.raises(IssueError, match="not in the future"):
		by(world.officer, api_issuing.receive, folder, "Ai Đó", add_days(today(), 1))


def test_a_lost_folder_is_replaced_and_its_number_stays_in_history(world):
	make.folder_issue(world.commune)
	old = folder_of(world.cell)
	with pytest.raises(frappe.PermissionError):
		by(world.secretary, api_issuing.replace, old.name, "Lost", "CTL-###")
	new = by(world.officer, api_issuing.replace, old.name, "Lost", "CTL-###", "Mất khi lụt")
	row = folder_of(world.cell)
	assert (row.name, row.folder_number, row.replaces) == (new, "CTL-003", old.name)
	assert frappe.db.get_value("Cell", world.cell, "folder_number") == "CTL-003"
	old.reload()
	assert (old.status, old.end_reason, old.folder_number) == ("Replaced", "Lost", old.folder_number)
	with pytest.raises(IssueError, match="replaced or returned already"):
		by(world.officer, api_issuing.replace, old.name, "Lost", "CTL-###")


def test_a_returned_folder_leaves_the_cell_without_one(world):
	make.folder_issue(world.commune)
	folder = folder_of(world.cell).name
	by(world.officer, api_issuing.take_back, folder, "Chi bộ giải thể")
	assert not frappe.db.get_value("Cell", world.cell, "folder_number")
	assert frappe.db.get_value("Issued Folder", folder, "status") == "Returned"
	again = make.folder_issue(world.commune)
	assert frappe.db.get_value("Folder Issue", again, "folders_issued") == 1
	assert folder_of(world.cell).folder_number == "CTL-003", "a number is not given twice"


def test_what_was_issued_is_not_cancelled(world):
	doc = frappe.get_doc("Folder Issue", make.folder_issue(world.commune))
	with pytest.raises(IssueError, match="one by one, not cancelled"):
		doc.cancel()


def text_of(data: bytes) -> str:
	return "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())


def test_the_receipt_list_names_each_folder(world):
	name = make.folder_issue(world.commune, venue="Hội trường thị xã", explained_by="Trần Thị Ủy")
	by(world.officer, api_issuing.receipt_list, name)
	text = text_of(frappe.local.response.filecontent)
	for said in ("DANH SÁCH", "CTL-001", "CTL-002", "Nguyễn Văn Giao", "Hội trường thị xã", "Tổng số: 2 cặp"):
		assert "".join(said.split()) in text, said
	for who in (world.secretary, world.far_officer, world.nobody):
		with pytest.raises(frappe.PermissionError):
			by(who, api_issuing.receipt_list, name)


def test_covers_have_a_divider_for_each_section(world):
	by(world.secretary, api_issuing.covers, world.cell)
	data = frappe.local.response.filecontent
	sections = {item.section for item in make.slots(world.cell)}
	assert len(PdfReader(io.BytesIO(data)).pages) == 1 + len(sections)
	assert "CẶPTÀILIỆUSINHHOẠTCHIBỘ" in text_of(data)


def test_labels_take_as_many_sheets_as_they_need(world):
	count = len(make.slots(world.cell))
	by(world.secretary, api_issuing.labels, world.cell, "70x37", 24)
	pages = PdfReader(io.BytesIO(frappe.local.response.filecontent)).pages
	assert len(pages) == 1 + -(-(count - 1) // 24)
	with pytest.raises(IssueError, match="from 1 to 24"):
		by(world.secretary, api_issuing.labels, world.cell, "70x37", 25)
	with pytest.raises(frappe.PermissionError):
		by(world.other_secretary, api_issuing.labels, world.cell, "70x37")


def test_a_decoder_reads_from_the_sheet_what_each_label_leads_to(world):
	zxing = pytest.importorskip("zxingcpp", reason="no QR decoder: install zxing-cpp to read the labels")
	pypdfium2 = pytest.importorskip("pypdfium2", reason="nothing draws the sheet: install pypdfium2")
	by(world.secretary, api_issuing.labels, world.cell, "63.5x38.1")
	read = set()
	for page in pypdfium2.PdfDocument(frappe.local.response.filecontent):
		picture = page.render(scale=3).to_pil()
		read |= {found.text for found in zxing.read_barcodes(picture)}
	assert read == {issuing_papers.leads_to(item.name) for item in make.slots(world.cell)}


def test_a_label_opens_its_document_and_offers_the_receiver_to_mark_it(world):
	item = make.fill_folder(world.cell)[0].name
	for who in (world.other_secretary, world.nobody, world.receiver):
		assert by(who, labelled.look_up, item) is None
	assert by(world.nobody, labelled.look_up, "no-such-item") is None
	seen = by(world.secretary, labelled.look_up, item)
	assert (seen.name, seen.row) == (item, None)
	handover = make.delivered(world)
	assert by(world.secretary, labelled.look_up, item).row is None
	found = by(world.receiver, labelled.look_up, item)
	assert found.handover == handover and found.mark in (None, "")
	handovers.mark(handover, {found.row: {"state": "Damaged"}})
	assert by(world.receiver, labelled.look_up, item).mark == "Damaged"


def test_a_label_scanned_during_an_inspection_becomes_a_finding_of_the_document(world):
	first, second = (item.name for item in make.fill_folder(world.cell)[:2])
	frappe.set_user("Administrator")
	one = frappe.new_doc("Inspection").update(
		{"cell": world.cell, "lead": world.inspector, "planned_on": today()}
	)
	one.criteria_set = frappe.db.get_value("Criteria Set", {})
	name = one.insert().name
	assert by(world.inspector, labelled.look_up, first).inspection is None, "it has not begun"
	by(world.inspector, inspections.start, name)
	assert by(world.inspector, labelled.look_up, first).inspection == name
	assert by(world.secretary, labelled.look_up, first).inspection is None
	by(world.inspector, inspections.mark_document, name, first, "Missing")
	by(world.inspector, inspections.mark_document, name, second, "Present")
	found = {row.folder_item: row for row in frappe.get_doc("Inspection", name).findings}
	assert found[first].kind == "Weakness" and found[first].text.startswith("Không có trong cặp: ")
	assert found[second].kind == "Seen"
	assert by(world.inspector, labelled.look_up, first).mark == "Missing"
	by(world.inspector, inspections.mark_document, name, first, "Present")
	doc = frappe.get_doc("Inspection", name)
	assert [row.kind for row in doc.findings] == ["Seen", "Seen"], "the last word about a document counts"
	elsewhere = make.slots(world.other_cell)[0].name
	with pytest.raises(InspectionError, match="not in the folder that is inspected"):
		by(world.inspector, inspections.mark_document, name, elsewhere, "Missing")
	with pytest.raises(InspectionError):
		by(world.secretary, inspections.mark_document, name, first, "Missing")
