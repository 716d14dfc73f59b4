"""The minutes of an approved handover lie in the folder of the successor, without anybody's doing."""

import frappe
import pytest

from partycell.api import handovers
from partycell.handover import minutes_filing
from tests.site import factories as make


@pytest.fixture
def world(standing_world):
	frappe.set_user(standing_world.secretary)
	make.fill_folder(standing_world.cell)
	return standing_world


@pytest.fixture
def name(world) -> str:
	"""An approved handover; the job that files its minutes waits for the commit."""
	return make.approved(world)


def slot(world, name: str):
	term = frappe.db.get_value("Handover", name, "receiver_term")
	(found,) = make.slots(world.cell, code="E6", period=f"term:{term}")
	return found


def test_they_are_filed_after_the_approval_is_kept(world, name, jobs):
	assert [job.kwargs for job in jobs if job.method == "partycell.handover.minutes_filing.file"] == [
		{"handover": name}
	]
	assert slot(world, name).state == "Expected"
	frappe.db.commit()
	filed = slot(world, name)
	assert (filed.state, filed.file_count, filed.number_symbol) == ("Present", 1, "01-BB/CB")
	assert str(filed.dated) == frappe.utils.today() and filed.pages >= 2
	assert filed.files[0].file_name == f"bien-ban-ban-giao-{name}.pdf"
	stored = frappe.get_doc("File", frappe.db.get_value("Handover", name, "minutes_file"))
	assert stored.is_private and stored.get_content()[:5] == b"%PDF-"


def test_the_successor_and_the_officer_read_them_and_a_stranger_does_not(world, name):
	frappe.db.commit()
	file = frappe.get_doc("File", frappe.db.get_value("Handover", name, "minutes_file"))
	allowed = {
		who: bool(frappe.has_permission("File", "read", doc=file, user=getattr(world, who)))
		for who in ("receiver", "officer", "far_officer", "other_secretary")
	}
	assert allowed == {"receiver": True, "officer": True, "far_officer": False, "other_secretary": False}


def test_once(world, name):
	frappe.db.commit()
	assert minutes_filing.file(name) is None
	assert slot(world, name).file_count == 1


def test_a_job_that_was_lost_is_made_up_for_daily(world, name, jobs):
	frappe.db.after_commit.reset()
	jobs.clear()
	frappe.set_user("Administrator")
	minutes_filing.file_missing()
	frappe.db.commit()
	assert [
		job.kwargs["handover"] for job in jobs if job.method == "partycell.handover.minutes_filing.file"
	] == [name]
	assert slot(world, name).file_count == 1
	jobs.clear()
	minutes_filing.file_missing()
	assert not jobs


def test_where_the_template_has_no_line_for_them_they_hang_on_the_handover(world, name):
	frappe.db.set_value("Folder Template Item", {"filled_by": "Handover Minutes"}, "filled_by", None)
	frappe.db.commit()
	file = frappe.get_doc("File", frappe.db.get_value("Handover", name, "minutes_file"))
	assert (file.attached_to_doctype, file.attached_to_name) == ("Handover", name)
	assert slot(world, name).state == "Expected"


def test_those_of_a_handover_that_was_annulled_before_are_not_filed(world, name):
	frappe.db.after_commit.reset()
	frappe.set_user(world.manager)
	handovers.annul(name, "Nhầm")
	assert minutes_filing.file(name) is None
	assert slot(world, name).file_count == 0


def test_the_scheduler_calls_it_daily():
	assert (
		"partycell.handover.minutes_filing.file_missing" in frappe.get_hooks("scheduler_events")["daily_long"]
	)
