"""Where the app's people land on the desk, and what stands in the sidebar."""

import frappe
import pytest

from partycell.desk import landing
from tests.site import factories as make

ROLES = ("Cell Secretary", "Committee Officer", "Inspector", "Partycell Manager")


@pytest.fixture(scope="module")
def people(fresh_site):
	made = {role: make.user(role, role) for role in ROLES}
	made["both"] = make.user("Người hai việc", "Committee Officer", "Website Manager")
	made["nobody"] = make.user("Người ngoài", "Website Manager")
	frappe.db.commit()
	return made


def booted(user: str) -> frappe._dict:
	"""What the desk is told at its start."""
	frappe.set_user(user)
	bootinfo = frappe._dict(user=frappe._dict(default_workspace=None))
	frappe.boot.load_desktop_data(bootinfo)
	landing.boot(bootinfo)
	return bootinfo


def shown(bootinfo) -> list:
	"""The workspaces of the sidebar: Frappe 16 and 15 keep them in different places."""
	pages = bootinfo.get("sidebar_pages")
	return pages["pages"] if pages else bootinfo.allowed_workspaces


@pytest.mark.parametrize("role", ROLES)
def test_each_role_lands_on_a_workspace_of_ours_and_sees_no_other(people, role):
	bootinfo = booted(people[role])
	pages = shown(bootinfo)
	assert pages and {page["module"] for page in pages} == {"Partycell"}
	place = bootinfo.user.default_workspace["name"]
	assert place in {page["name"] for page in pages}
	assert bootinfo.partycell["place"] == frappe.scrub(place).replace("_", "-")
	assert (place == "Partycell") == (role == "Partycell Manager")
	assert bootinfo.partycell["help"]["Directive"].endswith(f"/docs/{frappe.local.lang}/officers.md")
	own = {row.role for row in frappe.get_doc("Workspace", place).roles}
	assert role in own
	assert {app["app_name"] for app in bootinfo.get("app_data") or []} <= {"partycell"}


@pytest.mark.parametrize("who", ["both", "nobody"])
def test_people_of_other_apps_find_the_desk_as_it_was(people, who):
	frappe.set_user(people[who])
	before = frappe._dict(user=frappe._dict(default_workspace=None))
	frappe.boot.load_desktop_data(before)
	after = booted(people[who])
	assert [page["name"] for page in shown(after)] == [page["name"] for page in shown(before)]
	assert after.user.default_workspace is None and after.get("app_data") == before.get("app_data")
	assert bool(after.get("partycell")) == (who == "both")


def test_a_workspace_of_ones_own_choice_stays(people):
	frappe.set_user(people["Inspector"])
	chosen = {"name": "Partycell", "title": "Partycell", "public": 1}
	bootinfo = frappe._dict(user=frappe._dict(default_workspace=chosen))
	frappe.boot.load_desktop_data(bootinfo)
	landing.boot(bootinfo)
	assert bootinfo.user.default_workspace == chosen


def test_the_sidebar_that_is_asked_for_is_the_same(people):
	frappe.set_user(people["Cell Secretary"])
	names = [page["name"] for page in landing.get_workspace_sidebar_items()["pages"]]
	assert names == [page["name"] for page in shown(booted(people["Cell Secretary"]))]
	frappe.set_user("Administrator")
	assert "Build" in [page["name"] for page in landing.get_workspace_sidebar_items()["pages"]]


def test_login_leads_home_and_a_secretary_on_a_phone_to_the_phones_page(people, http):
	from frappe.website.utils import get_home_page

	phone = {"User-Agent": "Mozilla/5.0 (Linux; Android 14) Mobile"}
	for role, agent, place in (
		("Cell Secretary", phone, "/my-cell"),
		("Cell Secretary", {}, "/app/partycell-home"),
		("Committee Officer", phone, "/app/partycell-home"),
	):
		frappe.set_user(people[role])
		frappe.local.response = frappe._dict(home_page="/app/partycell")
		frappe.local.request = frappe._dict(headers=agent)
		landing.on_session_creation()
		assert frappe.local.response.home_page == place, (role, agent)
	frappe.set_user(people["Cell Secretary"])
	assert get_home_page() == "my-cell"
	assert http(people["Inspector"]).get("/app/partycell-home").status_code == 200


def test_what_a_secretary_makes_by_an_act_alone_is_not_offered_as_an_empty_form(people):
	"""An acknowledgement is a button on the directive; its form would be closed to its writer."""
	offered = {}
	for role in ("Cell Secretary", "Committee Officer"):
		frappe.set_user(people[role])
		bootinfo = frappe._dict(user=frappe.get_user().load_user())
		frappe.boot.load_desktop_data(bootinfo)
		landing.boot(bootinfo)
		offered[role] = set(bootinfo.user.can_create)
	assert "Directive Acknowledgement" in offered["Committee Officer"]
	assert "Directive Acknowledgement" not in offered["Cell Secretary"]
	assert {"Folder Item", "Handover", "Handbook Note", "Cell Meeting"} <= offered["Cell Secretary"]


def test_whoever_leads_one_cell_begins_every_record_with_it(standing_world):
	begins = {}
	for who in ("secretary", "officer"):
		bootinfo = booted(getattr(standing_world, who))
		begins[who] = (bootinfo.user.get("defaults") or {}).get("cell")
	assert begins == {"secretary": standing_world.cell, "officer": None}


def test_a_phone_is_led_to_its_page_before_a_desk_is_sent(people, http):
	phone = {"User-Agent": "Mozilla/5.0 (Linux; Android 14) Mobile"}
	desk = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64)"}
	answers = {
		(role, agent is phone): http(people[role]).get(landing.HOME, headers=agent, allow_redirects=False)
		for role in ("Cell Secretary", "Committee Officer")
		for agent in (phone, desk)
	}
	led = answers.pop(("Cell Secretary", True))
	assert led.status_code == 302 and led.headers["Location"].endswith(landing.ON_THE_PHONE)
	assert [answer.status_code for answer in answers.values()] == [200, 200, 200]
