"""Criterion Analysis: where cells lose most points, and whether it gets better."""

import frappe
from frappe import _
from frappe.utils import getdate

from partycell.inspections import reports

CHARTED = 10


def execute(filters: dict | None = None) -> tuple:
	"""Columns, rows, no message and chart; see ``reports.criteria``."""
	filters = frappe._dict(filters or {})
	if not (filters.criteria_set and filters.from_date and filters.to_date):
		return _columns(), [], _("Choose a criteria set and a period above.")
	rows = reports.criteria(
		filters.criteria_set, getdate(filters.from_date), getdate(filters.to_date), filters.committee
	)
	chart = {
		"data": {
			"labels": [row["code"] for row in rows[:CHARTED]],
			"datasets": [{"name": _("Points Lost"), "values": [row["lost"] for row in rows[:CHARTED]]}],
		},
		"type": "bar",
		"colors": ["#b52a2a"],
	}
	return _columns(), rows, None, chart if rows else None


def _columns() -> list[dict]:
	return [
		{"fieldname": "code", "label": _("Code"), "fieldtype": "Data", "width": 80},
		{"fieldname": "criterion", "label": _("Criterion"), "fieldtype": "Data", "width": 320},
		{"fieldname": "block", "label": _("Block"), "fieldtype": "Data", "width": 170},
		{"fieldname": "inspections", "label": _("Inspections"), "fieldtype": "Int", "width": 100},
		{
			"fieldname": "maximum",
			"label": _("Maximum Score"),
			"fieldtype": "Float",
			"precision": 2,
			"width": 100,
		},
		{"fieldname": "average", "label": _("Average"), "fieldtype": "Float", "precision": 2, "width": 100},
		{"fieldname": "lost", "label": _("Points Lost"), "fieldtype": "Float", "precision": 2, "width": 100},
		{"fieldname": "share", "label": _("Share of Points"), "fieldtype": "Percent", "width": 110},
		{"fieldname": "full", "label": _("Share of Full Marks"), "fieldtype": "Percent", "width": 130},
		{
			"fieldname": "change",
			"label": _("Change to the Period Before"),
			"fieldtype": "Float",
			"precision": 1,
			"width": 150,
		},
	]
