"""The monthly summary: its figures by committee, for each reader, and the e-mail that brings it."""

from datetime import date

import frappe
import pytest
from frappe.desk.query_report import run
from frappe.email.doctype.auto_email_report import auto_email_report
from frappe.utils import add_days, add_months, getdate, today

from partycell.errors import ByOfficeError
from partycell.inspections import monthly_summary
from partycell.setup import install
from tests.site import factories as make

REPORT = "Monthly Summary"


def summary(user: str, **filters) -> list[dict]:
	frappe.set_user(user)
	return run(REPORT, filters=filters, ignore_prepared_report=True)["result"]


@pytest.fixture
def office(standing_world):
	"""An action each of last month, put right and overdue; completeness of three folders."""
	world = standing_world
	frappe.set_user("Administrator")
	first, last = monthly_summary.last_month(getdate(today()))
	for cell, share in ((world.cell, 100), (world.other_cell, 50), (far_cell(world), 10)):
		frappe.db.set_value("Cell", cell, {"completeness": share, "required_due": 10})
	for cell, state in ((world.cell, "Effective"), (world.other_cell, "Open")):
		values = {
			"cell": cell,
			"subject": "Thiếu sổ",
			"due_on": add_days(today(), -1),
			"responsible": world.secretary,
		}
		name = frappe.new_doc("Corrective Action").update(values).insert().name
		checked = last if state == "Effective" else None
		values = {"creation": f"{last} 23:59:00", "workflow_state": state, "effect_checked_on": checked}
		frappe.db.set_value("Corrective Action", name, values, update_modified=False)
	return frappe._dict(world=world, first=first, last=last)


def test_last_month_ends_the_day_before_this_one_begins():
	assert monthly_summary.last_month(date(2026, 3, 1)) == (date(2026, 2, 1), date(2026, 2, 28))
	assert monthly_summary.last_month(date(2026, 1, 31)) == (date(2025, 12, 1), date(2025, 12, 31))


def test_each_sees_the_committees_below_and_a_total_where_there_are_several(office):
	world = office.world
	(row,) = summary(world.officer)
	assert (row["committee"], row["cells"], row["completeness"]) == (world.commune, 2, 75)
	assert (row["actions_found"], row["actions_effective"], row["actions_overdue"]) == (2, 1, 1)
	assert row["percent"] is None and row["inspected"] == 0
	(far,) = summary(world.far_officer)
	assert (far["cells"], far["actions_found"]) == (1, 0)
	everything = summary(world.manager)
	assert sorted(row["cells"] for row in everything[:-1]) == [1, 2] and everything[-1]["cells"] == 3
	assert everything[-1]["committee_name"] == "Total"
	assert everything[-1]["completeness"] == 53.3, "of the cells, not of the committees"
	assert len(summary(world.manager, committee=world.commune)) == 1
	assert summary(world.nobody) == []


# What each cell did in the month, told in plain numbers: the report's rows for each reader are summed up from here.
FACTS = {
	"cell": {
		"completeness": 80,
		"percents": (90, 70),
		"overdue": 1,
		"handovers": 1,
		"in_time": 2,
		"late": 1,
		"questions": 0,
	},
	"other": {
		"completeness": 40,
		"percents": (50,),
		"overdue": 0,
		"handovers": 0,
		"in_time": 0,
		"late": 2,
		"questions": 3,
	},
	"far": {
		"completeness": 10,
		"percents": (),
		"overdue": 2,
		"handovers": 1,
		"in_time": 0,
		"late": 0,
		"questions": 1,
	},
}
# Who reaches which of them, as the factories name the offices; committees: the first two share one.
REACH = {
	"manager": ("cell", "other", "far"),
	"officer": ("cell", "other"),
	"inspector": ("cell", "other"),
	"far_officer": ("far",),
	"nobody": (),
}
COMMITTEES = (("cell", "other"), ("far",))


def summed(cells: tuple[str, ...]) -> dict:
	"""The row of some cells together, by arithmetic on ``FACTS``."""
	facts = [FACTS[one] for one in cells]
	percents = [percent for fact in facts for percent in fact["percents"]]
	return {
		"cells": len(cells),
		"completeness": round(sum(fact["completeness"] for fact in facts) / len(cells), 1),
		"inspected": len(percents),
		"percent": round(sum(percents) / len(percents), 1) if percents else None,
		"inspections_overdue": sum(fact["overdue"] for fact in facts),
		"handovers": sum(fact["handovers"] for fact in facts),
		"acknowledged": sum(fact["in_time"] + fact["late"] for fact in facts),
		"late": sum(fact["late"] for fact in facts),
		"questions": sum(fact["questions"] for fact in facts),
	}


@pytest.fixture
def told(standing_world):
	"""A site on which the facts are true, with as much again on the days before and after the month."""
	world = standing_world
	frappe.set_user("Administrator")
	first, last = monthly_summary.last_month(getdate(today()))
	cells = {"cell": world.cell, "other": world.other_cell, "far": far_cell(world)}
	for name, cell in cells.items():
		fact = FACTS[name]
		frappe.db.set_value("Cell", cell, {"completeness": fact["completeness"], "required_due": 10})
		for number, percent in enumerate(fact["percents"]):
			moment = f"{last} 23:59:59" if number else f"{first} 00:00:00"
			put(
				"Inspection",
				cell=cell,
				docstatus=1,
				concluded_on=moment,
				percent=percent,
				workflow_state="Concluded",
			)
		for _number in range(fact["overdue"]):
			put("Inspection", cell=cell, planned_on=add_days(today(), -1), workflow_state="Planned")
		put("Inspection", cell=cell, planned_on=today(), workflow_state="Planned")
		for day in (first, add_days(first, -1), add_days(last, 1)):
			inside = day == first
			for _number in range(fact["handovers"] if inside else 1):
				put(
					"Handover",
					cell=cell,
					docstatus=1,
					approved_on=f"{day} 12:00:00",
					workflow_state="Approved",
				)
			for late, count in ((0, fact["in_time"]), (1, fact["late"])):
				for _number in range(count if inside else 1):
					put("Directive Acknowledgement", cell=cell, acknowledged_on=f"{day} 12:00:00", late=late)
			if not inside:
				put(
					"Inspection",
					cell=cell,
					docstatus=1,
					concluded_on=f"{day} 12:00:00",
					percent=1,
					workflow_state="Concluded",
				)
		for state, count in (("Asked", fact["questions"]), ("Answered", 2), ("Draft", 1)):
			for _number in range(count):
				put("Handbook Note", cell=cell, note_type="Question", workflow_state=state)
	return world


def put(doctype: str, **values) -> None:
	"""A row as the acts leave it, without what else belongs to it."""
	frappe.get_doc({"doctype": doctype, "name": frappe.generate_hash(length=10), **values}).db_insert()


@pytest.mark.parametrize("person", REACH)
def test_the_rows_of_each_reader_are_the_sums_of_what_is_his_to_see(told, person):
	parts = [tuple(one for one in cells if one in REACH[person]) for cells in COMMITTEES]
	expected = [summed(cells) for cells in parts if cells]
	if len(expected) > 1:
		expected.append(summed(REACH[person]))
	found = [{key: row[key] for key in summed(("cell",))} for row in summary(getattr(told, person))]
	in_order = {"key": lambda row: row["cells"]}
	assert sorted(found, **in_order) == sorted(expected, **in_order)
	if len(found) > 1:
		assert found[-1]["cells"] == len(REACH[person]), "the total is the last row"


def test_another_period_has_other_figures(office):
	before = add_months(office.first, -1)
	(row,) = summary(office.world.officer, from_date=before, to_date=add_days(office.first, -1))
	assert (row["actions_found"], row["actions_effective"], row["actions_overdue"]) == (0, 0, 1)
	with pytest.raises(frappe.ValidationError, match="ends before it begins"):
		summary(office.world.officer, from_date=office.last, to_date=office.first)


def test_whoever_has_no_role_does_not_run_it(office):
	stranger = make.user("Không Vai Trò")
	with pytest.raises(frappe.PermissionError):
		summary(stranger)


class TestMail:
	def test_it_is_set_up_once_and_switched_off(self):
		(name,) = frappe.get_all("Auto Email Report", filters={"report": REPORT}, pluck="name")
		doc = frappe.get_doc("Auto Email Report", name)
		assert (doc.enabled, doc.frequency, doc.format) == (0, "Monthly", "HTML")
		assert install.make_monthly_mail() is None
		auto_email_report.send_monthly()
		assert not frappe.get_all("Email Queue"), "nobody has said yet to whom it goes"

	def test_switched_on_it_brings_what_its_user_sees_whoever_sends_it(self, office):
		world = office.world
		frappe.set_user("Administrator")
		doc = mail(user=world.far_officer, email_to="van-phong@example.org", enabled=1)
		far = frappe.db.get_value("Cell", far_cell(world), "committee")
		names = [
			frappe.db.get_value("Party Committee", one, "committee_name") for one in (world.commune, far)
		]
		assert names[1] != names[0]
		content = doc.get_report_content()
		assert names[1] in content and names[0] + "<" not in content
		assert frappe.session.user == "Administrator"
		make_outgoing_mail()
		auto_email_report.send_monthly()
		(sent,) = frappe.get_all("Email Queue", pluck="name")
		recipients = frappe.get_all("Email Queue Recipient", filters={"parent": sent}, pluck="recipient")
		assert recipients == ["van-phong@example.org"]

	def test_it_is_written_in_the_language_of_its_user(self, office):
		frappe.set_user("Administrator")
		frappe.db.set_value("User", office.world.officer, "language", "vi")
		frappe.clear_cache(user=office.world.officer)
		content = mail(user=office.world.officer).get_report_content()
		assert "Mức độ đầy đủ" in content and "Completeness" not in content

	def test_whoever_does_not_see_everything_sets_up_only_his_own(self, office):
		frappe.set_user("Administrator")
		world = office.world
		frappe.get_doc("User", world.officer).add_roles("Report Manager")
		frappe.set_user(world.officer)
		with pytest.raises(ByOfficeError, match="Enter yourself as the user"):
			mail(user=world.manager)
		assert mail(user=world.officer).user == world.officer
		frappe.set_user(world.manager)
		assert mail(user=world.officer, system=True).user == world.officer


def mail(system: bool = False, **values):
	"""The mail that came with the app, changed."""
	doc = frappe.get_doc("Auto Email Report", frappe.db.get_value("Auto Email Report", {"report": REPORT}))
	doc.update(values)
	doc.flags.ignore_permissions = system
	return doc.save()


def make_outgoing_mail() -> None:
	frappe.get_doc(
		{
			"doctype": "Email Account",
			"email_account_name": "Thư đi",
			"email_id": "thu@example.org",
			"enable_outgoing": 1,
			"default_outgoing": 1,
			"smtp_server": "localhost",
			"password": "x",
		}
	).db_insert()


def far_cell(world) -> str:
	"""The cell that none of the officer's committees stands above."""
	return frappe.db.get_value("Cell", {"name": ("not in", [world.cell, world.other_cell])})
