"""One message a person and day about what is not acknowledged; overdue, the upper level is told too."""

import frappe
import pytest
from frappe.utils import add_days, today

from partycell.api import directives
from partycell.directives import reminders
from tests.site import factories as make
from tests.site.support import acts
from tests.site.support.acts import by
from tests.site.support.clock import set_today


@pytest.fixture
def world(standing_world):
	frappe.set_user(standing_world.officer)
	return standing_world


@pytest.fixture
def on(monkeypatch):
	"""Reminds on the day so many days from today; what each person was told then, by user."""
	first = today()

	def remind(days: int) -> dict[str, list]:
		set_today(monkeypatch, add_days(first, days))
		before = set(frappe.get_all("Notification Log", pluck="name"))
		frappe.set_user("Administrator")
		reminders.remind()
		told: dict[str, list] = {}
		for row in frappe.get_all(
			"Notification Log",
			filters={"name": ("not in", before)},
			fields=["for_user", "subject", "email_content"],
		):
			told.setdefault(row.for_user, []).append(row)
		return told

	return remind


def test_before_on_and_after_the_due_day_and_not_between(world, on):
	make.directive(world.commune, acknowledge_within=10)
	secretaries = {world.secretary, world.other_secretary}
	assert set(on(6)) == set(on(8)) == set()
	assert set(on(7)) == secretaries
	assert set(on(10)) == secretaries
	assert set(on(11)) == secretaries | {world.officer}
	assert set(on(12)) == set()
	assert set(on(18)) == secretaries | {world.officer}


def test_one_message_names_all_that_is_due_and_a_second_run_adds_none(world, on):
	for number in ("1-NQ/ĐU", "2-NQ/ĐU"):
		make.directive(world.commune, f"Về việc {number}", number_symbol=number, acknowledge_within=10)
	told = on(10)
	(message,) = told[world.secretary]
	assert message.subject == "Directives to be acknowledged: 2"
	assert "1-NQ/ĐU: Về việc" in message.email_content and "2-NQ/ĐU" in message.email_content
	assert on(10) == {}


def test_the_upper_level_is_told_how_much_each_cell_has_let_go_by(world, on):
	frappe.db.set_value("Cell", world.cell, "assigned_member", world.inspector)
	for _number in range(2):
		make.directive(world.commune, acknowledge_within=10)
	told = on(11)
	(officer,), (member,) = told[world.officer], told[world.inspector]
	assert "Chi bộ Tổ dân phố 1: 2 not acknowledged in time" in officer.email_content
	assert "Chi bộ Tổ dân phố 2: 2 not" in officer.email_content
	assert "Tổ dân phố 1" in member.email_content and "Tổ dân phố 2" not in member.email_content


def test_whoever_has_acknowledged_is_left_in_peace(world, on):
	name = make.directive(world.commune, acknowledge_within=10)
	by(world.secretary, directives.acknowledge, [name])
	assert set(on(10)) == {world.other_secretary}


def test_after_a_handover_the_successor_is_reminded(world, on):
	name = make.directive(world.commune, acknowledge_within=10)
	by(world.secretary, directives.acknowledge, [name])
	acts.pass_on(world, world.cell, world.secretary, world.receiver)
	told = on(10)
	assert world.receiver in told and world.secretary not in told


def test_of_what_is_superseded_nobody_is_reminded(world, on):
	old = make.directive(world.commune, acknowledge_within=10)
	make.directive(world.commune, acknowledge_within=40, supersedes=[old])
	assert on(10) == {}


def test_the_days_are_the_offices(world, on):
	frappe.set_user("Administrator")
	frappe.db.set_single_value("Partycell Settings", "remind_before_days", 0)
	frappe.db.set_single_value("Partycell Settings", "remind_overdue_every", 2)
	frappe.clear_document_cache("Partycell Settings", "Partycell Settings")
	make.directive(world.commune, acknowledge_within=10)
	assert [bool(on(day)) for day in (7, 10, 11, 12, 13, 15)] == [False, True, True, False, True, True]


def test_the_officer_of_the_nearest_committee_is_told_and_not_the_one_above(world, on):
	frappe.set_user("Administrator")
	above_officer = make.user("Cấp trên")
	above = make.committee("Đảng bộ tỉnh", "Province", officer=above_officer)
	frappe.get_doc("Party Committee", world.commune).update({"parent_party_committee": above}).save()
	without = make.committee("Đảng ủy bộ phận", "Department", parent=above)
	make.cell(without, "Chi bộ không bí thư")
	make.directive(above, acknowledge_within=10)
	told = on(11)
	assert "Tổ dân phố 1" in told[world.officer][0].email_content
	assert "không bí thư" in told[above_officer][0].email_content
	assert "Tổ dân phố" not in told[above_officer][0].email_content


def test_the_scheduler_reminds_daily():
	assert "partycell.directives.reminders.remind" in frappe.get_hooks("scheduler_events")["daily_long"]
