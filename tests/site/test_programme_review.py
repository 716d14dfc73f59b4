"""Programme reviews: figures by month and period, who writes and reads, what is frozen, the printed report."""

import io
from datetime import date

import frappe
import pytest
from frappe.desk import query_report
from frappe.utils import add_days, add_months, getdate, now_datetime, today
from pypdf import PdfReader

from partycell.access import scope
from partycell.api import handbook, handovers, reviews
from partycell.errors import IssueError, ReviewError
from partycell.organisation import figures
from partycell.reviews import figures as review_figures
from partycell.reviews import paper, reviewing
from partycell.rules import record
from tests.site import factories as make
from tests.site.support.acts import by


def this_month() -> date:
	return getdate(today()).replace(day=1)


@pytest.fixture
def world(standing_world):
	frappe.set_user(standing_world.officer)
	return standing_world


def values(committee: str, since, until) -> dict:
	return {one.key: one for one in review_figures.take(committee, getdate(since), getdate(until))}


def text_of(name: str) -> str:
	"""What the report says, without its spaces."""
	data = paper.pdf_of(frappe.get_doc("Programme Review", name))
	return squeezed(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages))


def squeezed(text: str) -> str:
	return "".join(text.split())


def queries(act) -> int:
	"""How many statements an act sends."""
	sent, run = [], frappe.db.sql
	frappe.db.sql = lambda *args, **kwargs: (sent.append(args[0]), run(*args, **kwargs))[1]
	try:
		act()
	finally:
		del frappe.db.sql
	return len(sent)


def test_a_month_is_kept_once_for_every_cell_that_was_there(world):
	frappe.db.set_value("Cell", world.other_cell, "established_on", add_days(today(), 1))
	assert figures.keep_month() == 2
	assert figures.keep_month() == 0
	row = frappe.get_doc("Cell Figures", {"cell": world.cell, "month": this_month()})
	assert (row.members, row.full_members, row.committee) == (12, 10, world.commune)
	assert not frappe.db.exists("Cell Figures", {"cell": world.other_cell})
	with pytest.raises((frappe.UniqueValidationError, frappe.DuplicateEntryError)):
		frappe.copy_doc(row).insert(ignore_permissions=True)


def test_then_is_what_was_kept_and_now_is_what_is(world):
	month = getdate(add_months(this_month(), -2))
	figures.insert(
		[
			{
				"cell": world.cell, "month": month, "committee": world.commune, "members": 7,
				"full_members": 7, "completeness": 25, "required_due": 20, "required_present": 5,
			}
		]
	)  # fmt: skip
	found = values(world.commune, month, today())
	assert (found["cells"].before, found["cells"].value, found["cells"].change) == (1, 2, 1)
	assert (found["members"].before, found["members"].value) == (7, 24)
	assert (found["completeness"].before, found["low"].before) == (25, 1)
	# Where the period begins before anything was kept, the first that was is the nearest to it.
	assert values(world.commune, add_months(month, -9), today())["members"].before == 7
	assert [one["members"] for one in figures.course(world.commune, month, this_month())] == [7]


def test_without_months_the_days_of_the_cells_tell_how_many_there_were(world):
	frappe.db.set_value("Cell", world.other_cell, "established_on", add_days(today(), -20))
	found = values(world.commune, add_days(today(), -40), today())
	assert (found["cells"].before, found["cells"].value) == (1, 2)
	assert found["members"].before is None and found["members"].change is None


def test_organisations_and_the_cells_below_them(world):
	frappe.set_user("Administrator")
	town = make.committee("Thị ủy", "Town")
	grassroots = make.committee("Đảng ủy phường", "Grassroots", parent=town)
	part = make.committee("Đảng ủy bộ phận", "Department", parent=grassroots)
	for above in (grassroots, part, town):
		make.cell(above, f"Chi bộ của {above}", cell_type="Residential")
	found = values(town, add_days(today(), -5), today())
	assert (found["organisations"].value, found["cells_below"].value, found["cells"].value) == (2, 2, 3)
	assert "organisations" not in values(grassroots, add_days(today(), -5), today())


def test_folders_to_cells_to_committees_and_in_reserve(world):
	name = make.folder_issue(
		world.commune, copies=[{"committee": world.commune, "copies": 2}, {"copies": 5, "committee": None}]
	)
	assert frappe.db.get_value("Folder Issue", name, "folders_issued") == 2
	found = values(world.commune, today(), today())
	keys = ("folders", "folders_cells", "folders_committees", "folders_reserve", "folders_received")
	assert [found[key].value for key in keys] == [9, 2, 2, 5, 0]
	elsewhere = frappe.db.get_value("Cell", {"committee": ("!=", world.commune)}, "committee")
	assert values(elsewhere, today(), today())["folders"].value == 0
	with pytest.raises(IssueError, match="Other folders, line 1"):
		make.folder_issue(world.commune, submit=False, copies=[{"committee": elsewhere, "copies": 1}])


def test_handovers_their_discrepancies_and_what_was_put_right(world):
	slot = make.fill_folder(world.cell)[0].name
	frappe.set_user(world.secretary)
	handover = frappe.get_doc("Handover", make.delivered(world))
	line = next(row.name for row in handover.items if row.folder_item == slot)
	frappe.set_user(world.receiver)
	due = add_days(today(), 3)
	handovers.mark(handover.name, {line: {"state": "Missing", "remark": "Không thấy"}})
	handovers.mark_rest_present(handover.name)
	handovers.receive(handover.name, make.SIGNATURE)
	frappe.set_user(world.officer)
	doc = frappe.get_doc("Handover", handover.name)
	next(row for row in doc.items if row.name == line).update({"remedy": "Chép lại", "due_on": due})
	doc.save()
	handovers.approve(doc.name)
	frappe.db.set_value("Handover", doc.name, "giver_signed_on", add_days(now_datetime(), -6))
	found = values(world.commune, today(), add_days(today(), 9))
	assert [found[key].value for key in ("handovers", "handovers_whole", "handovers_wanting")] == [1, 0, 1]
	assert (found["handover_days"].value, found["handovers_whole_rate"].value) == (6, 0)
	assert (found["actions"].value, found["actions_done"].value) == (1, 0)
	action = frappe.db.get_value("Corrective Action", {"handover": doc.name, "folder_item": slot})
	frappe.db.set_value("Corrective Action", action, {"workflow_state": "Done", "done_on": today()})
	found = values(world.commune, today(), add_days(today(), 9))
	assert (found["actions_in_time"].value, found["actions_rate"].value) == (1, 100)


def test_directives_meetings_and_questions_of_the_period(world):
	frappe.set_user(world.officer)
	directive = make.directive(world.commune, acknowledgement_asked=1)
	by(world.secretary, make.acknowledgement, directive, world.cell)
	meeting = by(world.secretary, make.meeting, world.cell)
	frappe.db.set_value(
		"Cell Meeting",
		meeting,
		{"status": "Concluded", "on_roll": 12, "exempt": 2, "present": 9, "percent": 88, "rating": "Khá"},
	)
	frappe.set_user(world.secretary)
	note = frappe.new_doc("Handbook Note")
	note.update({"note_type": "Question", "cell": world.cell, "title": "Hỏi", "body": "<p>Hỏi</p>"})
	note.append("basis", {"document": "Điều lệ Đảng"})
	handbook.act(note.insert().name, "Asked")
	frappe.set_user(world.officer)
	found = values(world.commune, today(), today())
	assert [found[key].value for key in ("directives", "directive_copies")] == [1, 2]
	keys = ("acknowledgements_asked", "acknowledgements", "acknowledgements_in_time", "acknowledgement_rate")
	assert [found[key].value for key in keys] == [2, 1, 1, 50]
	keys = ("meetings_planned", "meetings", "attendance", "meeting_quality", "meetings_rated:Khá")
	assert [found[key].value for key in keys] == [1, 1, 90, 88, 1]
	assert [found[key].value for key in ("questions", "questions_answered")] == [1, 0]
	assert found["question_days"].value is None
	month_ago = values(world.commune, add_months(today(), -1), add_days(today(), -1))
	assert month_ago["directives"].value == 0 and month_ago["meeting_quality"].value is None


def test_what_is_asked_does_not_grow_with_the_cells(world):
	def taken():
		review_figures.take(world.commune, getdate(add_months(today(), -3)), getdate(today()))

	taken()
	few = queries(taken)
	frappe.set_user("Administrator")
	for number in range(3, 9):
		make.cell(world.commune, f"Chi bộ {number}")
	assert queries(taken) == few <= 45


def test_figures_are_taken_by_act_and_never_written_by_hand(world):
	name = make.review(world.commune)
	doc = frappe.get_doc("Programme Review", name)
	assert doc.figures and doc.taken_on and doc.title.startswith("Kết quả từ ngày")
	row = next(row for row in doc.figures if row.figure == "cells")
	row.value, doc.digest, doc.minutes_number = 99, "f" * 64, 7
	doc.append("figures", {"label": "Thêm", "figure": "more"})
	doc.save()
	doc.reload()
	assert next(row for row in doc.figures if row.figure == "cells").value == 2
	assert "more" not in {row.figure for row in doc.figures} and not (doc.digest or doc.minutes_number)
	frappe.set_user("Administrator")
	make.cell(world.commune, "Chi bộ mới")
	frappe.set_user(world.officer)
	doc.save()
	assert next(row for row in doc.figures if row.figure == "cells").value == 2, (
		"kept until they are asked for"
	)
	doc.update({"from_date": add_days(today(), -9), "to_date": today()}).save()
	assert next(row for row in doc.figures if row.figure == "cells").value == 3
	with pytest.raises(frappe.PermissionError):
		by(world.inspector, reviews.take_figures, name)


def test_a_finished_review_is_numbered_sealed_and_stays(world):
	name = make.review(world.commune, submit=True)
	doc = frappe.get_doc("Programme Review", name)
	assert (doc.minutes_number, doc.finished_by_position) == (1, "Ủy viên")
	assert doc.digest == record.digest(reviewing.sealed(doc)) and reviewing.for_form(doc)["stands"]
	assert frappe.get_doc("Programme Review", make.review(world.commune, submit=True)).minutes_number == 2
	with pytest.raises(ReviewError, match="its figures stay"):
		reviews.take_figures(name)
	doc.strengths = "Khác"
	with pytest.raises(frappe.UpdateAfterSubmitError):
		doc.save()
	frappe.set_user("Administrator")
	frappe.db.set_value("Review Figure", {"parent": name, "figure": "cells"}, "value", 5)
	doc = frappe.get_doc("Programme Review", name)
	assert not reviewing.for_form(doc)["stands"]
	with pytest.raises(ReviewError, match="stays as it was signed"):
		doc.cancel()


def test_a_review_is_finished_when_its_period_is_over_and_its_text_is_there(world):
	with pytest.raises(ReviewError, match="The period runs until"):
		make.review(world.commune, submit=True, to_date=add_days(today(), 1))
	with pytest.raises(ReviewError, match="Fill in the section Weaknesses"):
		make.review(world.commune, submit=True, weaknesses="  ")
	name = make.review(world.commune)
	doc = frappe.get_doc("Programme Review", name)
	doc.from_date = add_days(doc.from_date, 1)
	with pytest.raises(ReviewError, match="Save the review"):
		doc.submit()
	frappe.set_user(world.far_officer)
	with pytest.raises(frappe.PermissionError):
		make.review(world.commune)


def test_those_below_read_what_is_finished_and_no_draft(world):
	frappe.set_user("Administrator")
	above, officer = make.committee("Tỉnh ủy", "Province"), make.user("Cán Bộ Dưới", "Committee Officer")
	below = make.committee("Đảng ủy xã", parent=above, officer=officer)
	draft, finished = make.review(above), make.review(above, submit=True)
	frappe.set_user(officer)
	assert frappe.get_list("Programme Review", pluck="name") == [finished]
	assert frappe.has_permission("Programme Review", "print", doc=finished)
	assert not frappe.has_permission("Programme Review", "read", doc=draft)
	for right in ("write", "submit", "delete"):
		assert not frappe.has_permission("Programme Review", right, doc=finished), right
	assert {
		row.parent
		for row in frappe.get_list("Review Figure", fields=["parent"], parent_doctype="Programme Review")
	} == {finished}
	frappe.set_user(world.officer)
	assert finished not in frappe.get_list("Programme Review", pluck="name")
	assert below and scope.of(officer).officer


def test_the_report_says_what_was_taken_and_is_marked_until_it_is_finished(world):
	make.folder_issue(world.commune, copies=[{"copies": 3}])
	name = make.review(
		world.commune, from_date=today(), to_date=today(), strengths="Đúng trình tự\nCó trọng tâm"
	)
	text = text_of(name)
	for said in (
		"BÁO CÁO", "kết quả việc cấp phát và sử dụng Cặp tài liệu sinh hoạt chi bộ", "DỰ THẢO",
		"Đã cấp phát 5 cặp tài liệu sinh hoạt chi bộ, gồm 2 cặp cho các chi bộ, 3 cặp để dự phòng.",
		"I. ĐẶC ĐIỂM TÌNH HÌNH", "Có trọng tâm", "V. PHƯƠNG HƯỚNG, NHIỆM VỤ", "BIỂU SỐ LIỆU",
	):  # fmt: skip
		assert squeezed(said) in text, said
	frappe.get_doc("Programme Review", name).submit()
	text = text_of(name)
	assert squeezed("DỰ THẢO") not in text and squeezed("Số 01-BC/") in text
	digest = frappe.db.get_value("Programme Review", name, "digest")
	assert digest in text


def test_years_stand_beside_one_another_for_whoever_acts_for_the_committee(world):
	make.folder_issue(world.commune)
	year = getdate(today()).year
	asked = {"committee": world.commune, "first_year": year - 1, "last_year": year}
	found = query_report.run("Programme Figures", filters=asked, ignore_prepared_report=True)
	rows = {row["label"]: row for row in found["result"] if isinstance(row, dict)}
	assert (rows["Folders issued"][f"y{year - 1}"], rows["Folders issued"][f"y{year}"]) == (0, 2)
	assert rows["Cells in all"][f"y{year}"] == 2
	unnamed = query_report.run(
		"Programme Figures", filters=asked | {"committee": None}, ignore_prepared_report=True
	)
	assert unnamed["result"] == found["result"]
	with pytest.raises(ReviewError, match="12 years at most"):
		query_report.run(
			"Programme Figures", filters=asked | {"first_year": year + 1}, ignore_prepared_report=True
		)
	frappe.set_user(world.far_officer)
	with pytest.raises(frappe.PermissionError):
		query_report.run("Programme Figures", filters=asked, ignore_prepared_report=True)


def test_an_app_adds_figures_by_a_hook(world, monkeypatch):
	own = "partycell.reviews.figures.letters"
	monkeypatch.setattr(review_figures, "letters", letters, raising=False)
	hooks = frappe.get_hooks

	def with_ours(hook=None, *args, **kwargs):
		found = hooks(hook, *args, **kwargs)
		return [*found, own] if hook == review_figures.HOOK else found

	monkeypatch.setattr(frappe, "get_hooks", with_ours)
	doc = frappe.get_doc("Programme Review", make.review(world.commune))
	row = next(row for row in doc.figures if row.figure == "letters")
	assert (row.value, row.before, row.change) == (4, 0, 0) or (row.value, row.before_known) == (4, 1)
	assert reviewing.for_form(doc)["others"] == [
		{"label": "Đơn thư", "unit": "count", "value": 4.0, "before": 4.0}
	]


def letters(asked):
	return [review_figures.Figure("letters", "Đơn thư", "letters", 4)]


def test_a_period_is_as_long_as_rules_allow(world):
	with pytest.raises(ReviewError, match="12 years at most"):
		make.review(world.commune, from_date=date(2000, 1, 1))
