"""Rearranging cells: what a merger, a split, a move and a dissolution bring, and how they are taken back."""

import frappe
import pytest
from frappe.desk.query_report import run
from frappe.utils import add_days, getdate, today

from partycell.api import handbook, handovers, reorganisation
from partycell.directives import acknowledgement
from partycell.errors import CellError, ClosedCellError, HandoverError, ReorganisationError
from partycell.framework import settings
from partycell.handover import minutes, sealing
from partycell.organisation import lineage
from partycell.reorganisation import undo
from tests.site import factories as make
from tests.site.support.acts import by, fill
from tests.site.support.clock import set_today
from tests.site.support.refusals import refused

LIVE = {
	"Cell": ["status", "merged_into", "closed_on", "members", "full_members", "secretary_name", "committee"],
	"Secretary Term": ["cell", "status", "to_date", "open_key"],
	"Folder Item": [
		"cell",
		"state",
		"source",
		"period",
		"period_label",
		"required",
		"due_on",
		"section",
		"sort_order",
		"search_text",
		"origin_cell",
	],
	"Handbook Note": ["cell", "workflow_state", "committee", "awaiting"],
	"Handbook Word": ["cell", "word"],
	"Inspection": ["workflow_state", "open_key"],
	"Cell Meeting": ["status", "plan_key"],
	"Assigned Member": ["to_date"],
	"Party Committee": ["parent_party_committee"],
}


@pytest.fixture
def world(standing_world):
	frappe.set_user("Administrator")
	return standing_world


@pytest.fixture
def third(world):
	"""A third cell of the commune, and its secretary."""
	cell, who = make.cell(world.commune, "Chi bộ Tổ dân phố 3", members=5, full_members=4), make.user("Võ Ba")
	make.term(cell, who)
	return cell, who


def state(cells) -> dict:
	"""Everything of these cells that an act may change, by record."""
	found = {}
	for doctype, fields in LIVE.items():
		if doctype == "Party Committee":
			filters = {}
		elif doctype == "Cell":
			filters = {"name": ("in", cells)}
		else:
			filters = {"cell": ("in", cells)}
		for row in frappe.get_all(doctype, filters=filters, fields=["name", *fields]):
			found[doctype, row.pop("name")] = {key: str(value or "") for key, value in row.items()}
	return found


def merge_of_three(world, third, **line):
	"""Three cells that merge into a new one, whose secretary is that of the first."""
	frappe.set_user(world.officer)
	new = {"new_name": "Chi bộ Tổ dân phố Liên Hợp", "cell_type": "Residential", "secretary": world.secretary}
	return make.reorganisation(world.commune, "Merge", [world.cell, world.other_cell, third[0]], [new | line])


def carried_out(doc, officer: str):
	by(officer, reorganisation.carry_out, doc.name, make.SIGNATURE)
	return frappe.get_doc("Reorganisation", doc.name)


def merge_into_other(world):
	"""The first cell goes into the second."""
	frappe.set_user(world.officer)
	return make.reorganisation(
		world.commune, "Merge", [world.cell, world.other_cell], [{"cell": world.other_cell}]
	)


def a_full_life(world) -> dict[str, str]:
	"""In ``world.cell``: documents with a file, an open question, an action, plans, an assignment."""
	fill(world.cell)
	item = make.slots(world.cell, state="Present")[0].name
	frappe.set_user(world.secretary)
	file = make.attach(item).name
	question = frappe.new_doc("Handbook Note").update(
		{"note_type": "Question", "cell": world.cell, "title": "Hỏi về đảng phí", "body": "<p>Hỏi</p>"}
	)
	question = question.insert().name
	handbook.act(question, "Asked")
	meeting = make.meeting(world.cell, planned_on=add_days(today(), 3))
	frappe.set_user("Administrator")
	action = frappe.new_doc("Corrective Action")
	action = action.update({"cell": world.cell, "subject": "Bổ sung sổ", "due_on": today()}).insert().name
	inspection = frappe.new_doc("Inspection").update(
		{
			"cell": world.cell,
			"criteria_set": frappe.db.get_value("Criteria Set", {}),
			"planned_on": add_days(today(), 9),
			"lead": world.inspector,
		}
	)
	inspection = inspection.insert().name
	assigned = make.assigned(world.cell, world.inspector, world.commune)
	return locals()


class TestMerging:
	def test_three_cells_become_a_new_one(self, world, third):
		life = a_full_life(world)
		doc = merge_of_three(world, third)
		told = doc.run_method("onload") or doc.get("__onload")["told"]
		assert told["preview"]["problems"] == []
		assert told["preview"]["successors"][0]["members"] == 12 + 12 + 5
		assert [row["documents"] for row in told["preview"]["cells"]][1:] == [0, 0]
		assert any("29" not in step and "Chi bộ Tổ dân phố 1" in step for step in told["preview"]["steps"])
		doc = carried_out(doc, world.officer)
		new = doc.successors[0].became
		assert doc.status == "Carried Out" and doc.title.endswith("→ Chi bộ Tổ dân phố Liên Hợp")
		cell = frappe.get_doc("Cell", new)
		assert (cell.members, cell.full_members, cell.committee) == (29, 24, world.commune)
		assert str(cell.established_on) == today() and cell.secretary_name == "Nguyễn Văn Giao"
		for row in doc.cells:
			gone = frappe.get_doc("Cell", row.cell)
			assert (gone.status, gone.merged_into, str(gone.closed_on)) == ("Merged", new, today())
			assert not frappe.db.exists("Secretary Term", {"cell": row.cell, "status": "Open"})
			assert row.closed and frappe.db.get_value("Handover", row.handover, "to_cell") == new
		assert frappe.db.get_value("Corrective Action", life["action"], "cell") == new
		assert frappe.db.get_value("Handbook Note", life["question"], "cell") == new
		assert set(frappe.get_all("Handbook Word", {"note": life["question"]}, pluck="cell")) == {new}
		assert frappe.db.get_value("Inspection", life["inspection"], "workflow_state") == "Withdrawn"
		assert frappe.db.get_value("Cell Meeting", life["meeting"], "status") == "Cancelled"
		assert str(frappe.db.get_value("Assigned Member", life["assigned"], "to_date")) == today()

	def test_the_documents_go_with_their_files_and_say_where_from(self, world, third):
		life = a_full_life(world)
		doc = carried_out(merge_of_three(world, third), world.officer)
		new = doc.successors[0].became
		item = frappe.get_doc("Folder Item", life["item"])
		assert (item.cell, item.origin_cell, item.required) == (new, world.cell, 0)
		assert item.source.startswith(f"from:{world.cell}:template:")
		assert item.period_label.endswith("Chi bộ Tổ dân phố 1")
		assert [row.file for row in item.files] == [life["file"]]
		frappe.set_user(world.secretary)
		assert frappe.has_permission("File", "read", doc=life["file"])
		held = frappe.get_all("Folder Item", {"cell": new, "origin_cell": world.cell, "state": "Present"})
		assert len(held) == frappe.db.count(
			"Handover Item", {"parent": doc.cells[0].handover, "received_state": "Present"}
		)
		# Slots of the template are the new cell's own, and so are those of directives.
		assert frappe.db.count("Folder Item", {"cell": new, "source": ("like", "template:%")}) > 20
		item.remark = "Đã kiểm lại"
		item.save()

	def test_the_handover_is_sealed_and_signed_by_the_upper_level(self, world, third):
		fill(world.cell)
		doc = carried_out(merge_of_three(world, third), world.officer)
		handover = frappe.get_doc("Handover", doc.cells[1].handover)
		assert (handover.workflow_state, handover.docstatus, handover.reason) == (
			"Approved",
			1,
			"Split or Merger",
		)
		assert (handover.giver, handover.receiver) == (world.other_secretary, world.secretary)
		assert handover.on_behalf and handover.acting_officer == world.officer
		assert handover.basis == f"Quyết định số 15-QĐ/ĐU ngày {getdate(today()):%d/%m/%Y}"
		assert handover.reason_detail == "Sáp nhập chi bộ; cặp tài liệu giao cho Chi bộ Tổ dân phố Liên Hợp"
		assert not handover.receiver_signature and "chưa kiểm đếm" in handover.receiver_commitment
		assert handover.digest == sealing.digest(handover) and handover.minutes_number == 1
		assert handover.receiver_term == frappe.db.get_value(
			"Secretary Term", {"cell": doc.successors[0].became, "status": "Open"}
		)
		lacking = [row for row in handover.items if row.received_state == "Missing" and row.corrective_action]
		assert lacking
		assert {row.remedy for row in lacking} == {"Tìm lại, lập lại hoặc xin cấp lại"}
		actions = frappe.get_all("Corrective Action", {"handover": handover.name}, pluck="cell")
		assert set(actions) == {doc.successors[0].became}
		text = str(minutes.content_of(handover))
		assert "Chi bộ Tổ dân phố 2" in text

	def test_minutes_are_filed_in_the_successors_folder(self, world, third):
		doc = carried_out(merge_of_three(world, third), world.officer)
		frappe.db.commit()
		for row in doc.cells:
			file = frappe.db.get_value("Handover", row.handover, "minutes_file")
			item = frappe.db.get_value("File", file, "attached_to_name")
			assert frappe.db.get_value("Folder Item", item, "cell") == doc.successors[0].became
		assert undo.hanging(doc) == [], "the act's own minutes are not new work"

	def test_into_one_of_them(self, world):
		fill(world.cell), fill(world.other_cell)
		own = set(frappe.get_all("Folder Item", {"cell": world.other_cell}, pluck="name"))
		doc = carried_out(merge_into_other(world), world.officer)
		assert [row.handover is None for row in doc.cells] == [False, True]
		cell = frappe.get_doc("Cell", world.other_cell)
		assert (cell.status, cell.members, cell.secretary_name) == ("Active", 24, "Lê Văn Hai")
		assert cell.completeness > 50, "documents that came over are not asked for again"
		assert own <= set(frappe.get_all("Folder Item", {"cell": world.other_cell}, pluck="name"))
		assert lineage.predecessors([world.other_cell], getdate(add_days(today(), -1))) == {
			world.other_cell: frozenset({world.cell, world.other_cell})
		}

	def test_the_record_of_a_cell_goes_back_through_the_merger(self, world):
		fill(world.cell)
		doc = carried_out(merge_into_other(world), world.officer)
		frappe.set_user(world.other_secretary)
		found = run("Cell Record", {"cell": world.other_cell})
		assert found["columns"][1]["fieldname"] == "cell"
		told = {(row["doctype"], row["name"], row["cell"]) for row in found["result"]}
		assert ("Handover", doc.cells[0].handover, world.cell) in told
		assert ("Cell", world.cell, world.cell) in told

	def test_who_sees_what_after(self, world, third, monkeypatch):
		life = a_full_life(world)
		doc = carried_out(merge_of_three(world, third), world.officer)
		new = doc.successors[0].became
		frappe.set_user(world.other_secretary)
		assert frappe.has_permission("Cell", "read", doc=world.other_cell), "a predecessor reads on"
		assert not frappe.has_permission("Cell", "write", doc=world.other_cell)
		assert not frappe.has_permission("Cell", "read", doc=new)
		assert not frappe.has_permission("Folder Item", "read", doc=life["item"])
		frappe.set_user(world.secretary)
		assert set(frappe.get_list("Cell", pluck="name")) == {world.cell, world.other_cell, third[0], new}
		assert frappe.has_permission("Handover", "read", doc=doc.cells[1].handover)
		assert not frappe.has_permission("Cell", "write", doc=third[0])
		# The predecessor of a cell that is closed reads its documents on, for as long as any predecessor.
		frappe.db.set_value("Secretary Term", {"cell": new}, "user", third[1])
		assert frappe.has_permission("Folder Item", "read", doc=life["item"])
		assert life["item"] in frappe.get_list("Folder Item", pluck="name", limit_page_length=0)
		set_today(monkeypatch, add_days(today(), settings.get().predecessor_read_days + 1))
		assert not frappe.has_permission("Folder Item", "read", doc=life["item"])
		assert frappe.get_list("Folder Item", pluck="name", limit_page_length=0) == []

	def test_a_closed_cell_is_left_alone(self, world):
		make.directive(world.commune, cells=[world.cell, world.other_cell], acknowledgement_asked=1)
		carried_out(merge_into_other(world), world.officer)
		frappe.set_user("Administrator")
		with refused(ClosedCellError, "Choose the cell that succeeded it"):
			frappe.new_doc("Folder Item").update({"cell": world.cell, "title": "Mới"}).insert()
		assert {row.cell for row in acknowledgement.pending([world.other_cell])} == {world.other_cell}
		newer = make.directive(world.commune)
		assert not frappe.db.exists("Folder Item", {"cell": world.cell, "directive": newer})


class TestUndoing:
	def test_three_cells_and_back(self, world, third):
		life = a_full_life(world)
		cells = [world.cell, world.other_cell, third[0]]
		before = state(cells)
		doc = carried_out(merge_of_three(world, third), world.officer)
		frappe.db.commit()
		by(world.manager, reorganisation.undo, doc.name, "Quyết định bị thu hồi")
		doc.reload()
		assert (doc.status, doc.docstatus, doc.undone_by) == ("Undone", 2, world.manager)
		after = state(cells)
		assert {key: after.get(key) for key in before} == before
		new = frappe.get_doc("Cell", doc.successors[0].became)
		assert (new.status, str(new.closed_on)) == ("Dissolved", str(new.established_on))
		assert not frappe.db.exists("Secretary Term", {"cell": new.name, "status": "Open"})
		assert {frappe.db.get_value("Handover", row.handover, "workflow_state") for row in doc.cells} == {
			"Annulled"
		}
		assert lineage.successors([world.cell], getdate(today())) == {world.cell: frozenset({world.cell})}
		assert set(
			frappe.get_all("Corrective Action", {"handover": doc.cells[0].handover}, pluck="workflow_state")
		) == {"Written Off"}
		assert frappe.db.get_value("Corrective Action", life["action"], "workflow_state") == "Open"
		# And it can be done again.
		again = carried_out(merge_of_three(world, third), world.officer)
		assert again.status == "Carried Out"

	def test_not_after_a_document_was_filed(self, world, third):
		doc = carried_out(merge_of_three(world, third), world.officer)
		frappe.set_user(world.secretary)
		item = make.slots(doc.successors[0].became, required=1)[0]
		item.state = "Present"
		item.save()
		with refused(ReorganisationError, "Folder Item: ", item.title):
			by(world.manager, reorganisation.undo, doc.name, "Nhầm")
		assert frappe.db.get_value("Reorganisation", doc.name, "docstatus") == 1

	@pytest.mark.parametrize("what", ["handover", "meeting", "acknowledgement", "inspection"])
	def test_not_after_new_work(self, world, third, what):
		frappe.set_user("Administrator")
		directive = make.directive(world.commune, acknowledgement_asked=1)
		doc = carried_out(merge_of_three(world, third), world.officer)
		new = doc.successors[0].became
		frappe.set_user(world.secretary)
		if what == "handover":
			values = {"cell": new, "reason": "Transfer", "receiver": world.receiver}
			made = frappe.new_doc("Handover").update(values).insert()
		elif what == "meeting":
			made = frappe.get_doc("Cell Meeting", make.meeting(new))
		elif what == "acknowledgement":
			made = frappe.get_doc("Directive Acknowledgement", make.acknowledgement(directive, new))
		else:
			frappe.set_user(world.officer)
			made = frappe.new_doc("Inspection").update(
				{
					"cell": new,
					"criteria_set": frappe.db.get_value("Criteria Set", {}),
					"planned_on": today(),
					"lead": world.inspector,
				}
			)
			made.insert()
		with refused(ReorganisationError, f"{made.doctype}: {made.name}"):
			by(world.manager, reorganisation.undo, doc.name, "Nhầm")

	def test_by_a_manager_alone_and_with_a_reason(self, world):
		doc = carried_out(merge_into_other(world), world.officer)
		with pytest.raises(frappe.PermissionError):
			by(world.officer, reorganisation.undo, doc.name, "Nhầm")
		with refused(ReorganisationError, "Say why the reorganisation is undone"):
			by(world.manager, reorganisation.undo, doc.name, " ")
		with refused(HandoverError, f"This handover is part of reorganisation {doc.name}. Undo that one."):
			by(world.manager, handovers.annul, doc.cells[0].handover, "Nhầm")

	def test_only_the_latest_of_a_cell(self, world, third):
		first = carried_out(merge_into_other(world), world.officer)
		frappe.set_user(world.officer)
		second = make.reorganisation(
			world.commune, "Merge", [world.other_cell, third[0]], [{"cell": third[0]}]
		)
		second = carried_out(second, world.officer)
		with refused(ReorganisationError, f"Reorganisation: {second.title}"):
			by(world.manager, reorganisation.undo, first.name, "Nhầm")
		by(world.manager, reorganisation.undo, second.name, "Nhầm")


class TestMembers:
	def listed(self, cell: str) -> list[tuple]:
		rows = frappe.get_all(
			"Party Member", {"cell": cell}, ["full_name", "from_date", "to_date"], order_by="order_key asc"
		)
		return [(row.full_name, str(row.from_date), str(row.to_date or "")) for row in rows]

	def test_they_are_listed_in_the_successor_and_back(self, world):
		make.list_members()
		frappe.set_user(world.secretary)
		make.member(world.cell, "Rơ Châm Dũng")
		make.member(world.cell, "Đỗ Văn Đi", to_date=add_days(today(), -9))
		before = self.listed(world.cell)
		doc = carried_out(merge_into_other(world), world.officer)
		day, last = str(doc.takes_effect_on), str(add_days(doc.takes_effect_on, -1))
		assert self.listed(world.other_cell) == [("Rơ Châm Dũng", day, "")]
		assert {row[0]: row[2] for row in self.listed(world.cell)} == {
			"Rơ Châm Dũng": last,
			"Đỗ Văn Đi": str(add_days(today(), -9)),
		}
		by(world.manager, reorganisation.undo, doc.name, "Quyết định bị thu hồi")
		assert self.listed(world.other_cell) == []
		assert self.listed(world.cell) == before

	def test_not_undone_after_a_new_member(self, world):
		make.list_members()
		doc = carried_out(merge_into_other(world), world.officer)
		frappe.set_user(
			frappe.db.get_value("Secretary Term", {"cell": world.other_cell, "status": "Open"}, "user")
		)
		name = make.member(world.other_cell, "Kpă Hai")
		with refused(ReorganisationError, f"Party Member: {name}"):
			by(world.manager, reorganisation.undo, doc.name, "Nhầm")


class TestSplitting:
	def lines(self, world, stays: bool = False):
		new = [
			{
				"new_name": "Chi bộ 1A",
				"cell_type": "School",
				"secretary": world.receiver,
				"members": 7,
				"full_members": 6,
			},
			{"new_name": "Chi bộ 1B", "cell_type": "Residential", "secretary": world.secretary, "members": 5},
		]
		if stays:
			return [{"cell": world.cell, "members": 5, "full_members": 5}, new[0]]
		return [new[0] | {"takes_folder": 1}, new[1]]

	def test_into_two_new_cells(self, world):
		life = a_full_life(world)
		frappe.set_user(world.officer)
		doc = make.reorganisation(world.commune, "Split", [world.cell], self.lines(world))
		doc = carried_out(doc, world.officer)
		heir, other = (row.became for row in doc.successors)
		assert frappe.db.get_value("Cell", world.cell, ["status", "merged_into"]) == ("Split", None)
		assert frappe.db.get_value("Folder Item", life["item"], "cell") == heir
		assert frappe.db.get_value("Cell", other, ["members", "secretary_name"]) == (5, "Nguyễn Văn Giao")
		assert not frappe.db.exists("Folder Item", {"cell": other, "origin_cell": world.cell})
		assert lineage.successors([world.cell], getdate(today())) == {world.cell: frozenset({heir, other})}
		before = getdate(add_days(today(), -1))
		assert lineage.predecessors([other], before) == {other: frozenset({world.cell})}
		frappe.db.commit()
		by(world.manager, reorganisation.undo, doc.name, "Nhầm")
		assert frappe.db.get_value("Cell", world.cell, ["status", "secretary_name"]) == (
			"Active",
			"Nguyễn Văn Giao",
		)

	def test_the_cell_itself_may_stay(self, world):
		life = a_full_life(world)
		frappe.set_user(world.officer)
		doc = make.reorganisation(world.commune, "Split", [world.cell], self.lines(world, stays=True))
		doc = frappe.get_doc("Reorganisation", doc.name)
		by(world.officer, reorganisation.carry_out, doc.name)  # no folder is handed over: no signature
		doc.reload()
		assert not doc.cells[0].handover and not doc.cells[0].closed
		assert frappe.db.get_value("Cell", world.cell, ["status", "members"]) == ("Active", 5)
		assert frappe.db.get_value("Folder Item", life["item"], "cell") == world.cell
		assert frappe.db.get_value("Cell", doc.successors[1].became, "members") == 7


class TestMoving:
	def test_a_cell_under_another_committee(self, world):
		frappe.set_user("Administrator")
		above = make.committee("Đảng ủy trên", level="Province")
		for name in (
			world.commune,
			frappe.db.get_value("Party Committee", {"committee_name": "Đảng ủy xã khác"}),
		):
			doc = frappe.get_doc("Party Committee", name)
			doc.parent_party_committee = above
			doc.save()
			elsewhere = name
		life = a_full_life(world)
		frappe.set_user("Administrator")
		there = make.directive(elsewhere, acknowledgement_asked=1)
		member = make.assigned(world.other_cell, world.nobody, above)
		doc = make.reorganisation(
			above, "Move Cells", [world.cell, world.other_cell], target_committee=elsewhere
		)
		before = state([world.cell, world.other_cell])
		doc = by(world.manager, frappe.get_doc, "Reorganisation", doc.name)
		assert doc.run_method("onload") or doc.get("__onload")["told"]["preview"]["problems"] == []
		by(world.manager, reorganisation.carry_out, doc.name)
		frappe.set_user(world.officer)
		assert not frappe.has_permission("Cell", "read", doc=world.cell)
		frappe.set_user(world.far_officer)
		assert frappe.has_permission("Cell", "write", doc=world.cell)
		assert frappe.has_permission("Folder Item", "read", doc=life["item"])
		assert frappe.db.exists("Folder Item", {"cell": world.cell, "directive": there})
		question = frappe.db.get_value("Handbook Note", life["question"], ["committee", "awaiting"])
		assert question == (elsewhere, world.far_officer)
		assert frappe.db.get_value("Assigned Member", member, "to_date") is None
		assert str(frappe.db.get_value("Assigned Member", life["assigned"], "to_date")) == today()
		assert frappe.db.get_value("Secretary Term", world.term, "status") == "Open"
		by(world.manager, reorganisation.undo, doc.name, "Nhầm")
		assert state([world.cell, world.other_cell]) == before

	def test_not_undone_after_a_directive_that_came_with_it_is_acknowledged(self, world):
		frappe.set_user("Administrator")
		above = make.committee("Đảng ủy trên", level="Province")
		under = make.committee("Đảng ủy dưới", parent=above)
		cell = make.cell(above and make.committee("Đảng ủy bên", parent=above), "Chi bộ đi")
		make.term(cell, world.receiver)
		directive = make.directive(above, acknowledgement_asked=1, cells=[cell])
		there = make.directive(under, acknowledgement_asked=1) if make.cell(under, "Chi bộ ở") else None
		doc = make.reorganisation(above, "Move Cells", [cell], target_committee=under)
		by(world.manager, reorganisation.carry_out, doc.name)
		doc.reload()
		frappe.set_user(world.receiver)
		make.acknowledgement(directive, cell)
		assert undo.hanging(doc) == []
		make.acknowledgement(there, cell)
		assert [row["doctype"] for row in undo.hanging(doc)] == ["Directive Acknowledgement"]

	def test_a_committee_with_all_below_it(self, world):
		frappe.set_user("Administrator")
		officer = make.user("Tỉnh")
		above = make.committee("Tỉnh ủy", level="Province", officer=officer)
		one, other = (make.committee(f"Đảng ủy {name}", parent=above) for name in ("Đông", "Tây"))
		west = make.user("Tây")
		doc = frappe.get_doc("Party Committee", other)
		doc.append("users", {"user": west, "function": "Officer", "from_date": add_days(today(), -1)})
		doc.save()
		part = make.committee("Đảng ủy bộ phận", level="Grassroots", parent=one)
		cell = make.cell(part, "Chi bộ bộ phận")
		frappe.set_user(officer)
		doc = make.reorganisation(above, "Move Committee", moved_committee=part, target_committee=other)
		assert not frappe.has_permission("Cell", "read", doc=cell, user=west)
		by(officer, reorganisation.carry_out, doc.name)
		assert frappe.db.get_value("Party Committee", part, "parent_party_committee") == other
		assert frappe.has_permission("Cell", "write", doc=cell, user=west)
		left, right, low, high = (
			*frappe.db.get_value("Party Committee", other, ["lft", "rgt"]),
			*frappe.db.get_value("Party Committee", part, ["lft", "rgt"]),
		)
		assert left < low < high < right
		by(world.manager, reorganisation.undo, doc.name, "Nhầm")
		assert frappe.db.get_value("Party Committee", part, "parent_party_committee") == one
		assert not frappe.has_permission("Cell", "read", doc=cell, user=west)


class TestDissolving:
	def test_the_committee_keeps_the_folder(self, world):
		life = a_full_life(world)
		frappe.set_user(world.officer)
		doc = make.reorganisation(world.commune, "Dissolve", [world.cell], received_by=world.inspector)
		doc = carried_out(doc, world.officer)
		assert frappe.db.get_value("Cell", world.cell, ["status", "merged_into"]) == ("Dissolved", None)
		handover = frappe.get_doc("Handover", doc.cells[0].handover)
		assert (handover.receiver, handover.to_cell, handover.receiver_term) == (world.inspector, None, None)
		assert handover.reason_detail == "Giải thể chi bộ; cặp tài liệu giao cho cấp ủy cấp trên"
		assert frappe.db.get_value("Folder Item", life["item"], "cell") == world.cell
		assert frappe.db.get_value("Handbook Note", life["question"], "workflow_state") == "Withdrawn"
		assert frappe.db.get_value("Corrective Action", life["action"], "workflow_state") == "Written Off"
		frappe.db.commit()
		file = frappe.db.get_value("Handover", handover.name, "minutes_file")
		assert frappe.db.get_value("File", file, "attached_to_doctype") == "Handover"
		by(world.manager, reorganisation.undo, doc.name, "Nhầm")
		assert frappe.db.get_value("Handbook Note", life["question"], "workflow_state") == "Asked"

	def test_another_cell_takes_over(self, world):
		life = a_full_life(world)
		frappe.set_user(world.officer)
		doc = make.reorganisation(world.commune, "Dissolve", [world.cell], [{"cell": world.other_cell}])
		carried_out(doc, world.officer)
		assert frappe.db.get_value("Folder Item", life["item"], "cell") == world.other_cell
		assert frappe.db.get_value("Cell", world.other_cell, "members") == 12

	def test_an_empty_cell_without_a_secretary(self, world):
		frappe.set_user("Administrator")
		cell = make.cell(world.commune, "Chi bộ trống")
		doc = make.reorganisation(world.commune, "Dissolve", [cell])
		by(world.officer, reorganisation.carry_out, doc.name)
		assert frappe.db.get_value("Cell", cell, "status") == "Dissolved"
		assert not frappe.db.exists("Handover", {"cell": cell})


class TestRefusals:
	def carry_out(self, world, *parts: str, **changes):
		"""The first cell into the second, with something changed about it, refused with these words."""
		doc = merge_into_other(world)
		lines = changes.pop("lines", None)
		doc.update(changes)
		if lines is not None:
			doc.set("successors", [])
			for line in lines:
				doc.append("successors", line)
		doc.save()
		with refused(ReorganisationError, *parts):
			carried_out(doc, changes.pop("officer", world.officer))
		assert frappe.db.get_value("Reorganisation", doc.name, "docstatus") == 0

	def test_a_handover_under_way(self, world):
		name = make.draft(world).name
		self.carry_out(world, f"Chi bộ Tổ dân phố 1 has handover {name} under way")

	def test_an_inspection_under_way(self, world):
		life = a_full_life(world)
		frappe.db.set_value("Inspection", life["inspection"], "workflow_state", "In Progress")
		self.carry_out(world, "Chi bộ Tổ dân phố 1 is being inspected")

	def test_a_meeting_whose_minutes_are_open(self, world):
		life = a_full_life(world)
		frappe.db.set_value("Cell Meeting", life["meeting"], "status", "Held")
		self.carry_out(world, "has held a meeting whose minutes are not closed")

	def test_nobody_in_office_and_documents(self, world):
		fill(world.cell)
		frappe.db.set_value(
			"Secretary Term", world.term, {"status": "Closed", "to_date": today(), "open_key": None}
		)
		self.carry_out(world, "Chi bộ Tổ dân phố 1 has no secretary in office")

	def test_before_its_day_and_before_the_secretary_took_office(self, world):
		self.carry_out(world, "Carry it out on that day or later", takes_effect_on=add_days(today(), 1))
		self.carry_out(world, "took office on", takes_effect_on=add_days(today(), -401))

	def test_one_cell_alone_and_two_that_come_out(self, world):
		self.carry_out(
			world,
			"A merger needs two cells or more",
			"is not among the cells that merge",
			cells=[{"cell": world.cell}],
		)
		self.carry_out(world, "A merger makes one cell", lines=[])

	def test_without_a_signature(self, world):
		doc = merge_into_other(world)
		frappe.set_user(world.officer)
		with pytest.raises(frappe.ValidationError, match="Sign in the field first"):
			reorganisation.carry_out(doc.name)

	def test_a_new_cell_without_name_type_or_secretary(self, world):
		self.carry_out(world, "Give each new cell a name", "Name the secretary of", lines=[{"members": 3}])
		self.carry_out(world, "Choose the type of Chi bộ mới", lines=[{"new_name": "Chi bộ mới"}])

	def test_another_secretary_for_a_cell_that_has_one(self, world):
		self.carry_out(
			world,
			"Chi bộ Tổ dân phố 2 has a secretary in office",
			lines=[{"cell": world.other_cell, "secretary": world.receiver}],
		)

	def test_a_split_whose_members_do_not_add_up(self, world):
		frappe.set_user(world.officer)
		lines = TestSplitting().lines(world)
		lines[0]["members"] = 8
		lines[1]["takes_folder"] = 1
		doc = make.reorganisation(world.commune, "Split", [world.cell], lines)
		with refused(
			ReorganisationError,
			"The cells have 13 members together, but Chi bộ Tổ dân phố 1 has 12",
			"Tick the one cell that takes the folder over",
		):
			carried_out(doc, world.officer)

	def test_what_is_not_below_the_committee(self, world):
		elsewhere = frappe.db.get_value("Cell", {"cell_name": "Chi bộ Thôn Đoàn Kết"})
		self.carry_out(
			world,
			"does not stand below the committee that decides",
			cells=[{"cell": elsewhere}, {"cell": world.other_cell}],
		)
		frappe.set_user(world.far_officer)
		with pytest.raises(frappe.PermissionError):
			make.reorganisation(world.commune, "Dissolve", [world.cell])

	def test_a_committee_under_itself(self, world):
		frappe.set_user("Administrator")
		part = make.committee("Đảng ủy bộ phận", level="Grassroots", parent=world.commune)
		doc = make.reorganisation(
			world.commune, "Move Committee", moved_committee=world.commune, target_committee=part
		)
		with refused(ReorganisationError, "cannot come under itself"):
			by(world.manager, reorganisation.carry_out, doc.name)

	def test_twice(self, world):
		doc = carried_out(merge_into_other(world), world.officer)
		with pytest.raises(frappe.ValidationError):
			by(world.officer, reorganisation.carry_out, doc.name, make.SIGNATURE)
		again = merge_into_other(world)
		with refused(ReorganisationError, "Chi bộ Tổ dân phố 1 is closed already"):
			carried_out(again, world.officer)

	def test_what_the_act_writes_is_not_written_by_hand(self, world):
		frappe.set_user(world.officer)
		doc = merge_into_other(world)
		doc.update({"status": "Carried Out", "carried_out_by": world.officer, "before_act": "{}"})
		doc.save()
		assert (doc.status, doc.carried_out_by, doc.before_act) == ("Draft", None, None)
		with refused(CellError, "A cell is merged, split or dissolved by a reorganisation"):
			cell = frappe.get_doc("Cell", world.cell)
			cell.status = "Dissolved"
			cell.save()
		with pytest.raises(frappe.ValidationError, match="Sign in the field first"):
			frappe.get_doc("Reorganisation", doc.name).submit()
