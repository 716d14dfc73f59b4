"""A directive as it is written: its number, whom it is for, what it changes, who may."""

import json

import frappe
import pytest
from frappe.utils import add_days, today

from partycell.api import directives as api_directives
from partycell.directives import records
from partycell.errors import DirectiveError, DirectiveNumberError, FiledFileError, RowAloneError
from tests.site import factories as make
from tests.site.support.acts import by
from tests.site.support.refusals import refused


@pytest.fixture
def world(standing_world):
	frappe.set_user(standing_world.officer)
	return standing_world


def titles(name: str) -> list[str]:
	"""The names of the cells in whose folders a directive lies."""
	cells = frappe.get_all("Folder Item", filters={"directive": name}, pluck="cell")
	return sorted(frappe.db.get_value("Cell", cell, "cell_name") for cell in cells)


class TestNumber:
	def test_the_same_number_twice_is_refused_naming_the_other(self, world):
		first = make.directive(world.commune, "Về sinh hoạt chi bộ", number_symbol="12-NQ/ĐU")
		with refused(DirectiveNumberError, "12-NQ/ĐU of this issuer is there already", "Về sinh hoạt", first):
			make.directive(world.commune, "Bản khác", number_symbol=" 012 - nq/đu", issue=False)

	def test_another_kind_or_another_issuer_has_numbers_of_its_own(self, world):
		make.directive(world.commune, number_symbol="12-NQ/ĐU")
		make.directive(world.commune, number_symbol="12-NQ/ĐU", kind="CT")
		frappe.set_user(world.manager)
		other = frappe.db.get_value("Party Committee", {"name": ("!=", world.commune)})
		assert make.directive(other, number_symbol="12-NQ/ĐU")

	def test_the_database_refuses_a_race(self, world, monkeypatch):
		make.directive(world.commune, number_symbol="12-NQ/ĐU")
		monkeypatch.setattr(records, "_refuse_double", lambda doc: None)
		with refused(DirectiveNumberError, "Somebody has just written a directive with this number"):
			make.directive(world.commune, number_symbol="12-NQ/ĐU", issue=False)

	def test_a_draft_keeps_its_own_number(self, world):
		doc = frappe.get_doc("Directive", make.directive(world.commune, issue=False))
		doc.update({"subject": "Sửa trích yếu"}).save()
		assert doc.number_key and doc.search_text.startswith(doc.number_symbol.split("-")[0])


class TestWriting:
	def test_defaults_come_from_the_paper_and_the_settings(self, world):
		doc = frappe.get_doc("Directive", make.directive(world.commune, issue=False))
		assert (str(doc.in_force_from), doc.acknowledge_within, doc.status) == (
			str(doc.issued_on),
			15,
			"Draft",
		)

	def test_what_acts_write_is_not_taken_from_whoever_saves(self, world):
		name = make.directive(world.commune, issue=False, status="Issued", cells_reached=99)
		doc = frappe.get_doc("Directive", name)
		doc.update({"status": "Superseded", "superseded_on": today(), "cells_total": 7}).save()
		assert (doc.status, doc.superseded_on, doc.cells_reached, doc.cells_total) == ("Draft", None, 0, 0)

	def test_it_is_for_cells_under_its_issuer_only(self, world):
		far = frappe.db.get_value("Cell", {"committee": ("!=", world.commune)}, ["name", "committee"])
		with refused(DirectiveError, "Chi bộ Thôn Đoàn Kết does not stand under the issuer"):
			make.directive(world.commune, cells=[far[0]], issue=False)
		doc = frappe.get_doc("Directive", make.directive(world.commune, issue=False))
		doc.append("targets", {"committee": far[1]})
		with refused(DirectiveError, "Đảng ủy xã khác does not stand under the issuer"):
			doc.save()

	def test_for_nobody_it_is_not_issued(self, world):
		name = make.directive(world.commune, issue=False, cell_type="Armed Forces")
		with refused(DirectiveError, "No active cell is meant"):
			frappe.get_doc("Directive", name).submit()

	def test_it_is_withdrawn_and_not_cancelled(self, world):
		name = make.directive(world.commune)
		frappe.set_user("Administrator")
		with refused(DirectiveError, "withdrawn, with a reason, and not cancelled"):
			frappe.get_doc("Directive", name).cancel()

	def test_a_line_of_it_is_not_changed_by_itself(self, world):
		doc = frappe.get_doc("Directive", make.directive(world.commune, issue=False))
		with refused(RowAloneError, "changed on its document"):
			frappe.get_doc("Directive Target", doc.targets[0].name).save()

	def test_an_issued_one_keeps_its_text(self, world):
		doc = frappe.get_doc("Directive", make.directive(world.commune))
		doc.subject = "Khác"
		with pytest.raises(frappe.UpdateAfterSubmitError):
			doc.save()

	def test_a_kind_has_a_plain_code_and_the_list_is_the_offices(self, world):
		frappe.set_user(world.manager)
		kind = {"doctype": "Directive Kind", "kind_name": "Thông tri", "abbreviation": "TT"}
		with refused(DirectiveError, "capital letters A to Z"):
			frappe.get_doc(kind | {"code": "QĐ"}).insert()
		assert frappe.get_doc(kind | {"code": "TTX"}).insert().name == "TTX"
		assert frappe.db.get_value("Directive Kind", "QD", "abbreviation") == "QĐ"


class TestChanges:
	def test_a_circle_is_refused_with_its_way(self, world):
		a, b, c = (make.directive(world.commune, f"Văn bản {n}", issue=False) for n in "abc")
		for one, other in ((a, b), (b, c)):
			doc = frappe.get_doc("Directive", one)
			doc.append("changes", {"effect": "Supersedes", "directive": other})
			doc.save()
		numbers = [frappe.db.get_value("Directive", name, "number_symbol") for name in (c, a, b, c)]
		last = frappe.get_doc("Directive", c)
		last.append("changes", {"effect": "Amends", "directive": a})
		with refused(DirectiveError, "cannot supersede itself", " → ".join(numbers)):
			last.save()

	def test_it_does_not_supersede_itself(self, world):
		doc = frappe.get_doc("Directive", make.directive(world.commune, issue=False))
		doc.append("changes", {"effect": "Supersedes", "directive": doc.name})
		with refused(DirectiveError, "cannot supersede itself"):
			doc.save()

	def test_what_is_not_issued_yet_is_not_superseded(self, world):
		draft = make.directive(world.commune, issue=False)
		with refused(DirectiveError, "has not been issued yet"):
			make.directive(world.commune, supersedes=[draft])

	def test_what_has_ended_is_not_superseded_again(self, world):
		old = make.directive(world.commune)
		make.directive(world.commune, supersedes=[old])
		with refused(DirectiveError, "no longer in force. Name the one that took its place"):
			make.directive(world.commune, supersedes=[old], issue=False)

	def test_a_lower_committee_does_not_supersede_what_comes_from_above(self, world):
		frappe.set_user("Administrator")
		above = make.committee("Đảng bộ tỉnh", "Province")
		commune = frappe.get_doc("Party Committee", world.commune)
		commune.update({"parent_party_committee": above}).save()
		order = make.directive(above, "Của tỉnh")
		frappe.set_user(world.officer)
		with refused(DirectiveError, "superseded by its own issuer or one above"):
			make.directive(world.commune, supersedes=[order])
		assert make.directive(world.commune, amends=[order])


class TestPreview:
	def asked(self, world, **line) -> dict:
		return api_directives.preview(world.commune, json.dumps([line or {"committee": world.commune}]))

	def test_it_counts_before_anything_is_issued(self, world):
		found = self.asked(world)
		assert (found["count"], found["by_type"]) == (2, [["Residential", 2]])
		assert found["sample"] == ["Chi bộ Tổ dân phố 1", "Chi bộ Tổ dân phố 2"]
		assert self.asked(world, committee=world.commune, cell_type="School")["count"] == 0
		assert self.asked(world, cell=world.cell)["sample"] == ["Chi bộ Tổ dân phố 1"]
		assert self.asked(world, committee=None)["count"] == 0

	def test_what_it_counts_is_what_is_reached(self, world):
		assert titles(make.directive(world.commune)) == self.asked(world)["sample"]

	def test_cells_elsewhere_are_not_told(self, world):
		far = frappe.db.get_value("Cell", {"committee": ("!=", world.commune)}, ["name", "committee"])
		assert self.asked(world, committee=far[1])["count"] == self.asked(world, cell=far[0])["count"] == 0

	@pytest.mark.parametrize("who", ["secretary", "far_officer", "inspector", "nobody"])
	def test_it_is_for_officers_of_the_issuer(self, world, who):
		with pytest.raises(frappe.PermissionError):
			by(getattr(world, who), self.asked, world)


class TestReading:
	"""The text of a directive is for those whom it reaches, and for nobody else."""

	@pytest.fixture
	def file(self, world):
		name = make.directive(world.commune, "Nghị quyết mới", cells=[world.cell], issue=False)
		file = make.attach(name, b"%PDF the text", attached_to_doctype="Directive")
		return name, file

	READERS = {"secretary": 1, "officer": 1, "inspector": 1, "manager": 1, "other_secretary": 0}
	READERS |= {"far_officer": 0, "nobody": 0}

	@pytest.mark.parametrize("who", READERS)
	def test_once_issued(self, world, file, who):
		name, attached = file
		frappe.get_doc("Directive", name).submit()
		frappe.set_user(getattr(world, who))
		assert frappe.has_permission("Directive", "read", doc=name) is bool(self.READERS[who])
		assert frappe.get_doc("File", attached.name).has_permission("read") is bool(self.READERS[who])
		assert bool(frappe.get_list("Directive", filters={"name": name})) is bool(self.READERS[who])

	@pytest.mark.parametrize("who", ["secretary", "inspector", "other_secretary", "far_officer", "nobody"])
	def test_a_draft_is_its_officers(self, world, file, who):
		name, attached = file
		frappe.set_user(getattr(world, who))
		assert not frappe.has_permission("Directive", "read", doc=name)
		assert not frappe.get_doc("File", attached.name).has_permission("read")
		assert not frappe.get_list("Directive", filters={"name": name})

	def test_the_file_of_an_issued_one_stays(self, world, file):
		name, attached = file
		frappe.get_doc("Directive", name).submit()
		with refused(FiledFileError, "belongs to an issued directive and stays"):
			frappe.delete_doc("File", attached.name)

	def test_the_file_of_a_draft_may_go(self, world, file):
		name, attached = file
		frappe.delete_doc("File", attached.name)
		assert not frappe.db.exists("File", attached.name) and frappe.db.exists("Directive", name)

	def test_a_secretary_of_whose_cell_it_is_not_does_not_change_it(self, world, file):
		name, _attached = file
		frappe.get_doc("Directive", name).submit()
		for who in ("secretary", "inspector", "far_officer"):
			with pytest.raises(frappe.PermissionError):
				by(getattr(world, who), api_directives.withdraw, name, "Nhầm")
		assert frappe.db.get_value("Directive", name, "status") == "Issued"


def test_expiry_and_coming_into_force_are_told_by_the_form(world):
	later = make.directive(world.commune, in_force_from=add_days(today(), 5))
	assert records.for_form(frappe.get_doc("Directive", later))["standing"] == "Not Yet in Force"
	old = make.directive(world.commune)
	new = make.directive(world.commune, supersedes=[old])
	told = records.for_form(frappe.get_doc("Directive", old))
	assert told["standing"] == "Superseded" and told["changed_by"][0].parent == new and new in told["names"]
