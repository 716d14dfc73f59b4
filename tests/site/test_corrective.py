"""Corrective actions: done with evidence, effective when somebody above has looked, written off with a reason."""

import frappe
import pytest
from frappe.model.workflow import WorkflowPermissionError, WorkflowTransitionError, apply_workflow
from frappe.utils import add_days, getdate, today

from partycell.corrective import actions
from partycell.errors import PartycellError
from tests.site.support import acts
from tests.site.support.refusals import refused

NOT_ALLOWED = (WorkflowPermissionError, WorkflowTransitionError, frappe.PermissionError)


@pytest.fixture
def world(standing_world):
	return standing_world


@pytest.fixture
def action(world):
	"""What a secretary has to put right."""
	frappe.set_user(world.officer)
	doc = frappe.new_doc("Corrective Action")
	doc.update({"subject": "Sổ đảng phí thiếu tháng 10", "cell": world.cell, "due_on": add_days(today(), 10)})
	doc.responsible = world.secretary
	return doc.insert().name


def move(user: str, action: str, how: str, **values):
	"""Writes these values and takes the step of that name, as a user."""
	frappe.set_user(user)
	doc = frappe.get_doc("Corrective Action", action)
	if values:
		doc.update(values).save()
	return apply_workflow(doc, how)


def test_it_begins_open_with_the_name_of_who_is_responsible(world, action):
	doc = frappe.get_doc("Corrective Action", action)
	assert (doc.workflow_state, doc.responsible_name, doc.done_on) == ("Open", "Nguyễn Văn Giao", None)


def test_done_needs_evidence_and_keeps_the_day(world, action):
	with refused(PartycellError, "Say how it was put right, under Evidence"):
		move(world.secretary, action, "Report Done")
	doc = move(world.secretary, action, "Report Done", evidence="Đã bổ sung, có chữ ký thủ quỹ")
	assert (doc.workflow_state, getdate(doc.done_on)) == ("Done", getdate(today()))


def test_whether_it_helped_is_for_somebody_above_to_say(world, action):
	move(world.secretary, action, "Report Done", evidence="Đã bổ sung")
	with refused(NOT_ALLOWED):
		move(world.secretary, action, "Confirm Effect")
	doc = move(world.officer, action, "Confirm Effect")
	assert (doc.workflow_state, doc.effect_checked_by) == ("Effective", world.officer)
	assert getdate(doc.effect_checked_on) == getdate(today())


def test_one_that_did_not_help_is_open_again(world, action):
	move(world.secretary, action, "Report Done", evidence="Đã bổ sung")
	doc = move(world.officer, action, "Reopen")
	assert (doc.workflow_state, doc.done_on, doc.effect_checked_by) == ("Open", None, None)
	assert [matter.reference_name for matter in actions.open_matters(world.cell)] == [action]


def test_written_off_only_from_above_and_with_a_reason(world, action):
	with refused(NOT_ALLOWED):
		move(world.secretary, action, "Write Off")
	with refused(PartycellError, "Say why it is written off"):
		move(world.officer, action, "Write Off")
	doc = move(world.officer, action, "Write Off", written_off_reason="Thất lạc từ nhiệm kỳ trước")
	assert doc.workflow_state == "Written Off"


def test_what_has_ended_stays_as_it_is_until_it_is_opened_again(world, action):
	move(world.officer, action, "Write Off", written_off_reason="Thất lạc từ nhiệm kỳ trước")
	for user in (world.officer, "Administrator"):
		frappe.set_user(user)
		doc = frappe.get_doc("Corrective Action", action)
		doc.written_off_reason = "Khác"
		with refused((PartycellError, frappe.PermissionError)):
			doc.save()
	doc = frappe.get_doc("Corrective Action", action)
	doc.subject = "Khác"
	with refused(
		PartycellError,
		"This action has ended, so What Must Be Put Right stays as it is. Open the action again",
	):
		doc.save()
	move(world.officer, action, "Reopen")
	doc = move(world.officer, action, "Write Off", written_off_reason="Khác")
	assert (doc.workflow_state, doc.written_off_reason) == ("Written Off", "Khác")


@pytest.mark.parametrize("state", ["Effective", "Written Off"])
def test_the_state_is_not_simply_written(world, action, state):
	frappe.set_user(world.secretary)
	doc = frappe.get_doc("Corrective Action", action)
	doc.update({"workflow_state": state, "evidence": "x", "written_off_reason": "x"})
	# Why it is written off is not the secretary's to say, so that is what may be missed first.
	with refused((*NOT_ALLOWED, PartycellError)):
		doc.save()
	assert frappe.db.get_value("Corrective Action", action, "workflow_state") == "Open"


@pytest.mark.parametrize("state", ["Done", "Effective", "Written Off"])
def test_a_new_one_is_open_whatever_it_says(world, state):
	frappe.set_user(world.officer)
	doc = frappe.new_doc("Corrective Action")
	doc.update({"subject": "Khác", "cell": world.cell, "due_on": today(), "workflow_state": state})
	doc.update({"evidence": "x", "written_off_reason": "x"})
	try:
		doc.insert()
	except NOT_ALLOWED:
		return
	assert frappe.db.get_value("Corrective Action", doc.name, "workflow_state") == "Open"


def test_only_what_is_finished_is_no_longer_pending(world, action):
	pending = [matter.reference_name for matter in actions.open_matters(world.cell)]
	assert pending == [action]
	move(world.secretary, action, "Report Done", evidence="Đã bổ sung")
	assert [matter.reference_name for matter in actions.open_matters(world.cell)] == [action], (
		"not checked yet"
	)
	move(world.officer, action, "Confirm Effect")
	assert actions.open_matters(world.cell) == []


def test_it_outlives_the_handover_and_goes_over_to_the_next_secretary(world, action):
	frappe.set_user("Administrator")
	acts.fill(world.cell, all_but=0)
	name = acts.pass_on(world, world.cell, world.secretary, world.receiver)
	assert [row.reference_name for row in acts.handover(name).open_matters] == [action]
	assert frappe.db.get_value("Corrective Action", action, "workflow_state") == "Open"
	doc = frappe.get_doc("Corrective Action", action)
	assert doc.has_permission("write", user=world.receiver)
	assert not doc.has_permission("write", user=world.secretary)


def test_one_of_another_cell_is_not_seen(world, action):
	frappe.set_user(world.other_secretary)
	assert frappe.get_list("Corrective Action", pluck="name") == []
	assert not frappe.has_permission("Corrective Action", "read", doc=action)
