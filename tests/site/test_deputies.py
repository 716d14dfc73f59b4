"""A deputy takes note of directives beside the secretary, as long as the term lasts, and does nothing else."""

import frappe
import pytest
from frappe.utils import add_days, today

from partycell.access import scope
from partycell.api import deputies, directives, handbook
from partycell.directives import acknowledgement
from partycell.errors import AcknowledgementError, ByOfficeError, TermError
from partycell.my_cell import contents
from tests.site import factories as make
from tests.site.support import acts
from tests.site.support.acts import by
from tests.site.support.clock import set_today
from tests.site.support.refusals import refused


@pytest.fixture
def world(standing_world):
	frappe.set_user(standing_world.officer)
	return standing_world


@pytest.fixture
def deputy(world):
	"""Named by the secretary."""
	user = make.user("Phó Bí Thư")
	by(world.secretary, deputies.name_deputy, world.cell, user, "Deputy Secretary")
	frappe.set_user(world.officer)
	return user


class TestActs:
	def test_takes_note_for_the_cells_term(self, world, deputy):
		name = make.directive(world.commune)
		assert by(deputy, directives.acknowledge, [name], "Đã đọc") == {"recorded": 1, "left": 0}
		row = frappe.get_doc("Directive Acknowledgement", {"directive": name})
		assert (row.cell, row.term, row.acknowledged_by) == (world.cell, world.term, deputy)
		assert not acknowledgement.pending([world.cell])

	def test_the_form_allows_it_too(self, world, deputy):
		name = make.directive(world.commune)
		frappe.set_user(deputy)
		doc = frappe.get_doc("Directive Acknowledgement", make.acknowledgement(name, world.cell))
		assert (doc.acknowledged_by, doc.term) == (deputy, world.term)
		with pytest.raises(frappe.PermissionError):
			make.acknowledgement(name, world.other_cell)

	def test_what_lies_in_the_folder_is_not_the_deputys_to_say(self, world, deputy):
		name = make.directive(world.commune)
		by(deputy, directives.acknowledge, [name], None, True)
		slot = make.slots(world.cell, directive=name)[0]
		assert slot.state == "Expected"
		with pytest.raises(frappe.PermissionError):
			slot.update({"state": "Present"}).save()

	def test_reads_the_folder_and_its_directives_and_no_more(self, world, deputy):
		name = make.directive(world.commune)
		frappe.set_user(deputy)
		assert frappe.get_list("Cell", pluck="name") == [world.cell]
		assert frappe.get_list("Directive", pluck="name") == [name]
		assert {row.cell for row in frappe.get_list("Folder Item", fields=["cell"])} == {world.cell}
		for doctype in ("Secretary Term", "Handover", "Handbook Note", "Corrective Action", "Inspection"):
			assert frappe.get_list(doctype) == [], doctype

	def test_the_list_of_directives_is_printed_but_not_the_handbook(self, world, deputy):
		make.directive(world.commune)
		frappe.set_user(deputy)
		with pytest.raises(frappe.PermissionError):
			handbook.download(world.cell)
		handbook.download(world.cell, only_directives=True)
		assert frappe.local.response.filecontent.startswith(b"%PDF")

	def test_on_the_phone_there_is_only_what_is_to_be_read(self, world, deputy):
		name = make.directive(world.commune)
		page = by(deputy, contents.of, deputy)
		assert (page["cell"].name, page["cell"].deputy) == (world.cell, True)
		assert [one["name"] for one in page["directives"]] == [name]
		assert "items" not in page and "questions" not in page


class TestDays:
	def test_with_the_term_it_ends(self, world, deputy):
		acts.fill(world.cell)
		make.approved(world)
		frappe.set_user(world.officer)
		name = make.directive(world.commune)
		assert scope.of(deputy).deputised == frozenset()
		with refused(AcknowledgementError, "Only the secretary in office or a deputy"):
			by(deputy, directives.acknowledge, [name])
		assert by(deputy, frappe.get_list, "Directive") == []

	def test_until_a_day_and_that_day_belongs_to_it(self, world, monkeypatch):
		user, last = make.user("Chi Ủy Viên"), add_days(today(), 2)
		by(world.secretary, deputies.name_deputy, world.cell, user, "Cell Committee Member", last)
		set_today(monkeypatch, last)
		assert scope.of(user).deputised == {world.cell}
		set_today(monkeypatch, add_days(last, 1))
		assert scope.of(user).deputised == frozenset()

	def test_the_secretary_ends_it_and_names_the_same_person_again(self, world, deputy, monkeypatch):
		set_today(monkeypatch, add_days(today(), 3))
		(row,) = deputies.deputies.of_cell(world.cell)
		assert (row.full_name, row.function) == ("Phó Bí Thư", "Deputy Secretary")
		assert by(world.secretary, deputies.end_deputy, world.cell, row.name) == []
		assert scope.of(deputy).deputised == frozenset()
		with refused(TermError, "no deputy any more"):
			by(world.secretary, deputies.end_deputy, world.cell, "khong-co")
		assert len(by(world.secretary, deputies.name_deputy, world.cell, deputy, "Deputy Secretary")) == 1
		assert frappe.db.count("Secretary Term Deputy", {"user": deputy}) == 2


class TestNaming:
	def test_by_the_secretary_and_officers_above_and_nobody_else(self, world, deputy):
		for who in (deputy, world.other_secretary, world.receiver, world.nobody):
			with refused(ByOfficeError, "names the deputies"):
				by(who, deputies.name_deputy, world.cell, world.nobody, "Deputy Secretary")
		found = by(world.officer, deputies.name_deputy, world.cell, world.nobody, "Deputy Secretary")
		assert len(found) == 2

	def test_not_the_secretary_and_not_twice(self, world, deputy):
		for who, words in ((world.secretary, "needs no deputy"), (deputy, "stands twice")):
			with refused(TermError, words):
				by(world.secretary, deputies.name_deputy, world.cell, who, "Deputy Secretary")

	def test_the_secretary_still_writes_nothing_else_on_the_term(self, world, deputy):
		frappe.set_user(world.secretary)
		doc = frappe.get_doc("Secretary Term", world.term)
		with pytest.raises(frappe.PermissionError):
			doc.update({"decision": "1-QĐ"}).save()


def test_a_receiver_who_sees_the_cell_does_not_print_its_notes(world):
	acts.fill(world.cell)
	make.delivered(world)
	frappe.set_user(world.receiver)
	assert frappe.has_permission("Cell", "read", doc=world.cell)
	with pytest.raises(frappe.PermissionError):
		handbook.download(world.cell)
