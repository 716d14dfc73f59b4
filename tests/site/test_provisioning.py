"""Every cell has the slots its template asks for by today, once each."""

import frappe
import pytest
from frappe.utils import add_months, get_first_day, getdate, today

from partycell.folder import provisioning
from partycell.framework import bulk
from tests.site import factories as make
from tests.site.support.clock import set_today


@pytest.fixture
def world(standing_world):
	return standing_world


@pytest.fixture
def template(world):
	return frappe.get_doc(
		"Folder Template", frappe.db.get_single_value("Partycell Settings", "default_template")
	)


def keys(cell: str, **filters) -> list[tuple[str, str]]:
	"""(code, period) of the slots of a cell."""
	rows = frappe.get_all("Folder Item", filters={"cell": cell, **filters}, fields=["code", "period"])
	return sorted((row.code, row.period) for row in rows)


def line(template, code: str):
	"""A template's line."""
	return next(row for row in template.items if row.code == code)


def count(cell: str) -> tuple[int, int]:
	"""Required and due, and of these present, as they stand on the cell."""
	return frappe.db.get_value("Cell", cell, ["required_due", "required_present"])


class TestNewCells:
	def test_a_new_cell_has_its_slots(self, world):
		codes = {code for code, _period in keys(world.cell)}
		assert {"A1", "C1", "C2", "B2", "E3"} <= codes
		assert frappe.db.get_value("Cell", world.cell, "required_due") > 0

	def test_a_slot_has_what_the_template_says_of_it(self, world, template):
		slot = make.slots(world.cell, code="A5")[0]
		said = line(template, "A5")
		assert (slot.title, slot.provider, slot.retention, slot.retention_years) == (
			said.title,
			said.provider,
			said.retention,
			said.retention_years,
		)
		assert (slot.section, slot.section_title) == ("A", "Văn bản cấp trên")
		assert slot.search_text.startswith("dinh huong sinh hoat cua dang uy thang")
		assert slot.state == "Expected" and slot.required == 1 and not slot.copies

	def test_per_term_documents_come_with_a_term(self, world):
		cell = make.cell(world.commune, "Chi bộ chưa có bí thư")
		assert not keys(cell, frequency="Per Term")
		term = make.term(cell, world.receiver)
		assert {period for _code, period in keys(cell, frequency="Per Term")} == {f"term:{term}"}

	def test_a_small_cell_has_no_minutes_of_a_cell_committee_until_it_elects_one(self, world):
		cell = make.cell(world.commune, "Chi bộ nhỏ", members=6, full_members=5)
		assert not keys(cell, code="C2")
		frappe.get_doc("Cell", cell).update({"members": 12, "full_members": 9}).save()
		assert keys(cell, code="C2") == [("C2", today()[:7])]
		frappe.get_doc("Cell", cell).update({"full_members": 8}).save()
		assert frappe.db.get_value("Folder Item", {"cell": cell, "code": "C2"}, ["state", "required"]) == (
			"Not Applicable",
			0,
		)

	def test_documents_kept_from_earlier_on_have_slots_for_each_period_since(self, world):
		first = get_first_day(add_months(today(), -14))
		cell = make.cell(world.commune, "Chi bộ lâu năm", kept_from=first)
		assert len(keys(cell, code="C1")) == 15
		assert keys(cell, code="C1")[0] == ("C1", str(first)[:7])


class TestPeriods:
	def test_a_month_brings_its_slots_once(self, world, monkeypatch):
		before = keys(world.cell)
		month = str(set_today(monkeypatch, get_first_day(add_months(today(), 1))))[:7]
		provisioning.begin_periods()
		new = set(keys(world.cell)) - set(before)
		assert ("C1", month) in new and ("A5", month) in new
		assert all(period >= month or "Q" in period or len(period) == 4 for _code, period in new)
		once = keys(world.cell)
		provisioning.begin_periods()
		assert provisioning.provision([world.cell]) == 0
		assert keys(world.cell) == once and len(once) == len(set(once))

	def test_a_year_passes_quarter_by_quarter(self, world, monkeypatch):
		start = getdate(today()).replace(day=1)
		for months in range(1, 13):
			set_today(monkeypatch, add_months(start, months))
			provisioning.begin_periods()
		assert len(keys(world.cell, code="C1")) == 13
		assert len(keys(world.cell, code="C4")) in (5, 4)
		assert len(keys(world.cell, code="C6")) == 2

	def test_what_falls_due_lowers_completeness_by_itself(self, world, monkeypatch):
		make.fill_folder(world.cell, all_but=0)
		due, present = count(world.cell)
		assert due == present
		set_today(monkeypatch, add_months(getdate(today()).replace(day=1), 2))
		provisioning.begin_periods()
		later, still = count(world.cell)
		assert (
			later > due and still >= present and frappe.db.get_value("Cell", world.cell, "completeness") < 100
		)

	def test_a_closed_cell_is_left_as_it_is(self, world, monkeypatch):
		frappe.db.set_value("Cell", world.cell, "status", "Dissolved")
		before = keys(world.cell)
		set_today(monkeypatch, add_months(getdate(today()).replace(day=1), 2))
		provisioning.begin_periods()
		assert keys(world.cell) == before

	def test_the_scheduler_calls_it_daily(self):
		assert (
			"partycell.folder.provisioning.begin_periods"
			in frappe.get_hooks("scheduler_events")["daily_long"]
		)


class TestOnce:
	def test_a_worker_that_dies_loses_one_chunk_and_goes_on_where_it_stopped(self, world, monkeypatch):
		cells = [world.cell, world.other_cell, *(make.cell(world.commune, f"Chi bộ {n}") for n in range(4))]
		whole = {cell: keys(cell) for cell in cells}
		frappe.db.delete("Folder Item", {"cell": ("in", cells)})
		frappe.db.commit()
		monkeypatch.setattr(provisioning, "CHUNK", 2)
		real, calls = bulk.insert, []

		def dies_in_the_second_chunk(doctype, fields, values, **how):
			rows = list(values)
			if doctype == "Folder Item":
				calls.append(len(rows))
				if len(calls) == 2:
					real(doctype, fields, rows[: len(rows) // 2], **how)
					raise KeyboardInterrupt
			return real(doctype, fields, rows, **how)

		with monkeypatch.context() as dying:
			dying.setattr(bulk, "insert", dies_in_the_second_chunk)
			with pytest.raises(KeyboardInterrupt):
				provisioning.provision_many(cells)
		frappe.db.rollback()
		assert [bool(keys(cell)) for cell in cells] == [True, True, False, False, False, False]
		added = provisioning.provision_many(cells)
		assert added == sum(len(whole[cell]) for cell in cells[2:])
		assert {cell: keys(cell) for cell in cells} == whole
		assert provisioning.provision_many(cells) == 0

	def test_two_that_run_at_the_same_time_add_each_slot_once(self, world, monkeypatch):
		whole = keys(world.cell)
		frappe.db.delete("Folder Item", {"cell": world.cell})
		assert provisioning.provision([world.cell]) == len(whole)
		# The second has read before the first has written.
		monkeypatch.setattr(provisioning, "_there", lambda cells: {cell: {} for cell in cells})
		provisioning.provision([world.cell])
		assert keys(world.cell) == whole

	def test_the_unique_index_refuses_a_double(self, world):
		slot = make.slots(world.cell, code="C1")[0]
		double = frappe.copy_doc(slot)
		double.update({"source": slot.source, "period": slot.period, "name": frappe.generate_hash(length=14)})
		with pytest.raises((frappe.UniqueValidationError, frappe.DuplicateEntryError)):
			double.db_insert()

	def test_nothing_is_asked_of_no_cells(self):
		assert provisioning.provision([]) == 0 and provisioning.provision_many([]) == 0
