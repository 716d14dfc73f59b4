"""A cell takes note of a directive once in each term of its office; a successor reads afresh."""

import frappe
import pytest
from frappe.utils import add_days, getdate, today

from partycell.api import directives
from partycell.directives import acknowledgement, coverage
from partycell.errors import AcknowledgementError
from tests.site import factories as make
from tests.site.support import acts
from tests.site.support.acts import by
from tests.site.support.clock import set_today
from tests.site.support.refusals import refused


@pytest.fixture
def world(standing_world):
	frappe.set_user(standing_world.officer)
	return standing_world


def pending(cell: str) -> list[str]:
	return [row.directive for row in acknowledgement.pending([cell])]


def counted(world, name: str) -> coverage.Coverage:
	return coverage.of([name], world.officer)[name]


class TestSecretary:
	def test_many_with_one_click_and_a_remark(self, world):
		names = [make.directive(world.commune, f"Văn bản {n}") for n in range(3)]
		assert pending(world.cell) == names
		done = by(world.secretary, directives.acknowledge, names[:2], "Đã quán triệt trong chi bộ")
		assert done == {"recorded": 2, "left": 0} and pending(world.cell) == names[2:]
		row = frappe.get_doc("Directive Acknowledgement", {"directive": names[0], "cell": world.cell})
		assert (row.term, row.acknowledged_by, row.late) == (world.term, world.secretary, 0)
		assert (row.remark, row.due_on) == ("Đã quán triệt trong chi bộ", getdate(add_days(today(), 15)))
		assert pending(world.other_cell) == names

	def test_again_nothing_is_recorded_twice(self, world):
		name = make.directive(world.commune)
		by(world.secretary, directives.acknowledge, [name])
		assert directives.acknowledge([name]) == {"recorded": 0, "left": 1}
		with refused(AcknowledgementError, "acknowledged already"):
			make.acknowledgement(name, world.cell)
		assert frappe.db.count("Directive Acknowledgement", {"directive": name}) == 1

	def test_two_at_the_same_instant_leave_one(self, world, monkeypatch):
		name = make.directive(world.commune)
		rows = acknowledgement._open_rows([world.cell], [name])
		frappe.set_user(world.secretary)
		directives.acknowledge([name])
		monkeypatch.setattr(acknowledgement, "_open_rows", lambda *args, **how: rows)
		directives.acknowledge([name])
		with refused(AcknowledgementError, "acknowledged already"):
			make.acknowledgement(name, world.cell)
		assert frappe.db.count("Directive Acknowledgement", {"directive": name}) == 1

	def test_with_the_paper_in_the_folder_its_slot_is_present(self, world):
		name = make.directive(world.commune)
		by(world.secretary, directives.acknowledge, [name], filed="true")
		slot = make.slots(world.cell, directive=name)[0]
		assert (slot.state, slot.copies) == ("Present", 1)
		assert make.slots(world.other_cell, directive=name)[0].state == "Expected"

	def test_after_the_due_day_it_is_late(self, world, monkeypatch):
		name = make.directive(world.commune, acknowledge_within=5)
		set_today(monkeypatch, add_days(today(), 6))
		by(world.secretary, directives.acknowledge, [name])
		assert counted(world, name) == coverage.Coverage(2, 0, 1, 1, 1)

	def test_what_is_superseded_or_asks_for_none_has_nothing_open(self, world):
		old, quiet = make.directive(world.commune), make.directive(world.commune, acknowledgement_asked=0)
		new = make.directive(world.commune, supersedes=[old])
		assert pending(world.cell) == [new]
		assert by(world.secretary, directives.acknowledge, [old, quiet]) == {"recorded": 0, "left": 2}
		with refused(AcknowledgementError, "There is nothing to acknowledge"):
			make.acknowledgement(quiet, world.cell)

	@pytest.mark.parametrize("who", ["officer", "inspector", "nobody", "manager"])
	def test_nobody_does_it_in_the_secretarys_name(self, world, who):
		name = make.directive(world.commune)
		with refused(AcknowledgementError, "Only the secretary in office or a deputy acknowledges"):
			by(getattr(world, who), directives.acknowledge, [name])

	def test_a_secretary_does_it_for_no_other_cell(self, world):
		name = make.directive(world.commune)
		frappe.set_user(world.other_secretary)
		with pytest.raises(frappe.PermissionError):
			make.acknowledgement(name, world.cell)
		directives.acknowledge([name])
		assert pending(world.cell) == [name] and pending(world.other_cell) == []

	def test_what_was_recorded_stays_as_it_was(self, world):
		name = make.directive(world.commune)
		frappe.set_user(world.secretary)
		one = make.acknowledgement(name, world.cell, late=1, acknowledged_on="2020-01-01")
		doc = frappe.get_doc("Directive Acknowledgement", one)
		assert (str(doc.acknowledged_on), doc.late, doc.term) == (today(), 0, world.term)
		frappe.set_user(world.officer)
		doc = frappe.get_doc("Directive Acknowledgement", one)
		doc.update({"late": 1, "acknowledged_by": world.officer, "remark": "Xem giấy"}).save()
		assert (doc.late, doc.acknowledged_by, doc.remark) == (0, world.secretary, "Xem giấy")


class TestOnBehalf:
	def test_from_the_papers_of_many_cells(self, world):
		name = make.directive(world.commune)
		cells, day = [world.cell, world.other_cell], add_days(today(), -1)
		assert directives.acknowledge_on_behalf(name, cells, day, "Nộp giấy") == {"recorded": 2}
		row = frappe.get_doc("Directive Acknowledgement", {"directive": name, "cell": world.cell})
		assert (row.on_behalf, str(row.paper_date), str(row.acknowledged_on)) == (1, day, day)
		assert (row.acknowledged_by, row.remark) == (world.officer, "Nộp giấy")

	def test_with_a_scan_that_only_those_of_the_cell_read(self, world):
		name = make.directive(world.commune)
		one = make.acknowledgement(name, world.cell, on_behalf=1, paper_date=today())
		scan = make.attach(one, make.png(), "giay.png", attached_to_doctype="Directive Acknowledgement")
		assert scan.is_private
		readers = {
			who: by(getattr(world, who), frappe.get_doc("File", scan.name).has_permission, "read")
			for who in ("secretary", "officer", "other_secretary", "far_officer", "nobody")
		}
		assert [who for who, reads in readers.items() if reads] == ["secretary", "officer"]

	def test_the_papers_date_lies_not_in_the_future(self, world):
		name = make.directive(world.commune)
		for day in (add_days(today(), 1), None, ""):
			with refused(AcknowledgementError, "the date on the paper"):
				directives.acknowledge_on_behalf(name, [world.cell], day)

	@pytest.mark.parametrize("who", ["secretary", "other_secretary", "inspector", "far_officer", "nobody"])
	def test_only_by_officers_above(self, world, who):
		name = make.directive(world.commune)
		with pytest.raises((frappe.PermissionError, AcknowledgementError)):
			by(getattr(world, who), directives.acknowledge_on_behalf, name, [world.cell], today())
		with pytest.raises((frappe.PermissionError, AcknowledgementError)):
			make.acknowledgement(name, world.cell, on_behalf=1, paper_date=today())
		assert not frappe.db.count("Directive Acknowledgement", {"directive": name})


class TestTerms:
	def test_a_successor_reads_afresh_and_nothing_is_rewritten(self, world):
		name = make.directive(world.commune)
		by(world.secretary, directives.acknowledge, [name])
		before = frappe.get_doc("Directive Acknowledgement", {"directive": name}).as_dict()
		frappe.set_user(world.officer)
		assert (counted(world, name).in_time, pending(world.cell)) == (1, [])
		acts.pass_on(world, world.cell, world.secretary, world.receiver)
		assert pending(world.cell) == [name] and counted(world, name).in_time == 0
		assert frappe.get_doc("Directive Acknowledgement", before.name).as_dict() == before
		by(world.receiver, directives.acknowledge, [name])
		terms = frappe.get_all("Directive Acknowledgement", filters={"directive": name}, pluck="term")
		assert len(set(terms)) == 2 and counted(world, name).in_time == 1

	def test_a_successor_has_the_days_again(self, world, monkeypatch):
		name = make.directive(world.commune, acknowledge_within=10)
		assert acknowledgement.pending([world.cell])[0].due_on == getdate(add_days(today(), 10))
		set_today(monkeypatch, add_days(today(), 30))
		assert counted(world, name).overdue == 2
		day = add_days(today(), 30)
		monkeypatch.setattr(frappe.utils, "today", lambda: day)
		frappe.db.set_value("Secretary Term", world.term, "from_date", add_days(day, -2))
		row = acknowledgement.pending([world.cell])[0]
		assert row.due_on == getdate(add_days(day, 8)) and counted(world, name).overdue == 1

	def test_what_is_not_acknowledged_goes_over_on_the_handover(self, world):
		name = make.directive(world.commune, "Về sinh hoạt chi bộ", number_symbol="7-NQ/ĐU")
		done = make.directive(world.commune)
		by(world.secretary, directives.acknowledge, [done])
		doc = make.draft(world)
		rows = [row for row in doc.open_matters if row.reference_doctype == "Directive"]
		assert [(row.kind, row.title, row.reference_name) for row in rows] == [
			("Directive", "7-NQ/ĐU: Về sinh hoạt chi bộ", name)
		]
		assert rows[0].responsible == "Nguyễn Văn Giao"


class TestCoverage:
	def test_it_counts_the_cells_that_one_sees(self, world):
		name = make.directive(world.commune)
		by(world.secretary, directives.acknowledge, [name])
		assert counted(world, name) == coverage.Coverage(2, 1, 0, 1, 0) and counted(world, name).percent == 50
		frappe.set_user(world.other_secretary)
		assert coverage.of([name])[name] == coverage.Coverage(1, 0, 0, 1, 0)
		assert directives.progress([name])[name]["open"] == 1
		frappe.set_user(world.far_officer)
		assert coverage.of([name])[name] == coverage.Coverage() and directives.progress([name]) == {}
		assert coverage.of([name], world.manager)[name].reached == 2

	def test_closed_cells_are_left_out(self, world):
		name = make.directive(world.commune)
		frappe.set_user("Administrator")
		frappe.db.set_value("Cell", world.other_cell, "status", "Dissolved")
		for who in (world.officer, world.manager):
			assert coverage.of([name], who)[name].reached == 1

	def test_cell_by_cell(self, world, monkeypatch):
		name = make.directive(world.commune, acknowledge_within=5)
		by(world.secretary, directives.acknowledge, [name])
		set_today(monkeypatch, add_days(today(), 6))
		found = {row.cell: row.standing for row in coverage.cells(name, world.officer)}
		assert found == {world.cell: "In Time", world.other_cell: "Overdue"}
		assert [row.cell for row in coverage.cells(name, world.secretary)] == [world.cell]

	def test_of_nothing_it_is_nothing(self):
		assert coverage.of([]) == {} and acknowledgement.pending([]) == []
