"""Lists as Report Builder shows and exports them: names of cells and committees, not their codes."""

import io
import json
from datetime import datetime

import frappe
import openpyxl
import pytest
from frappe.utils import today

from partycell.desk import report_builder
from tests.site import factories as make

LISTED = ("name", "committee", "title", "planned_on", "workflow_state")


@pytest.fixture
def planned(standing_world):
	"""An inspection of the first cell, planned by its officer."""
	world = standing_world
	frappe.set_user("Administrator")
	lead = make.user("Đoàn Trưởng")
	frappe.set_user(world.officer)
	doc = frappe.new_doc("Inspection")
	folder = frappe.db.get_value("Criteria Set", {"set_name": ("like", "Sử dụng%")})
	doc.update({"cell": world.cell, "criteria_set": folder, "planned_on": today(), "lead": lead})
	return doc.insert()


def ask(user: str, **more) -> None:
	"""What the desk sends for the list."""
	frappe.set_user(user)
	frappe.local.form_dict = frappe._dict(
		doctype="Inspection",
		fields=json.dumps([f"`tabInspection`.`{field}`" for field in LISTED]),
		filters="[]",
		order_by="`tabInspection`.`planned_on` desc",
		start=0,
		page_length=100,
		view="Report",
		**more,
	)
	frappe.local.response = frappe._dict(docs=[])


def exported(user: str) -> list[tuple]:
	ask(user, file_format_type="Excel", title="Inspections", translate_values="1")
	report_builder.export_query()
	book = openpyxl.load_workbook(io.BytesIO(frappe.local.response["filecontent"]))
	return list(book.active.iter_rows(values_only=True))


def test_titles_come_with_the_rows(standing_world, planned):
	ask(standing_world.officer)
	found = report_builder.get()
	assert len(found["values"]) == 1
	name = frappe.db.get_value("Party Committee", planned.committee, "committee_name")
	assert frappe.local.response["_link_titles"][f"Party Committee::{planned.committee}"] == name


def test_no_title_of_what_the_reader_does_not_see(standing_world, planned):
	for user in (standing_world.far_officer, standing_world.nobody):
		ask(user)
		assert not report_builder.get()
		assert not frappe.local.response.get("_link_titles")


def test_an_exported_file_has_names_dates_and_states(standing_world, planned):
	frappe.local.lang = "vi"
	head, *rows = exported(standing_world.officer)
	assert len(rows) == 1
	row = dict(zip(head, rows[0], strict=True))
	name = frappe.db.get_value("Party Committee", planned.committee, "committee_name")
	assert (row["STT"], row["Cấp ủy kiểm tra"], row["Tình trạng"]) == (
		1,
		name,
		frappe._("Planned", lang="vi"),
	)
	assert row["Tình trạng"] != "Planned"
	assert row["Ngày dự kiến"] == datetime.fromisoformat(today())
	assert "owner" not in head and planned.committee not in rows[0]
	assert exported(standing_world.far_officer)[1:] == []
