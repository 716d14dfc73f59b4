"""Where a handover does not go straight on: contested, sent back, withdrawn, given on somebody's behalf."""

import frappe
import pytest
from frappe.utils import add_days, today

from partycell.api import handovers
from partycell.errors import HandoverError, NotYourTurnError, UnsignedError
from tests.site import factories as make
from tests.site.support import acts
from tests.site.support.acts import by
from tests.site.support.refusals import refused


@pytest.fixture
def world(standing_world):
	acts.fill(standing_world.cell)
	frappe.set_user(standing_world.secretary)
	return standing_world


@pytest.fixture
def delivered(world):
	return make.delivered(world)


class TestContested:
	def test_it_goes_back_with_what_is_disputed_and_both_signatures_lapse(self, world, delivered):
		row = acts.rows(delivered, delivered_state="Present")[0]
		answer = by(world.receiver, handovers.contest, delivered, "Không thấy sổ", [row.name])
		doc = acts.handover(delivered)
		assert answer["state"] == doc.workflow_state == "Contested"
		assert [line.name for line in doc.items if line.disputed] == [row.name]
		assert not (doc.giver_signature or doc.giver_signed_on or doc.receiver_signature)
		assert (doc.contest_reason, doc.awaiting, doc.open_key) == (
			"Không thấy sổ",
			world.secretary,
			world.cell,
		)

	@pytest.mark.parametrize(
		("reason", "disputed", "message"),
		[
			(" ", True, "Say what is disputed, so that the giver can put it right"),
			("Thiếu", False, "Tick the documents"),
		],
	)
	def test_not_without_saying_what(self, world, delivered, reason, disputed, message):
		rows = [acts.rows(delivered)[0].name] if disputed else []
		with refused(HandoverError, message):
			by(world.receiver, handovers.contest, delivered, reason, rows)

	def test_redelivered_the_undisputed_marks_stand_and_the_disputed_are_asked_again(self, world, delivered):
		kept, disputed, changed, lost = acts.rows(delivered, delivered_state="Present")[:4]
		marks = {row.name: {"state": "Present"} for row in (kept, changed, lost)}
		marks[disputed.name] = {"state": "Missing", "remark": "Không có trong cặp"}
		by(world.receiver, handovers.mark, delivered, marks)
		handovers.contest(delivered, "Không có trong cặp", [disputed.name])
		frappe.set_user(world.secretary)
		frappe.get_doc("Folder Item", changed.folder_item).update({"copies": 2}).save()
		frappe.get_doc("Folder Item", lost.folder_item).update({"state": "Missing"}).save()
		with refused(UnsignedError, "Sign in the field first"):
			handovers.deliver(delivered, "")
		handovers.deliver(delivered, make.SIGNATURE)
		found = {row.folder_item: row for row in acts.handover(delivered).items}
		assert found[kept.folder_item].received_state == "Present"
		assert found[disputed.folder_item].received_state is None and not found[disputed.folder_item].disputed
		assert found[changed.folder_item].received_state is None, "it is not what was marked"
		assert found[lost.folder_item].received_state == "Missing", "as the giver says now"

	def test_it_can_be_approved_in_the_end(self, world, delivered):
		row = acts.rows(delivered)[0]
		by(world.receiver, handovers.contest, delivered, "Xem lại", [row.name])
		by(world.secretary, handovers.deliver, delivered, make.SIGNATURE)
		acts.receive(world, delivered)
		assert by(world.officer, handovers.approve, delivered)["state"] == "Approved"

	def test_the_receiver_no_longer_marks_while_it_is_with_the_giver(self, world, delivered):
		row = acts.rows(delivered)[0]
		by(world.receiver, handovers.contest, delivered, "Xem lại", [row.name])
		with refused(NotYourTurnError):
			handovers.mark(delivered, {row.name: {"state": "Present"}})

	def test_the_upper_level_sends_back_what_was_received(self, world, delivered):
		acts.receive(world, delivered)
		with refused((NotYourTurnError, frappe.PermissionError)):
			by(world.secretary, handovers.contest, delivered, "Tôi đổi ý")
		by(world.officer, handovers.contest, delivered, "Thiếu biên bản tháng 10")
		doc = acts.handover(delivered)
		assert (doc.workflow_state, doc.contest_reason) == ("Contested", "Thiếu biên bản tháng 10")
		assert not (doc.giver_signature or doc.receiver_signature)


class TestOnBehalf:
	@pytest.fixture
	def opened(self, world):
		frappe.set_user(world.officer)
		doc = frappe.new_doc("Handover")
		doc.update({"cell": world.cell, "reason": "Death", "receiver": world.receiver, "on_behalf": 1})
		doc.acting_reason = "Bí thư từ trần ngày 20/11"
		return doc.insert()

	def test_the_upper_level_gives_for_a_giver_who_cannot(self, world, opened):
		assert (opened.giver, opened.acting_officer, opened.awaiting) == (
			world.secretary,
			world.officer,
			world.officer,
		)
		handovers.deliver(opened.name, make.SIGNATURE)
		doc = acts.handover(opened.name)
		assert (doc.giver_name, doc.giver_signed_by) == ("Nguyễn Văn Giao", "Trần Thị Ủy")
		acts.receive(world, opened.name)
		by(world.officer, handovers.approve, opened.name)
		doc = acts.handover(opened.name)
		assert frappe.db.get_value("Secretary Term", world.term, "status") == "Closed"
		wrong = frappe.get_all("Corrective Action", filters={"handover": doc.name}, pluck="responsible")
		assert wrong and set(wrong) == {world.receiver}, "the giver cannot put anything right"

	def test_the_giver_himself_has_no_part_in_it(self, world, opened):
		for act in (handovers.deliver, handovers.withdraw):
			with refused((NotYourTurnError, frappe.PermissionError)):
				by(world.secretary, act, opened.name, make.SIGNATURE)

	def test_not_without_a_reason(self, world):
		frappe.set_user(world.officer)
		doc = frappe.new_doc("Handover")
		doc.update({"cell": world.cell, "reason": "Death", "receiver": world.receiver, "on_behalf": 1})
		with refused(HandoverError, "Say why the upper level acts for the giver"):
			doc.insert()

	def test_the_upper_level_steps_in_where_the_giver_has_left_a_draft(self, world):
		doc = make.draft(world)
		frappe.set_user(world.officer)
		doc = acts.handover(doc.name)
		doc.update({"on_behalf": 1, "acting_reason": "Chuyển công tác đột xuất"})
		doc.save()
		assert handovers.deliver(doc.name, make.SIGNATURE)["state"] == "Delivered"

	def test_the_giver_cannot_declare_it(self, world):
		with refused(NotYourTurnError):
			make.draft(world, on_behalf=1, acting_reason="Bận")
		doc = make.draft(world)
		doc.update({"on_behalf": 1, "acting_reason": "Bận"})
		with refused(NotYourTurnError, "Only the upper level can act for the giver"):
			doc.save()

	def test_an_officer_of_another_place_cannot(self, world):
		frappe.set_user(world.far_officer)
		doc = frappe.new_doc("Handover")
		doc.update({"cell": world.cell, "reason": "Death", "receiver": world.receiver, "on_behalf": 1})
		doc.acting_reason = "Không phải việc của tôi"
		with refused((NotYourTurnError, frappe.PermissionError)):
			doc.insert()


class TestWithdrawn:
	@pytest.mark.parametrize("who", ["secretary", "officer"])
	def test_the_giver_or_the_upper_level_takes_it_back(self, world, delivered, who):
		answer = by(getattr(world, who), handovers.withdraw, delivered, "Đại hội hoãn")
		doc = acts.handover(delivered)
		assert answer["state"] == "Withdrawn" and doc.docstatus == 0
		assert (doc.withdrawn_reason, doc.open_key, doc.awaiting) == ("Đại hội hoãn", None, "")
		assert make.draft(world).name != delivered, "a new one can be opened"

	def test_the_receiver_sees_nothing_any_more(self, world, delivered):
		item = acts.rows(delivered)[0].folder_item
		frappe.set_user(world.receiver)
		assert frappe.get_doc("Handover", delivered).has_permission("read")
		assert frappe.get_doc("Folder Item", item).has_permission("read")
		assert "Cell Secretary" in frappe.get_roles(world.receiver)
		by(world.secretary, handovers.withdraw, delivered, "Đại hội hoãn")
		frappe.set_user(world.receiver)
		assert not frappe.get_doc("Handover", delivered).has_permission("read")
		assert not frappe.get_doc("Folder Item", item).has_permission("read")
		frappe.clear_cache(user=world.receiver)
		assert "Cell Secretary" not in frappe.get_roles(world.receiver), "the role came with the handover"

	def test_not_without_a_reason(self, world, delivered):
		with refused(HandoverError, "Say why the handover is withdrawn"):
			by(world.secretary, handovers.withdraw, delivered, " ")

	def test_not_by_the_receiver_and_not_once_it_is_received(self, world, delivered):
		with refused(NotYourTurnError):
			by(world.receiver, handovers.withdraw, delivered, "Không muốn")
		acts.receive(world, delivered)
		for user in (world.secretary, world.officer):
			with refused((NotYourTurnError, frappe.PermissionError)):
				by(user, handovers.withdraw, delivered, "Muộn rồi")

	def test_nothing_follows_a_withdrawal(self, world, delivered):
		by(world.secretary, handovers.withdraw, delivered, "Đại hội hoãn")
		for user, act in (
			(world.secretary, handovers.deliver),
			(world.receiver, handovers.receive),
			(world.officer, handovers.approve),
		):
			with refused((NotYourTurnError, frappe.PermissionError)):
				by(user, act, delivered, make.SIGNATURE)


class TestOpenMatters:
	@pytest.fixture
	def pending(self, world):
		frappe.set_user("Administrator")
		made = []
		for subject, due in (("Thiếu sổ đảng phí", 9), ("Sổ danh sách rách", 3)):
			action = frappe.new_doc("Corrective Action")
			action.update({"subject": subject, "cell": world.cell, "due_on": add_days(today(), due)})
			action.responsible = world.secretary
			made.append(action.insert().name)
		frappe.set_user(world.secretary)
		return made

	def test_what_is_pending_goes_over_by_itself_the_most_urgent_first(self, world, pending):
		doc = make.draft(world)
		assert [(row.kind, row.title, row.responsible, row.reference_name) for row in doc.open_matters] == [
			("Corrective Action", "Sổ danh sách rách", "Nguyễn Văn Giao", pending[1]),
			("Corrective Action", "Thiếu sổ đảng phí", "Nguyễn Văn Giao", pending[0]),
		]

	def test_it_is_read_anew_at_the_signature(self, world, pending):
		doc = make.draft(world)
		frappe.set_user("Administrator")
		frappe.db.set_value("Corrective Action", pending[0], "workflow_state", "Effective")
		by(world.secretary, handovers.deliver, doc.name, make.SIGNATURE)
		assert [row.reference_name for row in acts.handover(doc.name).open_matters] == [pending[1]]

	def test_any_app_may_add_matters_of_its_own(self, world, monkeypatch):
		from partycell.handover import open_matters

		def own(cell):
			return [open_matters.Matter("Question", f"Câu hỏi của {cell}", "Cell", cell)]

		monkeypatch.setattr(
			frappe,
			"get_hooks",
			lambda *names, **_: ["somewhere.own"] if names == (open_matters.HOOK,) else {},
		)
		monkeypatch.setattr(frappe, "get_attr", lambda path: own)
		assert [matter.title for matter in open_matters.of_cell(world.cell)] == [f"Câu hỏi của {world.cell}"]
