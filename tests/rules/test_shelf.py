"""Which file of a folder belongs to which slot."""

from datetime import date

import pytest

from partycell.rules import shelf, slots

SECTIONS = {"A": "Văn bản", "B": "Tổ chức", "C": "Sinh hoạt"}
ITEMS = [
	slots.TemplateItem("A1", "Điều lệ"),
	slots.TemplateItem("B5", "Phân công", "Yearly"),
	slots.TemplateItem("C1", "Biên bản", "Monthly"),
	slots.TemplateItem("C4", "Chuyên đề", "Quarterly"),
]
DAY = date(2026, 11, 30)


def shelved(*paths: str):
	wanted = slots.wanted(ITEMS, slots.CellFacts("Residential", False, date(2026, 11, 1)), DAY)
	return shelf.shelve(wanted, SECTIONS, [tuple(path.split("/")) for path in paths])


@pytest.mark.parametrize(
	("path", "item"),
	[
		("A Văn bản/A1 Điều lệ.pdf", "A1"),
		("A Văn bản/a1.pdf", "A1"),
		("A Văn bản/A1_bản sao.pdf", "A1"),
		("C1/2026-11.pdf", "C1/2026-11"),
		("C Sinh hoạt/C1 Biên bản/tháng 11-2026.pdf", "C1/2026-11"),
		("C Sinh hoạt/C1 11.2026.pdf", "C1/2026-11"),
		("C Sinh hoạt/C1 2026-11-03 họp.pdf", "C1/2026-11"),
		("C Sinh hoạt/C1 2026-10.pdf", "C1/2026-10"),
		("C4 quý IV-2026.pdf", "C4/2026-Q4"),
		("C4 2026-Q4.pdf", "C4/2026-Q4"),
		("C4 Q4 2026.pdf", "C4/2026-Q4"),
		("B5 năm 2026.pdf", "B5/2026"),
		("C Sinh hoạt/Ảnh.png", "own:C Sinh hoạt/Ảnh.png"),
		("A10 khác.pdf", "own:A10 khác.pdf"),
	],
)
def test_a_name_tells_document_and_period(path, item):
	found, notes = shelved(path)
	assert [one.item for one in found if path in one.files] == [item] and notes == []


def test_every_slot_is_there_with_or_without_files_in_the_templates_order():
	found, _notes = shelved("C1 2026-10.pdf")
	assert [one.item for one in found] == ["A1", "B5/2026", "C1/2026-10", "C1/2026-11", "C4/2026-Q4"]


def test_a_periodic_file_without_a_period_is_the_cells_own_and_noted():
	found, notes = shelved("C Sinh hoạt/C1 Biên bản.pdf")
	assert found[-1].item == "own:C Sinh hoạt/C1 Biên bản.pdf" and found[-1].section == "C"
	assert str(notes[0]) == (
		"C Sinh hoạt/C1 Biên bản.pdf does not say its period. Write it in the name, as in C1 2026-11."
	)


def test_what_is_expected_and_not_due_is_on_no_inventory():
	found, _notes = shelved("A1.pdf")
	before = date(2026, 11, 29)
	assert [one.item for one in found if shelf.belongs(one, 0, before)] == ["A1"]
	assert [one.item for one in found if shelf.belongs(one, 0, DAY)] == ["A1", "C1/2026-11"]
	assert [one.item for one in found if shelf.belongs(one, 1, before)] == [one.item for one in found]
