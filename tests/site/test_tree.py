"""The tree of committees, as each user finds it on the desk."""

import frappe
import pytest

from partycell import tree
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


def test_a_secretary_sees_the_committee_of_the_cell_and_nothing_under_the_town(ward_under_town):
	made = ward_under_town
	assert set(nodes(made.secretary)) == {made.ward}
	assert nodes(made.secretary, made.town).keys() <= {made.ward}


def test_only_committees_are_drawn():
	with pytest.raises(frappe.PermissionError):
		tree.children("User", "")
