"""The handbook of a cell on paper: what stands in it, its contents, its pages, and for whom."""

import io
import unicodedata

import frappe
import pytest
from frappe.utils import add_days, today
from pypdf import PdfReader

from partycell.api import handbook as api
from partycell.handbook import printing
from tests.site import factories as make


@pytest.fixture
def world(standing_world):
	return standing_world


def letters(page) -> str:
	return "".join(unicodedata.normalize("NFC", page.extract_text()).split())


def note(world):
	frappe.set_user(world.secretary)
	doc = frappe.new_doc("Handbook Note")
	doc.update({"note_type": "Note", "cell": world.cell, "title": "Ghi riêng <b>&", "body": "<p>Tủ số 2</p>"})
	return doc.insert()


def test_the_book_has_a_table_of_contents_with_the_pages_on_which_entries_begin(world):
	note(world)
	pages = PdfReader(io.BytesIO(printing.pdf_of(frappe.get_doc("Cell", world.cell)))).pages
	assert len(pages) > 5
	first = letters(pages[0])
	assert "SỔTAYBÍTHƯCHIBỘ" in first and "MỤCLỤC" in first and "18mục" not in first
	content = printing.content_of(frappe.get_doc("Cell", world.cell))
	assert [entry["no"] for entry in content["entries"]] == list(range(1, 19))
	whole = [letters(page) for page in pages]
	for entry in content["entries"]:
		heading = "".join(f"{entry['no']}. {entry['title']}".split())
		begins = max(number for number, text in enumerate(whole, 1) if heading in text)
		assert f"{heading}{begins}" in "".join(whole[:2]), heading
	assert "Ghiriêng<b>&" in whole[-1] and "Tủsố2" in whole[-1]


def test_only_what_is_in_force_is_printed(world):
	frappe.set_user("Administrator")
	names = frappe.get_all("Handbook Note", {"note_type": "Guidance"}, pluck="name", order_by="name asc")
	frappe.db.set_value("Handbook Note", names[0], "effective_until", add_days(today(), -1))
	frappe.db.set_value("Handbook Note", names[1], "effective_from", add_days(today(), 1))
	frappe.db.set_value("Handbook Note", names[2], "workflow_state", "Withdrawn")
	frappe.db.set_value("Handbook Note", names[3], "cell_types", "School")
	content = printing.content_of(frappe.get_doc("Cell", world.cell))
	titles = {frappe.db.get_value("Handbook Note", name, "title") for name in names[:4]}
	assert len(content["entries"]) == len(names) - 4
	assert not titles & {entry["title"] for entry in content["entries"]}


def test_it_is_for_whoever_reads_the_cell(world):
	frappe.set_user(world.secretary)
	api.download(world.cell)
	assert frappe.local.response.filecontent.startswith(b"%PDF")
	assert frappe.local.response.filename == f"so-tay-{world.cell}-{today()}.pdf"
	for user in (world.other_secretary, world.far_officer, world.nobody):
		frappe.set_user(user)
		with pytest.raises(frappe.PermissionError):
			api.download(world.cell)


def test_another_cells_notes_are_not_in_it(world):
	note(world)
	frappe.set_user("Administrator")
	content = printing.content_of(frappe.get_doc("Cell", world.other_cell))
	assert "Ghi riêng <b>&" not in [entry["title"] for entry in content["entries"]]


def test_the_directives_in_force_are_a_part_of_it_and_a_paper_by_themselves(world):
	ended = make.directive(world.commune, "Văn bản cũ", number_symbol="01-CV/ĐU")
	name = make.directive(world.commune, "Về mùa & rẫy", number_symbol="09-CV/ĐU")
	frappe.set_user("Administrator")
	frappe.db.set_value("Directive", ended, {"status": "Withdrawn", "withdrawn_on": add_days(today(), -1)})
	frappe.db.set_value(
		"Folder Item", {"cell": world.cell, "directive": name}, {"paper_place": "Tủ 2, ngăn 1"}
	)
	cell = frappe.get_doc("Cell", world.cell)
	whole = [letters(page) for page in PdfReader(io.BytesIO(printing.pdf_of(cell))).pages]
	at = f"Vănbảncấptrêncònhiệulực{len(whole)}"
	assert at in "".join(whole[:2]) and "09-CV/ĐU" in whole[-1]
	assert "Vềmùa&rẫy" in whole[-1] and "Tủ2,ngăn1" in whole[-1] and "01-CV/ĐU" not in "".join(whole)
	frappe.set_user(world.secretary)
	api.download(world.cell, only_directives=True)
	assert frappe.local.response.filename == f"van-ban-con-hieu-luc-{world.cell}-{today()}.pdf"
	(page,) = PdfReader(io.BytesIO(frappe.local.response.filecontent)).pages
	assert "DANHMỤCVĂNBẢNCẤPTRÊNCÒNHIỆULỰC" in letters(page) and "MỤCLỤC" not in letters(page)
	assert "1vănbản" in letters(page) and "Vềmùa&rẫy" in letters(page)


def test_a_long_list_of_directives_breaks_between_rows_and_repeats_its_head(world):
	numbers = [f"{number:02d}-CV/ĐU" for number in range(1, 31)]
	for number in numbers:
		make.directive(
			world.commune, f"Công văn số {number} về một việc dài hơn một dòng", number_symbol=number
		)
	frappe.set_user("Administrator")
	data = printing.pdf_of(frappe.get_doc("Cell", world.cell), only_directives=True)
	pages = [letters(page) for page in PdfReader(io.BytesIO(data)).pages]
	assert len(pages) > 1 and all("Trongcặptàiliệu" in page for page in pages)
	# In a line the number stands in its own column and in the subject: both on one page.
	for number in numbers:
		(page,) = (page for page in pages if f"Côngvănsố{number}" in page)
		assert page.count(number) == 2, number


def test_a_handbook_without_entries_says_so(world):
	frappe.set_user("Administrator")
	frappe.db.set_value("Handbook Note", {"note_type": "Guidance"}, "workflow_state", "Withdrawn")
	pages = PdfReader(io.BytesIO(printing.pdf_of(frappe.get_doc("Cell", world.cell)))).pages
	assert len(pages) == 1 and "Chưacónộidung" in letters(pages[0])
