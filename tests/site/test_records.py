"""Bad input is refused, with a message that says what to do."""

import frappe
import pytest
from frappe.utils import add_days, today

from partycell.errors import (
	CellError,
	ClassifiedFileError,
	ClosedCellError,
	CommitteeError,
	FolderItemError,
	TemplateError,
	TermError,
)
from tests.site import factories as make
from tests.site.support.refusals import refused


@pytest.fixture
def world(standing_world):
	return standing_world


def close(cell: str, into: str | None = None) -> None:
	"""Merges a cell into another, or dissolves it."""
	doc = frappe.get_doc("Cell", cell)
	doc.update({"status": "Merged" if into else "Dissolved", "merged_into": into})
	doc.flags.by_reorganisation = True
	doc.save()


def document(cell: str, **values):
	"""A document that the cell adds itself."""
	return frappe.new_doc("Folder Item").update({"cell": cell, "title": "Kế hoạch riêng", **values}).insert()


class TestTerms:
	def test_a_second_open_term(self, world):
		with refused(TermError, f"already has an open term ({world.term}). Close it by a handover first"):
			make.term(world.cell, world.receiver, since=today())
		assert frappe.db.count("Secretary Term", {"cell": world.cell}) == 1

	def test_one_that_begins_before_the_last_one_ended(self, world):
		cell = make.cell(world.commune, "Chi bộ mới")
		last = make.term(cell, world.secretary, since=add_days(today(), -90), until=add_days(today(), -10))
		with refused(TermError, f"The term overlaps {last}. A term begins on the day the last one ended"):
			make.term(cell, world.receiver, since=add_days(today(), -11))
		assert make.term(cell, world.receiver, since=add_days(today(), -10))

	def test_one_that_ends_before_it_begins(self, world):
		cell = make.cell(world.commune, "Chi bộ mới")
		with refused(TermError, "ends before it begins. Correct one of the dates"):
			make.term(cell, world.receiver, since=today(), until=add_days(today(), -1))

	def test_the_unique_index_stands_behind_the_check(self, world, monkeypatch):
		"""As two requests at the same instant would: both have looked, and seen no open term."""
		monkeypatch.setattr("partycell.organisation.terms._others", lambda doc: [])
		with pytest.raises((TermError, frappe.UniqueValidationError, frappe.DuplicateEntryError)):
			make.term(world.cell, world.receiver, since=today())


class TestCells:
	@pytest.mark.parametrize("level", ["Central", "Province"])
	def test_under_a_committee_that_has_none(self, world, level):
		above = make.committee("Tỉnh ủy", level)
		with refused(CellError, "has no cells of its own. Choose the committee directly above it"):
			make.cell(above, "Chi bộ")

	@pytest.mark.parametrize(
		("values", "message"),
		[
			({"members": 5, "full_members": 6}, "cannot be more full members than members"),
			({"members": -1, "full_members": -1}, "number of members cannot be negative"),
			({"meeting_day": 32}, "day of the month, 1 to 31"),
			({"status": "Merged"}, "A merged cell names the cell it went into"),
		],
	)
	def test_written_wrongly(self, world, values, message):
		with refused(CellError, message):
			make.cell(world.commune, "Chi bộ", **values)

	def test_a_committee_under_a_lower_one(self, world):
		grassroots = make.committee("Đảng ủy cơ sở", "Grassroots", parent=world.commune)
		with refused(CommitteeError, "cannot stand under one of level"):
			make.committee("Đảng ủy xã", "Commune", parent=grassroots)

	def test_a_function_that_ends_before_it_begins(self, world):
		doc = frappe.get_doc("Party Committee", world.commune)
		doc.users[0].to_date = add_days(doc.users[0].from_date, -1)
		with refused(CommitteeError, "Trần Thị Ủy: the function ends before it begins"):
			doc.save()

	def test_what_follows_from_the_rest_is_not_taken_from_who_saves(self, world):
		doc = frappe.get_doc("Cell", world.cell)
		doc.update({"completeness": 100, "required_present": 99, "secretary_name": "Người khác"})
		doc.save()
		doc.reload()
		assert (doc.completeness, doc.required_present) == (0, 0)
		assert doc.secretary_name == "Nguyễn Văn Giao"


class TestClosedCells:
	@pytest.fixture(params=["merged", "dissolved"])
	def closed(self, world, request):
		slot = make.slots(world.cell, required=1)[0].name
		close(world.cell, world.other_cell if request.param == "merged" else None)
		return frappe._dict(cell=world.cell, slot=slot, world=world)

	def test_no_term(self, closed):
		with refused(ClosedCellError, "is no longer active", "Choose the cell that succeeded it"):
			make.term(closed.cell, closed.world.receiver, since=today())

	def test_no_document_of_its_own(self, closed):
		with refused(ClosedCellError, "is no longer active"):
			document(closed.cell)

	def test_nothing_filed_in_a_slot(self, closed):
		slot = frappe.get_doc("Folder Item", closed.slot)
		slot.state = "Present"
		with refused(ClosedCellError, "is no longer active"):
			slot.save()

	def test_no_file(self, closed):
		with refused(ClosedCellError, "is no longer active"):
			make.attach(closed.slot)

	def test_no_handover(self, closed):
		with refused(ClosedCellError, "is no longer active"):
			make.draft(closed.world)

	def test_no_delivery_of_one_that_was_open(self, world):
		doc = make.draft(world)
		frappe.set_user("Administrator")
		close(world.cell)
		doc = frappe.get_doc("Handover", doc.name)
		frappe.set_user(world.secretary)
		doc.giver_signature, doc.workflow_state = make.SIGNATURE, "Delivered"
		with refused(ClosedCellError, "is no longer active"):
			doc.save()

	def test_no_new_slots(self, closed):
		before = len(make.slots(closed.cell))
		frappe.get_doc("Cell", closed.cell).update(
			{"full_members": 12, "kept_from": add_days(today(), -400)}
		).save()
		assert len(make.slots(closed.cell)) == before

	def test_where_the_paper_lies_may_still_be_written(self, closed):
		slot = frappe.get_doc("Folder Item", closed.slot)
		slot.update({"paper_place": "Kho lưu trữ phường", "remark": "Đã chuyển"}).save()
		assert frappe.db.get_value("Folder Item", closed.slot, "paper_place") == "Kho lưu trữ phường"


class TestDocuments:
	@pytest.mark.parametrize(
		("values", "message"),
		[
			({"copies": -1}, "cannot be negative. Count them again"),
			({"pages": -1}, "cannot be negative. Count them again"),
		],
	)
	def test_of_a_slot_written_wrongly(self, world, values, message):
		slot = make.slots(world.cell)[0]
		with refused(FolderItemError, message, slot.title):
			slot.update(values).save()

	def test_a_periods_document_dated_before_it(self, world):
		slot = make.slots(world.cell, frequency="Monthly")[0]
		slot.dated = add_days(f"{slot.period}-01", -1)
		with refused(FolderItemError, f"lies before {slot.period_label}. Correct the date, or file it under"):
			slot.save()
		slot.reload()
		slot.update({"dated": f"{slot.period}-01"}).save()

	@pytest.mark.parametrize("period", ["2026-13", "tháng 11", "2026-Q5"])
	def test_a_period_that_is_none(self, world, period):
		with refused(FolderItemError, "no valid period. Write it as 2026, 2026-Q4 or 2026-11"):
			document(world.cell, period=period)

	def test_a_slot_stays_in_its_period(self, world):
		slot = make.slots(world.cell, frequency="Monthly")[0]
		kept = (slot.period, slot.source, slot.required, str(slot.due_on))
		slot.update({"period": "2020-01", "source": "template:A1", "required": 0, "due_on": None}).save()
		slot.reload()
		assert (slot.period, slot.source, slot.required, str(slot.due_on)) == kept

	def test_ones_own_document_is_a_slot_of_its_own_and_never_required(self, world):
		one, other = document(world.cell, required=1, period="2026-Q4"), document(world.cell)
		assert one.source != other.source and one.source.startswith("own:")
		assert (one.required, one.period_label) == (0, "Quý IV/2026")

	def test_a_classified_one_gets_no_file(self, world):
		slot = make.slots(world.cell)[0]
		slot.update({"classified": 1, "paper_place": "Tủ bí thư"}).save()
		with refused(ClassifiedFileError, "its text stays on paper. Remove the file"):
			make.attach(slot.name)
		slot.reload()
		assert slot.file_count == 0 and not slot.files

	def test_one_with_a_file_does_not_become_classified(self, world):
		slot = make.slots(world.cell)[0]
		make.attach(slot.name)
		slot.reload()
		slot.classified = 1
		with refused(ClassifiedFileError, "its text stays on paper. Remove the file"):
			slot.save()

	def test_a_file_over_the_sites_limit(self, world, monkeypatch):
		monkeypatch.setitem(frappe.local.conf, "max_file_size", 1024 * 1024)
		slot = make.slots(world.cell)[0].name
		with refused(frappe.ValidationError, "exceeded the maximum allowed size of 1.0 MB"):
			make.attach(slot, b"x" * (1024 * 1024 + 1))
		assert frappe.db.get_value("Folder Item", slot, ["state", "file_count"]) == ("Expected", 0)


class TestTemplates:
	def template(self):
		name = frappe.db.get_single_value("Partycell Settings", "default_template")
		return frappe.get_doc("Folder Template", name)

	def test_a_code_twice(self):
		doc = self.template()
		doc.append("items", {"code": " C1", "title": "Lần nữa", "frequency": "Once"})
		with refused(TemplateError, "Code C1 stands twice. Give each document its own code"):
			doc.save()

	def test_a_line_in_no_section(self):
		doc = self.template()
		doc.append("items", {"code": "Z1", "title": "Khác", "frequency": "Once"})
		with refused(TemplateError, "Document Z1 lies in no section. Add its section"):
			doc.save()

	@pytest.mark.parametrize(
		("days", "message"), [(-1, "before its period begins"), (20261123, "more than 3650 days")]
	)
	def test_due_when_nothing_can_be(self, days, message):
		doc = self.template()
		doc.items[0].due_days = days
		with refused(TemplateError, message):
			doc.save()

	def test_several_faults_are_named_at_once(self):
		doc = self.template()
		doc.append("items", {"code": "Z1", "title": "<b>Khác</b>", "frequency": "Once"})
		doc.append("items", {"code": "C1", "title": "Lần nữa", "frequency": "Once"})
		with refused(TemplateError, "Z1 lies in no section", "C1 stands twice"):
			doc.save()

	def test_only_one_is_the_default(self):
		first = self.template()
		doc = frappe.copy_doc(first)
		doc.update({"template_name": "Mẫu thứ hai", "is_default": 1}).insert()
		assert frappe.get_all("Folder Template", filters={"is_default": 1}, pluck="name") == [doc.name]
		assert frappe.db.get_single_value("Partycell Settings", "default_template") == doc.name


def test_a_message_does_not_carry_markup_of_a_title(standing_world):
	with refused(FolderItemError, "cannot be negative") as caught:
		document(standing_world.cell, title="<img src=x onerror=alert(1)>", copies=-1)
	assert "<img" not in str(caught.value)
