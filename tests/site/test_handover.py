"""The handover from draft to approval, through the same functions as the desk."""

import frappe
import pytest
from frappe.utils import add_days, get_datetime, getdate, today

from partycell.api import handovers
from partycell.errors import (
	HandoverError,
	HandoverOpenError,
	NotYourTurnError,
	UnmarkedError,
	UnsignedError,
)
from partycell.handover import inventory
from tests.site import factories as make
from tests.site.support import acts
from tests.site.support.acts import by
from tests.site.support.refusals import refused


@pytest.fixture
def world(standing_world):
	acts.fill(standing_world.cell)
	frappe.set_user(standing_world.secretary)
	return standing_world


def test_a_folder_is_handed_over_whole(world):
	name = make.delivered(world)
	damaged = acts.rows(name, delivered_state="Present")[0]
	acts.receive(world, name, {damaged.name: {"state": "Damaged", "remark": "Rách bìa"}})
	by(world.officer, handovers.approve, name)
	doc = acts.handover(name)
	assert (doc.workflow_state, doc.docstatus, doc.minutes_number) == ("Approved", 1, 1)
	assert doc.count_damaged == 1 and doc.count_unmarked == 0
	old, new = (
		frappe.get_doc("Secretary Term", world.term),
		frappe.get_doc("Secretary Term", doc.receiver_term),
	)
	assert (old.status, getdate(old.to_date), old.closed_by) == ("Closed", getdate(today()), name)
	assert (new.status, new.user, new.opened_by) == ("Open", world.receiver, name)
	assert (getdate(new.from_date), old.open_key, new.open_key) == (getdate(today()), None, world.cell)
	assert frappe.db.get_value("Folder Item", damaged.folder_item, "state") == "Damaged"
	assert "Cell Secretary" in frappe.get_roles(world.receiver)
	assert frappe.db.get_value("Cell", world.cell, "secretary_name") == "Phạm Thị Nhận"


def test_every_discrepancy_becomes_a_corrective_action_with_person_and_date(world):
	name = make.delivered(world)
	one, other = acts.rows(name, delivered_state="Present")[:2]
	acts.receive(
		world,
		name,
		{one.name: {"state": "Outdated"}, other.name: {"state": "Damaged", "remark": "Mất trang 3"}},
	)
	frappe.set_user(world.officer)
	doc = acts.handover(name)
	line = next(row for row in doc.items if row.name == other.name)
	line.update({"remedy": "Sao lại", "responsible": world.other_secretary, "due_on": add_days(today(), 5)})
	doc.save()
	handovers.approve(name)
	doc = acts.handover(name)
	wrong = [row for row in doc.items if row.received_state != "Present"]
	actions = {
		action.folder_item: action
		for action in frappe.get_all("Corrective Action", filters={"handover": name}, fields=["*"])
	}
	assert len(wrong) == len(actions) >= 2 + doc.count_missing
	assert all(row.corrective_action == actions[row.folder_item].name for row in wrong)
	asked = actions[other.folder_item]
	assert (
		asked.responsible,
		getdate(asked.due_on),
		asked.remedy,
		asked.found_remark,
		asked.found_state,
	) == (
		world.other_secretary,
		getdate(add_days(today(), 5)),
		"Sao lại",
		"Mất trang 3",
		"Damaged",
	)
	proposed = actions[one.folder_item]
	assert (proposed.responsible, getdate(proposed.due_on)) == (
		world.secretary,
		getdate(add_days(today(), 30)),
	)
	assert {action.workflow_state for action in actions.values()} == {"Open"}


class TestDraft:
	def test_the_inventory_is_the_folder_in_the_templates_order(self, world):
		slot = make.slots(world.cell, code="A1")[0]
		slot.update(
			{
				"number_symbol": "05-NQ/ĐU",
				"dated": "2026-01-05",
				"pages": 12,
				"paper_place": "Tủ 1",
				"remark": "Bản chính",
			}
		).save()
		make.attach(slot.name, b"dieu le", "dieu-le.txt")
		doc = make.draft(world)
		order = [(row.section, row.code) for row in doc.items]
		assert order == sorted(order) and len(order) == doc.count_total
		row = next(row for row in doc.items if row.folder_item == slot.name)
		assert (
			row.number_symbol,
			str(row.dated),
			row.copies,
			row.pages,
			row.paper_place,
			row.file_count,
		) == (
			"05-NQ/ĐU",
			"2026-01-05",
			1,
			12,
			"Tủ 1",
			1,
		)
		(file,) = inventory.files_of(row)
		assert file["file_name"] == "dieu-le.txt" and len(file["sha256"]) == 64
		assert (row.remark, row.delivered_state, row.received_state) == ("Bản chính", "Present", None)

	def test_what_is_wanting_is_on_it_and_what_is_not_due_is_not(self, world):
		doc = make.draft(world)
		listed = {row.folder_item: row for row in doc.items}
		for slot in make.slots(world.cell):
			due = slot.required and slot.due_on and getdate(slot.due_on) <= getdate(today())
			assert (slot.name in listed) == (slot.state != "Expected" or bool(due)), slot.title
			if slot.name in listed and slot.state == "Expected":
				assert listed[slot.name].received_state == "Missing", "as the giver himself declares"

	def test_a_second_one_is_refused_naming_the_first(self, world):
		first = make.draft(world)
		with refused(HandoverOpenError, f"already has handover {first.name} under way", "Finish or withdraw"):
			make.draft(world)

	def test_only_by_the_office_or_on_its_behalf(self, world):
		for user in (world.receiver, world.other_secretary, world.officer, world.nobody):
			frappe.set_user(user)
			doc = frappe.new_doc("Handover").update(
				{"cell": world.cell, "reason": "Congress", "receiver": world.receiver}
			)
			with refused((NotYourTurnError, frappe.PermissionError)):
				doc.insert()
		frappe.set_user(world.officer)
		with refused(NotYourTurnError, "ticks that the upper level acts for the giver, and says why"):
			frappe.new_doc("Handover").update(
				{"cell": world.cell, "reason": "Congress", "receiver": world.receiver}
			).insert()

	def test_not_to_oneself(self, world):
		with refused(HandoverError, "Giver and receiver are the same person. Choose the successor"):
			make.draft(world, receiver=world.secretary)

	def test_not_where_nobody_is_in_office(self, world):
		frappe.set_user("Administrator")
		cell = make.cell(world.commune, "Chi bộ chưa có bí thư")
		with refused(HandoverError, "nothing to hand over"):
			frappe.new_doc("Handover").update(
				{
					"cell": cell,
					"reason": "Congress",
					"receiver": world.receiver,
					"on_behalf": 1,
					"acting_reason": "x",
				}
			).insert()

	def test_what_comes_with_it_is_not_taken_for_done(self, world):
		doc = make.draft(
			world,
			giver_signature=make.SIGNATURE,
			minutes_number=7,
			digest="0" * 64,
			giver=world.nobody,
		)
		doc.reload()
		assert (doc.giver, doc.docstatus, doc.workflow_state) == (world.secretary, 0, "Draft")
		assert not (doc.giver_signature or doc.minutes_number or doc.digest)


class TestDelivery:
	def test_it_freezes_the_inventory_and_names_who_signed_and_when(self, world):
		doc = make.draft(world)
		late = make.slots(world.cell, code="D4")[0]
		late.update({"state": "Present", "copies": 3}).save()
		answer = handovers.deliver(doc.name, make.SIGNATURE)
		doc.reload()
		assert answer["state"] == doc.workflow_state == "Delivered"
		assert late.name in [row.folder_item for row in doc.items], "taken anew at the signature"
		assert doc.giver_signed_by == "Nguyễn Văn Giao"
		assert abs((get_datetime(doc.giver_signed_on) - frappe.utils.now_datetime()).total_seconds()) < 60
		assert (doc.awaiting_party, doc.awaiting) == ("receiver", world.receiver)

	@pytest.mark.parametrize(
		("signature", "message"),
		[
			("", "Sign in the field first"),
			("data:image/png;base64,AAAA", "could not be read. Sign again"),
			("data:image/svg+xml;base64,PHN2Zy8+", "could not be read. Sign again"),
			("https://example.org/a.png", "could not be read. Sign again"),
		],
	)
	def test_not_without_a_signature_that_can_be_printed(self, world, signature, message):
		doc = make.draft(world)
		with refused(UnsignedError, message):
			handovers.deliver(doc.name, signature)

	def test_not_to_an_account_that_is_closed(self, world):
		doc = make.draft(world)
		frappe.db.set_value("User", world.receiver, "enabled", 0)
		with refused(HandoverError, "account is disabled. Ask an administrator to enable it"):
			handovers.deliver(doc.name, make.SIGNATURE)

	def test_not_by_somebody_else(self, world):
		doc = make.draft(world)
		for user in (world.officer, world.receiver, world.other_secretary):
			with refused((NotYourTurnError, frappe.PermissionError)):
				by(user, handovers.deliver, doc.name, make.SIGNATURE)
		assert acts.handover(doc.name).workflow_state == "Draft"


class TestReceipt:
	def test_not_with_an_unmarked_document(self, world):
		name = make.delivered(world)
		with refused(UnmarkedError, "documents are not marked yet, first:", "Mark each one before signing"):
			by(world.receiver, handovers.receive, name, make.SIGNATURE)

	def test_not_without_a_signature(self, world):
		name = make.delivered(world)
		by(world.receiver, handovers.mark_rest_present, name)
		with refused(UnsignedError, "Sign in the field first"):
			handovers.receive(name, "")

	def test_not_with_damage_that_nobody_describes(self, world):
		name = make.delivered(world)
		row = acts.rows(name, delivered_state="Present")[0]
		by(world.receiver, handovers.mark, name, {row.name: {"state": "Damaged"}})
		handovers.mark_rest_present(name)
		with refused(UnmarkedError, f"Say in the remark what is wrong with {row.title}"):
			handovers.receive(name, make.SIGNATURE)

	def test_counts_move_as_one_marks(self, world):
		name = make.delivered(world)
		one, other = acts.rows(name, delivered_state="Present")[:2]
		before = acts.handover(name)
		counts = by(
			world.receiver,
			handovers.mark,
			name,
			{one.name: {"state": "Present"}, other.name: {"state": "Missing"}},
		)["counts"]
		assert counts["present"] == 1 and counts["missing"] == before.count_missing + 1
		assert counts["unmarked"] == before.count_unmarked - 2
		counts = handovers.mark_rest_present(name)["counts"]
		assert counts["unmarked"] == 0 and counts["missing"] == before.count_missing + 1
		assert counts["total"] == sum(counts[key] for key in ("present", "missing", "damaged", "outdated"))

	def test_a_mark_that_is_none_and_a_line_of_another_handover(self, world):
		name = make.delivered(world)
		row = acts.rows(name)[0]
		with refused(frappe.ValidationError):
			by(world.receiver, handovers.mark, name, {row.name: {"state": "Not Applicable"}})
		with refused(HandoverError, "This document is not on the handover. Load the page again"):
			handovers.mark(name, {"somewhere-else": {"state": "Present"}})

	def test_only_the_named_receiver_marks_and_signs(self, world):
		name = make.delivered(world)
		for user in (world.secretary, world.officer, world.other_secretary, world.nobody):
			with refused((NotYourTurnError, frappe.PermissionError)):
				by(user, handovers.mark_rest_present, name)
			with refused((NotYourTurnError, frappe.PermissionError)):
				by(user, handovers.receive, name, make.SIGNATURE)

	def test_the_giver_changes_nothing_any_more(self, world):
		name = make.delivered(world)
		doc = acts.handover(name)
		frappe.set_user(world.secretary)
		doc.items[0].remark = "Thêm sau"
		with refused(NotYourTurnError, "cannot be changed by you while the handover is Delivered"):
			doc.save()
