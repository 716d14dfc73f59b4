"""Meetings of a cell: planned, held, concluded, called off; the plan of a year."""

import frappe
import pytest
from frappe.utils import add_days, cint, getdate, today

from partycell.api import meetings as api_meetings
from partycell.errors import MeetingError
from partycell.meetings import holding
from tests.site import factories as make


@pytest.fixture
def world(standing_world):
	frappe.set_user(standing_world.secretary)
	return standing_world


def held(world, **values) -> str:
	"""A regular meeting that was held, with its resolution."""
	name = make.meeting(
		world.cell,
		**{"present": 11, "excused": 1, "from_time": "19:00:00", "to_time": "20:40:00"}
		| {"resolution": "Tập trung thu hoạch"}
		| values,
	)
	api_meetings.hold(name)
	return name


def score_all(name: str, less: float = 0) -> None:
	doc = frappe.get_doc("Cell Meeting", name)
	for row in doc.scores:
		row.update({"score": row.maximum, "scored": 1})
	doc.scores[0].score -= less
	doc.save()


def test_a_new_meeting_has_the_prescribed_agenda_and_the_members_of_the_cell(world):
	doc = frappe.get_doc("Cell Meeting", make.meeting(world.cell))
	assert (doc.status, doc.on_roll, doc.docstatus) == ("Planned", 12, 0)
	assert [row.title for row in doc.agenda][:4] == [
		"Thu đảng phí",
		"Thông báo tình hình đảng viên dự, vắng mặt",
		"Thông qua chương trình sinh hoạt",
		"Cử thư ký ghi biên bản",
	]
	assert [row.part for row in doc.agenda][-1] == "Kết thúc"
	month = getdate(today())
	assert doc.title == f"Thường kỳ tháng {month:%m/%Y} – Chi bộ Tổ dân phố 1"
	assert len(doc.scores) == 15 and doc.maximum == 100


def test_an_office_may_write_its_own_agenda(world):
	frappe.db.set_single_value("Partycell Settings", "regular_agenda", "# Mở đầu\nChào cờ")
	frappe.clear_document_cache("Partycell Settings", "Partycell Settings")
	doc = frappe.get_doc("Cell Meeting", make.meeting(world.cell))
	assert [(row.part, row.title) for row in doc.agenda] == [("Mở đầu", "Chào cờ")]


def test_a_second_one_of_the_same_type_and_month_is_refused_by_name(world):
	make.meeting(world.cell)
	with pytest.raises(MeetingError, match="has a meeting of this type for this month already"):
		make.meeting(world.cell)
	assert make.meeting(world.cell, meeting_type="Thematic")
	assert make.meeting(world.cell, meeting_type="Extraordinary")
	assert make.meeting(world.cell, meeting_type="Extraordinary")


def test_the_place_of_one_that_was_called_off_is_free(world):
	name = make.meeting(world.cell)
	with pytest.raises(MeetingError, match="Say why"):
		api_meetings.call_off(name, " ")
	assert api_meetings.call_off(name, "Bão số 5") == "Cancelled"
	assert frappe.db.get_value("Cell Meeting", name, "cancelled_reason") == "Bão số 5"
	assert make.meeting(world.cell)
	with pytest.raises(MeetingError, match="was called off"):
		frappe.get_doc("Cell Meeting", name).save()


def test_attendance_that_does_not_add_up_is_refused_when_it_is_held(world):
	name = make.meeting(world.cell, present=11)
	with pytest.raises(MeetingError, match="make 11, but 12 members had to attend"):
		api_meetings.hold(name)
	doc = frappe.get_doc("Cell Meeting", name)
	doc.update({"excused": 1}).save()
	assert api_meetings.hold(name) == "Held"
	doc.reload()
	assert (str(doc.held_on), doc.attendance_rate) == (today(), 91.66)
	with pytest.raises(MeetingError, match="already"):
		api_meetings.hold(name)


def test_a_meeting_of_tomorrow_was_not_held(world):
	name = make.meeting(world.cell, present=12, held_on=add_days(today(), 1))
	with pytest.raises(MeetingError, match="a day to come"):
		api_meetings.hold(name)


def test_the_status_moves_by_acts_alone(world):
	name = make.meeting(world.cell, status="Concluded", minutes_number=7)
	doc = frappe.get_doc("Cell Meeting", name)
	assert (doc.status, cint(doc.minutes_number)) == ("Planned", 0)
	doc.update({"status": "Held", "minutes_number": 9, "filed_on": today()}).save()
	doc.reload()
	assert (doc.status, cint(doc.minutes_number), doc.filed_on) == ("Planned", 0, None)
	with pytest.raises(MeetingError, match="Only a meeting that was held"):
		doc.submit()


def test_minutes_are_numbered_within_the_cell(world):
	first, second = held(world), held(world, meeting_type="Thematic", topic="Học tập")
	for name in (first, second):
		assert api_meetings.conclude(name) == "Concluded"
	found = [frappe.db.get_value("Cell Meeting", name, "minutes_number") for name in (first, second)]
	assert found == [1, 2]
	with pytest.raises(frappe.ValidationError):
		frappe.get_doc("Cell Meeting", first).update({"resolution": "Khác"}).save()


def test_it_is_not_concluded_without_a_resolution_or_half_scored(world):
	name = held(world, resolution="")
	with pytest.raises(MeetingError, match="Write the resolution"):
		api_meetings.conclude(name)
	doc = frappe.get_doc("Cell Meeting", name)
	doc.resolution = "Nhất trí"
	doc.scores[0].score = 4
	doc.save()
	with pytest.raises(frappe.ValidationError, match="14 criteria have no score yet"):
		api_meetings.conclude(name)


def test_it_is_scored_by_the_rules_of_inspections(world):
	name = held(world)
	score_all(name, less=2)
	doc = frappe.get_doc("Cell Meeting", name)
	assert (doc.points, doc.maximum, doc.percent, doc.rating) == (98, 100, 98, "Tốt")
	doc.scores[0].score = 99
	with pytest.raises(frappe.ValidationError, match="more than the maximum"):
		doc.save()


def test_a_task_is_done_after_the_minutes_are_closed(world):
	name = held(world)
	api_meetings.conclude(name)
	doc = frappe.get_doc("Cell Meeting", name)
	doc.tasks[0].done_on = today()
	doc.save()
	assert str(frappe.get_doc("Cell Meeting", name).tasks[0].done_on) == today()


def test_what_the_frame_asks_is_shown(world):
	name = held(world, cell_committee_met=1)
	shown = holding.for_form(frappe.get_doc("Cell Meeting", name))
	assert [one["met"] for one in shown["frame"]] == [True, True, True, True, False, False]


def test_a_year_without_a_meeting_lacks_each_month_and_quarter(world):
	frappe.db.set_value("Cell", world.cell, "kept_from", "2020-01-01")
	lacking = api_meetings.wanting(world.cell)
	assert len(lacking) >= 15 and len([one for one in lacking if "Quý" in one]) in (3, 4)


def test_others_read_it_and_do_not_write_it(world):
	name = held(world)
	for who in ("officer", "inspector", "other_secretary", "far_officer"):
		frappe.set_user(getattr(world, who))
		with pytest.raises(frappe.PermissionError):
			api_meetings.conclude(name)
	frappe.set_user(world.officer)
	assert frappe.get_list("Cell Meeting", pluck="name") == [name]
	frappe.set_user(world.other_secretary)
	assert frappe.get_list("Cell Meeting", pluck="name") == []


def test_the_plan_of_a_year_is_made_once(world):
	year = getdate(today()).year + 1
	assert api_meetings.plan_year(year, cell=world.cell) == 16
	assert api_meetings.plan_year(year, cell=world.cell) == 0
	frappe.set_user(world.officer)
	assert api_meetings.plan_year(year, committee=world.commune) == 16, "of the other cell"
	rows = frappe.get_all(
		"Cell Meeting", filters={"cell": world.cell}, fields=["meeting_type", "status", "month", "on_roll"]
	)
	assert len([row for row in rows if row.meeting_type == "Thematic"]) == 4
	assert {(row.status, row.on_roll) for row in rows} == {("Planned", 12)}
	frappe.set_user(world.secretary)
	events = api_meetings.events(f"{year}-02-01", f"{year}-02-28")
	assert len(events) == 2


def test_a_planned_meeting_has_its_agenda_once_somebody_saves_it(world):
	year = getdate(today()).year + 1
	api_meetings.plan_year(year, cell=world.cell)
	doc = frappe.get_doc("Cell Meeting", frappe.db.get_value("Cell Meeting", {"meeting_type": "Regular"}))
	assert not doc.agenda
	doc.save()
	assert len(doc.agenda) == 11


def test_nobody_plans_for_a_cell_that_is_not_his(world):
	year = getdate(today()).year
	with pytest.raises(frappe.PermissionError):
		api_meetings.plan_year(year, cell=world.other_cell)
	for who in ("inspector", "far_officer"):
		frappe.set_user(getattr(world, who))
		with pytest.raises(frappe.PermissionError):
			api_meetings.plan_year(year, committee=world.commune)
	frappe.set_user(world.secretary)
	with pytest.raises(MeetingError, match="Plan the meetings of"):
		api_meetings.plan_year(year - 1, cell=world.cell)
