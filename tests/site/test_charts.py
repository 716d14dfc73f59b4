"""Charts and number cards of the desk: their figures for each reader, and two charts at once on SQLite."""

import sqlite3
from contextlib import closing

import frappe
import pytest
from frappe.desk.doctype.dashboard_chart import dashboard_chart
from frappe.exceptions import QueryDeadlockError
from frappe.utils import add_days, add_months, getdate, today

from partycell.api import inspections
from partycell.desk import charts, numbers
from partycell.framework import compat, locking
from tests.site import factories as make
from tests.site.support.acts import by

FRAPPES = "frappe.desk.doctype.dashboard_chart.dashboard_chart.get"


@pytest.fixture(scope="module")
def office(standing_world):
	"""One cell inspected with all points, one planned for yesterday, one never; folders known by hand."""
	world = standing_world
	frappe.set_user("Administrator")
	criteria_set = frappe.db.get_value("Criteria Set", {"set_name": ("like", "Chất lượng%")})
	lead = make.user("Đoàn Trưởng")
	names = []
	for cell, day in ((world.cell, today()), (world.other_cell, add_days(today(), -1))):
		frappe.set_user(world.officer)
		values = {"cell": cell, "criteria_set": criteria_set, "planned_on": day, "lead": lead}
		names.append(frappe.new_doc("Inspection").update(values).insert().name)
	by(lead, inspections.start, names[0])
	rows = frappe.get_doc("Inspection", names[0]).scores
	by(lead, inspections.save_scores, names[0], {row.name: {"score": row.maximum} for row in rows})
	frappe.set_user(lead)
	doc = frappe.get_doc("Inspection", names[0])
	doc.append("findings", {"kind": "Weakness", "text": "Thiếu sổ", "due_on": today()})
	doc.save()
	by(lead, inspections.send, names[0])
	by(world.secretary, inspections.answer, names[0], True)
	by(world.officer, inspections.conclude, names[0])
	frappe.set_user("Administrator")
	for cell, share in ((world.cell, 100), (world.other_cell, 69.9), (far_cell(world), 12)):
		frappe.db.set_value("Cell", cell, {"completeness": share, "required_due": 10})
	frappe.db.commit()
	return frappe._dict(world=world, lead=lead, criteria_set=criteria_set, names=names)


def shown(chart, user: str, **filters) -> dict:
	"""label: value of the first dataset, as a user sees a chart."""
	found = by(user, chart, filters or None)
	return dict(zip(found["labels"], found["datasets"][0]["values"], strict=True)) if found else {}


def test_a_dashboards_page_lists_the_dashboards_for_whoever_sees_it(office):
	for user in (office.world.officer, office.world.inspector):
		frappe.set_user(user)
		frappe.local.form_dict = frappe._dict(doctype="Dashboard", fields='["name"]', limit="20")
		assert "Inspections" in [row["name"] for row in compat.get_list()]
	frappe.local.form_dict = frappe._dict(doctype="Cell", fields='["name"]')
	assert {row["name"] for row in compat.get_list()} == {office.world.cell, office.world.other_cell}
	frappe.set_user("Guest")
	frappe.local.form_dict = frappe._dict(doctype="Dashboard", fields='["name"]')
	with pytest.raises(frappe.PermissionError):
		compat.get_list()


def test_folders_are_counted_by_how_complete_they_are(office):
	world = office.world
	assert shown(charts.folders, world.officer) == {"<50": 0, "50+": 1, "70+": 0, "90+": 0, "100": 1}
	assert shown(charts.folders, world.secretary)["100"] == 1
	assert sum(shown(charts.folders, world.secretary).values()) == 1
	assert sum(shown(charts.folders, world.manager).values()) == 3
	assert sum(shown(charts.folders, world.manager, committee=world.commune).values()) == 2
	assert shown(charts.folders, world.nobody) == {}


def test_cells_are_counted_by_their_last_rating_and_those_without_as_well(office):
	world = office.world
	assert list(shown(charts.ratings, world.officer).items()) == [
		("Tốt", 1),
		("Khá", 0),
		("Trung bình", 0),
		("Kém", 0),
		("Never Inspected", 1),
	]
	assert shown(charts.ratings, world.manager)["Never Inspected"] == 2
	assert shown(charts.ratings, world.far_officer)["Tốt"] == 0
	other = frappe.db.get_value("Criteria Set", {"name": ("!=", office.criteria_set)})
	assert shown(charts.ratings, world.officer, criteria_set=other)["Never Inspected"] == 2
	assert shown(charts.ratings, world.nobody) == {}


def test_the_average_of_each_quarter_and_set(office):
	world = office.world
	found = by(world.officer, charts.quarters)
	assert len(found["labels"]) == charts.QUARTERS and len(set(found["labels"])) == charts.QUARTERS
	day = getdate(today())
	assert found["labels"][-1] == f"Q{(day.month + 2) // 3}/{day:%y}"
	(dataset,) = found["datasets"]
	assert dataset["name"].startswith("Chất lượng") and dataset["values"] == [0] * 7 + [100]
	frappe.set_user("Administrator")
	frappe.db.set_value("Inspection", office.names[0], "concluded_on", add_months(today(), -6))
	assert by(world.officer, charts.quarters)["datasets"][0]["values"].index(100) == 5
	assert by(world.far_officer, charts.quarters) == {}


def test_inspections_concluded_in_each_quarter(office):
	found = by(office.world.officer, charts.concluded)
	assert found["datasets"][0]["values"] == [0] * 7 + [1]
	assert by(office.world.far_officer, charts.concluded) == {}


def test_actions_by_their_state_and_the_overdue_apart(office):
	world = office.world
	assert shown(charts.actions, world.officer) == {
		"Overdue": 0,
		"Open": 1,
		"Done": 0,
		"Effective": 0,
		"Written Off": 0,
	}
	frappe.set_user("Administrator")
	frappe.db.set_value("Corrective Action", {"cell": world.cell}, "due_on", add_days(today(), -1))
	found = shown(charts.actions, world.secretary)
	assert (found["Overdue"], found["Open"]) == (1, 0)
	assert shown(charts.actions, world.far_officer) == {}


EVERY = (charts.folders, charts.ratings, charts.quarters, charts.concluded, charts.actions)


@pytest.mark.parametrize("chart", EVERY)
def test_whoever_has_no_role_sees_no_chart(office, chart):
	frappe.set_user("Administrator")
	with pytest.raises(frappe.PermissionError):
		by(make.user("Không Vai Trò"), chart)


def test_the_cards_count_what_their_lists_show(office):
	world = office.world
	frappe.set_user("Administrator")
	action = frappe.db.get_value("Corrective Action", {"cell": world.cell})
	frappe.db.set_value("Corrective Action", action, "due_on", add_days(today(), -1))
	assert_card(
		office, numbers.actions_overdue, {"secretary": 1, "officer": 1, "far_officer": 0, "manager": 1}
	)
	assert_card(office, numbers.inspections_overdue, {"secretary": 0, "officer": 1, "far_officer": 0})
	wanting = {"cell": world.cell, "required": 1, "due_on": ("<=", today()), "state": "Expected"}
	assert_card(office, numbers.documents_wanting, {"secretary": frappe.db.count("Folder Item", wanting)})
	assert by(office.lead, numbers.inspections_awaiting_me)["value"] == 1
	assert by(world.officer, numbers.inspections_awaiting_me)["value"] == 0


def assert_card(office, card, expected: dict[str, int]) -> None:
	for who, count in expected.items():
		found = by(getattr(office.world, who), card)
		assert found["value"] == count, who
		_list, doctype = found["route"]
		listed = frappe.get_list(doctype, filters=found["route_options"], limit_page_length=0)
		assert len(listed) == count, who


def test_directives_are_open_until_the_cell_takes_note(office):
	world = office.world
	frappe.set_user("Administrator")
	name = make.directive(world.commune)
	counts = {
		who: by(getattr(world, who), numbers.directives_open)["value"]
		for who in ("secretary", "officer", "far_officer")
	}
	assert counts == {"secretary": 1, "officer": 1, "far_officer": 0}
	frappe.set_user("Administrator")
	by(world.secretary, make.acknowledgement, name, world.cell)
	assert by(world.secretary, numbers.directives_open)["value"] == 0
	assert by(world.officer, numbers.directives_open)["value"] == 1, "the other cell has not"


def test_charts_are_asked_for_by_the_way_that_writes_nothing():
	assert frappe.get_hooks("override_whitelisted_methods")[FRAPPES] == ["partycell.desk.charts.get"]


@pytest.mark.committed
def test_a_chart_is_read_while_somebody_else_writes():
	"""As when a dashboard asks for two at once: each has read when the other writes that it did."""
	values = {
		"chart_type": "Group By",
		"document_type": "Corrective Action",
		"group_by_based_on": "workflow_state",
	}
	name = "Việc của cơ quan"
	frappe.new_doc("Dashboard Chart").update({"chart_name": name, "filters_json": "[]", **values}).insert()
	frappe.db.commit()
	expected = charts.get(name, refresh=1)
	if not compat.is_sqlite():
		pytest.skip("MariaDB does not refuse the second")
	with pytest.raises(QueryDeadlockError):
		overtaken(lambda: dashboard_chart.get(chart_name=name, refresh=1))
	assert overtaken(lambda: charts.get(name, refresh=1)) == expected
	assert not frappe.flags.read_only and not frappe.db.get_value("Dashboard Chart", name, "last_synced_on")


def overtaken(read):
	"""What a request answers that had begun to read when another one wrote."""
	frappe.db.rollback()
	frappe.get_all("Cell", limit=1)
	with closing(sqlite3.connect(frappe.db.get_db_path(), timeout=5)) as other:
		other.execute("""update "tabDashboard Chart" set idx = idx + 1 where name = 'Cells by Rating'""")
		other.commit()
	try:
		return read()
	finally:
		frappe.db.rollback()


def far_cell(world) -> str:
	"""The cell that none of the officer's committees stands above."""
	return frappe.db.get_value("Cell", {"name": ("not in", [world.cell, world.other_cell])})


class Asked:
	"""A request as far as the hook before it looks at it."""

	def __init__(self, method: str, path: str):
		self.method, self.path = method, path


@pytest.mark.committed
@pytest.mark.parametrize(
	("request_asked", "waits"),
	[
		(Asked("POST", "/api/method/frappe.desk.form.save.savedocs"), True),
		(Asked("PUT", "/api/resource/Cell/CELL-00001"), True),
		(Asked("GET", "/api/resource/Cell/CELL-00001"), False),
		(Asked("POST", "/api/method/frappe.desk.query_report.run"), False),
	],
)
def test_a_form_that_is_saved_writes_first(request_asked, waits, monkeypatch):
	"""On SQLite; whoever read and then writes would be refused when somebody else wrote in between."""
	if not compat.is_sqlite():
		pytest.skip("MariaDB does not refuse who has read")
	frappe.db.commit()
	frappe.db._conn.rollback() if frappe.db._conn.in_transaction else None
	monkeypatch.setattr(frappe.local, "request", request_asked, raising=False)
	locking.open_transaction()
	with closing(sqlite3.connect(frappe.db.get_db_path(), timeout=0.1)) as other:
		if waits:
			with pytest.raises(sqlite3.OperationalError, match="locked"):
				other.execute("""update "tabDashboard Chart" set idx = idx""")
		else:
			other.execute("""update "tabDashboard Chart" set idx = idx""")
	frappe.db.rollback()
