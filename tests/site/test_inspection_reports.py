"""Reports on inspections: their figures, and that each person sees only what is his to see."""

import frappe
import pytest
from frappe.desk.query_report import run
from frappe.utils import add_days, add_months, getdate, today

from partycell.api import inspections
from partycell.corrective import overdue
from tests.site import factories as make
from tests.site.support.acts import by

SCRIPTS = (
	"Inspection Coverage",
	"Criterion Analysis",
	"Criteria by Committee",
	"Corrective Action Ageing",
	"Cell Record",
	"Monthly Summary",
)
BUILT = (
	"Inspections by Rating",
	"Inspections by Committee",
	"Inspections by Period",
	"Open Corrective Actions",
)


@pytest.fixture(scope="module")
def office(standing_world):
	"""Two cells inspected, with known scores; one of the other committee never."""
	world = standing_world
	frappe.set_user("Administrator")
	criteria_set = frappe.db.get_value("Criteria Set", {"set_name": ("like", "Chất lượng%")})
	lead = make.user("Đoàn Trưởng")
	scores = {world.cell: 1.0, world.other_cell: 0.5}
	names = {}
	for cell, share in scores.items():
		frappe.set_user(world.officer)
		doc = frappe.new_doc("Inspection")
		doc.update({"cell": cell, "criteria_set": criteria_set, "planned_on": today(), "lead": lead}).insert()
		by(lead, inspections.start, doc.name)
		given = {
			row.name: {"score": row.maximum * share} for row in frappe.get_doc("Inspection", doc.name).scores
		}
		by(lead, inspections.save_scores, doc.name, given)
		frappe.set_user(lead)
		doc = frappe.get_doc("Inspection", doc.name)
		doc.append("findings", {"kind": "Weakness", "text": "Thiếu sổ", "due_on": add_days(today(), 5)})
		doc.save()
		inspections.send(doc.name)
		secretary = world.secretary if cell == world.cell else world.other_secretary
		by(secretary, inspections.answer, doc.name, True)
		by(world.officer, inspections.conclude, doc.name)
		names[cell] = doc.name
	frappe.set_user("Administrator")
	frappe.db.commit()
	return frappe._dict(world=world, criteria_set=criteria_set, names=names)


def rows(report: str, user: str, **filters) -> list[dict]:
	"""The rows of a report as the desk asks for them, without the total."""
	frappe.set_user(user)
	found = run(report, filters=filters, ignore_prepared_report=True)
	return [row for row in found["result"] if isinstance(row, dict)]


def listed(report: str, user: str) -> list[dict]:
	"""The rows of a report that the builder made, as the desk asks for them."""
	doc = frappe.get_doc("Report", report)
	content = frappe.parse_json(doc.json)
	frappe.set_user(user)
	if not doc.is_permitted():
		raise frappe.PermissionError
	return frappe.get_list(
		doc.ref_doctype,
		filters=content["filters"],
		fields=[field for field, _doctype in content["fields"]],
		order_by=content["order_by"],
	)


def period(office) -> dict:
	return {
		"criteria_set": office.criteria_set,
		"from_date": add_months(today(), -6),
		"to_date": today(),
	}


def test_coverage_names_cells_never_inspected_first_and_only_those_below(office):
	world = office.world
	seen = rows("Inspection Coverage", world.officer)
	assert {row["cell"]: row["inspection"] for row in seen} == office.names
	assert [row["rating"] for row in sorted(seen, key=lambda row: -row["percent"])] == ["Tốt", "Trung bình"]
	far = rows("Inspection Coverage", world.far_officer)
	assert [row["inspected_on"] for row in far] == [None] and far[0]["due"] == 1
	everything = rows("Inspection Coverage", world.manager)
	assert everything[0]["inspected_on"] is None and len(everything) == 3
	assert len(rows("Inspection Coverage", world.manager, only_due=1)) == 1
	assert rows("Inspection Coverage", world.manager, committee=world.commune, only_due=1) == []
	assert rows("Inspection Coverage", world.nobody) == []


def test_criterion_analysis_says_where_points_are_lost(office):
	world = office.world
	found = rows("Criterion Analysis", world.officer, **period(office))
	assert len(found) == 15 and found[0]["code"] == "TD1", "12 points, of which 3 are lost on average"
	assert (found[0]["average"], found[0]["lost"], found[0]["share"], found[0]["full"]) == (9, 3, 75, 50)
	assert found[0]["inspections"] == 2 and found[0]["change"] is None
	assert [row["lost"] for row in found] == sorted((row["lost"] for row in found), reverse=True)
	assert rows("Criterion Analysis", world.far_officer, **period(office)) == []
	frappe.set_user("Administrator")
	frappe.db.set_value("Inspection", office.names[world.other_cell], "concluded_on", add_months(today(), -9))
	changed = rows("Criterion Analysis", world.officer, **period(office))
	assert (changed[0]["share"], changed[0]["change"]) == (100, 50), "from half to all of the points"


def test_criteria_by_committee(office):
	found = rows("Criteria by Committee", office.world.officer, **period(office))
	assert [(row["committee"], row["td1"], row["kt3"]) for row in found] == [(office.world.commune, 75, 75)]
	assert rows("Criteria by Committee", office.world.nobody, **period(office)) == []


def test_ageing_of_what_must_be_put_right(office):
	frappe.set_user("Administrator")
	name = frappe.get_all("Corrective Action", filters={"cell": office.world.cell}, pluck="name")[0]
	frappe.db.set_value("Corrective Action", name, "due_on", add_days(today(), -40))
	(row,) = rows("Corrective Action Ageing", office.world.officer)
	assert (row["Not Due"], row["31 to 60 Days"], row["total"]) == (1, 1, 2)
	assert rows("Corrective Action Ageing", office.world.officer, origin="Handover") == []
	assert rows("Corrective Action Ageing", office.world.far_officer) == []


def test_the_record_of_one_cell(office):
	world = office.world
	found = rows("Cell Record", world.secretary, cell=world.cell)
	assert [row["doctype"] for row in found] == ["Corrective Action", "Inspection"]
	assert (found[1]["percent"], found[1]["result"]) == (100, "Tốt")
	with pytest.raises(frappe.PermissionError):
		rows("Cell Record", world.secretary, cell=world.other_cell)


def test_the_record_says_how_complete_and_how_prompt_each_year_was(office):
	world = office.world
	frappe.set_user("Administrator")
	year = getdate(today()).year - 1
	for cell, months in (
		(world.cell, {f"{year}-03-01": 40, f"{year}-11-01": 80}),
		(world.other_cell, {f"{year}-11-01": 5}),
	):
		for month, share in months.items():
			put("Cell Figures", cell=cell, month=month, completeness=share)
	for late in (0, 0, 0, 1):
		put("Directive Acknowledgement", cell=world.cell, acknowledged_on=f"{year}-06-0{late + 1}", late=late)
	for reader in (world.secretary, world.officer, world.inspector):
		found = [
			row
			for row in rows("Cell Record", reader, cell=world.cell)
			if str(row["on"]).startswith(str(year))
		]
		assert [(row["doctype"], str(row["on"]), row["percent"]) for row in found] == [
			("Cell Figures", f"{year}-11-01", 80),
			("Directive Acknowledgement", f"{year}-06-02", 75),
		]
		assert f"{year}: 4, of these late: 1" in found[1]["what"]


def put(doctype: str, **values) -> None:
	"""A row of the past, as it was left."""
	frappe.get_doc({"doctype": doctype, "name": frappe.generate_hash(length=10), **values}).db_insert()


ASKED_FOR = {
	"Criterion Analysis": "Choose a criteria set and a period",
	"Criteria by Committee": "Choose a criteria set and a period",
	"Cell Record": "Choose a cell above",
}


@pytest.mark.parametrize("report", ASKED_FOR)
def test_a_report_without_its_filter_asks_for_it(office, report):
	frappe.set_user(office.world.officer)
	answer = run(report, filters={}, ignore_prepared_report=True)
	assert not answer["result"] and answer["columns"] and ASKED_FOR[report] in answer["message"]


def test_the_heat_table_names_its_criteria_in_the_exported_file_too(office):
	frappe.set_user(office.world.officer)
	columns = run("Criteria by Committee", filters=period(office), ignore_prepared_report=True)["columns"]
	titles = {row.code: row.title for row in frappe.get_doc("Criteria Set", office.criteria_set).criteria}
	assert [one["label"] for one in columns[1:]] == [f"{code} {title}" for code, title in titles.items()]


REFUSED = "refused"
# Rows of each report, from what the fixture made: two inspections below the first commune, of 15 criteria, with an
# action each; one active cell elsewhere. The monthly summary has a row a committee, and a total where there are two
# (its figures: test_monthly_summary). Rows for the manager, the officer, the officer of another committee, the inspector, the
# secretary of the first cell, and for somebody who holds a role and no office. A secretary has the record of
# the own cell; what compares cells is for those who are over several.
PEOPLE = ("manager", "officer", "far_officer", "inspector", "secretary", "nobody")
SEEN = {
	"Inspection Coverage": (3, 2, 1, 2, REFUSED, 0),
	"Criterion Analysis": (15, 15, 0, 15, REFUSED, 0),
	"Criteria by Committee": (1, 1, 0, 1, REFUSED, 0),
	"Corrective Action Ageing": (1, 1, 0, 1, REFUSED, 0),
	"Cell Record": (2, 2, REFUSED, 2, 2, REFUSED),
	"Monthly Summary": (3, 1, 1, 1, REFUSED, 0),
	"Inspections by Rating": (2, 2, 0, 2, REFUSED, 0),
	"Inspections by Committee": (2, 2, 0, 2, REFUSED, 0),
	"Inspections by Period": (2, 2, 0, 2, REFUSED, 0),
	"Open Corrective Actions": (2, 2, 0, 2, REFUSED, 0),
}


@pytest.mark.parametrize("report", SEEN)
def test_each_report_for_each_role(office, report):
	seen = []
	for person in PEOPLE:
		user = getattr(office.world, person)
		try:
			if report in BUILT:
				seen.append(len(listed(report, user)))
			elif report == "Cell Record":
				seen.append(len(rows(report, user, cell=office.world.cell)))
			else:
				seen.append(len(rows(report, user, **period(office))))
		except frappe.PermissionError:
			seen.append(REFUSED)
	assert tuple(seen) == SEEN[report]


@pytest.mark.parametrize("report", SCRIPTS)
def test_whoever_has_no_role_does_not_run_it(office, report):
	frappe.set_user("Administrator")
	with pytest.raises(frappe.PermissionError):
		rows(report, make.user("Không Vai Trò"))


@pytest.mark.parametrize("report", BUILT)
def test_lists_that_an_office_copies_name_fields_that_exist(office, report):
	assert len(listed(report, office.world.officer)) == 2


class TestReminders:
	def test_what_is_overdue_rises_and_each_is_told_once_a_day(self, office, jobs):
		world = office.world
		frappe.set_user("Administrator")
		member = make.user("Ủy Viên", "Partycell Manager")
		frappe.db.set_value("Cell", world.cell, "assigned_member", member)
		name = frappe.get_all("Corrective Action", filters={"cell": world.cell}, pluck="name")[0]
		told = {}
		for days in (-5, -3, 1, 7, 14):
			frappe.db.set_value(
				"Corrective Action", name, {"due_on": add_days(today(), -days), "reminded_on": None}
			)
			frappe.db.delete("Notification Log")
			overdue.tell()
			told[days] = set(frappe.get_all("Notification Log", pluck="for_user"))
		assert told[-5] == told[1] == set()
		assert told[-3] == {world.secretary}
		assert told[7] == {world.secretary, member}
		assert told[14] == {world.secretary, member, world.officer}
		assert overdue.tell() == 0, "once a day"
		assert getdate(frappe.db.get_value("Corrective Action", name, "reminded_on")) == getdate(today())

	def test_many_actions_are_one_message(self, office):
		world = office.world
		frappe.set_user("Administrator")
		for number in range(5):
			frappe.get_doc(
				{
					"doctype": "Corrective Action",
					"cell": world.cell,
					"subject": f"Việc {number}",
					"due_on": today(),
					"responsible": world.secretary,
				}
			).insert()
		frappe.db.delete("Notification Log")
		assert overdue.tell() == 1
		(log,) = frappe.get_all("Notification Log", fields=["for_user", "email_content"])
		assert log.for_user == world.secretary and log.email_content.count("<li>") == 5
