"""Folder templates: what a folder must hold, read from an office's record into rules."""

import frappe
from frappe.utils import cint

from partycell.errors import refuse
from partycell.framework import settings
from partycell.rules import slots

COPIED = ("title", "provider", "retention", "retention_years")


def check(doc) -> None:
	"""Refuses a template that cannot be followed; the first template becomes the default."""
	refuse(slots.template_problems(map(item, doc.items), [row.code for row in doc.sections]))
	if doc.is_default and doc.has_value_changed("is_default"):
		others = {"is_default": 1, "name": ("!=", doc.name)}
		frappe.db.set_value("Folder Template", others, "is_default", 0)


def make_default(doc) -> None:
	"""The template marked as default becomes the one of new cells."""
	if doc.is_default and settings.get().default_template != doc.name:
		frappe.db.set_single_value("Partycell Settings", "default_template", doc.name)
		frappe.clear_document_cache("Partycell Settings", "Partycell Settings")


def item(row) -> slots.TemplateItem:
	"""A template line as the rules take it."""
	return slots.TemplateItem(
		code=(row.code or "").strip(),
		title=row.title,
		frequency=row.frequency,
		required=bool(row.required),
		due_at=row.due_at or "End",
		due_days=cint(row.due_days),
		cell_types=frozenset(filter(None, map(str.strip, (row.cell_types or "").splitlines()))),
		needs_cell_committee=bool(row.needs_cell_committee),
	)


def read(name: str) -> tuple[list[slots.TemplateItem], dict[str, dict]]:
	"""A template's lines, and for each source what is copied onto its slots."""
	# Not from the cache: a template's on_update comes before Frappe forgets what it was before.
	doc = frappe.get_doc("Folder Template", name)
	titles = {row.code: row.title for row in doc.sections}
	copied = {}
	for order, row in enumerate(doc.items, 1):
		section = slots.section_of(row.code.strip())
		copied[slots.source_of(row.code.strip())] = {
			"code": row.code.strip(),
			"section": section,
			"section_title": titles.get(section, section),
			"sort_order": order,
			"frequency": row.frequency,
			**{field: row.get(field) for field in COPIED},
		}
	return [item(row) for row in doc.items], copied
