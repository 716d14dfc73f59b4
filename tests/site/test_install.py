"""The app comes to a site that is running, stays as it is, and leaves nothing behind."""

import json
import subprocess
import sys

import frappe
import pytest
from frappe.utils import get_table_name

from partycell.framework import indexes
from tests import source
from tests.site import factories as make
from tests.site.conftest import SITE
from tests.site.support import isolation

DOCTYPES = source.doctypes()
ROLES = [role["name"] for role in source.fixture("role")]
FRAPPES = {
	"Workflow State": {"Approved", "Pending", "Rejected"},
	"Workflow Action Master": {"Approve", "Reject", "Review"},
}
# What Frappe writes at each migration of its own accord.
RESTLESS = {"modified", "modified_by", "creation", "owner", "migration_hash", "lft", "rgt", "old_parent"}


def bench(*arguments: str) -> str:
	"""Runs a bench command on the scratch site, in a process of its own; returns what it printed."""
	frappe.db.commit()
	done = subprocess.run(
		[sys.executable, "-m", "frappe.utils.bench_helper", "frappe", "--site", SITE, *arguments],
		capture_output=True,
		text=True,
		check=False,
	)
	assert done.returncode == 0, f"{arguments}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
	isolation.connect(SITE)
	isolation.forget_everything()
	return done.stdout


def names(doctype: str, **filters) -> set[str]:
	"""The names of a DocType's rows."""
	return set(frappe.get_all(doctype, filters=filters, pluck="name"))


def left_behind() -> dict[str, list]:
	"""What there is of the app, by DocType; empty when it is gone."""
	found = {}
	for doctype in frappe.get_all(
		"DocField", filters={"fieldname": "module", "options": "Module Def"}, pluck="parent"
	):
		if frappe.get_meta(doctype).issingle:
			continue
		found[doctype] = names(doctype, module="Partycell")
	found["Module Def"] = names("Module Def", app_name="partycell")
	found["Role"] = names("Role", name=("in", ROLES))
	found["Workflow"] = names("Workflow", document_type=("in", list(DOCTYPES)))
	for doctype, fixture in (
		("Workflow State", "workflow_state"),
		("Workflow Action Master", "workflow_action_master"),
	):
		shipped = {record["name"] for record in source.fixture(fixture)} - FRAPPES[doctype]
		found[doctype] = names(doctype, name=("in", sorted(shipped)))
	for doctype, field in (("Has Role", "role"), ("DocPerm", "role"), ("Custom DocPerm", "role")):
		found[f"{doctype} of our roles"] = names(doctype, **{field: ("in", ROLES)})
	for doctype, field in (("Workflow Document State", "parent"), ("Workflow Transition", "parent")):
		found[f"{doctype} without a workflow"] = {
			name
			for name, parent in frappe.get_all(doctype, fields=["name", field], as_list=True)
			if not frappe.db.exists("Workflow", parent)
		}
	found["tables"] = {
		doctype for doctype in DOCTYPES if get_table_name(doctype) in frappe.db.get_tables(cached=False)
	}
	singles = frappe.qb.DocType("Singles")
	found["settings"] = set(
		frappe.qb.from_(singles)
		.select(singles.field)
		.where(singles.doctype == "Partycell Settings")
		.run(pluck=True)
	)
	found["installed"] = {"partycell"} & set(frappe.get_installed_apps())
	return {what: sorted(rows) for what, rows in found.items() if rows}


def everything() -> dict[str, dict]:
	"""All rows of the app and about it, without the times that Frappe writes anew."""
	wanted = {doctype: {} for doctype in DOCTYPES if not DOCTYPES[doctype].get("issingle")}
	wanted |= {
		"DocType": {"module": "Partycell"},
		"DocField": {"parent": ("in", list(DOCTYPES))},
		"DocPerm": {"parent": ("in", list(DOCTYPES))},
		"Role": {},
		"Has Role": {},
		"Workflow": {},
		"Workflow Document State": {},
		"Workflow Transition": {},
		"Workflow State": {},
		"Workflow Action Master": {},
		"Workspace": {"module": "Partycell"},
		"Notification": {"module": "Partycell"},
		"Print Format": {"module": "Partycell"},
		"Report": {"module": "Partycell"},
		"Custom Field": {},
		"Property Setter": {},
		"Module Def": {"app_name": "partycell"},
	}
	found = {}
	for doctype, filters in wanted.items():
		rows = frappe.get_all(doctype, filters=filters, fields=["*"])
		child = frappe.get_meta(doctype).istable
		for row in rows:
			for field in RESTLESS:
				row.pop(field, None)
			if child and doctype not in DOCTYPES:
				# Imported anew, rows of a fixture get new names.
				row.name = None
		found[doctype] = sorted(
			json.dumps(row, default=str, sort_keys=True, ensure_ascii=False) for row in rows
		)
	found["settings"] = frappe.get_doc("Partycell Settings").as_dict(no_default_fields=True)
	return found


@pytest.fixture(scope="module")
def gone(fresh_site):
	"""The site after the app was taken away, with everything that was in use: what was left behind."""
	world = make.world()
	make.fill_folder(world.cell)
	frappe.set_user(world.secretary)
	make.approved(world)
	frappe.set_user("Administrator")
	before = left_behind()
	assert {"DocType", "Role", "Workflow", "Workflow State", "tables", "Workspace"} <= set(before)
	bench("uninstall-app", "partycell", "--yes", "--no-backup")
	return left_behind()


@pytest.fixture(scope="module")
def back(gone):
	"""The site after the app was installed again, on a bench whose cache does not know it."""
	known = {app: modules for app, modules in frappe.local.app_modules.items() if app != "partycell"}
	frappe.cache.set_value("app_modules", known)
	bench("install-app", "partycell")
	return left_behind()


def test_uninstalled_it_leaves_nothing_behind(gone):
	assert gone == {}


def test_what_frappe_ships_itself_is_still_there(gone):
	for doctype, shipped in FRAPPES.items():
		assert shipped <= names(doctype)


def test_installed_again_on_a_warm_bench_it_is_whole(back):
	assert set(back["tables"]) == {name for name, doctype in DOCTYPES.items() if not doctype.get("issingle")}
	assert set(back["DocType"]) == set(DOCTYPES)
	assert set(back["Role"]) == set(ROLES)
	assert set(back["Workflow"]) >= {"Handover", "Corrective Action", "Inspection"}
	assert frappe.db.count("Secretary Term") == frappe.db.count("Cell") == 0
	assert frappe.db.count("Folder Template", {"is_default": 1}) == 1
	assert frappe.db.count("Folder Template Item") == 30
	assert frappe.db.count("Criteria Set") == 2
	assert frappe.db.get_single_value("Partycell Settings", "predecessor_read_days") == 30
	assert indexes.ensure() == [], "no index is missing"


def test_a_handover_can_be_opened_on_it(back):
	world = make.world()
	assert make.draft(world).count_total > 10
	frappe.set_user("Administrator")


def test_a_second_migration_changes_nothing(back):
	template = frappe.get_doc(
		"Folder Template", frappe.db.get_single_value("Partycell Settings", "default_template")
	)
	template.items[0].title = "Điều lệ Đảng (bản của phường)"
	template.save()
	frappe.db.set_single_value("Partycell Settings", "predecessor_read_days", 0)
	bench("migrate", "--skip-search-index")
	once = everything()
	bench("migrate", "--skip-search-index")
	twice = everything()
	for what, rows in once.items():
		assert twice[what] == rows, what
	template.reload()
	assert template.items[0].title == "Điều lệ Đảng (bản của phường)"
	assert frappe.db.get_single_value("Partycell Settings", "predecessor_read_days") == 0
	assert indexes.ensure() == []
