"""What is done once when the app comes to a site, and after each migration."""

import json
from pathlib import Path

import frappe

from partycell.desk import help_links
from partycell.framework import indexes
from partycell.setup import handbook

DATA = Path(__file__).parent / "data"


def before_install() -> None:
	"""Lets a bench that is running find the app's DocTypes.

	Frappe fills its map of modules from a cache before it clears that cache; on a warm bench the map
	does not know an app that has just been added, and its DocTypes would not be made.
	"""
	frappe.cache.delete_value("app_modules")
	frappe.setup_module_map()


def after_install() -> None:
	"""Indexes, the settings' defaults, and what an office begins with: template, kinds, criteria sets, mail."""
	indexes.ensure()
	save_defaults()
	make_default_template()
	make_directive_kinds()
	make_criteria_sets()
	make_monthly_mail()


def after_sync() -> None:
	"""The default handbook: its entries need the workflow's states, which come after ``after_install``."""
	handbook.make_default()


def after_migrate() -> None:
	"""SQLite loses keys when a table is rebuilt; what an office has edited is not touched.

	A site that had the app before it had a handbook gets the default one.
	"""
	indexes.ensure()
	handbook.make_default()
	help_links.write()


def save_defaults() -> None:
	"""Writes the defaults of the settings down, so that an office sees the numbers that hold."""
	doc = frappe.get_doc("Partycell Settings")
	for field in doc.meta.fields:
		if field.default and not doc.get(field.fieldname):
			doc.set(field.fieldname, field.default)
	doc.save()


def make_default_template() -> str:
	"""Makes the folder template of ``data/folder_template.json`` unless the site has one already."""
	existing = frappe.db.get_value("Folder Template", {"is_default": 1}) or frappe.db.get_value(
		"Folder Template", {}
	)
	if existing:
		return existing
	content = json.loads((DATA / "folder_template.json").read_text(encoding="utf-8"))
	doc = frappe.new_doc("Folder Template")
	doc.update({"template_name": content["name"], "is_default": 1})
	for section in content["sections"]:
		doc.append("sections", {"code": section["code"], "title": section["title"]})
		for line in section["items"]:
			doc.append("items", line)
	return doc.insert().name


def make_directive_kinds() -> int:
	"""Makes the kinds of ``data/directive_kinds.json`` unless the site has some; returns how many it made.

	From then on the list is the office's own: it adds, renames and disables.
	"""
	if frappe.db.count("Directive Kind"):
		return 0
	kinds = json.loads((DATA / "directive_kinds.json").read_text(encoding="utf-8"))
	for kind in kinds:
		frappe.new_doc("Directive Kind").update(kind).insert()
	return len(kinds)


def make_criteria_sets() -> list[str]:
	"""Makes the sets of ``data/criteria_sets.json`` unless the site has any; the office edits them."""
	if frappe.db.count("Criteria Set"):
		return []
	made = []
	for content in json.loads((DATA / "criteria_sets.json").read_text(encoding="utf-8")):
		doc = frappe.new_doc("Criteria Set")
		doc.update({key: content[key] for key in ("set_name", "purpose", "total")})
		for code, title, maximum in content["blocks"]:
			doc.append("blocks", {"code": code, "title": title, "maximum": maximum})
		for line in content["criteria"]:
			doc.append("criteria", line)
		for label, threshold, full_marks, block_share in content["bands"]:
			doc.append(
				"bands",
				{
					"label": label,
					"threshold": threshold,
					"full_marks": full_marks,
					"block_share": block_share,
				},
			)
		made.append(doc.insert().name)
	return made


def make_monthly_mail() -> str | None:
	"""Sets up the e-mail of the monthly summary, switched off, unless one is set up; returns its name.

	Off because nobody has said yet to whom it goes, and a new site has no outgoing mail. Its user decides
	whose rows it shows, so an office that sends it to several officers makes a copy for each.
	"""
	if frappe.db.exists("Auto Email Report", {"report": "Monthly Summary"}):
		return None
	doc = frappe.new_doc("Auto Email Report")
	doc.update(
		{
			"report": "Monthly Summary",
			"report_type": "Script Report",
			"user": "Administrator",
			"email_to": frappe.db.get_value("User", "Administrator", "email") or "admin@example.com",
			"enabled": 0,
			"frequency": "Monthly",
			"format": "HTML",
			"send_if_data": 1,
			"no_of_rows": 1000,
			"filters": "{}",
		}
	)
	return doc.insert().name
