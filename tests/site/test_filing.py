"""Filing: what a file does to its document, and a document to the completeness of the folder."""

import hashlib
import random

import frappe
import pytest
from frappe.utils import add_days, flt, today

from partycell.folder import completeness, provisioning
from partycell.rules.completeness import Measure, SlotState
from partycell.rules.completeness import measure as by_rule
from tests.site import factories as make

PDF = b"%PDF-1.4 nghi quyet thang 11"


@pytest.fixture
def world(standing_world):
	frappe.set_user(standing_world.secretary)
	return standing_world


@pytest.fixture
def slot(world):
	"""A required document of the secretary's folder that is due."""
	found = make.slots(world.cell, required=1, due_on=("<=", today()))[0]
	assert found.state == "Expected"
	return found


def kept(cell: str) -> Measure:
	"""The completeness as it stands on the cell."""
	row = frappe.db.get_value(
		"Cell", cell, ["required_due", "required_present", "completeness"], as_dict=True
	)
	found = Measure(row.required_due, row.required_present)
	assert flt(row.completeness, 1) == found.percent
	return found


def kept_sections(cell: str) -> dict[str, Measure]:
	"""The same by section."""
	rows = frappe.get_all("Cell Section", filters={"parent": cell}, fields=["*"])
	return {row.section: Measure(row.required_due, row.required_present) for row in rows}


def measured(cell: str) -> tuple[Measure, dict[str, Measure]]:
	"""The completeness as the rule finds it in the folder, row by row."""
	day = frappe.utils.getdate(today())
	return by_rule(
		(
			SlotState(
				one.section, bool(one.required), one.due_on and frappe.utils.getdate(one.due_on), one.state
			)
			for one in make.slots(cell)
		),
		day,
	)


class TestFiles:
	def test_a_filed_document_is_present_with_digest_size_and_filer(self, world, slot):
		file = make.attach(slot.name, PDF, "Nghị quyết.pdf")
		slot.reload()
		(row,) = slot.files
		assert (slot.state, slot.file_count, slot.copies) == ("Present", 1, 0)
		assert (row.file, row.sha256) == (file.name, hashlib.sha256(PDF).hexdigest())
		assert (row.file_size, row.filed_by) == (len(PDF), world.secretary)
		assert frappe.db.get_value("File", file.name, ["is_private", "owner"]) == (1, "Administrator")

	def test_several_files_each_with_its_own_digest_in_the_order_of_filing(self, slot):
		for content in (b"one", b"two", b"three"):
			make.attach(slot.name, content, f"{content.decode()}.txt")
		slot.reload()
		assert [row.sha256 for row in slot.files] == [
			hashlib.sha256(content).hexdigest() for content in (b"one", b"two", b"three")
		]

	def test_a_file_larger_than_a_block_is_hashed_whole(self, slot):
		content = b"0123456789abcdef" * 150_000
		make.attach(slot.name, content, "lon.bin")
		slot.reload()
		assert slot.files[0].sha256 == hashlib.sha256(content).hexdigest()

	def test_who_filed_stays_when_somebody_else_saves(self, world, slot):
		make.attach(slot.name, PDF)
		frappe.set_user(world.officer)
		frappe.get_doc("Folder Item", slot.name).update({"paper_place": "Tủ 2"}).save()
		slot.reload()
		assert slot.files[0].filed_by == world.secretary

	def test_removing_a_file_filed_in_error_leaves_the_document_expected(self, slot):
		file = make.attach(slot.name, PDF)
		frappe.delete_doc("File", file.name)
		slot.reload()
		assert (slot.state, slot.file_count, slot.copies, slot.files) == ("Expected", 0, 0, [])

	def test_removing_one_of_two_leaves_it_present(self, slot):
		first = make.attach(slot.name, b"one", "one.txt")
		make.attach(slot.name, b"two", "two.txt")
		frappe.delete_doc("File", first.name)
		slot.reload()
		assert (slot.state, slot.file_count) == ("Present", 1)

	def test_removing_the_file_of_a_document_that_is_on_paper_too_leaves_the_paper(self, slot):
		slot.update({"state": "Present"}).save()
		assert slot.copies == 1
		file = make.attach(slot.name, PDF)
		frappe.delete_doc("File", file.name)
		slot.reload()
		assert (slot.state, slot.copies) == ("Present", 1)

	def test_a_newer_file_does_not_mend_what_is_outdated(self, slot):
		slot.update({"state": "Outdated"}).save()
		make.attach(slot.name, PDF)
		slot.reload()
		assert slot.state == "Outdated"


class TestCompleteness:
	def test_it_moves_with_every_change(self, world, slot):
		before = kept(world.cell)
		file = make.attach(slot.name, PDF)
		assert kept(world.cell) == Measure(before.due, before.present + 1)
		frappe.delete_doc("File", file.name)
		assert kept(world.cell) == before
		for state, present in (
			("Present", 1),
			("Damaged", 0),
			("Present", 1),
			("Outdated", 0),
			("Missing", 0),
		):
			slot.reload()
			slot.update({"state": state}).save()
			assert kept(world.cell) == Measure(before.due, before.present + present), state

	def test_a_document_that_does_not_apply_leaves_the_count(self, world, slot):
		before = kept(world.cell)
		slot.update({"state": "Not Applicable"}).save()
		assert kept(world.cell) == Measure(before.due - 1, before.present)

	def test_by_section_with_the_templates_titles(self, world, slot):
		slot.update({"state": "Present"}).save()
		total, sections = measured(world.cell)
		assert kept(world.cell) == total and kept_sections(world.cell) == sections
		titles = dict(
			frappe.get_all(
				"Cell Section", filters={"parent": world.cell}, fields=["section", "title"], as_list=True
			)
		)
		assert titles["A"] == "Văn bản cấp trên"

	def test_ones_own_document_changes_nothing(self, world):
		before = kept(world.cell)
		frappe.new_doc("Folder Item").update(
			{"cell": world.cell, "title": "Của chi bộ", "state": "Present"}
		).insert()
		assert kept(world.cell) == before

	def test_what_falls_due_counts_from_that_day(self, world):
		frappe.set_user("Administrator")
		later = make.slots(world.cell, required=1, due_on=(">", today()))
		assert later
		before = kept(world.cell)
		frappe.db.set_value("Folder Item", later[0].name, "due_on", today())
		completeness.refresh([world.cell])
		assert kept(world.cell) == Measure(before.due + 1, before.present)

	def test_a_refresh_that_finds_nothing_new_writes_nothing_and_never_touches_modified(self, world, slot):
		modified = frappe.db.get_value("Cell", world.cell, "modified")
		assert completeness.refresh([world.cell, world.other_cell]) == 0
		make.attach(slot.name, PDF)
		assert frappe.db.get_value("Cell", world.cell, "modified") == modified

	def test_an_open_form_of_the_cell_can_be_saved_after_something_was_filed(self, world, slot):
		frappe.set_user("Administrator")
		form = frappe.get_doc("Cell", world.cell)
		make.attach(slot.name, PDF)
		form.update({"meeting_day": 5}).save()
		assert kept(world.cell) == measured(world.cell)[0]
		assert kept_sections(world.cell) == measured(world.cell)[1]

	@pytest.mark.parametrize("seed", range(8))
	def test_the_database_counts_as_the_rule_does(self, world, seed):
		draw = random.Random(seed)
		frappe.set_user("Administrator")
		states = ["Expected", "Present", "Missing", "Damaged", "Outdated", "Not Applicable"]
		for one in make.slots(world.cell):
			values = {
				"state": draw.choice(states),
				"required": draw.randint(0, 1),
				"due_on": draw.choice([None, add_days(today(), draw.randint(-3, 3))]),
				"section": draw.choice(["A", "B", "C", ""]),
			}
			frappe.db.set_value("Folder Item", one.name, values, update_modified=False)
		total, sections = measured(world.cell)
		found = completeness.measure([world.cell, world.other_cell])[world.cell]
		assert dict(found) == sections and completeness.total(found) == total
		completeness.refresh([world.cell])
		assert kept(world.cell) == total and kept_sections(world.cell) == sections

	def test_a_cell_without_slots_is_complete(self, world):
		frappe.db.delete("Folder Item", {"cell": world.cell})
		completeness.refresh([world.cell])
		assert (
			kept(world.cell) == Measure() and frappe.db.get_value("Cell", world.cell, "completeness") == 100
		)
		assert provisioning.provision([world.cell]) > 0
		assert kept(world.cell) == measured(world.cell)[0]
