"""The tree of committees, as each user finds it on the desk."""

import frappe
import pytest

from partycell.desk import tree
from tests.site import factories as make


@pytest.fixture
def ward_under_town():
	"""A town with a ward under it, each with an officer of its own; a cell under the ward."""
	above, below = make.user("Cán Bộ Thị"), make.user("Cán Bộ Phường")
	town = make.committee("Thị ủy", "Town", officer=above)
	ward = make.committee("Đảng ủy phường", "Commune", parent=town, officer=below)
	secretary, cell = make.user("Bí Thư"), make.cell(ward)
	make.term(cell, secretary)
	return frappe._dict(town=town, ward=ward, above=above, below=below, secretary=secretary)


def nodes(user, parent=None):
	frappe.set_user(user)
	return {
		row["value"]: row for row in tree.children("Party Committee", parent or "", is_root=str(not parent))
	}


def test_the_tree_begins_where_the_users_committees_begin(ward_under_town):
	made = ward_under_town
	assert set(nodes(made.above)) == {made.town}
	assert set(nodes(made.above, made.town)) == {made.ward}
	assert set(nodes(made.below)) == {made.ward}


def test_a_node_says_its_name_level_and_cells(ward_under_town):
	ward = nodes(ward_under_town.below)[ward_under_town.ward]
	assert (ward["title"], ward["level"], ward["cells"]) == ("Đảng ủy phường", "Commune", 1)


def test_a_node_sums_up_what_lies_under_it(ward_under_town):
	made = ward_under_town
	frappe.db.set_value("Cell", {"committee": made.ward}, {"required_due": 8, "required_present": 6})
	frappe.set_user("Administrator")
	other = make.cell(made.ward, "Chi bộ Thôn 2")
	frappe.db.set_value("Cell", other, {"required_due": 2, "required_present": 0})
	town = nodes(made.above)[made.town]
	assert (town["cells"], town["own_cells"], town["completeness"]) == (2, 0, 60)
	ward = nodes(made.above, made.town)[made.ward]
	assert (ward["cells"], ward["own_cells"], ward["completeness"]) == (2, 2, 60)
	# The secretary sees one of the two, and the sum is of that one.
	ward = nodes(made.secretary)[made.ward]
	assert (ward["cells"], ward["completeness"]) == (1, 75)


def test_a_secretary_sees_the_committee_of_the_cell_and_nothing_under_the_town(ward_under_town):
	made = ward_under_town
	assert set(nodes(made.secretary)) == {made.ward}
	assert nodes(made.secretary, made.town).keys() <= {made.ward}


def test_only_committees_are_drawn():
	with pytest.raises(frappe.PermissionError):
		tree.children("User", "")
