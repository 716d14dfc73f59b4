"""Members of a cell by name: the switch, the list, attendance, and who sees any of it."""

import frappe
import pytest
from frappe.utils import add_days, getdate, today

from partycell.api import meetings as api_meetings
from partycell.errors import MeetingError
from partycell.meetings import holding, papers
from partycell.organisation import members
from tests.site import factories as make
from tests.site.support.acts import by


@pytest.fixture
def world(standing_world):
	make.list_members()
	return standing_world


def roll_of(name: str) -> list[tuple[str, str]]:
	return [(one["name"], one["mark"]) for one in api_meetings.roll(name)]


def marked(name: str, **marks: str) -> None:
	"""Marks everybody as the roll has it, but those named by their given name as said."""
	rows = api_meetings.roll(name)
	for row in rows:
		row["mark"] = marks.get(row["name"].split()[-1], row["mark"])
		row["reason"] = "đi xa" if row["mark"] == "Excused" else None
	api_meetings.record_attendance(name, rows)


def test_without_the_switch_nobody_is_listed(standing_world):
	with pytest.raises(MeetingError, match="counted here and not listed"):
		make.member(standing_world.cell)
	frappe.set_user(standing_world.secretary)
	name = make.meeting(standing_world.cell)
	assert api_meetings.roll(name) == [] and "listed" not in holding.for_form(
		frappe.get_doc("Cell Meeting", name)
	)


def test_the_list_makes_the_figures_of_the_cell(world):
	frappe.set_user(world.secretary)
	first = make.member(world.cell, "  Nguyễn  Văn Bình ")
	make.member(world.cell, "Trần Thị An", kind="Probationary")
	assert frappe.db.get_value("Party Member", first, "full_name") == "Nguyễn Văn Bình"
	assert frappe.db.get_value("Cell", world.cell, ["members", "full_members"]) == (2, 1)
	frappe.get_doc("Party Member", first).update({"to_date": add_days(today(), -1)}).save()
	assert frappe.db.get_value("Cell", world.cell, ["members", "full_members"]) == (1, 0)
	with pytest.raises(MeetingError, match="before coming to it"):
		frappe.get_doc("Party Member", first).update({"to_date": "1990-01-01"}).save()


def test_attendance_is_marked_by_name_in_vietnamese_order_and_counts_itself(world):
	frappe.set_user(world.secretary)
	for full_name in ("Lê Văn Út", "Trần Thị Đào", "Nguyễn Văn An", "Rơ Châm Dũng"):
		make.member(world.cell, full_name, exempt=int(full_name.endswith("Út")))
	make.member(world.cell, "Đỗ Văn Đi", to_date=add_days(today(), -1))
	name = make.meeting(world.cell, present=99)
	assert roll_of(name) == [
		("Nguyễn Văn An", "Attending"),
		("Rơ Châm Dũng", "Attending"),
		("Trần Thị Đào", "Attending"),
		("Lê Văn Út", "Exempt"),
	]
	marked(name, Dũng="Excused")
	doc = frappe.get_doc("Cell Meeting", name)
	doc.update({"present": 50, "resolution": "Nhất trí"}).save()
	assert (doc.on_roll, doc.exempt, doc.present, doc.excused, doc.absent) == (4, 1, 2, 1, 0)
	assert doc.attendance_rate == 66.66
	api_meetings.hold(name)
	doc.reload()
	assert "Rơ Châm Dũng: vắng có lý do (đi xa)" in papers.content_of(doc)["absence_reasons"]
	frappe.set_user(world.inspector)
	assert not papers.content_of(doc)["absence_reasons"], "who may not see members reads no names"


def test_marks_of_others_cells_and_of_closed_meetings_are_refused(world):
	frappe.set_user("Administrator")
	other = make.member(world.other_cell, "Kpă Hai")
	frappe.set_user(world.secretary)
	own = make.member(world.cell)
	name = make.meeting(world.cell)
	for marks in ([{"member": other, "mark": "Attending"}], [{"member": own, "mark": "Asleep"}]):
		with pytest.raises(MeetingError, match="list of members has changed"):
			api_meetings.record_attendance(name, marks)
	api_meetings.record_attendance(name, [{"member": own, "mark": "Attending"}])
	with pytest.raises(MeetingError, match="stays on record"):
		members.refuse_delete(frappe.get_doc("Party Member", own))
	for who in (world.other_secretary, world.officer, world.inspector):
		with pytest.raises(frappe.PermissionError):
			by(who, api_meetings.record_attendance, name, [])
	frappe.set_user(world.secretary)
	api_meetings.call_off(name, "Bão")
	with pytest.raises(MeetingError, match="stays"):
		api_meetings.record_attendance(name, [])


def test_the_cell_and_the_officers_above_see_names_and_an_inspector_does_not(world):
	frappe.set_user(world.secretary)
	own = make.member(world.cell)
	name = make.meeting(world.cell)
	marked(name)
	for who, seen in (
		(world.secretary, 1),
		(world.officer, 1),
		(world.inspector, 0),
		(world.other_secretary, 0),
		(world.far_officer, 0),
	):
		frappe.set_user(who)
		for doctype in ("Party Member", "Meeting Attendance"):
			try:
				found = frappe.get_list(doctype, filters={"cell": world.cell})
			except frappe.PermissionError:
				found = []
			assert len(found) == seen, (who, doctype)
		assert frappe.has_permission("Party Member", "read", doc=own) == bool(seen)
	frappe.set_user(world.inspector)
	assert api_meetings.roll(name) == [], "the inspector reads the meeting, and not who was there"


def test_whoever_is_excused_a_fourth_time_running_is_named_to_the_cell(world):
	frappe.set_user(world.secretary)
	make.member(world.cell, "Nguyễn Văn Vắng")
	make.member(world.cell, "Trần Thị An")
	year = getdate(today()).year
	last = None
	for month in range(1, 5):
		day = getdate(f"{year - 1}-{month:02d}-05")
		last = make.meeting(world.cell, planned_on=day, held_on=day, from_time="19:00", to_time="20:40")
		marked(last, Vắng="Excused")
		api_meetings.hold(last)
		doc = frappe.get_doc("Cell Meeting", last)
		said = {one["label"]: one["met"] for one in holding.frame_of(doc)}
		assert said["Nobody excused more than three times running"] == (month < 4)
	assert holding.for_form(doc)["excused_often"] == ["Nguyễn Văn Vắng"]
	frappe.set_user(world.inspector)
	assert "excused_often" not in holding.for_form(doc)
