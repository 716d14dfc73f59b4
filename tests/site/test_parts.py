"""Nobody writes another's part of a handover, a frozen line, or the end of what he takes part in himself."""

import json

import frappe
import pytest
from frappe.model.workflow import apply_workflow

from partycell.api import handovers
from partycell.errors import NotYourTurnError, RowAloneError, UnsignedError
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


class TestPartsOfOthers:
	"""Whoever takes part writes his own part and nothing else of the record."""

	GIVERS = {"dues": "x", "assets": "x", "venue": "x", "receiver": "nobody", "giver_commitment": "x"}
	RECEIVERS = {"receiver_commitment": "x", "contest_reason": "x"}
	UPPERS = {"witness_commitment": "x", "witness_signature": make.SIGNATURE}
	NOBODYS = {
		"giver": "nobody",
		"giver_name": "x",
		"cell": "other_cell",
		"committee": None,
		"giver_signed_on": "2020-01-01 00:00:00",
		"giver_signed_by": "x",
		"handover_date": "2020-01-01",
		"digest": "0" * 64,
		"minutes_number": 7,
		"approved_by": "nobody",
		"open_key": "x",
		"awaiting": "nobody",
		"count_present": 99,
		"receiver_term": "term",
		"giver_term": None,
	}
	# state: {who takes part: what is not his to write}
	OTHERS = {
		"Draft": {"secretary": RECEIVERS | UPPERS, "officer": GIVERS | RECEIVERS | UPPERS},
		"Delivered": {
			"secretary": GIVERS | RECEIVERS | UPPERS | {"giver_signature": make.SIGNATURE + "A"},
			"receiver": GIVERS | UPPERS,
			"officer": GIVERS | RECEIVERS | UPPERS,
		},
		"Received": {
			"secretary": GIVERS | RECEIVERS | UPPERS,
			"receiver": GIVERS | RECEIVERS | UPPERS | {"receiver_signature": None},
			"officer": GIVERS
			| {"receiver_commitment": "x", "receiver_signature": None, "giver_signature": None},
		},
		"Approved": {
			"secretary": GIVERS | RECEIVERS | UPPERS,
			"receiver": GIVERS | RECEIVERS | UPPERS,
			"officer": GIVERS | RECEIVERS | UPPERS,
			"manager": GIVERS | RECEIVERS | UPPERS,
		},
	}
	MAKE = {"Draft": lambda world: make.draft(world).name, "Delivered": make.delivered}
	MAKE |= {"Received": make.received, "Approved": make.approved}

	@pytest.mark.parametrize("state", OTHERS)
	def test_a_field_of_another_is_refused_one_by_one(self, world, state):
		name = self.MAKE[state](world)
		before = stored(name)
		for who, fields in self.OTHERS[state].items():
			frappe.set_user(getattr(world, who))
			for field, value in (fields | self.NOBODYS).items():
				value = getattr(world, value) if isinstance(value, str) and hasattr(world, value) else value
				with pytest.raises(REFUSED):
					frappe.call(
						"frappe.client.set_value",
						doctype="Handover",
						name=name,
						fieldname=json.dumps({field: value}),
					)
					pytest.fail(f"{state}: {who} wrote {field}")
		assert stored(name) == before

	@pytest.mark.parametrize("state", ["Delivered", "Received", "Approved"])
	def test_a_frozen_line_is_not_changed_with_the_record_or_by_itself(self, world, state):
		name = self.MAKE[state](world)
		before = stored(name)
		row = before["items"][0]["name"]
		lines = {
			"delivered_state": "Missing",
			"title": "khác",
			"copies": 99,
			"files": '[{"file": "x"}]',
			"folder_item": None,
		}
		lines |= {"number_symbol": "1-QĐ", "remark": "khác", "corrective_action": "CA-1"}
		lines |= {"received_state": "Missing"} if state != "Delivered" else {}
		for who in ("secretary", "receiver", "officer", "manager"):
			frappe.set_user(getattr(world, who))
			for field, value in lines.items():
				with pytest.raises(REFUSED):
					frappe.call(
						"frappe.client.set_value",
						doctype="Handover Item",
						name=row,
						fieldname=json.dumps({field: value}),
					)
					pytest.fail(f"{state}: {who} wrote {field} of a line")
				line = frappe.get_doc("Handover Item", row)
				line.set(field, value)
				# The way of PUT /api/resource/Handover Item/…: Frappe asks for the right to write the
				# handover, and would save the row without the handover's own checks.
				with pytest.raises(REFUSED):
					line.save()
					pytest.fail(f"{state}: {who} saved a line alone with {field}")
			assert stored(name) == before, who

	def test_a_row_alone_is_refused_by_name_to_whoever_may_write_its_document(self, world):
		name = make.delivered(world)
		frappe.set_user(world.receiver)
		line = frappe.get_doc("Handover Item", acts.rows(name)[0].name)
		line.received_state = "Present"
		with pytest.raises(RowAloneError, match=f"changed on its document, {name}"):
			line.save()
		frappe.set_user("Administrator")
		with pytest.raises(RowAloneError):
			frappe.delete_doc("Handover Item", line.name)

	def test_lines_are_not_added_or_left_out(self, world):
		name = make.delivered(world)
		frappe.set_user(world.receiver)
		for change in (
			lambda doc: doc.append("items", {"title": "thêm", "received_state": "Present"}),
			lambda doc: doc.remove(doc.items[0]),
			lambda doc: doc.set("open_matters", [{"kind": "x", "title": "x"}]),
		):
			doc = frappe.get_doc("Handover", name)
			change(doc)
			with pytest.raises(NotYourTurnError, match="none can be added or removed"):
				doc.save()

	def test_the_receiver_signs_himself_also_by_the_workflow(self, world):
		name = make.delivered(world)
		by(world.receiver, handovers.mark_rest_present, name)
		with pytest.raises(UnsignedError):
			apply_workflow(frappe.get_doc("Handover", name).as_json(), "Receive")


class TestOwnCause:
	"""Nobody approves what he gives or receives, whatever he is besides."""

	@pytest.mark.parametrize("part", ["secretary", "receiver"])
	@pytest.mark.parametrize("as_what", ["Officer", "Partycell Manager"])
	def test_who_gives_or_receives_does_not_approve(self, world, part, as_what):
		name = make.received(world)
		who = getattr(world, part)
		frappe.set_user("Administrator")
		if as_what == "Officer":
			committee = frappe.get_doc("Party Committee", world.commune)
			committee.append("users", {"user": who, "function": "Officer", "from_date": "2020-01-01"})
			committee.save()
		else:
			frappe.get_doc("User", who).add_roles(as_what)
		frappe.set_user(who)
		assert not frappe.has_permission("Handover", "submit", doc=name)
		for way in (
			lambda: handovers.approve(name),
			lambda: apply_workflow(frappe.get_doc("Handover", name).as_json(), "Approve"),
			lambda: frappe.get_doc("Handover", name).update({"workflow_state": "Approved"}).submit(),
		):
			with pytest.raises(REFUSED):
				way()
		assert frappe.db.get_value("Handover", name, "workflow_state") == "Received"

	@pytest.mark.parametrize("who", ["far_officer", "inspector", "nobody", "other_secretary"])
	def test_somebody_without_office_above_does_not_approve(self, world, who):
		name = make.received(world)
		with pytest.raises(REFUSED):
			by(getattr(world, who), handovers.approve, name)
		assert frappe.db.get_value("Handover", name, "docstatus") == 0

	def test_an_officer_does_not_annul(self, world):
		name = make.approved(world)
		for who in ("officer", "secretary", "receiver", "nobody"):
			with pytest.raises(REFUSED):
				by(getattr(world, who), handovers.annul, name, "Nhầm")
		assert frappe.db.get_value("Handover", name, "workflow_state") == "Approved"
