"""Corrective Action Ageing: what is open, by committee and by how long it is overdue."""

import frappe
from frappe import _

from partycell.inspections import reports
from partycell.rules import ageing

COLOURS = ["#30a66d", "#ecad4b", "#cb8a00", "#e03636", "#8f1d1d"]


def execute(filters: dict | None = None) -> tuple:
	"""Columns, rows, no message, chart and summary; see ``reports.ageing_rows``."""
	filters = frappe._dict(filters or {})
	rows = reports.ageing_rows(filters.committee, filters.origin)
	labels = {
		ageing.NOT_DUE: _("Not Due"),
		ageing.TO_30: _("1 to 30 Days"),
		ageing.TO_60: _("31 to 60 Days"),
		ageing.TO_90: _("61 to 90 Days"),
		ageing.OVER_90: _("Over 90 Days"),
	}
	columns = [
		{"fieldname": "committee_name", "label": _("Committee"), "fieldtype": "Data", "width": 280},
		*(
			{"fieldname": key, "label": label, "fieldtype": "Int", "width": 120}
			for key, label in labels.items()
		),
		{"fieldname": "total", "label": _("Total"), "fieldtype": "Int", "width": 100},
	]
	sums = {key: sum(row[key] for row in rows) for key in labels}
	chart = {
		"data": {
			"labels": list(labels.values()),
			"datasets": [{"name": _("Corrective Action"), "values": list(sums.values())}],
		},
		"type": "bar",
		"colors": COLOURS[3:4],
	}
	total = sum(sums.values())
	summary = [
		{"label": _("Open"), "value": total, "datatype": "Int"},
		{
			"label": _("Overdue"),
			"value": total - sums[ageing.NOT_DUE],
			"datatype": "Int",
			"indicator": "Red",
		},
	]
	return columns, rows, None, chart if rows else None, summary
