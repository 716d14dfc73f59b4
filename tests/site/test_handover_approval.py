"""The approval: what it refuses, what it seals, and what it passes on."""

import frappe
import pytest
from frappe.utils import add_days, add_months, get_first_day, getdate, today

from partycell.access import scope
from partycell.api import handovers
from partycell.errors import (
	AlreadyDoneError,
	InventoryChangedError,
	NotYourTurnError,
)
from partycell.handover import sealing
from partycell.rules import record
from tests.site import factories as make
from tests.site.support import acts
from tests.site.support.acts import by
from tests.site.support.clock import set_today
from tests.site.support.refusals import refused


@pytest.fixture
def world(standing_world):
	acts.fill(standing_world.cell)
	frappe.set_user(standing_world.secretary)
	return standing_world


@pytest.fixture
def received(world):
	return acts.receive(world, make.delivered(world))


class TestTheFolderHasChanged:
	def test_each_difference_is_named(self, world, received):
		present = [row for row in acts.handover(received).items if row.delivered_state == "Present"]
		frappe.set_user(world.secretary)
		lost, counted, gone = (frappe.get_doc("Folder Item", row.folder_item) for row in present[:3])
		lost.update({"state": "Missing"}).save()
		counted.update({"copies": 5}).save()
		new = make.slots(world.cell, code="D4")[0]
		new.update({"state": "Present"}).save()
		frappe.db.delete("Folder Item", {"name": gone.name})
		with refused(
			InventoryChangedError,
			f"{lost.title} was Present and is now Missing",
			f"{counted.title} has other files, copies, pages or numbers now",
			f"{gone.title} is no longer in the folder",
			f"{new.title} was filed after the inventory",
		):
			by(world.officer, handovers.approve, received)
		doc = acts.handover(received)
		assert (doc.workflow_state, doc.docstatus, doc.digest) == ("Received", 0, None)
		assert frappe.db.get_value("Secretary Term", world.term, "status") == "Open"

	def test_a_file_that_came_or_went_is_a_difference(self, world):
		slot = frappe.get_doc(
			"Folder Item", acts.rows(make.draft(world).name, delivered_state="Present")[0].folder_item
		)
		handovers.withdraw(frappe.db.get_value("Handover", {"open_key": world.cell}), "Thử")
		file = make.attach(slot.name, b"mot", "mot.txt")
		name = acts.receive(world, make.delivered(world))
		frappe.set_user(world.secretary)
		frappe.delete_doc("File", file.name)
		make.attach(slot.name, b"khac", "mot.txt")
		with refused(InventoryChangedError, f"{slot.title} has other files"):
			by(world.officer, handovers.approve, name)

	def test_a_document_that_does_not_apply_keeps_nobody_from_approving(self, world):
		make.slots(world.cell, code="C2")[0].update({"state": "Not Applicable"}).save()
		name = acts.receive(world, make.delivered(world))
		assert "C2" not in [row.code for row in acts.handover(name).items]
		assert by(world.officer, handovers.approve, name)["state"] == "Approved"

	def test_a_month_that_began_is_none(self, world, received, monkeypatch):
		from partycell.folder import provisioning

		set_today(monkeypatch, get_first_day(add_months(today(), 1)))
		frappe.set_user("Administrator")
		assert provisioning.provision([world.cell]) > 0
		assert by(world.officer, handovers.approve, received)["state"] == "Approved"

	def test_more_than_can_be_read_are_counted(self, world, received):
		frappe.db.set_value("Folder Item", {"cell": world.cell}, "pages", 77)
		with refused(InventoryChangedError, f"{acts.handover(received).count_total - 20} more") as caught:
			by(world.officer, handovers.approve, received)
		assert str(caught.value).count("<br>") == 20

	def test_sent_back_and_signed_anew_it_can_be_approved(self, world, received):
		row = next(row for row in acts.handover(received).items if row.delivered_state == "Present")
		frappe.set_user(world.secretary)
		frappe.get_doc("Folder Item", row.folder_item).update({"copies": 5}).save()
		by(world.officer, handovers.contest, received, "Số bản đã thay đổi", [row.name])
		by(world.secretary, handovers.deliver, received, make.SIGNATURE)
		acts.receive(world, received)
		assert by(world.officer, handovers.approve, received)["state"] == "Approved"


class TestWho:
	@pytest.mark.parametrize("who", ["secretary", "receiver", "inspector", "far_officer", "nobody"])
	def test_not_by(self, world, received, who):
		with refused((NotYourTurnError, frappe.PermissionError)):
			by(getattr(world, who), handovers.approve, received)

	def test_not_by_an_officer_who_receives(self, world):
		name = make.delivered(world, receiver=world.officer)
		by(world.officer, handovers.mark_rest_present, name)
		handovers.receive(name, make.SIGNATURE)
		with refused((NotYourTurnError, frappe.PermissionError)):
			handovers.approve(name)

	def test_not_before_it_is_received(self, world):
		name = make.delivered(world)
		with refused(NotYourTurnError):
			by(world.officer, handovers.approve, name)

	def test_the_second_is_told_that_somebody_was_faster(self, world, received):
		by(world.officer, handovers.approve, received)
		with refused(AlreadyDoneError, "Trần Thị Ủy has just done this", "Load the page again"):
			by(world.manager, handovers.approve, received)

	def test_the_officer_signs_with_name_and_position(self, world, received):
		by(world.officer, handovers.approve, received, make.SIGNATURE)
		doc = acts.handover(received)
		assert (doc.approved_by_name, doc.approved_by_position) == ("Trần Thị Ủy", "Ủy viên")
		assert doc.witness_signature == make.SIGNATURE


class TestTheRecord:
	def test_the_digest_can_be_recomputed_and_changes_with_every_fact(self, world, received):
		by(world.officer, handovers.approve, received)
		doc = acts.handover(received)
		assert doc.digest == record.digest(sealing.of(doc)) and len(doc.digest) == 64
		for field, value in (
			("venue", "Nơi khác"),
			("dues", "1"),
			("giver_signature", "data:"),
			("basis", "x"),
		):
			changed = acts.handover(received)
			changed.set(field, value)
			assert sealing.digest(changed) != doc.digest, field
		changed = acts.handover(received)
		changed.items[3].received_remark = "Thêm sau"
		assert sealing.digest(changed) != doc.digest

	def test_an_annulment_leaves_the_digest_true(self, world, received):
		by(world.officer, handovers.approve, received)
		sealed = acts.handover(received).digest
		by(world.manager, handovers.annul, received, "Nhầm người nhận")
		doc = acts.handover(received)
		assert doc.digest == sealed == sealing.digest(doc)

	def test_minutes_are_numbered_from_01_in_each_congress_term(self, world, monkeypatch):
		names = [acts.pass_on(world, world.cell, world.secretary, world.receiver)]
		names.append(acts.pass_on(world, world.cell, world.receiver, world.secretary))
		first = getdate(today()).year
		next_term = first + 5 - (first - 2025) % 5
		set_today(monkeypatch, f"{next_term}-03-01")
		names.append(acts.pass_on(world, world.cell, world.secretary, world.receiver))
		numbered = [
			frappe.db.get_value("Handover", name, ["minutes_number", "congress_term"]) for name in names
		]
		assert [number for number, _term in numbered] == [1, 2, 1]
		assert numbered[0][1] == numbered[1][1] != numbered[2][1] == f"{next_term}–{next_term + 5}"

	def test_another_cell_has_numbers_of_its_own(self, world):
		acts.pass_on(world, world.cell, world.secretary, world.receiver)
		other = acts.pass_on(world, world.other_cell, world.other_secretary, world.receiver)
		assert frappe.db.get_value("Handover", other, "minutes_number") == 1


class TestWhatPassesOn:
	def test_the_successor_has_the_cell_and_the_predecessor_reads_for_the_days_set(
		self, world, received, monkeypatch
	):
		item = acts.rows(received)[0].folder_item
		by(world.officer, handovers.approve, received)
		assert scope.of(world.receiver).held == {world.cell}
		assert scope.of(world.secretary).held == frozenset()
		slot = frappe.get_doc("Folder Item", item)
		assert slot.has_permission("write", user=world.receiver)
		assert slot.has_permission("read", user=world.secretary)
		assert not slot.has_permission("write", user=world.secretary)
		for day, reads in ((30, True), (31, False)):
			set_today(
				monkeypatch, add_days(frappe.db.get_value("Secretary Term", world.term, "to_date"), day)
			)
			assert slot.has_permission("read", user=world.secretary) is reads
			frappe.set_user(world.secretary)
			seen = frappe.get_list("Folder Item", filters={"cell": world.cell}, pluck="name")
			assert bool(seen) is reads

	def test_no_days_at_all_where_the_office_says_so(self, world, received, monkeypatch):
		frappe.db.set_single_value("Partycell Settings", "predecessor_read_days", 0)
		frappe.clear_document_cache("Partycell Settings", "Partycell Settings")
		by(world.officer, handovers.approve, received)
		assert scope.of(world.secretary).left == {world.cell}, "the day itself"
		set_today(monkeypatch, add_days(frappe.utils.today(), 1))
		assert scope.of(world.secretary).left == frozenset()

	def test_the_documents_of_the_new_term_are_expected(self, world, received):
		by(world.officer, handovers.approve, received)
		term = frappe.db.get_value("Handover", received, "receiver_term")
		assert frappe.get_all(
			"Folder Item", filters={"cell": world.cell, "period": f"term:{term}"}, pluck="code"
		)

	def test_completeness_is_that_of_what_was_found(self, world):
		name = make.delivered(world)
		rows = acts.rows(name, delivered_state="Present")[:3]
		acts.receive(world, name, {row.name: {"state": "Outdated"} for row in rows})
		before = frappe.db.get_value("Cell", world.cell, "required_present")
		by(world.officer, handovers.approve, name)
		assert frappe.db.get_value("Cell", world.cell, "required_present") == before - len(
			[
				row
				for row in rows
				if frappe.db.get_value("Folder Item", row.folder_item, "due_on") <= getdate(today())
			]
		)


def test_a_folder_of_300_documents_is_handed_over(world):
	frappe.set_user("Administrator")
	frappe.get_doc("Cell", world.cell).update({"kept_from": add_months(today(), -32)}).save()
	acts.fill(world.cell, all_but=40)
	name = make.delivered(world)
	assert acts.handover(name).count_total >= 300
	acts.receive(world, name)
	by(world.officer, handovers.approve, name)
	doc = acts.handover(name)
	assert doc.digest == sealing.digest(doc)
	assert frappe.db.count("Corrective Action", {"handover": name}) == doc.count_missing > 30
