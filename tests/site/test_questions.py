"""Questions: asked, escalated over three levels, answered, published; returned; reminded; handed over."""

import frappe
import pytest
from frappe.desk.query_report import run
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, get_datetime, getdate, today

from partycell.api import handbook as api
from partycell.errors import HandbookError, HandbookTurnError
from partycell.handbook import questions
from partycell.inspections import live_facts
from tests.site import factories as make
from tests.site.support import acts, clock
from tests.site.support.refusals import refused

NOTE = "Handbook Note"


@pytest.fixture(scope="module")
def tree(fresh_site):
	"""Province over commune over grassroots; officers at the province and below; one cell at the bottom."""
	frappe.set_user("Administrator")
	made = frappe._dict(
		province_officer=make.user("Tỉnh"), commune_officer=make.user("Xã"), officer=make.user("Cơ Sở")
	)
	made.province = make.committee("Tỉnh ủy", "Province", officer=made.province_officer)
	made.commune = make.committee("Đảng ủy xã", parent=made.province, officer=made.commune_officer)
	made.base = make.committee("Đảng ủy trường", "Grassroots", parent=made.commune, officer=made.officer)
	made.cell = make.cell(made.base, "Chi bộ Tổ 1")
	made.beside = make.cell(made.commune, "Chi bộ Thôn 2")
	made.secretary, made.neighbour, made.receiver = (
		make.user("Bí Thư"),
		make.user("Láng Giềng"),
		make.user("Kế"),
	)
	make.term(made.cell, made.secretary)
	make.term(made.beside, made.neighbour)
	frappe.db.commit()
	return made


@pytest.fixture
def question(tree, isolated):
	return ask_about(tree, "Đảng viên đi làm xa")


def ask_about(tree, title):
	frappe.set_user(tree.secretary)
	doc = frappe.new_doc(NOTE)
	doc.update({"note_type": "Question", "cell": tree.cell, "title": title})
	doc.update({"body": "<p>Sinh hoạt tạm thời thế nào?</p>"})
	doc.append("basis", {"document": "Điều lệ Đảng"})
	return doc.insert().name


@pytest.fixture(autouse=True)
def rolled_back(tree):
	"""The tree is made once; what a test does to it is taken away."""
	frappe.db.savepoint("before_test")
	yield
	frappe.db.rollback(save_point="before_test")


def by(user, state, question, **more):
	frappe.set_user(user)
	return api.act(question, state, **more)


def stored(question):
	return frappe.get_doc(NOTE, question)


def days_from_now(days):
	return getdate(add_days(today(), days))


def test_a_question_over_three_levels_is_published_once_for_all(tree, question):
	by(tree.secretary, "Asked", question)
	doc = stored(question)
	assert (doc.committee, doc.awaiting, doc.due_on) == (tree.base, tree.officer, days_from_now(5))
	with refused(HandbookError, "Give your opinion"):
		by(tree.officer, "Escalated", question)
	by(tree.officer, "Escalated", question, remark="Nên cho sinh hoạt tạm thời")
	doc = stored(question)
	assert (doc.committee, doc.awaiting, doc.due_on) == (tree.commune, tree.commune_officer, days_from_now(7))
	with pytest.raises(frappe.PermissionError):
		by(tree.officer, "Answered", question, answer="<p>Được</p>")
	by(tree.commune_officer, "Escalated", question, remark="Đồng ý với cơ sở")
	doc = stored(question)
	assert (doc.committee, doc.due_on) == (tree.province, days_from_now(10))
	with refused(HandbookError, "Nobody above this committee can be asked."):
		by(tree.province_officer, "Escalated", question, remark="Còn ai?")
	with refused(HandbookError, "Write the answer first."):
		by(tree.province_officer, "Answered", question, answer="<p> </p>")
	by(tree.province_officer, "Answered", question, answer="<p>Sinh hoạt tạm thời tối đa hai năm</p>")
	assert stored(question).awaiting == tree.secretary
	guidance = frappe.get_doc(
		NOTE, api.publish_answer(question, title="Đảng viên đi làm xa sinh hoạt tạm thời")
	)
	doc = stored(question)
	assert (doc.workflow_state, doc.published_as) == ("Published", guidance.name)
	assert (guidance.workflow_state, guidance.committee, guidance.from_question) == (
		"Published",
		tree.province,
		question,
	)
	assert guidance.basis[0].document == "Điều lệ Đảng"
	assert [(row.act, row.committee, row.acted_by, row.remark) for row in doc.path] == [
		("Asked", tree.base, tree.secretary, None),
		("Escalated", tree.commune, tree.officer, "Nên cho sinh hoạt tạm thời"),
		("Escalated", tree.province, tree.commune_officer, "Đồng ý với cơ sở"),
		("Answered", tree.province, tree.province_officer, None),
		("Published", tree.province, tree.province_officer, None),
	]
	frappe.set_user(tree.neighbour)
	assert guidance.name in frappe.get_list(NOTE, pluck="name", limit_page_length=0)
	assert not frappe.has_permission(NOTE, "read", doc=question), "the question stays between cell and levels"


def test_what_came_back_says_why_and_is_asked_again(tree, question):
	by(tree.secretary, "Asked", question)
	with refused(HandbookError, "Say why"):
		by(tree.officer, "Returned", question)
	by(tree.officer, "Returned", question, remark="Nêu rõ thời gian đi")
	doc = stored(question)
	assert (doc.workflow_state, doc.awaiting, doc.path[-1].remark) == (
		"Returned",
		tree.secretary,
		"Nêu rõ thời gian đi",
	)
	frappe.set_user(tree.secretary)
	doc.update({"body": "<p>Đi 18 tháng</p>"}).save()
	by(tree.secretary, "Asked", question)
	assert [row.act for row in stored(question).path] == ["Asked", "Returned", "Asked"]


def test_a_level_without_officers_is_passed_over(tree, question):
	frappe.set_user("Administrator")
	doc = frappe.get_doc("Party Committee", tree.base)
	doc.set("users", [])
	doc.save()
	by(tree.secretary, "Asked", question)
	assert stored(question).committee == tree.commune


def test_nobody_above_is_said(tree, question):
	frappe.db.delete("Party Committee User", {"parent": ("in", (tree.base, tree.commune, tree.province))})
	with refused(HandbookError, "Nobody acts for a committee above this cell today."):
		by(tree.secretary, "Asked", question)


def test_what_is_asked_is_not_rewritten(tree, question):
	by(tree.secretary, "Asked", question)
	doc = stored(question)
	doc.body = "<p>Khác</p>"
	with refused(HandbookTurnError, "Text cannot be changed by you while the entry is Asked."):
		doc.save()
	frappe.set_user(tree.officer)
	doc = stored(question)
	doc.path = []
	with refused(HandbookTurnError, "Steps cannot be changed by you"):
		doc.save()


def test_the_menu_of_the_workflow_leads_no_way_around(tree, question):
	by(tree.secretary, "Asked", question)
	frappe.set_user(tree.officer)
	with refused(HandbookError, "Write the answer first."):
		apply_workflow(stored(question), "Answer")
	by(tree.officer, "Answered", question, answer="<p>Được</p>")
	with refused(HandbookTurnError, "An answer is published by the button of the form"):
		apply_workflow(stored(question), "Publish")
	with refused(HandbookTurnError, "Only an answered question is published."):
		api.publish_answer(api.publish_answer(question))


def test_only_the_level_that_answered_publishes(tree, question):
	by(tree.secretary, "Asked", question)
	by(tree.officer, "Escalated", question, remark="Chuyển")
	by(tree.commune_officer, "Answered", question, answer="<p>Được</p>")
	frappe.set_user(tree.officer)
	with refused(HandbookTurnError, "Only the level that answered publishes the answer."):
		api.publish_answer(question)


def test_officers_are_reminded_once_a_day_for_all_that_waits(tree, question, monkeypatch):
	by(tree.secretary, "Asked", question)
	second = ask_about(tree, "Đảng phí")
	api.act(second, "Asked")
	frappe.set_user("Administrator")
	for late, subject in (
		(-3, None),
		(-2, "2 questions wait for you, 0 of them overdue"),
		(0, "2 questions wait for you, 0 of them overdue"),
		(1, "2 questions wait for you, 2 of them overdue"),
		(2, None),
	):
		frappe.db.delete("Notification Log", {"for_user": tree.officer})
		clock.set_today(monkeypatch, add_days(stored(question).due_on, late))
		questions.remind_due()
		found = frappe.get_all("Notification Log", {"for_user": tree.officer}, pluck="subject")
		assert found == ([subject] if subject else []), late


def test_open_questions_go_over_and_the_successor_is_reminded(tree, question, monkeypatch):
	by(tree.secretary, "Asked", question)
	by(tree.officer, "Returned", question, remark="Nêu rõ")
	frappe.set_user("Administrator")
	acts.fill(tree.cell, all_but=0)
	name = acts.pass_on(tree, tree.cell, tree.secretary, tree.receiver)
	assert [(row.kind, row.reference_name) for row in acts.handover(name).open_matters] == [
		("Handbook Question", question)
	]
	doc = stored(question)
	assert (doc.author, doc.author_name) == (tree.secretary, "Bí Thư"), "the author of the time stays"
	assert doc.has_permission("write", user=tree.receiver)
	assert not doc.has_permission("write", user=tree.secretary)
	frappe.set_user("Administrator")
	frappe.db.delete("Notification Log")
	clock.set_today(monkeypatch, doc.due_on)
	assert questions.remind_due() == 1
	assert frappe.get_all("Notification Log", pluck="for_user") == [tree.receiver]
	by(tree.receiver, "Asked", question)
	assert stored(question).path[-1].acted_by == tree.receiver


def test_the_matter_names_who_owes_the_answer(tree, question):
	by(tree.secretary, "Asked", question)
	(matter,) = questions.open_matters(tree.cell)
	assert (matter.title, matter.responsible, matter.due_on) == (
		"Đảng viên đi làm xa",
		"Đảng ủy trường",
		days_from_now(5),
	)
	by(tree.officer, "Answered", question, answer="<p>Được</p>")
	assert questions.open_matters(tree.cell) == []


def test_an_inspection_learns_what_was_written_and_what_waits_for_an_answer(tree, question):
	names = ["notes_written", "questions_sent", "questions_unanswered"]

	def facts():
		measured = live_facts.measure(names, [tree.cell, tree.beside])
		return [[measured[name][cell] for name in names] for cell in (tree.cell, tree.beside)]

	assert facts() == [[0, 0, 0], [0, 0, 0]], "a draft was not sent"
	by(tree.secretary, "Asked", question)
	frappe.set_user(tree.secretary)
	note = frappe.new_doc(NOTE)
	note.update({"note_type": "Note", "cell": tree.cell, "title": "Sổ quỹ", "body": "<p>Ghi hằng tháng</p>"})
	note.insert()
	assert facts() == [[1, 1, 1], [0, 0, 0]]
	frappe.set_user(tree.officer)
	for name, records in (("notes_written", [note.name]), ("questions_unanswered", [question])):
		source = live_facts.sources([name], tree.cell)[name]
		assert frappe.get_list(source["doctype"], filters=source["filters"], pluck="name") == records
	by(tree.officer, "Answered", question, answer="<p>Sinh hoạt tạm thời nơi đến.</p>")
	assert facts() == [[1, 1, 0], [0, 0, 0]]
	frappe.db.set_value(NOTE, note.name, "creation", add_days(today(), -400))
	assert facts()[0] == [0, 1, 0], "what is older than a year says nothing of today"


def rows_of_report(**filters):
	"""The rows of the report that the desk shows to the session's user, its chart and its summary."""
	found = run("Handbook Questions", filters=filters, ignore_prepared_report=True)
	shown = {row["name"]: row for row in found["result"] if isinstance(row, dict)}
	return shown, found["chart"], {row["label"]: row["value"] for row in found["report_summary"]}


def test_the_report_says_where_a_question_lies_how_long_it_waits_and_what_an_answer_took(
	tree, question, monkeypatch
):
	topic = frappe.db.get_value("Handbook Topic", {})
	frappe.db.set_value(NOTE, question, "topic", topic)
	other, draft = ask_about(tree, "Thu đảng phí"), ask_about(tree, "Chưa gửi")
	start = getdate(today())
	by(tree.secretary, "Asked", question)
	by(tree.secretary, "Asked", other)
	clock.set_today(monkeypatch, add_days(start, 4))
	monkeypatch.setattr(questions, "now_datetime", lambda: get_datetime(f"{add_days(start, 4)} 09:00:00"))
	by(tree.officer, "Escalated", question, remark="Chưa có hướng dẫn")
	by(tree.officer, "Answered", other, answer="<p>Thu hằng tháng</p>")
	clock.set_today(monkeypatch, add_days(start, 60))
	frappe.set_user(tree.commune_officer)
	shown, chart, summary = rows_of_report()
	assert list(shown) == [question, other] and draft not in shown
	first, second = shown[question], shown[other]
	due = getdate(stored(question).due_on)
	assert (first["committee"], first["level"], first["escalated"]) == (tree.commune, "Commune", 1)
	assert (first["days"], first["overdue"]) == (60, (getdate(add_days(start, 60)) - due).days)
	assert (second["days"], second["overdue"], second["answered_on"]) == (4, 0, getdate(add_days(start, 4)))
	assert summary == {
		"Questions Asked": 2,
		"Waiting": 1,
		"Of These Overdue": 1,
		"Days to an Answer (Median)": "4",
	}
	assert [data["values"] for data in chart["data"]["datasets"]] in (
		[[0, 1], [0, 0], [1, 0]],
		[[1, 0], [0, 0], [0, 1]],
	)
	for asked, names in (
		({"only_overdue": 1}, [question]),
		({"workflow_state": "Answered"}, [other]),
		({"level": "Commune"}, [question]),
		({"committee": tree.base}, [other]),
		({"topic": topic}, [question]),
		({"cell": tree.beside}, []),
		({"from_date": add_days(start, 1)}, []),
		({"from_date": start, "to_date": start}, [question, other]),
	):
		assert list(rows_of_report(**asked)[0]) == names, asked
	frappe.set_user(tree.neighbour)
	assert rows_of_report()[0] == {}


def test_the_calendar_shows_the_questions_that_wait_to_those_who_see_them(tree, question, monkeypatch):
	by(tree.secretary, "Asked", question)
	ask_about(tree, "Chưa gửi")
	month = {"start": str(days_from_now(-1)), "end": str(days_from_now(40))}
	frappe.set_user(tree.officer)
	(event,) = api.events(**month)
	assert (event.name, event.due_on, event.color) == (question, stored(question).due_on, api.WAITING)
	assert api.events(str(days_from_now(300)), str(days_from_now(340))) == []
	frappe.set_user(tree.neighbour)
	assert api.events(**month) == []
	clock.set_today(monkeypatch, days_from_now(30))
	frappe.set_user(tree.officer)
	assert [one.color for one in api.events(**month)] == [api.LATE]
