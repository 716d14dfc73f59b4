"""A handover begins and goes on by its acts, whatever is sent and by whichever of Frappe's ways."""

import frappe
import pytest
from frappe.model.workflow import apply_workflow

from partycell.api import handovers
from partycell.errors import NotYourTurnError, PartycellError
from tests.site import factories as make
from tests.site.support import acts
from tests.site.support.acts import by

REFUSED = (frappe.ValidationError, frappe.PermissionError)


@pytest.fixture
def world(standing_world):
	acts.fill(standing_world.cell)
	frappe.set_user(standing_world.secretary)
	return standing_world


def stored(name: str) -> dict:
	"""Everything of a handover as the database has it, its rows too."""
	return frappe.get_doc("Handover", name).as_dict(convert_dates_to_str=True)


class TestOpening:
	FORGED = {
		"giver_signature": make.SIGNATURE,
		"receiver_signature": make.SIGNATURE,
		"witness_signature": make.SIGNATURE,
		"giver_signed_on": "2020-01-01 00:00:00",
		"receiver_signed_on": "2020-01-01 00:00:00",
		"minutes_number": 99,
		"congress_term": "2025–2030",
		"digest": "0" * 64,
		"approved_by": "Administrator",
		"approved_on": "2020-01-01 00:00:00",
		"receiver_role_granted": 1,
		"receiver_term": "TERM-000001",
		"amended_from": None,
		"open_key": "another",
		"count_total": 1,
	}

	def test_a_handover_begins_with_nothing_that_an_act_or_the_folder_writes(self, world):
		doc = make.draft(world, **self.FORGED, items=[{"title": "giả", "received_state": "Present"}])
		doc.reload()
		assert {key: doc.get(key) for key in self.FORGED if doc.get(key) == self.FORGED[key]} == {
			"amended_from": None
		}
		assert "giả" not in {row.title for row in doc.items} and doc.open_key == world.cell

	def test_parties_are_what_the_office_says(self, world):
		doc = make.draft(world, giver=world.nobody, giver_name="Ai đó", acting_officer=world.officer)
		assert (doc.giver, doc.giver_term, doc.acting_officer) == (world.secretary, world.term, None)

	@pytest.mark.parametrize("state", ["Delivered", "Received", "Approved"])
	def test_it_does_not_begin_further_on(self, world, state):
		with pytest.raises(REFUSED):
			make.draft(world, workflow_state=state)

	def test_it_does_not_begin_submitted(self, world):
		for who in (world.secretary, world.officer, world.manager):
			frappe.set_user(who)
			doc = frappe.new_doc("Handover")
			doc.update({"cell": world.cell, "reason": "Congress", "receiver": world.receiver, "docstatus": 1})
			doc.update({"workflow_state": "Approved", "on_behalf": 1, "acting_reason": "Vắng"})
			with pytest.raises(REFUSED):
				doc.insert()

	@pytest.mark.parametrize("who", ["other_secretary", "receiver", "inspector", "far_officer", "nobody"])
	def test_only_the_office_or_the_committee_above_opens_one(self, world, who):
		frappe.set_user(getattr(world, who))
		values = {"cell": world.cell, "reason": "Congress", "receiver": world.receiver}
		for more in ({}, {"on_behalf": 1, "acting_reason": "Vắng", "giver": getattr(world, who)}):
			with pytest.raises(REFUSED):
				frappe.new_doc("Handover").update(values | more).insert()

	@pytest.mark.parametrize("nobody", ["Guest", "Administrator"])
	def test_a_folder_is_not_given_to_an_account_that_is_no_person(self, world, nobody):
		doc = make.draft(world, receiver=nobody)
		with pytest.raises(PartycellError, match="is no person"):
			handovers.deliver(doc.name, make.SIGNATURE)


class TestJumping:
	"""The order of acts holds for every way to write, whoever calls."""

	WAYS = {
		"submit": lambda doc: doc.submit(),
		"submit as approved": lambda doc: doc.update({"workflow_state": "Approved"}).submit(),
		"save as approved": lambda doc: doc.update({"workflow_state": "Approved"}).save(),
		"save with docstatus": lambda doc: doc.update({"docstatus": 1}).save(),
		"save as annulled": lambda doc: doc.update({"workflow_state": "Annulled", "docstatus": 2}).save(),
		"client.submit": lambda doc: frappe.call("frappe.client.submit", doc=doc.as_json()),
		"client.cancel": lambda doc: frappe.call("frappe.client.cancel", doctype="Handover", name=doc.name),
		"savedocs": lambda doc: frappe.call(
			"frappe.desk.form.save.savedocs", doc=doc.as_json(), action="Submit"
		),
		"bulk": lambda doc: frappe.call(
			"frappe.client.set_value",
			doctype="Handover",
			name=doc.name,
			fieldname={"docstatus": 1, "workflow_state": "Approved"},
		),
		"discard": lambda doc: _discard(doc),
		"apply_workflow": lambda doc: apply_workflow(doc.as_json(), "Annul"),
	}

	@pytest.mark.parametrize("who", ["secretary", "receiver", "officer", "manager"])
	@pytest.mark.parametrize("state", ["Draft", "Delivered", "Contested"])
	def test_no_way_jumps(self, world, state, who):
		name = make.draft(world).name if state == "Draft" else make.delivered(world)
		if state == "Contested":
			by(world.receiver, handovers.contest, name, "Thiếu", [acts.rows(name)[0].name])
		before = stored(name)
		frappe.set_user(getattr(world, who))
		for way, write in self.WAYS.items():
			with pytest.raises((*REFUSED, AttributeError, ImportError)):
				write(frappe.get_doc("Handover", name))
				pytest.fail(f"{who}: {way} went through")
			assert stored(name) == before, way
		assert frappe.db.get_value("Secretary Term", world.term, "status") == "Open"

	def test_received_is_not_saved_as_approved_without_passing_the_office(self, world):
		name = make.received(world)
		for who in (world.officer, world.manager):
			frappe.set_user(who)
			doc = frappe.get_doc("Handover", name)
			doc.workflow_state = "Approved"
			with pytest.raises(NotYourTurnError, match="approved by the button of the form"):
				doc.save()
		assert frappe.db.get_value("Handover", name, ["workflow_state", "docstatus"]) == ("Received", 0)

	def test_a_submit_needs_no_button_when_its_time_has_come(self, world):
		"""The workflow's menu and REST do the same as the button, with all that it brings."""
		name = make.received(world)
		frappe.set_user(world.officer)
		apply_workflow(frappe.get_doc("Handover", name).as_json(), "Approve")
		assert frappe.db.get_value("Handover", name, "docstatus") == 1
		assert frappe.db.get_value("Secretary Term", world.term, "status") == "Closed"


def _discard(doc):
	"""Frappe 16 has it; whoever may write could use it."""
	if not hasattr(doc, "discard"):
		raise AttributeError("discard")
	doc.discard()
