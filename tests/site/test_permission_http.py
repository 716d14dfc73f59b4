"""The same matrix from outside: what the web server answers to each person, by every usual address."""

import json
from urllib.parse import quote

import frappe
import pytest

from tests.site.support import realm as realms
from tests.site.support import web
from tests.site.support.matrix import MATRIX, TABLES, rights
from tests.site.support.realm import PLACES

# Who differs from whom; the rest of the realm is for test_permission_matrix, where a question costs less.
PEOPLE = (
	"secretary beside_secretary officer inspector officer_above far_officer officer_before predecessor late "
	"receiver team deputy nobody manager"
).split()
RECORDS = [name for name in MATRIX if name != "Partycell Settings"]
TITLES = {
	"Folder Item": "title",
	"Folder Issue": "issue_name",
	"Reorganisation": "title",
	"Party Committee": "committee_name",
	"Folder Template": "template_name",
	"Directive": "subject",
	"Directive Kind": "kind_name",
	"Criteria Set": "set_name",
	"Inspection Plan": "plan_name",
	"Handbook Topic": "topic_name",
	"Handbook Word": "word",
	"Sent Request": "act",
	"Programme Review": "title",
	"Cell Import": "state",
}
"""A field that each record has filled; the cell where none is named."""


@pytest.fixture(scope="module")
def realm(fresh_site):
	return realms.build()


@pytest.fixture(scope="module")
def clients(realm, server):
	"""who: a client that is logged in; and a guest."""
	made = {who: web.Client(server, realm.people[who]) for who in PEOPLE}
	made["guest"] = web.Client(server)
	yield made
	for client in made.values():
		client.close()


def field_of(doctype: str) -> str:
	return TITLES.get(doctype, "name" if doctype == "Cell" else "cell")


def resource(doctype: str, name: str = "") -> str:
	return f"/api/resource/{quote(doctype)}" + (f"/{quote(name)}" if name else "")


def may(letter: str, doctype: str, who: str, place: str) -> bool:
	return letter in rights(doctype, who, PLACES.index(place))


def readers(doctype: str, who: str) -> set[str]:
	return {place for place in PLACES if may("r", doctype, who, place)}


def differing(found: dict, wanted: dict) -> dict:
	"""What is not as it should be: key: (found, wanted)."""
	return {key: (found[key], wanted[key]) for key in wanted if found[key] != wanted[key]}


LISTS = {
	"resource": lambda client, doctype: client.get(
		resource(doctype), params={"fields": '["name"]', "limit_page_length": 0}
	),
	"client.get_list": lambda client, doctype: client.post(
		"/api/method/frappe.client.get_list",
		data={"doctype": doctype, "fields": '["name"]', "limit_page_length": 0},
	),
	"reportview.get": lambda client, doctype: client.post(
		"/api/method/frappe.desk.reportview.get",
		data={"doctype": doctype, "fields": json.dumps([f"`tab{doctype}`.`name`"]), "page_length": 9999},
	),
	"search_link": lambda client, doctype: client.post(
		"/api/method/frappe.desk.search.search_link",
		data={"doctype": doctype, "txt": "", "page_length": 9999, "ignore_user_permissions": 1},
	),
	"export": lambda client, doctype: client.post(
		"/api/method/frappe.desk.reportview.export_query",
		data={
			"doctype": doctype,
			"fields": json.dumps([f"`tab{doctype}`.`name`"]),
			"file_format_type": "CSV",
			"title": "x",
		},
	),
}


@pytest.mark.parametrize("doctype", RECORDS)
def test_lists_counts_links_and_exports(realm, clients, doctype):
	found, wanted = {}, {}
	for who, client in clients.items():
		seen = readers(doctype, who)
		for way, ask in LISTS.items():
			answer = ask(client, doctype)
			told = {place for place in PLACES if answer.ok and realm.name(doctype, place) in answer.text}
			found[who, way] = told
			# Exporting is a right of its own, which a secretary does not have.
			wanted[who, way] = told & seen if way == "export" else seen
		for method in ("frappe.client.get_count", "frappe.desk.reportview.get_count"):
			names = json.dumps([[doctype, "name", "in", sorted(set(realm.records[doctype]))]])
			answer = client.post(f"/api/method/{method}", data={"doctype": doctype, "filters": names})
			found[who, method] = answer.json()["message"] if answer.ok else 0
			wanted[who, method] = len({realm.name(doctype, place) for place in seen})
	assert differing(found, wanted) == {}


READS = {
	"resource": lambda client, doctype, name: client.get(resource(doctype, name)),
	"form": lambda client, doctype, name: client.get(
		"/api/method/frappe.desk.form.load.getdoc", params={"doctype": doctype, "name": name}
	),
	"client.get": lambda client, doctype, name: client.post(
		"/api/method/frappe.client.get", data={"doctype": doctype, "name": name}
	),
	"client.get_value": lambda client, doctype, name: client.post(
		"/api/method/frappe.client.get_value",
		data={"doctype": doctype, "filters": json.dumps({"name": name}), "fieldname": field_of(doctype)},
	),
	"version 2": lambda client, doctype, name: client.get(f"/api/v2/document/{quote(doctype)}/{quote(name)}"),
	"print view": lambda client, doctype, name: client.get(
		"/printview", params={"doctype": doctype, "name": name, "_lang": "en"}
	),
}


@pytest.mark.parametrize("doctype", RECORDS)
def test_documents_are_read_where_the_matrix_says(realm, clients, doctype):
	found, wanted = {}, {}
	for who, client in clients.items():
		for place in ("home", "far"):
			name = realm.name(doctype, place)
			value = str(frappe.db.get_value(doctype, name, field_of(doctype)))
			seen = may("r", doctype, who, place)
			for way in list(READS)[: 2 if seen or place == "far" else None]:
				answer = READS[way](client, doctype, name)
				text = answer.text + answer.text.encode().decode("unicode_escape", "ignore")
				found[who, place, way] = answer.ok and value in text.replace("".join(answer.request.url), "")
				wanted[who, place, way] = seen
	assert differing(found, wanted) == {}


@pytest.mark.parametrize("doctype", RECORDS)
def test_documents_are_written_where_the_matrix_says(realm, clients, doctype):
	found, wanted = {}, {}
	for who, client in clients.items():
		for place in ("home", "far"):
			name, allowed = realm.name(doctype, place), may("w", doctype, who, place)
			answer = client.put(resource(doctype, name), json={})
			found[who, place, "PUT"], wanted[who, place, "PUT"] = answer.ok, allowed
			assert answer.ok or answer.status_code in (401, 403), (who, answer.text[:500])
			if not allowed:
				value = json.dumps({"idx": 77})
				given = {"doctype": doctype, "name": name, "fieldname": value}
				found[who, place, "set"] = client.post("/api/method/frappe.client.set_value", data=given).ok
			if place == "home" and not may("d", doctype, who, place):
				found[who, place, "DELETE"] = client.delete(resource(doctype, name)).ok
			if place == "home" and not may("c", doctype, who, place):
				frappe.set_user("Administrator")
				new = realm.new(doctype, place).as_dict(convert_dates_to_str=True, no_default_fields=True)
				found[who, place, "POST"] = client.post(resource(doctype), json=new).ok
	assert {key: ok for key, ok in found.items() if ok is not wanted.get(key, False)} == {}


@pytest.mark.parametrize("doctype", TABLES)
def test_rows_are_listed_with_their_document_and_never_written_alone(realm, clients, doctype):
	parent = TABLES[doctype]
	rows = frappe.get_all(
		doctype, filters={"parent": ("in", realm.records[parent])}, fields=["name", "parent"]
	)
	of = {row.parent: row.name for row in rows}
	for who, client in clients.items():
		for way in ("/api/method/frappe.client.get_list", resource(doctype)):
			asked = {"parent": parent, "fields": '["parent"]', "limit_page_length": 9999}
			named = {} if way.startswith("/api/resource") else {"doctype": doctype}
			answer = client.get(way, params=asked | named)
			seen = {row["parent"] for row in next(iter(answer.json().values()))} if answer.ok else set()
			wanted = {realm.name(parent, place) for place in readers(parent, who)} & set(of)
			assert seen & set(of) == wanted, (who, way)
		asked = {"doctype": doctype, "txt": "", "reference_doctype": parent, "ignore_user_permissions": 1}
		answer = client.post("/api/method/frappe.desk.search.search_link", data=asked)
		assert parent in ("Folder Template", "Criteria Set") or not any(
			row.name in answer.text for row in rows
		), who
		if row := of.get(realm.name(parent, "home")):
			assert client.get(resource(doctype, row)).ok is may("r", parent, who, "home"), who
			assert not client.put(resource(doctype, row), json={"idx": 77}).ok, who
			assert not client.delete(resource(doctype, row)).ok, who
	assert not frappe.db.exists(doctype, {"idx": 77})
	assert {row.name for row in rows} <= set(frappe.get_all(doctype, pluck="name"))


def test_settings_are_written_by_managers(realm, clients):
	found, wanted = {}, {}
	for who, client in clients.items():
		answer = client.put(resource("Partycell Settings", "Partycell Settings"), json={})
		found[who], wanted[who] = answer.ok, may("w", "Partycell Settings", who, "home")
	assert found == wanted
