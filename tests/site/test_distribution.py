"""A directive comes into every folder it is for, once each, also when the worker dies."""

import frappe
import pytest
from frappe.utils import add_days, getdate, today

from partycell.api import directives
from partycell.directives import distribution
from partycell.errors import DirectiveError
from partycell.folder import completeness
from partycell.framework import derived_rows
from tests.site import factories as make
from tests.site.support.clock import set_today
from tests.site.support.refusals import refused


@pytest.fixture
def world(standing_world):
	frappe.set_user(standing_world.officer)
	return standing_world


@pytest.fixture
def many(world):
	"""Five more cells of the commune, so that there are chunks."""
	frappe.set_user("Administrator")
	made = [make.cell(world.commune, f"Chi bộ {n}") for n in range(5)]
	frappe.set_user(world.officer)
	return [world.cell, world.other_cell, *made]


def holders(name: str) -> list[str]:
	"""The cells in whose folders a directive lies, each as often as it does."""
	return sorted(frappe.get_all("Folder Item", filters={"directive": name}, pluck="cell"))


def state(name: str) -> tuple:
	return frappe.db.get_value("Directive", name, ["status", "cells_reached", "cells_total"])


class TestIssuing:
	def test_each_cell_has_it_once_with_what_the_paper_says(self, world):
		name = make.directive(
			world.commune, "Về chuyển đổi số", number_symbol="5-NQ/ĐU", acknowledge_within=10
		)
		assert holders(name) == sorted([world.cell, world.other_cell])
		(slot,) = make.slots(world.cell, directive=name)
		assert (slot.title, slot.number_symbol, str(slot.dated)) == ("Về chuyển đổi số", "5-NQ/ĐU", today())
		assert (slot.state, slot.required, slot.source) == ("Expected", 1, f"directive:{name}")
		assert (str(slot.due_on), str(slot.reached_on)) == (add_days(today(), 10), today())
		assert (slot.section, slot.section_title) == ("A", "Văn bản cấp trên")
		assert slot.search_text == "ve chuyen doi so 5-nq/du"
		assert state(name) == ("Issued", 2, 2)

	def test_without_acknowledgement_it_is_due_by_the_offices_days(self, world):
		name = make.directive(world.commune, acknowledgement_asked=0)
		assert str(make.slots(world.cell, directive=name)[0].due_on) == add_days(today(), 30)

	def test_what_falls_due_lowers_completeness_until_it_is_filed(self, world, monkeypatch):
		name = make.directive(world.commune, acknowledge_within=0)
		measured = completeness.total(completeness.measure([world.cell])[world.cell])
		assert frappe.db.get_value("Cell", world.cell, "required_due") == measured.due
		frappe.set_user(world.secretary)
		slot = make.slots(world.cell, directive=name)[0]
		slot.update({"state": "Present"}).save()
		after = completeness.total(completeness.measure([world.cell])[world.cell])
		assert (after.due, after.present) == (measured.due, measured.present + 1)

	def test_only_the_type_that_is_meant(self, world):
		frappe.set_user("Administrator")
		school = make.cell(world.commune, "Chi bộ Trường tiểu học", cell_type="School")
		frappe.set_user(world.officer)
		assert holders(make.directive(world.commune, cell_type="School")) == [school]

	def test_the_secretaries_are_told_once_each(self, world):
		name = make.directive(world.commune, "Về sinh hoạt chuyên đề")
		told = frappe.get_all(
			"Notification Log", filters={"document_name": name}, fields=["for_user", "subject", "read"]
		)
		assert sorted(row.for_user for row in told) == sorted([world.secretary, world.other_secretary])
		assert all("Về sinh hoạt chuyên đề" in row.subject and not row.read for row in told)

	def test_a_cells_own_fields_of_it_are_not_the_secretarys(self, world):
		name = make.directive(world.commune, number_symbol="9-NQ/ĐU")
		frappe.set_user(world.secretary)
		slot = make.slots(world.cell, directive=name)[0]
		slot.update(
			{"title": "Khác", "number_symbol": "1", "required": 0, "directive": None, "successor": name}
		)
		slot.update({"state": "Present", "paper_place": "Cặp 1, ngăn A"}).save()
		slot.reload()
		assert (slot.number_symbol, slot.required, slot.directive, slot.successor) == (
			"9-NQ/ĐU",
			1,
			name,
			None,
		)
		assert (slot.title, slot.paper_place, slot.copies) == ("Nghị quyết", "Cặp 1, ngăn A", 1)


class TestBackground:
	def test_many_cells_are_reached_by_a_job_that_is_kept_once(self, world, many, jobs):
		frappe.set_user("Administrator")
		frappe.db.set_single_value("Partycell Settings", "background_from", 3)
		frappe.set_user(world.officer)
		name = make.directive(world.commune)
		assert state(name) == ("Issuing", 0, 7) and not holders(name)
		frappe.db.commit()
		(job,) = jobs
		assert (job.method, job.queue, job.kwargs["directive"]) == (
			"partycell.directives.distribution.distribute",
			"long",
			name,
		)
		assert state(name) == ("Issued", 7, 7) and holders(name) == sorted(many)

	def test_a_worker_that_dies_loses_one_chunk_and_goes_on_where_it_stopped(self, world, many, monkeypatch):
		name = make.directive(world.commune, issue=False)
		monkeypatch.setattr(distribution, "begin", lambda doc: None)
		frappe.get_doc("Directive", name).submit()
		monkeypatch.setattr(distribution, "CHUNK", 2)
		real, chunks = derived_rows.insert_from, []

		def dies_in_the_third_chunk(source, condition, doctype, values, **how):
			real(source, condition, doctype, values, **how)
			if doctype == "Folder Item":
				chunks.append(doctype)
				if len(chunks) == 3:
					raise KeyboardInterrupt

		with monkeypatch.context() as dying:
			dying.setattr(derived_rows, "insert_from", dies_in_the_third_chunk)
			with pytest.raises(KeyboardInterrupt):
				distribution.distribute(name)
		frappe.db.rollback()
		assert state(name) == ("Issuing", 4, 7) and len(holders(name)) == 4
		distribution.go_on()
		frappe.db.commit()
		assert state(name) == ("Issued", 7, 7) and holders(name) == sorted(many)
		assert distribution.distribute(name) == 0

	def test_two_workers_at_the_same_time_reach_each_cell_once(self, world, many):
		doc = frappe.get_doc("Directive", make.directive(world.commune))
		frappe.db.delete("Folder Item", {"directive": doc.name})
		real = frappe.get_all
		assert distribution.put(doc, many) == 7
		frappe.get_all = lambda doctype, *a, **k: [] if doctype == "Folder Item" else real(doctype, *a, **k)
		try:
			distribution.put(doc, many)
		finally:
			frappe.get_all = real
		assert holders(doc.name) == sorted(many)

	def test_what_is_finished_is_not_gone_on_with(self, world):
		with refused(DirectiveError, "has reached every folder already"):
			directives.go_on(make.directive(world.commune))

	def test_the_scheduler_goes_on_and_catches_up(self):
		events = frappe.get_hooks("scheduler_events")
		assert "partycell.directives.distribution.go_on" in events["hourly"]
		assert {
			"partycell.directives.distribution.catch_up_all",
			"partycell.directives.supersession.expire",
		} <= set(events["daily_long"])


class TestLater:
	def test_a_new_cell_gets_what_is_in_force_for_it_and_nothing_else(self, world):
		old = make.directive(world.commune, "Cũ")
		now = make.directive(world.commune, "Mới", supersedes=[old])
		later = make.directive(world.commune, "Sắp tới", in_force_from=add_days(today(), 9))
		schools = make.directive(world.commune, "Trường học", issue=False, cell_type="School")
		frappe.set_user("Administrator")
		cell = make.cell(world.commune, "Chi bộ mới lập")
		got = frappe.get_all(
			"Folder Item", filters={"cell": cell, "directive": ("is", "set")}, pluck="directive"
		)
		assert got == [now] and later and schools

	def test_a_cell_that_moves_gets_what_is_in_force_where_it_comes_to(self, world):
		frappe.set_user("Administrator")
		other = frappe.db.get_value("Party Committee", {"name": ("!=", world.commune)})
		name = make.directive(other, "Của xã khác")
		assert world.cell not in holders(name)
		frappe.get_doc("Cell", world.cell).update({"committee": other}).save()
		assert holders(name).count(world.cell) == 1
		assert make.slots(world.cell, directive=name)[0].reached_on == getdate(today())

	def test_a_change_of_type_brings_what_is_for_that_type(self, world):
		frappe.set_user("Administrator")
		make.cell(world.commune, "Chi bộ Trường", cell_type="School")
		name = make.directive(world.commune, cell_type="School")
		frappe.get_doc("Cell", world.cell).update({"cell_type": "School"}).save()
		assert world.cell in holders(name)

	def test_a_committee_that_moves_is_caught_up_with_daily(self, world):
		frappe.set_user("Administrator")
		above = make.committee("Đảng bộ tỉnh", "Province")
		make.cell(make.committee("Đảng ủy phường khác", parent=above), "Chi bộ bên ấy")
		name = make.directive(above)
		assert world.cell not in holders(name)
		frappe.get_doc("Party Committee", world.commune).update({"parent_party_committee": above}).save()
		distribution.catch_up_all()
		distribution.catch_up_all()
		assert holders(name).count(world.cell) == holders(name).count(world.other_cell) == 1
		assert state(name) == ("Issued", 3, 3)

	def test_what_has_expired_is_given_to_nobody(self, world, monkeypatch):
		name = make.directive(world.commune, in_force_until=add_days(today(), 3))
		set_today(monkeypatch, add_days(today(), 4))
		frappe.set_user("Administrator")
		cell = make.cell(world.commune, "Chi bộ mới lập")
		assert cell not in holders(name)
