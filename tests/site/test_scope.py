"""A reach over every committee there is costs a list nothing, and a reach over fewer is not taken for it."""

import frappe
import pytest

from partycell.access import permissions, row_conditions, scope
from tests.site import factories as make


@pytest.fixture
def tree(standing_world):
	"""Every committee of the site under one, for which an officer acts."""
	officer = make.user("Cán Bộ Tỉnh", "Committee Officer")
	top = make.committee("Tỉnh ủy", "Province", officer=officer)
	for root in (
		standing_world.commune,
		frappe.db.get_value("Cell", {"committee": ("!=", standing_world.commune)}, "committee"),
	):
		frappe.get_doc("Party Committee", root).update({"parent_party_committee": top}).save()
	return standing_world, officer, top


@pytest.mark.parametrize("doctype", sorted(row_conditions.OF_A_CELL))
def test_who_reads_below_every_committee_sees_every_row(tree, doctype):
	_world, officer, _top = tree
	assert scope.of(officer).whole_tree
	assert permissions.conditions(officer, doctype) == "(1=1)"
	frappe.set_user(officer)
	assert len(frappe.get_list(doctype, limit_page_length=0)) == frappe.db.count(doctype)


def test_another_committee_beside_it_ends_that(tree):
	world, officer, _top = tree
	frappe.set_user("Administrator")
	beside = make.committee("Tỉnh ủy khác", "Province")
	hidden = make.cell(make.committee("Đảng ủy xã bên", parent=beside), "Chi bộ bên kia")
	assert not scope.of(officer).whole_tree
	frappe.set_user(officer)
	seen = frappe.get_list("Cell", pluck="name", limit_page_length=0)
	assert {world.cell, world.other_cell} <= set(seen) and hidden not in seen


def test_a_commune_of_several_and_an_office_are_no_whole_tree(standing_world):
	assert not scope.of(standing_world.officer).whole_tree
	assert not scope.of(standing_world.secretary).whole_tree
	assert not scope.of(standing_world.nobody).whole_tree
