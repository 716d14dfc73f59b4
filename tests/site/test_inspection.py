"""An inspection from the plan to the conclusion: what each act demands, and what it brings."""

import frappe
import pytest
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, flt, getdate, today

from partycell.access import permissions, scope
from partycell.api import inspections as api
from partycell.errors import (
	AnswerError,
	ClosedCellError,
	FiledFileError,
	InspectionError,
	RowAloneError,
	ScoreError,
)
from partycell.inspections import concluding
from partycell.rules import record
from tests.site import factories as make
from tests.site.support import acts
from tests.site.support.acts import by
from tests.site.support.clock import set_today
from tests.site.support.refusals import refused


@pytest.fixture
def world(standing_world):
	return standing_world


@pytest.fixture
def lead(world):
	"""Somebody who holds no office and leads the team."""
	frappe.set_user("Administrator")
	return make.user("Đoàn Trưởng")


def planned(world, lead, **values) -> str:
	"""An inspection of the folder of ``world.cell``, planned by the officer."""
	frappe.set_user(world.officer)
	doc = frappe.new_doc("Inspection")
	folder = frappe.db.get_value("Criteria Set", {"set_name": ("like", "Sử dụng%")})
	doc.update({"cell": world.cell, "criteria_set": folder, "planned_on": today(), "lead": lead} | values)
	return doc.insert().name


def stored(name: str):
	return frappe.get_doc("Inspection", name)


def lines(name: str) -> dict:
	return {row.code: row for row in stored(name).scores}


def scored(world, lead, **scores) -> str:
	"""One in progress with every line scored: in full, or as proposed, or as given by code."""
	name = planned(world, lead)
	by(lead, api.start, name)
	given = {}
	for code, row in lines(name).items():
		if code in scores:
			given[row.name] = {"score": scores[code], "change_reason": "Đã xem sổ tại chỗ"}
		elif not row.scored:
			given[row.name] = {"score": row.maximum}
	by(lead, api.save_scores, name, given)
	return name


def find(user: str, name: str, **values) -> None:
	"""A finding, written on the form."""
	frappe.set_user(user)
	doc = stored(name)
	doc.append("findings", {"kind": "Weakness", "text": "Thiếu biên bản tháng 9"} | values)
	doc.save()


def sent(world, lead, **scores) -> str:
	name = scored(world, lead, **scores)
	by(lead, api.send, name)
	return name


def concluded(world, lead, **scores) -> str:
	name = sent(world, lead, **scores)
	by(world.secretary, api.answer, name, True)
	by(world.officer, api.conclude, name)
	return name


class TestPrefilled:
	def test_the_checklist_says_what_the_records_say(self, world, lead):
		frappe.set_user("Administrator")
		acts.fill(world.cell, all_but=5)
		due, present = frappe.db.get_value("Cell", world.cell, ["required_due", "required_present"])
		name = planned(world, lead)
		by(lead, api.start, name)
		row = lines(name)["TL1"]
		percent = int(1000 * present / due) / 10
		assert (row.fact_known, flt(row.fact_value, 1)) == (1, percent)
		assert row.proposed == row.score == int(25 * percent / 100 * 2) / 2
		assert lines(name)["TL2"].proposed == 10, "nothing is outdated"
		assert (lines(name)["QL1"].fact_known, lines(name)["QL1"].proposed) == (1, 0), "no notes"
		assert not lines(name)["QL2"].scored, "no fact, so nobody has scored it"
		assert not lines(name)["TL3"].fact_known, "no directive asked to be acknowledged"
		assert not lines(name)["BG2"].fact_known, "there was no inspection before"

	def test_it_is_filled_anew_when_the_team_begins(self, world, lead):
		name = planned(world, lead)
		slot = make.slots(world.cell, required=1)[0]
		frappe.db.set_value("Folder Item", slot.name, "state", "Outdated")
		assert lines(name)["TL2"].proposed == 10
		by(lead, api.start, name)
		assert (lines(name)["TL2"].fact_value, lines(name)["TL2"].proposed) == (1, 8)

	def test_another_score_needs_a_reason_and_is_kept(self, world, lead):
		name = scored(world, lead)
		row = lines(name)["TL2"]
		by(lead, api.save_scores, name, {row.name: {"score": 5}})
		with refused(ScoreError, "10 points were proposed and 5 given. Say why"):
			by(lead, api.send, name)
		by(lead, api.save_scores, name, {row.name: {"change_reason": "Văn bản cũ còn lẫn trong cặp"}})
		by(lead, api.send, name)
		assert (lines(name)["TL2"].score, lines(name)["TL2"].proposed) == (5, 10)


class TestScores:
	def test_a_form_that_was_open_while_scores_were_saved_can_be_saved(self, world, lead):
		"""The desk saves scores beside the form, which then sends the sums that it had."""
		name = planned(world, lead)
		by(lead, api.start, name)
		form = stored(name)
		row = next(row for row in form.scores if not row.scored)
		told = by(lead, api.save_scores, name, {row.name: {"score": row.maximum}})
		row.score, row.scored, form.modified = row.maximum, 1, told["modified"]
		form.summary = "Quản lý cặp tốt"
		form.points = 100
		form.save()
		assert (stored(name).summary, stored(name).points) == ("Quản lý cặp tốt", told["points"])

	def test_sums_and_rating_follow_every_score(self, world, lead):
		frappe.set_user("Administrator")
		acts.fill(world.cell, all_but=0)
		name = scored(world, lead, QL1=10)
		doc = stored(name)
		assert (doc.points, doc.maximum, doc.percent, doc.rating) == (100, 100, 100, "Tốt")
		row = lines(name)["QL2"]
		told = by(lead, api.save_scores, name, {row.name: {"score": 0}})
		assert (told["points"], told["rating"]) == (85, "Khá")
		by(lead, api.save_scores, name, {row.name: {"score": None}})
		assert stored(name).rating is None, "no rating while a criterion has no score"

	@pytest.mark.parametrize(("score", "said"), [(15.5, "more than the maximum of 15"), (-1, "below zero")])
	def test_points_that_do_not_exist_are_refused(self, world, lead, score, said):
		name = scored(world, lead)
		with refused(ScoreError, said):
			by(lead, api.save_scores, name, {lines(name)["QL2"].name: {"score": score}})

	def test_a_criterion_without_score_is_named(self, world, lead):
		name = planned(world, lead)
		by(lead, api.start, name)
		with refused(ScoreError, "criteria have no score yet, first: Văn bản cấp trên được cập nhật"):
			by(lead, api.send, name)

	def test_two_of_a_team_score_at_once(self, world, lead):
		other = make.user("Đoàn Viên")
		name = planned(world, lead, team=[{"user": other}])
		by(lead, api.start, name)
		rows = lines(name)
		by(lead, api.save_scores, name, {rows["QL1"].name: {"score": 9}})
		by(other, api.save_scores, name, {rows["QL2"].name: {"score": 8}})
		assert (lines(name)["QL1"].score, lines(name)["QL2"].score) == (9, 8)


class TestTurns:
	def test_only_the_team_scores_and_only_while_it_is_its_turn(self, world, lead):
		name = scored(world, lead)
		row = lines(name)["QL1"].name
		for who in (world.secretary, world.officer, world.inspector, world.far_officer, world.nobody):
			with refused((InspectionError, frappe.PermissionError)):
				by(who, api.save_scores, name, {row: {"score": 1}})
		by(lead, api.send, name)
		with refused(InspectionError, "cannot be changed by you while the inspection is With Cell"):
			by(lead, api.save_scores, name, {row: {"score": 1}})

	def test_the_workflow_is_not_jumped(self, world, lead):
		name = planned(world, lead)
		for state in ("With Cell", "Concluded", "Returned"):
			frappe.set_user(world.officer)
			doc = stored(name)
			doc.workflow_state = state
			with refused((InspectionError, frappe.ValidationError)):
				doc.save()
		frappe.set_user(world.officer)
		with refused((InspectionError, frappe.ValidationError)):
			stored(name).submit()
		assert frappe.db.get_value("Inspection", name, ["workflow_state", "docstatus"]) == ("Planned", 0)

	def test_the_menu_of_the_workflow_does_the_same(self, world, lead):
		name = planned(world, lead)
		frappe.set_user(lead)
		apply_workflow(stored(name), "Start")
		assert stored(name).workflow_state == "In Progress" and stored(name).started_on

	def test_nobody_inspects_the_cell_he_leads(self, world, lead):
		for leading, values in ((world.secretary, {}), (lead, {"team": [{"user": world.secretary}]})):
			with refused(InspectionError, "is the secretary of Chi bộ Tổ dân phố 1 and cannot inspect it"):
				planned(world, leading, **values)

	def test_a_cell_is_not_inspected_twice_at_once_by_the_same_set(self, world, lead):
		planned(world, lead)
		with refused(InspectionError, "is planned or under way"):
			planned(world, lead)

	def test_a_merged_cell_is_not_inspected(self, world, lead):
		name = planned(world, lead)
		frappe.db.set_value("Cell", world.cell, {"status": "Merged", "merged_into": world.other_cell})
		with refused(ClosedCellError, "no longer active"):
			by(lead, api.start, name)
		frappe.db.set_value("Inspection", name, "open_key", None)
		with refused(ClosedCellError, "no longer active"):
			planned(world, lead)

	def test_one_that_will_not_be_is_withdrawn_with_a_reason(self, world, lead):
		name = planned(world, lead)
		with refused(InspectionError, "Say why the inspection is withdrawn"):
			by(world.officer, api.withdraw, name, " ")
		by(world.officer, api.withdraw, name, "Chi bộ sáp nhập")
		assert stored(name).open_key is None and planned(world, lead)


class TestAnswer:
	def test_the_cell_answers_before_the_conclusion(self, world, lead, monkeypatch):
		name = sent(world, lead)
		assert getdate(stored(name).answer_due_on) == getdate(add_days(today(), 7))
		with refused(AnswerError, "The cell has not answered and has until"):
			by(world.officer, api.conclude, name)
		set_today(monkeypatch, add_days(today(), 8))
		assert by(world.officer, api.conclude, name)["state"] == "Concluded"

	def test_an_objection_is_decided(self, world, lead):
		name = sent(world, lead, QL2=10)
		row = lines(name)["QL2"].name
		with refused(AnswerError, "Say at a criterion what the cell objects to"):
			by(world.secretary, api.answer, name, False)
		by(world.secretary, api.answer, name, False, "Đề nghị xem lại", {row: "Tài liệu đã đóng bìa đầy đủ"})
		assert (stored(name).cell_answer, stored(name).answered_by) == ("Objects", world.secretary)
		with refused(AnswerError, "Write what becomes of the objection"):
			by(world.officer, api.conclude, name)
		by(world.officer, api.conclude, name, {row: "Giữ nguyên điểm"})
		assert lines(name)["QL2"].objection_reply == "Giữ nguyên điểm"

	def test_the_team_looks_again(self, world, lead):
		name = sent(world, lead, QL2=10)
		row = lines(name)["QL2"].name
		by(world.secretary, api.answer, name, False, "", {row: "Đã đóng bìa"})
		with refused(InspectionError, "Say why the inspection goes back"):
			by(lead, api.send_back, name, "")
		by(lead, api.send_back, name, "Xem lại theo ý kiến chi bộ")
		by(lead, api.save_scores, name, {row: {"score": 14}})
		with refused(AnswerError, "Write what becomes of the objection"):
			by(lead, api.send, name)
		by(lead, api.save_scores, name, {row: {"objection_reply": "Chấm lại 14 điểm"}})
		by(lead, api.send, name)
		assert lines(name)["QL2"].objection_reply == "Chấm lại 14 điểm"
		assert stored(name).answered_on is None, "the cell answers what it has now"
		by(world.secretary, api.answer, name, True)
		assert by(world.officer, api.conclude, name)["state"] == "Concluded"

	def test_what_becomes_of_an_objection_is_kept_before_the_conclusion(self, world, lead):
		name = sent(world, lead, QL2=10)
		row = lines(name)["QL2"].name
		by(world.secretary, api.answer, name, False, "", {row: "Đã đóng bìa"})
		by(world.officer, api.save_scores, name, {row: {"objection_reply": "Giữ nguyên điểm"}})
		assert lines(name)["QL2"].objection_reply == "Giữ nguyên điểm"
		with refused((InspectionError, frappe.PermissionError)):
			by(world.secretary, api.save_scores, name, {row: {"objection_reply": "Chấm lại"}})
		with refused(InspectionError, "cannot be changed by you"):
			by(world.officer, api.save_scores, name, {row: {"score": 15}})
		by(world.officer, api.conclude, name)

	def test_a_new_objection_asks_for_a_new_reply(self, world, lead):
		name = sent(world, lead, QL2=10)
		row = lines(name)["QL2"].name
		by(world.secretary, api.answer, name, False, "", {row: "Đã đóng bìa"})
		by(lead, api.send_back, name, "Xem lại theo ý kiến chi bộ")
		by(lead, api.save_scores, name, {row: {"objection_reply": "Giữ nguyên điểm"}})
		by(lead, api.send, name)
		by(world.secretary, api.answer, name, False, "", {row: "Đã đóng bìa, có ảnh chụp"})
		assert lines(name)["QL2"].objection_reply is None
		with refused(AnswerError, "Write what becomes of the objection"):
			by(world.officer, api.conclude, name)

	def test_the_answer_is_the_cells(self, world, lead):
		name = sent(world, lead)
		for who in (lead, world.officer, world.other_secretary, world.nobody):
			with refused((InspectionError, frappe.PermissionError)):
				by(who, api.answer, name, True)


class TestConclusion:
	def test_it_is_numbered_sealed_and_closed(self, world, lead):
		name = concluded(world, lead)
		doc = stored(name)
		assert (doc.docstatus, doc.minutes_number, doc.congress_term) == (1, 1, "2025–2030")
		assert doc.concluded_by == world.officer and doc.concluded_by_position == "Ủy viên"
		assert doc.digest == record.digest(concluding.sealed(doc))
		for who in (lead, world.officer, world.manager):
			frappe.set_user(who)
			doc = stored(name)
			doc.summary = "khác"
			with refused((InspectionError, frappe.ValidationError, frappe.PermissionError)):
				doc.save()
		line = frappe.get_doc("Inspection Score", stored(name).scores[0].name)
		line.score = 1
		with refused(RowAloneError, "changed on its document"):
			line.save()
		frappe.set_user("Administrator")
		with refused(InspectionError, "stays"):
			stored(name).cancel()
		second = concluded(world, lead)
		assert stored(second).minutes_number == 2 and stored(second).previous == name

	def test_who_leads_the_cell_does_not_conclude_about_it(self, world, lead):
		name = sent(world, lead)
		by(world.secretary, api.answer, name, True)
		frappe.set_user("Administrator")
		committee = frappe.get_doc("Party Committee", world.commune)
		committee.append("users", {"user": world.secretary, "function": "Officer", "from_date": "2020-01-01"})
		committee.save()
		with refused((InspectionError, frappe.PermissionError)):
			by(world.secretary, api.conclude, name)

	def test_a_weakness_becomes_an_action_and_is_opened_again_when_found_again(self, world, lead):
		name = scored(world, lead)
		with refused(InspectionError, "say until when"):
			find(lead, name, remedy="Bổ sung biên bản")
			by(lead, api.send, name)
		frappe.set_user(lead)
		doc = stored(name)
		doc.findings[0].due_on = add_days(today(), 20)
		doc.save()
		find(lead, name, kind="Strength", text="Sổ sách ngăn nắp")
		by(lead, api.send, name)
		by(world.secretary, api.answer, name, True)
		by(world.officer, api.conclude, name)
		(action,) = frappe.get_all("Corrective Action", filters={"inspection": name}, pluck="name")
		doc = frappe.get_doc("Corrective Action", action)
		assert (doc.subject, doc.responsible, doc.times_found) == (
			"Thiếu biên bản tháng 9",
			world.secretary,
			1,
		)
		assert stored(name).findings[0].corrective_action == action
		frappe.set_user(world.secretary)
		doc.reload()
		doc.evidence = "Đã bổ sung"
		doc.save()
		apply_workflow(doc, "Report Done")
		frappe.set_user(world.officer)
		apply_workflow(frappe.get_doc("Corrective Action", action), "Confirm Effect")
		second = scored(world, lead)
		assert (lines(second)["BG2"].fact_value, lines(second)["BG2"].proposed) == (100, 10)
		find(lead, second, earlier_action=action, due_on=add_days(today(), 10), text="Lại thiếu biên bản")
		by(lead, api.send, second)
		by(world.secretary, api.answer, second, True)
		by(world.officer, api.conclude, second)
		doc = frappe.get_doc("Corrective Action", action)
		assert (doc.workflow_state, doc.times_found, doc.inspection) == ("Open", 2, second)
		assert doc.done_on is None and getdate(doc.reopened_on) == getdate(today())
		assert frappe.db.count("Corrective Action", {"cell": world.cell}) == 1

	def test_what_is_found_again_is_of_the_same_cell(self, world, lead):
		frappe.set_user(world.officer)
		other = frappe.new_doc("Corrective Action")
		other.update({"cell": world.other_cell, "subject": "Khác", "due_on": today()}).insert()
		name = scored(world, lead)
		find(lead, name, earlier_action=other.name, due_on=add_days(today(), 10))
		with refused(InspectionError, "of another cell"):
			by(lead, api.send, name)


class TestAccess:
	def test_a_team_reads_the_cell_while_it_inspects_and_not_after(self, world, lead):
		name = planned(world, lead)
		frappe.set_user(lead)
		assert frappe.get_list("Inspection", pluck="name") == [name]
		assert frappe.get_list("Cell", pluck="name") == [world.cell]
		assert frappe.get_list("Folder Item", pluck="name") == [], "it has not begun"
		by(lead, api.start, name)
		assert set(frappe.get_list("Folder Item", pluck="cell", limit_page_length=0)) == {world.cell}
		assert not scope.of(lead).ranges and not scope.of(lead).held
		slot = make.slots(world.cell)[0]
		frappe.set_user(lead)
		assert frappe.has_permission("Folder Item", "read", doc=slot)
		assert not frappe.has_permission("Folder Item", "write", doc=slot)
		given = {row.name: {"score": row.maximum} for row in stored(name).scores if not row.scored}
		by(lead, api.save_scores, name, given)
		by(lead, api.send, name)
		by(world.secretary, api.answer, name, True)
		by(world.officer, api.conclude, name)
		frappe.set_user(lead)
		for doctype in ("Inspection", "Cell", "Folder Item", "Corrective Action", "Inspection Score"):
			parent = {"parent_doctype": "Inspection"} if doctype == "Inspection Score" else {}
			assert frappe.get_list(doctype, pluck="name", **parent) == [], doctype
		assert not permissions.has_permission(stored(name), lead, "read")

	def test_whose_turn_it_is_stands_on_the_record(self, world, lead):
		name = planned(world, lead)
		assert stored(name).awaiting == lead
		by(lead, api.start, name)
		given = {row.name: {"score": row.maximum} for row in stored(name).scores if not row.scored}
		by(lead, api.save_scores, name, given)
		by(lead, api.send, name)
		assert stored(name).awaiting == world.secretary
		by(world.secretary, api.answer, name, True)
		assert stored(name).awaiting == world.officer
		by(world.officer, api.conclude, name)
		assert not stored(name).awaiting


def test_the_papers_of_a_concluded_inspection_stay(world, lead):
	name = scored(world, lead)
	photo = {"attached_to_doctype": "Inspection", "attached_to_name": name}
	frappe.set_user(lead)
	wrong, kept = make.attach("", name="nham.pdf", **photo), make.attach("", name="tu-ho-so.pdf", **photo)
	frappe.delete_doc("File", wrong.name)
	by(lead, api.send, name)
	by(world.secretary, api.answer, name, True)
	by(world.officer, api.conclude, name)
	for user in (world.officer, "Administrator"):
		frappe.set_user(user)
		with pytest.raises(FiledFileError, match="belongs to a concluded inspection and stays"):
			frappe.delete_doc("File", kept.name)
	frappe.set_user(lead)  # whose right to write ended with the conclusion
	with pytest.raises(frappe.PermissionError):
		frappe.delete_doc("File", kept.name)
	assert frappe.db.exists("File", kept.name) and not frappe.db.exists("File", wrong.name)
