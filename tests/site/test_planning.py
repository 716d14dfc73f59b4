"""Plans: which cells they choose, and their inspections made in one go."""

import frappe
import pytest
from frappe.utils import add_days, add_months, getdate, today

from partycell.api import inspections
from partycell.errors import CriteriaError, InspectionError, PlanError
from partycell.inspections import criteria, live_facts, planning, prefilling
from partycell.rules import sampling
from tests.site import factories as make
from tests.site.support.acts import by
from tests.site.support.clock import set_today
from tests.site.support.refusals import refused


@pytest.fixture(scope="module")
def office(standing_world):
	"""A commune with two committees under it and ten cells, its officer, and who leads the team."""
	officer, lead = make.user("Ủy"), make.user("Đoàn Trưởng")
	commune = make.committee(officer=officer)
	low = make.committee("Đảng ủy bộ phận", "Grassroots", parent=commune)
	cells = [make.cell(commune if number < 6 else low, f"Chi bộ {number}") for number in range(10)]
	secretary = make.user("Bí Thư")
	make.term(cells[0], secretary)
	frappe.db.commit()
	return frappe._dict(
		officer=officer, lead=lead, commune=commune, low=low, cells=cells, secretary=secretary
	)


def folder_set() -> str:
	return frappe.db.get_value("Criteria Set", {"set_name": ("like", "Sử dụng%")})


def plan(office, **values):
	frappe.set_user(office.officer)
	doc = frappe.new_doc("Inspection Plan")
	doc.update(
		{
			"plan_name": "Kiểm tra năm",
			"committee": office.commune,
			"criteria_set": folder_set(),
			"from_date": today(),
			"to_date": add_days(today(), 60),
			"lead": office.lead,
		}
		| values
	)
	return doc.insert()


def made(name: str) -> list:
	return frappe.get_all("Inspection", filters={"plan": name}, fields=["*"], order_by="planned_on, name")


def test_one_inspection_for_each_cell_with_its_days_spread_and_its_checklist_filled(office):
	doc = plan(office, members=[{"user": office.officer, "position": "Thư ký đoàn"}])
	assert inspections.make_inspections(doc.name) == 10
	rows = made(doc.name)
	assert {row.cell for row in rows} == set(office.cells)
	days = [getdate(row.planned_on) for row in rows]
	assert days == sampling.spread(10, getdate(doc.from_date), getdate(doc.to_date))
	for row in rows:
		one = frappe.get_doc("Inspection", row.name)
		assert (one.workflow_state, one.committee, one.awaiting) == ("Planned", office.commune, office.lead)
		assert [(member.user, member.position) for member in one.team] == [
			(office.lead, None),
			(office.officer, "Thư ký đoàn"),
		]
		assert [line.code for line in one.scores] == "TL1 TL2 TL3 QL1 QL2 QL3 BG1 BG2".split()
		assert one.maximum == 100 and one.points == sum(line.score for line in one.scores) > 0
	frappe.set_user(office.lead)
	assert len(frappe.get_list("Inspection", pluck="name", limit_page_length=0)) == 10
	inspections.start(rows[0].name)


def test_what_the_bulk_made_is_what_a_form_makes(office):
	doc = plan(office)
	inspections.make_inspections(doc.name)
	bulk = frappe.get_doc("Inspection", made(doc.name)[0].name)
	frappe.set_user("Administrator")
	frappe.db.delete("Inspection", {"cell": bulk.cell})
	by_hand = frappe.new_doc("Inspection").update(
		{key: bulk.get(key) for key in ("cell", "criteria_set", "planned_on", "lead")}
	)
	by_hand.insert()
	for field in ("title", "lead_name", "points", "maximum", "percent", "awaiting", "open_key", "committee"):
		assert bulk.get(field) == by_hand.get(field), field
	for mine, other in zip(bulk.scores, by_hand.scores, strict=True):
		for field in prefilling.COLUMNS[10:]:
			assert (mine.get(field) or 0) == (other.get(field) or 0), field


def test_a_subtree_and_types(office):
	assert set(planning.chosen(plan(office, subtree=office.low))) == set(office.cells[6:])
	frappe.db.set_value("Cell", office.cells[1], "cell_type", "School")
	assert planning.chosen(plan(office, cell_types="School\n")) == [office.cells[1]]


def test_a_sample_can_be_drawn_again_by_its_seed(office):
	doc = plan(office, selection="Random Sample", sample_size=4, seed="2026")
	chosen = planning.chosen(doc)
	assert chosen == sampling.draw(office.cells, 4, "2026") and len(chosen) == 4
	assert plan(office, selection="Random Sample", sample_size=4).seed, "a seed is recorded in any case"


def test_the_lowest_completeness(office):
	for number, cell in enumerate(office.cells):
		frappe.db.set_value("Cell", cell, "completeness", 90 - number)
	doc = plan(office, selection="Lowest Completeness", sample_size=2)
	assert planning.chosen(doc) == [office.cells[9], office.cells[8]]


def test_not_inspected_for_months(office):
	frappe.set_user("Administrator")
	for cell, months in ((office.cells[2], 13), (office.cells[3], 2)):
		one = frappe.new_doc("Inspection").update(
			{"cell": cell, "criteria_set": folder_set(), "planned_on": today(), "lead": office.lead}
		)
		one.insert()
		values = {"docstatus": 1, "workflow_state": "Concluded", "open_key": None}
		frappe.db.set_value("Inspection", one.name, values | {"concluded_on": add_months(today(), -months)})
	chosen = planning.chosen(plan(office, selection="Not Inspected Lately", months=12))
	assert set(chosen) == set(office.cells) - {office.cells[3]}
	assert chosen[-1] == office.cells[2], "those that never were come first"


def test_cells_with_an_open_inspection_are_left_out(office):
	doc = plan(office, selection="Random Sample", sample_size=3, seed="a")
	inspections.make_inspections(doc.name)
	rest = plan(office)
	assert inspections.make_inspections(rest.name) == 7
	with refused(PlanError, "finds no cell to inspect"):
		inspections.make_inspections(plan(office).name)


def test_it_is_made_once_and_stays_as_it_was_made(office):
	doc = plan(office)
	inspections.make_inspections(doc.name)
	with refused(PlanError, "Somebody has just made the inspections"):
		inspections.make_inspections(doc.name)
	doc.reload()
	doc.sample_size, doc.to_date = 3, add_days(today(), 90)
	with refused(PlanError, "are made as it was"):
		doc.save()
	with refused(PlanError, "Withdraw those that will not be"):
		frappe.delete_doc("Inspection Plan", doc.name)
	assert planning.progress(doc.name)["Planned"] == planning.progress(doc.name)["total"] == 10


def test_overdue_ones_are_counted(office, monkeypatch):
	doc = plan(office)
	inspections.make_inspections(doc.name)
	set_today(monkeypatch, add_days(today(), 100))
	assert planning.progress(doc.name)["overdue"] == 10


def test_nobody_plans_for_others_or_inspects_himself(office):
	with refused(InspectionError, "is the secretary of Chi bộ 0"):
		inspections.make_inspections(plan(office, lead=office.secretary).name)
	doc = plan(office)
	for who in (office.lead, office.secretary):
		with refused(frappe.PermissionError):
			by(who, inspections.make_inspections, doc.name)


@pytest.mark.parametrize(
	("values", "said"),
	[
		({"to_date": "2020-01-01"}, "ends before it begins"),
		({"selection": "Random Sample"}, "Say how many cells"),
		({"selection": "Not Inspected Lately", "months": 0}, "Say for how many months"),
	],
)
def test_a_plan_that_cannot_be_carried_out_is_refused(office, values, said):
	with refused(PlanError, said):
		plan(office, **values)


def test_the_cells_are_under_the_committee_that_inspects(office):
	frappe.set_user("Administrator")
	other = make.committee("Đảng ủy khác")
	with refused(PlanError, "under the committee that inspects"):
		plan(office, subtree=other)


def test_a_plan_that_repeats_gets_its_successor_as_a_draft(office, monkeypatch):
	doc = plan(office, recurrence="Half-yearly", from_date="2026-01-01", to_date="2026-06-30")
	inspections.make_inspections(doc.name)
	frappe.set_user("Administrator")
	set_today(monkeypatch, "2026-06-30")
	assert planning.draft_next_plans() == 0, "the period is not over"
	set_today(monkeypatch, "2026-07-01")
	assert planning.draft_next_plans() == 1
	new = frappe.get_doc("Inspection Plan", frappe.db.get_value("Inspection Plan", doc.name, "next_plan"))
	assert (str(new.from_date), str(new.to_date), new.status) == ("2026-07-01", "2026-12-31", "Draft")
	assert planning.draft_next_plans() == 0, "once"


class TestCriteria:
	def test_the_sets_that_come_with_the_app_can_be_scored_by(self, office):
		sets = frappe.get_all("Criteria Set", fields=["name", "total"])
		assert len(sets) == 2
		for row in sets:
			frappe.get_doc("Criteria Set", row.name).save()
			assert row.total == 100

	def test_a_set_in_use_gets_a_new_version_and_past_inspections_keep_theirs(self, office):
		doc = plan(office)
		inspections.make_inspections(doc.name)
		frappe.set_user("Administrator")
		old = frappe.get_doc("Criteria Set", folder_set())
		old.criteria[0].maximum, old.criteria[1].maximum = 20, 15
		with refused(CriteriaError, "Make a new version"):
			old.save()
		old.reload()
		old.purpose = "Ghi chú khác"
		old.save()
		name = inspections.new_version(old.name)
		new = frappe.get_doc("Criteria Set", name)
		assert (new.version, new.replaces, new.disabled) == (2, old.name, 0)
		new.criteria[0].maximum, new.criteria[1].maximum = 20, 15
		new.save()
		assert frappe.db.get_value("Criteria Set", old.name, "disabled") == 1
		assert frappe.get_doc("Inspection", made(doc.name)[0].name).scores[0].maximum == 25

	@pytest.mark.parametrize(
		("change", "said"),
		[
			(lambda doc: doc.set("total", 90), "total is 90"),
			(lambda doc: doc.bands[1].set("threshold", 90), "begin at 90, so they overlap"),
			(lambda doc: doc.bands[-1].set("threshold", 10), "No rating band covers 0 to 10"),
			(lambda doc: doc.criteria[0].set("fact", "weather"), "no live fact weather"),
			(lambda doc: doc.criteria[-1].set("steps", "100 punkte"), "100 punkte is no step"),
		],
	)
	def test_one_that_cannot_be_scored_by_is_refused(self, office, change, said):
		frappe.set_user("Administrator")
		doc = frappe.get_doc("Criteria Set", folder_set())
		change(doc)
		with refused(CriteriaError, said):
			doc.save()


class TestLiveFacts:
	def test_each_is_measured_for_many_cells_by_a_fixed_number_of_queries(self, office, monkeypatch):
		facts = live_facts.registry()
		assert {"folder_completeness", "outdated_documents", "conclusions_in_time"} <= set(facts)
		asked, run = [], frappe.db.sql

		def counted(*args, **kwargs):
			asked.append(args[0])
			return run(*args, **kwargs)

		monkeypatch.setattr(frappe.db, "sql", counted)
		for cells in (office.cells[:1], office.cells):
			asked.clear()
			live_facts.measure(facts, cells)
			if len(cells) == 1:
				few = len(asked)
		assert len(asked) <= few + 1

	def test_a_handover_by_procedure(self, office):
		frappe.set_user("Administrator")
		measured = live_facts.measure(["handover_by_procedure"], office.cells)["handover_by_procedure"]
		assert measured == {}, "the first holder took over from nobody"
		world = make.world()
		make.approved(world)
		frappe.set_user("Administrator")
		assert live_facts.measure(["handover_by_procedure"], [world.cell]) == {
			"handover_by_procedure": {world.cell: 1}
		}

	def test_directives_acknowledged_in_time(self, office, monkeypatch):
		frappe.set_user("Administrator")
		cell, asked = office.cells[0], {"acknowledgement_asked": 1, "acknowledge_within": 5}
		names = [make.directive(office.commune, cells=[cell], **asked) for _number in range(2)]
		by(office.secretary, make.acknowledgement, names[0], cell)
		frappe.set_user("Administrator")
		assert live_facts.measure(["directives_in_time"], office.cells) == {"directives_in_time": {cell: 100}}
		set_today(monkeypatch, add_days(today(), 30))
		assert live_facts.measure(["directives_in_time"], office.cells) == {"directives_in_time": {cell: 50}}

	def test_a_fact_that_no_app_knows_says_nothing(self, office):
		assert live_facts.measure(["weather"], office.cells) == {"weather": {}}

	def test_where_each_comes_from_can_be_opened(self, office):
		for name, source in live_facts.sources(live_facts.registry(), office.cells[0]).items():
			filters = {"cell": office.cells[0], **source["filters"]}
			assert isinstance(frappe.get_all(source["doctype"], filters=filters, limit=1), list), name

	def test_prefilling_again_follows_the_facts_and_leaves_what_has_begun(self, office):
		doc = plan(office)
		inspections.make_inspections(doc.name)
		names = [row.name for row in made(doc.name)]
		begun = names[0]
		by(office.lead, inspections.start, begun)
		frappe.set_user("Administrator")
		for cell in office.cells:
			slot = make.slots(cell, required=1)[0]
			frappe.db.set_value("Folder Item", slot.name, "state", "Outdated")
		assert prefilling.prefill(names) == 9 * 8
		found = {
			name: frappe.db.get_value("Inspection Score", {"parent": name, "code": "TL2"}, "proposed")
			for name in names
		}
		assert found == {name: 10 if name == begun else 8 for name in names}


def test_versions_of_a_set_are_told_apart(office):
	assert criteria.in_use(folder_set()) is False
