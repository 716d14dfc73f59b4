"""What an office changes in its folder template reaches every folder, and what was filed stays."""

import inspect

import frappe
import pytest
from frappe.utils import getdate, today

from partycell.setup import install
from tests.site import factories as make
from tests.site.test_provisioning import count, keys, line


@pytest.fixture
def world(standing_world):
	return standing_world


@pytest.fixture
def template(world):
	return frappe.get_doc(
		"Folder Template", frappe.db.get_single_value("Partycell Settings", "default_template")
	)


def test_a_new_title_reaches_every_slot_and_can_be_searched(world, template):
	assert frappe.get_cached_doc("Folder Template", template.name), "also where the old one is cached"
	line(template, "C1").title = "Sổ nghị quyết chi bộ"
	template.save()
	for cell in (world.cell, world.other_cell):
		(slot,) = make.slots(cell, code="C1")
		assert slot.title == "Sổ nghị quyết chi bộ"
		assert slot.search_text == f"so nghi quyet chi bo thang {slot.period[5:]}/{slot.period[:4]}"


def test_a_new_line_gets_its_slots_and_the_order_of_the_template(world, template):
	template.append("items", {"code": "A7", "title": "Bản đồ phường", "frequency": "Yearly", "required": 1})
	template.items.sort(key=lambda row: row.code)
	for number, row in enumerate(template.items, 1):
		row.idx = number
	template.save()
	assert keys(world.cell, code="A7") == [("A7", today()[:4])]
	order = frappe.get_all(
		"Folder Item",
		filters={"cell": world.cell, "section": "A"},
		order_by="sort_order, period",
		pluck="code",
	)
	assert order == sorted(order)


def test_a_line_that_is_no_longer_required_leaves_the_count(world, template):
	due, _present = count(world.cell)
	line(template, "A1").required = 0
	template.save()
	assert count(world.cell)[0] == due - 1


def test_a_removed_line_leaves_empty_slots_uncounted_and_what_was_filed_alone(world, template):
	filed = make.slots(world.other_cell, code="A1")[0]
	filed.update({"state": "Present"}).save()
	due, present = count(world.cell)
	other = count(world.other_cell)
	template.set("items", [row for row in template.items if row.code != "A1"])
	template.save()
	assert frappe.db.get_value("Folder Item", {"cell": world.cell, "code": "A1"}, ["state", "required"]) == (
		"Not Applicable",
		0,
	)
	assert count(world.cell) == (due - 1, present)
	filed.reload()
	assert (filed.state, filed.required, count(world.other_cell)) == ("Present", 1, other)


def test_what_was_found_missing_stays_so_but_is_no_longer_asked_for(world, template):
	slot = make.slots(world.cell, code="A1")[0]
	slot.update({"state": "Missing"}).save()
	due, _present = count(world.cell)
	template.set("items", [row for row in template.items if row.code != "A1"])
	template.save()
	slot.reload()
	assert (slot.state, slot.required, count(world.cell)[0]) == ("Missing", 0, due - 1)


def test_a_line_that_comes_back_is_expected_again(world, template):
	before = count(world.cell)
	removed = line(template, "A1").as_dict()
	template.set("items", [row for row in template.items if row.code != "A1"])
	template.save()
	template.append("items", {field: removed[field] for field in ("code", "title", "frequency", "required")})
	template.save()
	assert frappe.db.get_value("Folder Item", {"cell": world.cell, "code": "A1"}, ["state", "required"]) == (
		"Expected",
		1,
	)
	assert count(world.cell) == before and len(keys(world.cell, code="A1")) == 1


def test_what_somebody_set_aside_stays_aside(world, template):
	slot = make.slots(world.cell, code="A1")[0]
	slot.update({"state": "Not Applicable"}).save()
	line(template, "A1").title = "Điều lệ Đảng"
	template.save()
	slot.reload()
	assert (slot.state, slot.title) == ("Not Applicable", "Điều lệ Đảng")


def test_a_line_per_term_that_is_removed_leaves_and_one_of_an_earlier_term_stays(world, template):
	make.fill_folder(world.cell, all_but=0)
	slot = make.slots(world.cell, code="B4")[0]
	slot.update({"state": "Expected", "copies": 0}).save()
	frappe.db.set_value(
		"Secretary Term", world.term, {"status": "Closed", "to_date": today(), "open_key": None}
	)
	make.term(world.cell, world.receiver, since=today())
	slot.reload()
	assert (slot.state, slot.required) == ("Expected", 1), (
		"what the predecessor did not file is still wanting"
	)
	assert len(keys(world.cell, code="B4")) == 2
	template.set("items", [row for row in template.items if row.code != "B4"])
	template.save()
	slot.reload()
	assert (slot.state, slot.required) == ("Not Applicable", 0)


def test_a_cell_that_follows_another_template(world, template):
	other = frappe.copy_doc(template)
	other.update({"template_name": "Mẫu khác", "is_default": 0})
	other.set("items", [row for row in other.items if row.code in ("A1", "C1")])
	other.insert()
	frappe.get_doc("Cell", world.cell).update({"folder_template": other.name}).save()
	assert {code for code, _period in keys(world.cell, state="Expected")} == {"A1", "C1"}
	assert count(world.cell)[0] == len(
		[
			slot
			for slot in make.slots(world.cell, required=1)
			if slot.due_on and slot.due_on <= getdate(today())
		]
	)


def test_many_cells_are_brought_in_line_in_the_background(world, template, jobs, monkeypatch):
	frappe.db.set_single_value("Partycell Settings", "background_from", 2)
	frappe.clear_document_cache("Partycell Settings", "Partycell Settings")
	seen = []
	real = inspect.signature(frappe.realtime.publish_progress)

	def publish(*args, **how):
		seen.append((real.bind(*args, **how).arguments["percent"], frappe.session.user))

	monkeypatch.setattr(frappe, "publish_progress", publish)
	line(template, "C1").title = "Sổ biên bản"
	template.save()
	assert make.slots(world.cell, code="C1")[0].title != "Sổ biên bản", "not before the template is kept"
	frappe.db.commit()
	assert [(job.method, job.queue) for job in jobs if "provision" in str(job.method)] == [
		("partycell.folder.provisioning.provision_many", "long")
	]
	assert make.slots(world.cell, code="C1")[0].title == "Sổ biên bản"
	assert seen == [(100, "Administrator")]


def test_what_an_office_made_of_the_default_template_survives_a_migration(world, template):
	line(template, "A1").update({"title": "Điều lệ Đảng (bản in của phường)", "due_days": 7})
	template.set("items", [row for row in template.items if row.code != "D5"])
	template.update({"template_name": "Danh mục của phường"}).save()
	install.after_migrate()
	install.make_default_template()
	template.reload()
	assert (template.template_name, line(template, "A1").due_days) == ("Danh mục của phường", 7)
	assert "D5" not in [row.code for row in template.items]
	assert frappe.db.count("Folder Template") == 1
