"""The handover from draft to approval, through the same functions as the desk."""

import frappe
import pytest
from frappe.utils import getdate, today

from partycell import api, sealing
from partycell.rules import record
from tests.site import factories as make


@pytest.fixture
def world():
	made = make.world()
	frappe.set_user(made.secretary)
	make.fill_folder(made.cell)
	return made


def as_user(user, function, *args, **kwargs):
	frappe.set_user(user)
	return function(*args, **kwargs)


def delivered(world):
	doc = make.draft(world)
	as_user(world.secretary, api.deliver, doc.name, make.SIGNATURE)
	return doc.name


def received(world, marks=None):
	name = delivered(world)
	if marks:
		as_user(world.receiver, api.mark, name, marks(frappe.get_doc("Handover", name)))
	as_user(world.receiver, api.mark_rest_present, name)
	as_user(world.receiver, api.receive, name, make.SIGNATURE)
	return name


def approved(world, marks=None):
	name = received(world, marks)
	as_user(world.officer, api.approve, name)
	return name


def test_a_folder_is_handed_over_whole(world):
	def one_damaged(doc):
		return {doc.items[0].name: {"state": "Damaged", "remark": "Rách bìa"}}

	name = approved(world, one_damaged)
	frappe.set_user("Administrator")
	doc = frappe.get_doc("Handover", name)
	assert (doc.workflow_state, doc.docstatus, doc.minutes_number) == ("Approved", 1, 1)
	assert doc.count_damaged == 1 and doc.count_unmarked == 0
	old, new = (
		frappe.get_doc("Secretary Term", world.term),
		frappe.get_doc("Secretary Term", doc.receiver_term),
	)
	assert (old.status, old.to_date and getdate(old.to_date), old.closed_by) == (
		"Closed",
		getdate(today()),
		name,
	)
	assert (new.status, new.user, new.opened_by) == ("Open", world.receiver, name)
	assert frappe.db.get_value("Folder Item", doc.items[0].folder_item, "state") == "Damaged"
	actions = frappe.get_all(
		"Corrective Action", filters={"handover": name}, fields=["subject", "responsible", "due_on"]
	)
	wrong = [row for row in doc.items if row.received_state != "Present"]
	assert len(actions) == len(wrong) >= 1
	assert all(action.responsible == world.secretary and action.due_on for action in actions)
	assert doc.digest == record.digest(sealing.of(frappe.get_doc("Handover", name)))
	assert "Cell Secretary" in frappe.get_roles(world.receiver)
	assert frappe.db.get_value("Cell", world.cell, "secretary_name") == "Phạm Thị Nhận"
