"""What forms are told: the same as the rules decide when an act is carried out."""

import frappe
import pytest
from frappe.utils import add_days, today

from partycell.api import handovers
from partycell.desk import forms
from tests.site import factories as make


@pytest.fixture
def world():
	made = make.world()
	frappe.set_user(made.secretary)
	make.fill_folder(made.cell)
	return made


def test_a_draft_awaits_its_giver_from_the_first_save(world):
	doc = make.draft(world)
	assert (doc.workflow_state, doc.awaiting_party, doc.awaiting) == ("Draft", "giver", world.secretary)


def told(name, user):
	"""What the form of a handover gets for a user, as ``frappe.desk.form.load.getdoc`` makes it."""
	frappe.set_user(user)
	doc = frappe.get_doc("Handover", name)
	doc.run_method("onload")
	return doc.get_onload("desk")


def test_the_form_knows_whose_turn_it_is_and_who_may_do_what(world):
	name = make.draft(world).name
	giver = told(name, world.secretary)
	assert (giver["my_turn"], giver["acts"]) == (True, ["Delivered", "Withdrawn"])
	assert {"receiver", "items.remark"} <= set(giver["writable"])
	officer = told(name, world.officer)
	assert (officer["my_turn"], officer["acts"]) == (False, ["Withdrawn"])
	assert "receiver" not in officer["writable"] and "on_behalf" in officer["writable"]

	frappe.set_user(world.secretary)
	handovers.deliver(name, make.SIGNATURE)
	receiver = told(name, world.receiver)
	assert (receiver["my_turn"], receiver["acts"]) == (True, ["Received", "Contested"])
	assert "items.received_state" in receiver["writable"]
	assert receiver["names"][world.receiver] == "Phạm Thị Nhận"
	assert told(name, world.secretary)["acts"] == ["Withdrawn"]


def test_an_inspector_is_told_that_there_is_nothing_to_do(world):
	name = make.draft(world).name
	frappe.clear_messages()
	inspector = told(name, world.inspector)
	assert (inspector["acts"], inspector["writable"], inspector["my_turn"]) == ([], [], False)
	assert frappe.local.message_log == []


def test_only_a_manager_is_offered_to_annul(world):
	name = make.draft(world).name
	handovers.deliver(name, make.SIGNATURE)
	frappe.set_user(world.receiver)
	handovers.mark_rest_present(name)
	handovers.receive(name, make.SIGNATURE)
	assert told(name, world.officer)["acts"] == ["Contested", "Approved"]
	frappe.set_user(world.officer)
	handovers.approve(name)
	assert told(name, world.manager)["acts"] == ["Annulled"]
	assert told(name, world.officer)["acts"] == []


def test_a_new_handover_shows_who_gives_and_who_may_open_it(world):
	frappe.set_user(world.secretary)
	own = handovers.opening(world.cell)
	assert (own["giver"], own["giver_name"]) == (world.secretary, "Nguyễn Văn Giao")
	assert (own["as_giver"], own["as_upper_level"], own["running"]) == (True, False, None)
	frappe.set_user(world.officer)
	assert (handovers.opening(world.cell)["as_giver"], handovers.opening(world.cell)["as_upper_level"]) == (
		False,
		True,
	)
	name = make.draft(world).name
	assert handovers.opening(world.cell)["running"] == {
		"name": name,
		"title": frappe.db.get_value("Handover", name, "title"),
		"workflow_state": "Draft",
	}


def test_who_may_not_read_the_cell_learns_nothing_of_its_office(world):
	frappe.set_user(world.nobody)
	with pytest.raises(frappe.PermissionError):
		handovers.opening(world.cell)


def test_a_handover_is_named_by_its_cell_and_its_people(world):
	assert make.draft(world).title == "Chi bộ Tổ dân phố 1: Nguyễn Văn Giao → Phạm Thị Nhận"


def test_a_cell_says_what_its_folder_lacks(world):
	frappe.set_user(world.secretary)
	doc = frappe.get_doc("Cell", world.cell)
	shown = forms.cell(doc)
	assert len(shown["lacking"]) == shown["lacking_count"] == doc.required_due - doc.required_present > 0
	assert {row["state"] for row in shown["lacking"]} == {"Expected"}
	assert (shown["secretary"], shown["may_open"]) == ("Nguyễn Văn Giao", True)
	make.draft(world)
	assert forms.cell(doc)["may_open"] is False


def home(cell, user):
	"""What the form of a cell gets for a user."""
	frappe.set_user(user)
	doc = frappe.get_doc("Cell", cell)
	doc.run_method("onload")
	return doc.get_onload("desk")


def test_a_cells_form_is_its_home(world):
	frappe.set_user(world.officer)
	for subject, due in (("Thiếu sổ biên bản", "2026-01-31"), ("Thiếu sổ đảng phí", "2999-01-31")):
		action = frappe.new_doc("Corrective Action")
		action.update({"subject": subject, "cell": world.cell, "responsible": world.secretary, "due_on": due})
		action.insert()
	name = make.draft(world).name
	told = home(world.cell, world.secretary)
	rows = {row["title"]: row for row in told["open"]}
	assert rows["Thiếu sổ biên bản"]["overdue"] and not rows["Thiếu sổ đảng phí"]["overdue"]
	assert [row["name"] for row in told["open"] if row["doctype"] == "Handover"] == [name]
	assert [row["date"] for row in told["open"]] == sorted(row["date"] for row in told["open"])
	assert told["history"] == [] and told["unacknowledged"] == 0
	assert told["may_begin"] == ["Cell Meeting", "Handbook Note"]
	frappe.set_user(world.secretary)
	handovers.withdraw(name, "Nhập nhầm chi bộ")
	told = home(world.cell, world.secretary)
	assert [(row["doctype"], row["state"]) for row in told["history"]] == [("Handover", "Withdrawn")]


def test_of_what_is_planned_a_cells_home_shows_what_comes_soon(world):
	frappe.set_user(world.secretary)
	near, soon, _far = (
		make.meeting(world.cell, planned_on=add_days(today(), days), meeting_type="Extraordinary")
		for days in (3, 20, 200)
	)
	told = home(world.cell, world.secretary)["open"]
	assert [row["name"] for row in told if row["doctype"] == "Cell Meeting"] == [near, soon]


def test_everybody_is_offered_what_he_may_begin(world):
	assert home(world.cell, world.officer)["may_begin"] == ["Inspection", "Corrective Action"]
	assert home(world.cell, world.inspector)["may_begin"] == []


def test_connections_count_what_the_user_sees(world):
	from partycell.access import asked_first

	def counts(user):
		frappe.set_user(user)
		answer = asked_first.get_open_count("Party Committee", world.commune)
		return {row["doctype"]: row["count"] for row in answer["count"]["external_links_found"]}

	frappe.set_user("Administrator")
	make.cell(world.commune, "Chi bộ Thôn khác")
	assert counts(world.officer)["Cell"] >= 2
	assert counts(world.secretary)["Cell"] == 1
