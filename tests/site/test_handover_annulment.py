"""An approved handover taken back: the office and the folder are as they were, the record stays."""

import frappe
import pytest

from partycell.access import scope
from partycell.api import handovers
from partycell.errors import HandoverError, NotYourTurnError
from tests.site import factories as make
from tests.site.support import acts
from tests.site.support.acts import by
from tests.site.support.refusals import refused


@pytest.fixture
def world(standing_world):
	acts.fill(standing_world.cell)
	frappe.set_user(standing_world.secretary)
	return standing_world


def folder(cell: str) -> dict[str, str]:
	"""Each document of a cell with its state."""
	return dict(frappe.get_all("Folder Item", filters={"cell": cell}, fields=["name", "state"], as_list=True))


class TestAnnulled:
	@pytest.fixture
	def approved(self, world):
		before = folder(world.cell)
		name = make.delivered(world)
		row = acts.rows(name, delivered_state="Present")[0]
		acts.receive(world, name, {row.name: {"state": "Outdated"}})
		by(world.officer, handovers.approve, name)
		return frappe._dict(name=name, before=before, outdated=row.folder_item)

	def test_terms_states_and_actions_go_back_and_nothing_is_deleted(self, world, approved):
		measured = acts.handover(approved.name)
		new_term = measured.receiver_term
		by(world.manager, handovers.annul, approved.name, "Nhầm người nhận")
		doc = acts.handover(approved.name)
		assert (doc.workflow_state, doc.docstatus, doc.annulled_reason) == ("Annulled", 2, "Nhầm người nhận")
		assert (doc.annulled_by, bool(doc.annulled_on)) == (world.manager, True)
		terms = {
			row.name: row.status
			for row in frappe.get_all(
				"Secretary Term", fields=["name", "status"], filters={"cell": world.cell}
			)
		}
		assert terms == {world.term: "Open", new_term: "Annulled"}
		assert frappe.db.get_value("Secretary Term", world.term, ["to_date", "closed_by"]) == (None, None)
		after = folder(world.cell)
		assert {name: after[name] for name in approved.before} == approved.before
		actions = frappe.get_all("Corrective Action", filters={"handover": approved.name}, fields=["*"])
		assert {(action.workflow_state, action.written_off_reason) for action in actions} == {
			("Written Off", "Nhầm người nhận")
		}
		assert scope.of(world.secretary).held == {world.cell} and not scope.of(world.receiver).read_cells
		assert frappe.db.get_value("Cell", world.cell, "secretary_name") == "Nguyễn Văn Giao"

	def test_completeness_is_what_it_was_and_the_annulled_term_asks_for_nothing(self, world):
		figures = ["required_due", "required_present", "completeness"]
		before = frappe.db.get_value("Cell", world.cell, figures)
		name = acts.pass_on(world, world.cell, world.secretary, world.receiver)
		by(world.manager, handovers.annul, name, "Nhầm")
		assert frappe.db.get_value("Cell", world.cell, figures) == before
		term = frappe.db.get_value("Handover", name, "receiver_term")
		left = frappe.get_all("Folder Item", filters={"period": f"term:{term}"}, fields=["state", "required"])
		assert left and {(slot.state, slot.required) for slot in left} == {("Not Applicable", 0)}

	def test_what_was_changed_since_stays(self, world, approved):
		frappe.set_user(world.receiver)
		frappe.get_doc("Folder Item", approved.outdated).update(
			{"state": "Present", "remark": "Đã thay"}
		).save()
		by(world.manager, handovers.annul, approved.name, "Nhầm người nhận")
		assert frappe.db.get_value("Folder Item", approved.outdated, ["state", "remark"]) == (
			"Present",
			"Đã thay",
		)

	@pytest.mark.parametrize("reason", ["", "  "])
	def test_not_without_a_reason(self, world, approved, reason):
		with refused(HandoverError, "Say why the handover is annulled"):
			by(world.manager, handovers.annul, approved.name, reason)

	def test_only_the_latest_of_a_cell(self, world, approved):
		later = acts.pass_on(world, world.cell, world.receiver, world.secretary)
		with refused(
			HandoverError, f"Only the latest handover of a cell can be annulled; {later} came after it"
		):
			by(world.manager, handovers.annul, approved.name, "Nhầm")
		by(world.manager, handovers.annul, later, "Nhầm")
		by(world.manager, handovers.annul, approved.name, "Cũng nhầm")
		assert scope.of(world.secretary).held == {world.cell}

	def test_not_while_another_is_under_way(self, world, approved):
		frappe.set_user(world.receiver)
		running = frappe.new_doc("Handover")
		running.update({"cell": world.cell, "reason": "Transfer", "receiver": world.other_secretary})
		running.insert()
		with refused(HandoverError, f"Handover {running.name} is under way. Withdraw it before annulling"):
			by(world.manager, handovers.annul, approved.name, "Nhầm")

	@pytest.mark.parametrize("who", ["secretary", "receiver", "officer", "inspector"])
	def test_not_by(self, world, approved, who):
		with refused((NotYourTurnError, frappe.PermissionError)):
			by(getattr(world, who), handovers.annul, approved.name, "Nhầm")

	def test_a_new_handover_can_follow(self, world, approved):
		by(world.manager, handovers.annul, approved.name, "Nhầm người nhận")
		again = acts.pass_on(world, world.cell, world.secretary, world.other_secretary)
		assert frappe.db.get_value("Handover", again, "minutes_number") == 2, "numbers are not given twice"
