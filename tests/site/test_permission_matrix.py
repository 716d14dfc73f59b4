"""The matrix of role, DocType, right and relation, as Frappe's own functions answer it."""

import frappe
import pytest

from partycell.access import permissions
from tests.site.support import realm as realms
from tests.site.support.matrix import MATRIX, RIGHTS, SHARED, TABLES, rights
from tests.site.support.realm import PLACES


@pytest.fixture(scope="module")
def realm(fresh_site):
	return realms.build()


def expected(letter: str, doctype: str, who: str) -> set[str]:
	"""The places in which somebody has a right."""
	return {place for number, place in enumerate(PLACES) if letter in rights(doctype, who, number)}


def test_every_doctype_of_the_app_is_in_the_matrix():
	ours = set(frappe.get_all("DocType", filters={"module": "Partycell"}, pluck="name"))
	assert ours == set(MATRIX) | set(TABLES)
	assert {name for name in MATRIX if name not in SHARED} == permissions.GUARDED
	assert {name: TABLES[name] for name in permissions.CHILDREN} == permissions.CHILDREN


def test_every_guarded_doctype_has_both_hooks():
	for hook in ("permission_query_conditions", "has_permission"):
		ours = {
			name
			for name, methods in frappe.get_hooks(hook).items()
			if any("partycell" in one for one in methods)
		}
		assert ours >= permissions.GUARDED, hook
	for hook in ("permission_query_conditions", "standard_queries"):
		assert permissions.GUARDED | set(permissions.CHILDREN) <= set(frappe.get_hooks(hook)), hook


@pytest.mark.parametrize("doctype", [name for name in MATRIX if name != "Partycell Settings"])
def test_lists_show_what_may_be_read(realm, doctype):
	found, wanted = {}, {}
	for who, user in realm.people.items():
		frappe.set_user(user)
		try:
			seen = set(frappe.get_list(doctype, pluck="name", limit_page_length=0))
		except frappe.PermissionError:
			seen = set()
		found[who] = {place for place in PLACES if realm.name(doctype, place) in seen}
		wanted[who] = expected("r", doctype, who)
	assert found == wanted


@pytest.mark.parametrize("doctype", MATRIX)
@pytest.mark.parametrize("letter", RIGHTS)
def test_documents_allow_what_the_matrix_says(realm, doctype, letter):
	found, wanted = {}, {}
	for who, user in realm.people.items():
		frappe.set_user(user)
		for place in PLACES:
			if letter == "c":
				doc = realm.new(doctype, place)
			else:
				doc = frappe.get_doc(doctype, realm.name(doctype, place))
			if letter == "c" and doctype == "Partycell Settings":
				continue
			if frappe.has_permission(doctype, RIGHTS[letter], doc=doc):
				found.setdefault(who, set()).add(place)
		if places := expected(letter, doctype, who):
			wanted[who] = places
	assert found == wanted


@pytest.mark.parametrize("doctype", TABLES)
def test_rows_of_tables_are_seen_with_their_document(realm, doctype):
	parent = TABLES[doctype]
	for who, user in realm.people.items():
		frappe.set_user(user)
		try:
			rows = frappe.get_list(doctype, fields=["parent"], parent_doctype=parent, limit_page_length=0)
		except frappe.PermissionError:
			rows = []
		seen = {row.parent for row in rows}
		frappe.set_user("Administrator")
		filled = set(frappe.get_all(doctype, pluck="parent"))
		wanted = {realm.name(parent, place) for place in expected("r", parent, who)} & filled
		assert {name for name in seen if name in realm.records[parent]} == wanted, who


def test_a_receiver_sees_the_documents_that_the_handover_lists_and_no_others(realm):
	frappe.set_user("Administrator")
	listed = set(
		frappe.get_all(
			"Handover Item", filters={"parent": realm.name("Handover", "home")}, pluck="folder_item"
		)
	)
	others = set(frappe.get_all("Folder Item", filters={"name": ("not in", listed)}, pluck="name"))
	assert listed and others
	frappe.set_user(realm.people["receiver"])
	assert set(frappe.get_list("Folder Item", pluck="name", limit_page_length=0)) == listed
	unlisted = frappe.db.get_value(
		"Folder Item", {"cell": realm.name("Cell", "home"), "name": ("in", others)}
	)
	assert unlisted and not frappe.has_permission("Folder Item", "read", doc=unlisted)
	frappe.set_user(realm.people["beside_receiver"])
	assert frappe.get_list("Folder Item", pluck="name") == [], "a draft names a receiver and shows nothing"


def test_nobody_may_share_amend_or_import(realm):
	for who, user in realm.people.items():
		frappe.set_user(user)
		for doctype in permissions.GUARDED:
			doc = frappe.get_doc(doctype, realm.name(doctype, "home"))
			for right in ("share", "amend", "set_user_permissions"):
				assert not frappe.has_permission(doctype, right, doc=doc), (who, doctype, right)
