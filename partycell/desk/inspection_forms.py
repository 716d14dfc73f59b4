"""What the forms of an inspection and of a plan are told beside the record: what this user may do, where
proposals come from, and how a score becomes a rating, so that the phone can say it without a connection.
"""

import frappe
from frappe.utils import cint

from partycell.access import inspection_access
from partycell.inspections import criteria, inspecting, live_facts, planning
from partycell.rules import inspection as rules


def inspection(doc, user: str | None = None) -> dict:
	"""For the form of an inspection.

	parts, acts, writable: the user's parts, the states he may bring it to, the fields he may change now
	bands: the ratings, highest first; facts: where each proposal comes from
	earlier: actions of the cell that may have been found again
	"""
	user = user or frappe.session.user
	if doc.is_new() or not doc.get("workflow_state"):
		return {"parts": [], "acts": [], "writable": [], "bands": [], "facts": {}, "earlier": []}
	parts, acts, writable = frozenset(), (), frozenset()
	if frappe.has_permission("Inspection", "write", doc=doc, user=user):
		parts = inspection_access.parts_in(doc, user)
		acts = rules.ways_on(doc.workflow_state, parts)
		writable = rules.may_write(doc.workflow_state, parts)
	_criteria, bands, step = criteria.read(doc.criteria_set)
	return {
		"parts": sorted(parts),
		"acts": list(acts),
		"writable": sorted(writable),
		"my_turn": user in inspecting.whose_turn(doc),
		"step": step,
		"bands": [
			{
				"label": band.label,
				"threshold": band.threshold,
				"full_marks": sorted(band.full_marks),
				"block_share": band.block_share,
			}
			for band in sorted(bands, key=lambda band: -band.threshold)
		],
		"facts": live_facts.sources([row.fact for row in doc.scores if row.fact], doc.cell),
		"earlier": frappe.get_list(
			"Corrective Action",
			filters={"cell": doc.cell, "inspection": ("not in", ["", doc.name])},
			fields=["name", "subject", "workflow_state", "due_on"],
			order_by="due_on desc",
			limit_page_length=20,
		),
	}


def plan(doc, user: str | None = None) -> dict:
	"""For the form of a plan: whether the user may make its inspections, and how far they are."""
	if doc.is_new():
		return {"may_make": False, "progress": {}}
	return {
		"may_make": doc.status == planning.DRAFT
		and bool(frappe.has_permission("Inspection Plan", "write", doc=doc, user=user)),
		"progress": planning.progress(doc.name) if doc.status == planning.MADE else {},
	}


def preview(plan_name: str) -> dict:
	"""The cells that a plan would choose today: how many, and the first of them with their figures."""
	doc = frappe.get_doc("Inspection Plan", plan_name)
	names = planning.chosen(doc)
	first = names[:20]
	rows = {
		row.name: row
		for row in frappe.get_all(
			"Cell", filters={"name": ("in", first)}, fields=["name", "cell_name", "completeness"]
		)
	}
	return {
		"count": len(names),
		"seed": doc.seed if doc.selection == planning.SAMPLE else None,
		"cells": [rows[name] for name in first],
		"more": cint(len(names) - len(first)),
	}
