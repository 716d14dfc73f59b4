"""The reports on directives, as each role sees them."""

import frappe
import pytest
from frappe.desk.query_report import run
from frappe.utils import add_days, today

from partycell.api import directives
from tests.site import factories as make
from tests.site.support.acts import by
from tests.site.support.clock import set_today


@pytest.fixture
def world(standing_world):
	frappe.set_user(standing_world.officer)
	return standing_world


def rows(report: str, **filters) -> list[dict]:
	"""The rows that the desk shows to the session's user."""
	found = run(report, filters=filters, ignore_prepared_report=True)
	return [row for row in found["result"] if isinstance(row, dict)]


class TestAcknowledgement:
	def test_a_row_a_directive_with_its_figures(self, world, monkeypatch):
		first = make.directive(world.commune, "Văn bản một", acknowledge_within=5)
		second = make.directive(world.commune, "Văn bản hai", acknowledge_within=90)
		quiet = make.directive(world.commune, acknowledgement_asked=0)
		by(world.secretary, directives.acknowledge, [second])
		set_today(monkeypatch, add_days(today(), 8))
		by(world.secretary, directives.acknowledge, [first])
		frappe.set_user(world.officer)
		found = {row["name"]: row for row in rows("Directive Acknowledgement")}
		keys = ("reached", "in_time", "late", "open", "overdue", "percent")
		assert [found[first][key] for key in keys] == [2, 0, 1, 1, 1, 50.0]
		assert [found[second][key] for key in keys] == [2, 1, 0, 1, 0, 50.0]
		assert quiet not in found

	def test_of_one_directive_a_row_a_cell(self, world):
		name = make.directive(world.commune)
		by(world.secretary, directives.acknowledge, [name])
		frappe.set_user(world.officer)
		found = {row["cell"]: row["standing"] for row in rows("Directive Acknowledgement", directive=name)}
		assert found == {world.cell: "In Time", world.other_cell: "Open"}
		open_ones = rows("Directive Acknowledgement", directive=name, standing="Open")
		assert [row["cell_name"] for row in open_ones] == ["Chi bộ Tổ dân phố 2"]

	def test_a_secretary_finds_the_own_cell_and_a_stranger_nothing(self, world):
		name = make.directive(world.commune, cells=[world.cell, world.other_cell])
		frappe.set_user(world.secretary)
		assert [row["reached"] for row in rows("Directive Acknowledgement")] == [1]
		frappe.set_user(world.far_officer)
		assert rows("Directive Acknowledgement") == []
		with pytest.raises(frappe.PermissionError):
			rows("Directive Acknowledgement", directive=name)

	def test_what_has_ended_is_shown_on_demand(self, world):
		old = make.directive(world.commune)
		new = make.directive(world.commune, supersedes=[old])
		assert [row["name"] for row in rows("Directive Acknowledgement")] == [new]
		assert {row["name"] for row in rows("Directive Acknowledgement", ended=1)} == {old, new}
		assert not rows("Directive Acknowledgement", kind="CT")


class TestInForce:
	def test_on_any_day_what_held_then(self, world):
		before, later = add_days(today(), -30), add_days(today(), 20)
		old = make.directive(world.commune, "Cũ", issued_on=before)
		new = make.directive(world.commune, "Mới", issued_on=add_days(today(), -10), supersedes=[old])
		short = make.directive(world.commune, "Ngắn", issued_on=before, in_force_until=add_days(today(), 5))
		days = {
			add_days(before, -1): set(),
			before: {old, short},
			add_days(today(), -11): {old, short},
			add_days(today(), -10): {new, short},
			today(): {new, short},
			later: {new},
		}
		for day, held in days.items():
			found = rows("Directives in Force", cell=world.cell, day=day)
			assert {row["name"] for row in found} == held, day

	def test_with_how_it_lies_in_the_folder(self, world):
		name = make.directive(world.commune, cells=[world.cell])
		frappe.set_user(world.secretary)
		make.slots(world.cell, directive=name)[0].update({"state": "Present", "paper_place": "Ngăn A"}).save()
		(row,) = rows("Directives in Force", cell=world.cell)
		assert (row["state"], row["paper_place"], str(row["reached_on"])) == ("Present", "Ngăn A", today())
		frappe.set_user(world.officer)
		assert rows("Directives in Force", cell=world.other_cell) == []

	def test_of_a_foreign_cell_it_is_refused(self, world):
		make.directive(world.commune)
		frappe.set_user(world.far_officer)
		with pytest.raises(frappe.PermissionError):
			rows("Directives in Force", cell=world.cell)
		assert rows("Directives in Force") == []
