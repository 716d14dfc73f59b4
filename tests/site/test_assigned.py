"""Members assigned to cells, the report of what came of it, and the live facts of meetings."""

import frappe
import pytest
from frappe.desk import query_report
from frappe.utils import add_days, today

from partycell.api import meetings
from partycell.errors import AssignedError
from partycell.inspections import live_facts
from partycell.organisation import assigned
from tests.site import factories as make


@pytest.fixture
def world(standing_world):
	frappe.set_user(standing_world.officer)
	return standing_world


def held(world, cell=None, present=11, **values) -> str:
	frappe.set_user(world.secretary)
	name = make.meeting(
		cell or world.cell, present=present, excused=12 - present, held_on=add_days(today(), -1), **values
	)
	meetings.hold(name)
	return name


def report(who: str, **filters) -> list[dict]:
	"""Rows of the report as the desk asks for them."""
	frappe.set_user(who)
	given = {"from_date": add_days(today(), -364), "to_date": today()} | filters
	found = query_report.run("Assigned Members", filters=given, ignore_prepared_report=True)["result"]
	return [row for row in found if isinstance(row, dict)]


def test_two_members_are_not_assigned_at_the_same_time(world):
	make.assigned(world.cell, world.officer, world.commune, to_date=today())
	with pytest.raises(AssignedError, match="Another member is assigned to this cell from"):
		make.assigned(world.cell, world.inspector, world.commune, from_date=today())
	make.assigned(world.cell, world.inspector, world.commune, from_date=add_days(today(), 1))
	make.assigned(world.other_cell, world.inspector, world.commune)


def test_the_committee_stands_above_the_cell(world):
	frappe.set_user("Administrator")
	elsewhere = make.committee("Đảng ủy khác")
	with pytest.raises(AssignedError, match="does not stand above the cell"):
		make.assigned(world.cell, world.officer, elsewhere)


def test_the_cell_names_whoever_is_assigned_today(world):
	name = make.assigned(world.cell, world.officer, world.commune)
	assert frappe.db.get_value("Cell", world.cell, "assigned_member") == world.officer
	frappe.get_doc("Assigned Member", name).update({"to_date": add_days(today(), -1)}).save()
	assert not frappe.db.get_value("Cell", world.cell, "assigned_member")
	make.assigned(world.cell, world.inspector, world.commune, from_date=today())
	frappe.db.set_value("Cell", world.cell, "assigned_member", None)
	assigned.follow_days()
	assert frappe.db.get_value("Cell", world.cell, "assigned_member") == world.inspector


def test_a_meeting_names_the_member_who_came(world):
	make.assigned(world.cell, world.officer, world.commune)
	name = held(world, member_present=1)
	assert frappe.db.get_value("Cell Meeting", name, "member_name") == "Trần Thị Ủy"


def test_the_report_counts_what_came_of_an_assignment(world):
	make.assigned(world.cell, world.officer, world.commune, from_date=add_days(today(), -1000))
	make.assigned(world.other_cell, world.inspector, world.commune, from_date=add_days(today(), -10))
	held(world, member_present=1, guidance="Đổi mới nội dung", difficulty="Thiếu quỹ")
	held(
		world,
		meeting_type="Thematic",
		member_present=1,
		difficulty="Thiếu tài liệu",
		difficulty_cleared="Đã cấp",
	)
	held(world, meeting_type="Extraordinary")
	rows = {row["member"]: row for row in report(world.officer)}
	row = rows["Trần Thị Ủy"]
	assert [row[key] for key in "held asked attended guided raised cleared".split()] == [3, 6, 2, 1, 2, 1]
	assert rows["Kiểm Tra"]["held"] == 0 and rows["Kiểm Tra"]["asked"] == 0
	assert len(report(world.inspector, committee=world.commune)) == 2
	frappe.set_user("Administrator")
	assert report(world.far_officer) == []


def test_the_secretary_does_not_choose_who_attends(world):
	frappe.set_user(world.secretary)
	with pytest.raises(frappe.PermissionError):
		make.assigned(world.cell, world.officer, world.commune)


def test_facts_of_meetings(world):
	held(world, present=9)
	make.meeting(world.cell, meeting_type="Thematic", planned_on=add_days(today(), -2))
	frappe.set_user(world.officer)
	found = live_facts.measure(["meetings_as_planned", "attendance_rate"], [world.cell, world.other_cell])
	assert found == {"meetings_as_planned": {world.cell: 50}, "attendance_rate": {world.cell: 75}}
	source = live_facts.sources(["attendance_rate"], world.cell)["attendance_rate"]
	assert len(frappe.get_list(source["doctype"], filters=source["filters"])) == 2
