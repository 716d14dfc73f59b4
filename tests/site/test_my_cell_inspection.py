"""On the secretary's page: what an inspection found, and the cell's answer, given once."""

import uuid

import frappe
import pytest
from frappe.utils import today

from partycell.api import inspections
from partycell.api import my_cell as api_my_cell
from partycell.errors import InspectionError
from partycell.my_cell import contents
from tests.site import factories as make
from tests.site.support.acts import by


@pytest.fixture
def asked(standing_world):
	"""An inspection of the folder of the secretary's cell, scored in full and sent to it."""
	world = standing_world
	frappe.set_user("Administrator")
	lead = make.user("Đoàn Trưởng")
	frappe.set_user(world.officer)
	folder = frappe.db.get_value("Criteria Set", {"set_name": ("like", "Sử dụng%")})
	doc = frappe.new_doc("Inspection")
	doc.update({"cell": world.cell, "criteria_set": folder, "planned_on": today(), "lead": lead})
	name = doc.insert().name
	by(lead, inspections.start, name)
	given = {
		row.name: {"score": row.maximum}
		for row in frappe.get_doc("Inspection", name).scores
		if not row.scored
	}
	by(lead, inspections.save_scores, name, given)
	by(lead, inspections.send, name)
	return name


def test_the_page_shows_it_until_the_cell_has_answered(standing_world, asked):
	world = standing_world
	(shown,) = by(world.secretary, contents.of, world.secretary)["inspections"]
	doc = frappe.get_doc("Inspection", asked)
	assert (shown["name"], shown["points"], shown["maximum"]) == (asked, doc.points, 100)
	assert [score["title"] for score in shown["scores"]] == [row.title for row in doc.scores]

	key = str(uuid.uuid4())
	first = by(world.secretary, api_my_cell.answer, key, asked, "1", "Chi bộ tiếp thu")
	assert by(world.secretary, api_my_cell.answer, key, asked, "1", "Chi bộ tiếp thu") == first
	doc.reload()
	assert (doc.cell_answer, doc.cell_opinion, doc.answered_by) == (
		"Agrees",
		"Chi bộ tiếp thu",
		world.secretary,
	)
	assert by(world.secretary, contents.of, world.secretary)["inspections"] == []


def test_an_objection_is_written_beside_its_criterion(standing_world, asked):
	row = frappe.get_doc("Inspection", asked).scores[0]
	by(
		standing_world.secretary,
		api_my_cell.answer,
		str(uuid.uuid4()),
		asked,
		"0",
		"",
		{row.name: "Sổ đã có trong cặp"},
	)
	doc = frappe.get_doc("Inspection", asked)
	assert (doc.cell_answer, doc.scores[0].objection) == ("Objects", "Sổ đã có trong cặp")


def test_sent_again_it_says_what_became_of_the_objection(standing_world, asked):
	world, lead = standing_world, frappe.db.get_value("Inspection", asked, "lead")
	row = frappe.get_doc("Inspection", asked).scores[0]
	written = {row.name: "Sổ đã có trong cặp"}
	by(world.secretary, api_my_cell.answer, str(uuid.uuid4()), asked, "0", "", written)
	by(lead, inspections.send_back, asked, "Xem lại theo ý kiến chi bộ")
	by(lead, inspections.save_scores, asked, {row.name: {"objection_reply": "Đã xem lại sổ"}})
	by(lead, inspections.send, asked)
	(shown,) = by(world.secretary, contents.of, world.secretary)["inspections"]
	first = shown["scores"][0]
	assert (first["objection"], first["objection_reply"]) == ("Sổ đã có trong cặp", "Đã xem lại sổ")
	assert shown["sent_on"] == frappe.db.get_value("Inspection", asked, "sent_on")


def test_nobody_else_answers_for_the_cell(standing_world, asked):
	with pytest.raises((frappe.PermissionError, InspectionError)):
		by(standing_world.other_secretary, api_my_cell.answer, str(uuid.uuid4()), asked, "1")
	assert not frappe.db.get_value("Inspection", asked, "answered_on")
