"""The secretary's page over HTTP: a photographed paper, who may, and how much is sent."""

import uuid

import frappe
import pytest
import requests

from partycell.my_cell import page_parts
from tests.site import factories as make
from tests.site.support import web
from tests.site.support.pictures import photograph


@pytest.fixture(scope="module")
def world(fresh_site):
	made = make.world()
	frappe.db.commit()
	return made


def key() -> str:
	return str(uuid.uuid4())


def test_a_paper_is_photographed_and_filed_once(world, server):
	client = web.Client(server, world.secretary)
	slot = next(row for row in make.slots(world.cell, code="B4"))
	one = key()

	def send(**files) -> requests.Response:
		return client.post(
			"/api/method/partycell.api.my_cell.file_pages",
			data={"key": one, "item": slot.name},
			files=[("page", ("page-1", page, "image/jpeg")) for page in files["pages"]],
		)

	answer = send(pages=[photograph(), photograph()])
	assert answer.ok, answer.text
	assert answer.json()["message"]["pages"] == 2
	assert send(pages=[photograph(), photograph()]).json() == answer.json()
	filed = frappe.get_all(
		"File", {"attached_to_name": slot.name}, ["file_name", "is_private", "owner"], as_list=True
	)
	assert [tuple(row) for row in filed] == [(answer.json()["message"]["file_name"], 1, "Administrator")]
	assert frappe.db.get_value("Folder Item", slot.name, "state") == "Present"


def test_a_stranger_files_nothing_and_a_guest_is_sent_to_the_login(world, server):
	slot = make.slots(world.cell, code="B4")[0]
	answer = web.Client(server, world.nobody).post(
		"/api/method/partycell.api.my_cell.file_pages",
		data={"key": key(), "item": slot.name},
		files=[("page", ("page-1", photograph(), "image/jpeg"))],
	)
	assert answer.status_code == 403
	guest = web.Client(server)
	assert guest.get("/api/method/partycell.api.my_cell.everything").status_code in (401, 403)
	answer = guest.get("/my-cell", allow_redirects=False)
	assert answer.status_code in (301, 302) and "/login" in answer.headers["Location"]


def test_the_page_is_light_and_says_nothing_personal(world, server):
	client = web.Client(server, world.secretary)
	html = client.get("/my-cell").text
	assert world.cell not in html and world.secretary not in html
	parts = page_parts.of("my_cell")
	sent = len(html.encode())
	for address in (parts["style"], *parts["imports"]["imports"].values(), "/my-cell-worker.js"):
		answer = client.get(address)
		assert answer.ok, address
		sent += len(answer.content)
	assert sent < 150_000, f"{sent} bytes"
	worker = client.get("/my-cell-worker.js")
	assert "javascript" in worker.headers["Content-Type"] and "CACHE" in worker.text


def test_what_is_no_photograph_is_refused_in_words_and_leaves_nothing(world, server):
	slot, one = make.slots(world.cell, code="B5")[0], key()
	answer = web.Client(server, world.secretary).post(
		"/api/method/partycell.api.my_cell.file_pages",
		data={"key": one, "item": slot.name},
		files=[("page", ("page-1", b"no picture", "image/jpeg"))],
	)
	assert (answer.status_code, answer.json()["exc_type"]) == (417, "PhotographError")
	assert "Page 1 is no photograph" in answer.text
	assert not frappe.db.exists("Sent Request", one)
	assert not frappe.db.exists("File", {"attached_to_name": slot.name})
