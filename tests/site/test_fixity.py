"""Stored files are read again: what changed or vanished is found, and somebody is asked to put it right."""

from pathlib import Path

import frappe
import pytest

from partycell.folder import fixity
from tests.site import factories as make


@pytest.fixture
def files(standing_world):
	"""Three filed files of a cell, with their paths."""
	frappe.set_user(standing_world.secretary)
	slot = make.slots(standing_world.cell, required=1)[0].name
	stored = [
		make.attach(slot, f"Văn bản {number}".encode() * 9, f"van-ban-{number}.txt") for number in range(3)
	]
	frappe.set_user("Administrator")
	return [(doc, Path(doc.get_full_path())) for doc in stored]


def found() -> dict[str, str]:
	rows = frappe.get_all(
		"Folder Item File", ["file_name", "fixity", "checked_on"], parent_doctype="Folder Item"
	)
	return {row.file_name: row.fixity for row in rows if row.checked_on}


def actions() -> list:
	return frappe.get_all(
		"Corrective Action",
		["subject", "found_state", "responsible", "cell", "folder_item"],
		order_by="subject asc",
	)


def test_what_changed_and_what_vanished_is_found_and_becomes_an_action(standing_world, files):
	(_doc, changed), (_other, gone), _intact = files
	changed.write_bytes(b"somebody else's")
	gone.unlink()
	assert fixity.check_weekly() == {"Intact": 1, "Changed": 1, "Missing": 1}
	assert found() == {"van-ban-0.txt": "Changed", "van-ban-1.txt": "Missing", "van-ban-2.txt": "Intact"}
	opened = actions()
	assert [(row.subject, row.found_state) for row in opened] == [
		("File changed on the disk: van-ban-0.txt", "Damaged"),
		("File vanished from the disk: van-ban-1.txt", "Missing"),
	]
	assert {(row.responsible, row.cell) for row in opened} == {
		(standing_world.secretary, standing_world.cell)
	}


def test_the_next_week_asks_no_second_time_while_it_is_not_put_right(files):
	files[0][1].write_bytes(b"changed")
	fixity.check_weekly()
	fixity.check_weekly()
	assert len(actions()) == 1


def test_no_more_is_read_than_the_week_allows_and_the_rest_comes_first_the_next(files, monkeypatch):
	frappe.db.set_single_value("Partycell Settings", "fixity_megabytes", 1)
	frappe.clear_document_cache("Partycell Settings", "Partycell Settings")
	frappe.db.set_value("Folder Item File", {"file": files[0][0].name}, "file_size", fixity.MEGABYTE)
	frappe.db.set_value("Folder Item File", {"file": ("!=", files[0][0].name)}, "file_size", fixity.MEGABYTE)
	read = [sum(fixity.check_weekly().values()) for _week in range(3)]
	assert read == [1, 1, 1]
	assert set(found()) == {"van-ban-0.txt", "van-ban-1.txt", "van-ban-2.txt"}


def test_none_where_the_office_says_so(files):
	frappe.db.set_single_value("Partycell Settings", "fixity_megabytes", 0)
	frappe.clear_document_cache("Partycell Settings", "Partycell Settings")
	assert fixity.check_weekly() == {"Intact": 0, "Changed": 0, "Missing": 0}


def test_what_was_found_stays_with_the_file_when_the_document_is_saved(files):
	fixity.check_weekly()
	item = frappe.get_doc("Folder Item", files[0][0].attached_to_name)
	item.remark = "Đã xem"
	item.save()
	assert set(found().values()) == {"Intact"} and len(found()) == 3


def test_the_scheduler_calls_it_weekly():
	assert "partycell.folder.fixity.check_weekly" in frappe.get_hooks("scheduler_events")["weekly_long"]
