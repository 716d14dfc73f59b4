"""Reports that come with the app, as each role sees them."""

import json

import frappe
from frappe.desk import reportview

from tests.site import factories as make


def rows_for(user: str) -> list[str]:
	"""The cells that the report shows to a user, through the call that the desk makes."""
	frappe.set_user(user)
	content = json.loads(frappe.db.get_value("Report", "Folder Completeness", "json"))
	frappe.local.form_dict = frappe._dict(
		doctype="Cell",
		fields=json.dumps([f"`tab{doctype}`.`{field}`" for field, doctype in content["fields"]]),
		filters=json.dumps(content["filters"]),
		order_by=content["order_by"],
		start=0,
		page_length=content["page_length"],
		view="Report",
	)
	found = reportview.get()
	return [row[found["keys"].index("name")] for row in found["values"]] if found else []


def test_folder_completeness_shows_the_cells_of_ones_subtree_least_complete_first():
	made = make.world()
	frappe.set_user(made.secretary)
	make.fill_folder(made.cell, all_but=0)
	assert rows_for(made.officer) == [made.other_cell, made.cell]
	assert rows_for(made.inspector) == [made.other_cell, made.cell]
	assert made.cell not in rows_for(made.far_officer)
	assert rows_for(made.nobody) == []


def test_folder_completeness_is_a_report_that_an_office_can_copy():
	doc = frappe.get_doc("Report", "Folder Completeness")
	assert (doc.report_type, doc.is_standard, doc.ref_doctype) == ("Report Builder", "Yes", "Cell")
	assert {row.role for row in doc.roles} == {"Committee Officer", "Inspector", "Partycell Manager"}
