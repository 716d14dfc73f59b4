"""What is no longer in force is marked in every folder, lowers completeness, and stays readable."""

import frappe
import pytest
from frappe.utils import add_days, today

from partycell.api import directives, handovers
from partycell.directives import distribution, supersession
from partycell.errors import DirectiveError
from partycell.folder import completeness
from partycell.rules.completeness import SlotState, measure
from tests.site import factories as make
from tests.site.support import acts
from tests.site.support.clock import set_today
from tests.site.support.refusals import refused


@pytest.fixture
def world(standing_world):
	frappe.set_user(standing_world.officer)
	return standing_world


def slot(cell: str, directive: str):
	"""The document of a directive in a cell's folder."""
	(found,) = make.slots(cell, directive=directive)
	return found


def lay(world, directive: str, cell: str | None = None) -> None:
	"""A secretary files a directive's paper."""
	frappe.set_user(world.secretary if not cell else world.other_secretary)
	slot(cell or world.cell, directive).update({"state": "Present"}).save()
	frappe.set_user(world.officer)


def stored(cell: str) -> tuple[int, int]:
	return frappe.db.get_value("Cell", cell, ["required_due", "required_present"])


def by_rule(cell: str) -> tuple[int, int]:
	"""The same as the rule finds it, slot by slot."""
	folder = make.slots(cell)
	states = {one.directive: one.state for one in folder if one.directive}
	found, _sections = measure(
		(
			SlotState(
				one.section,
				bool(one.required),
				one.due_on,
				one.state,
				states.get(one.successor, "Not Applicable") if one.successor else None,
			)
			for one in folder
		),
		frappe.utils.getdate(today()),
	)
	return found.due, found.present


def ended(name: str) -> tuple:
	return frappe.db.get_value("Directive", name, ["status", "superseded_by"])


class TestSuperseding:
	def test_each_folder_has_it_outdated_with_a_link_to_the_successor(self, world):
		old = make.directive(world.commune)
		lay(world, old)
		new = make.directive(world.commune, supersedes=[old])
		for cell in (world.cell, world.other_cell):
			assert (slot(cell, old).state, slot(cell, old).successor) == ("Outdated", new)
			assert (slot(cell, new).state, slot(cell, new).successor) == ("Expected", None)
		assert ended(old) == ("Superseded", new) and ended(new) == ("Issued", None)
		assert str(frappe.db.get_value("Directive", old, "superseded_on")) == today()

	def test_completeness_falls_until_the_successor_is_filed(self, world):
		old = make.directive(world.commune, acknowledge_within=0)
		lay(world, old)
		due, present = stored(world.cell)
		new = make.directive(world.commune, supersedes=[old], acknowledge_within=9)
		assert stored(world.cell) == (due, present - 1) == by_rule(world.cell)
		lacking = [row.title for row in completeness.lacking(world.cell, 99) if row.successor]
		assert lacking == ["Nghị quyết"]
		lay(world, new)
		assert stored(world.cell) == by_rule(world.cell) == (due - 1, present - 1)
		assert not [row for row in completeness.lacking(world.cell, 99) if row.successor]

	def test_what_was_never_due_counts_from_then_on(self, world):
		old = make.directive(world.commune, acknowledge_within=20)
		lay(world, old)
		due, present = stored(world.cell)
		make.directive(world.commune, supersedes=[old])
		assert stored(world.cell) == (due + 1, present) == by_rule(world.cell)

	def test_where_the_successor_is_not_for_the_cell_nothing_is_lacking(self, world):
		old = make.directive(world.commune, acknowledge_within=0)
		lay(world, old, world.other_cell)
		due, present = stored(world.other_cell)
		make.directive(world.commune, cells=[world.cell], supersedes=[old])
		assert slot(world.other_cell, old).state == "Outdated"
		assert stored(world.other_cell) == (due - 1, present - 1) == by_rule(world.other_cell)

	def test_a_chain_leads_every_folder_to_the_last(self, world):
		first = make.directive(world.commune, acknowledge_within=0)
		lay(world, first)
		second = make.directive(world.commune, supersedes=[first])
		third = make.directive(world.commune, supersedes=[second])
		assert [ended(name) for name in (first, second, third)] == [
			("Superseded", second),
			("Superseded", third),
			("Issued", None),
		]
		assert {slot(world.cell, name).successor for name in (first, second)} == {third}
		due, present = stored(world.cell)
		lay(world, third)
		assert stored(world.cell) == (due - 2, present) == by_rule(world.cell)

	def test_one_supersedes_two(self, world):
		two = [make.directive(world.commune, f"Văn bản {n}", acknowledge_within=0) for n in (1, 2)]
		for one in two:
			lay(world, one)
		due, present = stored(world.cell)
		new = make.directive(world.commune, supersedes=two)
		assert {ended(one) for one in two} == {("Superseded", new)}
		assert stored(world.cell) == (due, present - 2)
		lay(world, new)
		assert stored(world.cell) == (due - 2, present - 2) == by_rule(world.cell)

	def test_what_it_amends_stays_in_force(self, world):
		old = make.directive(world.commune)
		make.directive(world.commune, amends=[old])
		assert ended(old) == ("Issued", None) and slot(world.cell, old).state == "Expected"

	def test_the_old_text_stays_readable(self, world):
		old = make.directive(world.commune, "Văn bản cũ")
		make.directive(world.commune, supersedes=[old])
		frappe.set_user(world.secretary)
		assert frappe.get_doc("Directive", old).has_permission("read")
		assert frappe.get_list("Directive", filters={"name": old}, pluck="subject") == ["Văn bản cũ"]

	def test_the_secretaries_are_told(self, world):
		old = make.directive(world.commune, number_symbol="1-NQ/ĐU")
		make.directive(world.commune, number_symbol="2-NQ/ĐU", supersedes=[old])
		told = frappe.get_all("Notification Log", filters={"document_name": old}, pluck="subject")
		assert told.count("1-NQ/ĐU is superseded by 2-NQ/ĐU. File the new one.") == 2

	def test_a_superseded_item_that_nobody_filed_claims_no_paper(self, world):
		old = make.directive(world.commune)
		make.directive(world.commune, supersedes=[old])
		frappe.set_user(world.secretary)
		one = slot(world.cell, old)
		one.update({"remark": "Chưa nhận được"}).save()
		assert (one.state, one.copies) == ("Outdated", 0)


class TestLater:
	def test_it_waits_for_the_day_it_is_in_force(self, world, monkeypatch):
		old = make.directive(world.commune)
		new = make.directive(world.commune, supersedes=[old], in_force_from=add_days(today(), 5))
		assert ended(old) == ("Issued", None) and slot(world.cell, old).state == "Expected"
		distribution.go_on()
		frappe.db.commit()
		assert ended(old) == ("Issued", None)
		set_today(monkeypatch, add_days(today(), 5))
		distribution.go_on()
		frappe.db.commit()
		assert ended(old) == ("Superseded", new) and slot(world.cell, old).successor == new

	def test_cut_short_it_goes_on_where_it_stopped(self, world, monkeypatch):
		frappe.set_user("Administrator")
		for number in range(4):
			make.cell(world.commune, f"Chi bộ {number}")
		frappe.set_user(world.officer)
		old = make.directive(world.commune)
		monkeypatch.setattr(supersession, "carry_out", lambda *args, **how: 0)
		new = make.directive(world.commune, supersedes=[old])
		monkeypatch.undo()
		monkeypatch.setattr(supersession, "CHUNK", 2)
		real, chunks = completeness.refresh, []

		def dies_in_the_second_chunk(cells):
			chunks.append(cells)
			if len(chunks) == 2:
				raise KeyboardInterrupt
			return real(cells)

		with monkeypatch.context() as dying:
			dying.setattr(completeness, "refresh", dies_in_the_second_chunk)
			with pytest.raises(KeyboardInterrupt):
				supersession.carry_out(new)
		frappe.db.rollback()
		marked = {"directive": old, "state": "Outdated"}
		assert frappe.db.count("Folder Item", marked) == 2
		assert supersession.pending() == [new]
		supersession.carry_out(new)
		assert frappe.db.count("Folder Item", marked) == 6 and supersession.pending() == []
		assert supersession.carry_out(new) == 0

	def test_what_has_expired_is_outdated_and_not_lacking(self, world, monkeypatch):
		name = make.directive(world.commune, acknowledge_within=0, in_force_until=add_days(today(), 2))
		due, present = stored(world.cell)
		set_today(monkeypatch, add_days(today(), 3))
		supersession.expire()
		distribution.go_on()
		frappe.db.commit()
		assert ended(name) == ("Expired", None)
		assert (slot(world.cell, name).state, slot(world.cell, name).required) == ("Outdated", 0)
		assert frappe.db.count("Folder Item", {"directive": name, "required": 1}) == 0 and due > present


class TestWithdrawing:
	def test_it_is_marked_without_a_successor_and_with_the_reason(self, world):
		name = make.directive(world.commune, acknowledge_within=0)
		lay(world, name)
		due, present = stored(world.cell)
		assert directives.withdraw(name, " Ban hành nhầm ") == {"status": "Withdrawn"}
		row = frappe.db.get_value("Directive", name, ["withdrawn_on", "withdrawn_reason"], as_dict=True)
		assert (str(row.withdrawn_on), row.withdrawn_reason) == (today(), "Ban hành nhầm")
		assert (slot(world.cell, name).state, slot(world.cell, name).successor) == ("Outdated", None)
		assert stored(world.cell) == (due - 1, present - 1) == by_rule(world.cell)

	def test_without_a_reason_or_twice_it_is_refused(self, world):
		name = make.directive(world.commune)
		with refused(DirectiveError, "Say why the directive is withdrawn."):
			directives.withdraw(name, "  ")
		directives.withdraw(name, "Nhầm")
		with refused(DirectiveError, "only what is in force can be withdrawn"):
			directives.withdraw(name, "Nhầm")

	def test_of_a_successor_it_leaves_nothing_lacking_for_what_went_before(self, world):
		old = make.directive(world.commune, acknowledge_within=0)
		lay(world, old)
		due, present = stored(world.cell)
		new = make.directive(world.commune, supersedes=[old])
		directives.withdraw(new, "Ban hành nhầm")
		assert stored(world.cell) == (due - 1, present - 1) == by_rule(world.cell)
		assert slot(world.cell, old).state == "Outdated"

	def test_before_its_day_it_supersedes_nothing(self, world, monkeypatch):
		old = make.directive(world.commune)
		new = make.directive(world.commune, supersedes=[old], in_force_from=add_days(today(), 5))
		directives.withdraw(new, "Thôi")
		set_today(monkeypatch, add_days(today(), 9))
		distribution.go_on()
		frappe.db.commit()
		assert ended(old) == ("Issued", None) and slot(world.cell, old).state == "Expected"


def test_other_capabilities_are_told_by_the_hook(world, monkeypatch):
	told, real = [], frappe.get_hooks

	def hooks(name=None, *args, **kwargs):
		return ["tests.note"] if name == supersession.HOOK else real(name, *args, **kwargs)

	monkeypatch.setattr(frappe, "get_hooks", hooks)
	attribute = frappe.get_attr
	note = lambda directive, successor: told.append((directive, successor))  # noqa: E731
	monkeypatch.setattr(frappe, "get_attr", lambda path: note if path == "tests.note" else attribute(path))
	old = make.directive(world.commune)
	new = make.directive(world.commune, supersedes=[old])
	directives.withdraw(new, "Nhầm")
	assert told == [(old, new), (new, None)]


class TestInTheHandover:
	def test_what_was_replaced_is_not_handed_over_as_wanting_and_what_was_not_is(self, world):
		old, other = make.directive(world.commune, "Cũ"), make.directive(world.commune, "Cũ khác")
		lay(world, old)
		lay(world, other)
		new = make.directive(world.commune, "Mới", supersedes=[old])
		make.directive(world.commune, "Mới khác", supersedes=[other])
		lay(world, new)
		doc = make.draft(world)
		listed = {row.title: (row.delivered_state, row.received_state) for row in doc.items}
		assert "Cũ" not in listed
		assert listed["Cũ khác"] == ("Outdated", "Outdated")
		assert listed["Mới"] == ("Present", None)
		handovers.deliver(doc.name, make.SIGNATURE)
		acts.receive(world, doc.name)
		acts.by(world.officer, handovers.approve, doc.name)
		opened = frappe.get_all("Corrective Action", {"handover": doc.name}, pluck="subject")
		assert "Cũ khác" in opened and "Cũ" not in opened
