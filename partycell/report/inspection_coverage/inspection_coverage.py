"""Inspection Coverage: which cells were never inspected, or not lately."""

import frappe
from frappe import _
from frappe.utils import cint

from partycell.inspections import reports


def execute(filters: dict | None = None) -> tuple:
	"""Columns, rows, no message, chart and summary; see ``reports.coverage``."""
	filters = frappe._dict(filters or {})
	rows = reports.coverage(
		filters.committee, filters.criteria_set, cint(filters.months) or 12, bool(cint(filters.only_due))
	)
	due = sum(row["due"] for row in rows)
	never = sum(row["inspected_on"] is None for row in rows)
	chart = {
		"data": {
			"labels": [_("Never Inspected"), _("Not Lately"), _("Inspected Lately")],
			"datasets": [{"values": [never, due - never, len(rows) - due]}],
		},
		"type": "donut",
		"colors": ["#b52a2a", "#cb8a00", "#30a66d"],
	}
	summary = [
		{"label": _("Cells"), "value": len(rows), "datatype": "Int"},
		{"label": _("Never Inspected"), "value": never, "datatype": "Int", "indicator": "Red"},
		{"label": _("Not Lately"), "value": due - never, "datatype": "Int", "indicator": "Orange"},
	]
	return _columns(), rows, None, chart, summary


def _columns() -> list[dict]:
	return [
		{"fieldname": "cell_name", "label": _("Cell Name"), "fieldtype": "Data", "width": 240},
		{"fieldname": "cell", "label": _("Cell"), "fieldtype": "Link", "options": "Cell", "width": 120},
		{"fieldname": "committee_name", "label": _("Committee"), "fieldtype": "Data", "width": 220},
		{"fieldname": "inspected_on", "label": _("Last Inspected"), "fieldtype": "Date", "width": 130},
		{"fieldname": "rating", "label": _("Rating"), "fieldtype": "Data", "width": 110},
		{"fieldname": "percent", "label": _("Percent"), "fieldtype": "Percent", "width": 100},
		{
			"fieldname": "inspection",
			"label": _("Inspection"),
			"fieldtype": "Link",
			"options": "Inspection",
			"width": 170,
		},
		{"fieldname": "planned_on", "label": _("Planned On"), "fieldtype": "Date", "width": 120},
		{"fieldname": "completeness", "label": _("Completeness"), "fieldtype": "Percent", "width": 110},
		{"fieldname": "due", "label": _("Due"), "fieldtype": "Check", "width": 70},
	]
