"""Cell Record: one cell over the years, and those that went into it."""

import frappe
from frappe import _
from frappe.utils import add_to_date, cint, formatdate, getdate, today

from partycell.inspections import live_facts, reports, years
from partycell.organisation import lineage


def execute(filters: dict | None = None) -> tuple:
	"""Columns, events newest first, no message, the scores as a line, and what the records say today.

	Without a cell, a message that asks for it.
	"""
	filters = frappe._dict(filters or {})
	if not filters.cell:
		return _columns(), [], _("Choose a cell above to see its record.")
	frappe.get_doc("Cell", filters.cell).check_permission("read")
	since = getdate(add_to_date(today(), years=-(cint(filters.years) or 5)))
	went_in = lineage.went_into(filters.cell)
	cells = [filters.cell, *went_in]
	rows = reports.record(cells, since) + years.of(cells, since) + _went_in(went_in, since)
	rows.sort(key=lambda row: (row["on"], row["name"]), reverse=True)
	scored = [row for row in reversed(rows) if row["doctype"] == "Inspection"]
	chart = {
		"data": {
			"labels": [formatdate(row["on"]) for row in scored],
			"datasets": [{"name": _("Percent"), "values": [row["percent"] for row in scored]}],
		},
		"type": "line",
	}
	for row in rows:
		row["kind"], row["result"] = _(row["doctype"]), _(row["result"]) if row["result"] else None
	return _columns(bool(went_in)), rows, None, chart if scored else None, _summary(filters.cell)


def _summary(cell: str) -> list[dict]:
	known = live_facts.registry()
	values = live_facts.measure(known, [cell])
	return [
		{
			"label": fact.label,
			"value": values[name][cell],
			"datatype": "Percent" if fact.unit == live_facts.PERCENT else "Int",
		}
		for name, fact in known.items()
		if cell in values[name] and fact.unit != live_facts.YES_NO
	]


def _went_in(went_in: dict, since) -> list[dict]:
	"""The days on which other cells went into this one."""
	names = frappe.get_all(
		"Cell", filters={"name": ("in", list(went_in) or [""])}, fields=["name", "cell_name", "status"]
	)
	return [
		{
			"on": went_in[row.name],
			"cell": row.name,
			"doctype": "Cell",
			"name": row.name,
			"what": row.cell_name,
			"result": row.status,
			"percent": None,
		}
		for row in names
		if went_in[row.name] >= since
	]


def _columns(with_cells: bool = False) -> list[dict]:
	columns = [
		{"fieldname": "on", "label": _("Date"), "fieldtype": "Date", "width": 110},
		{"fieldname": "kind", "label": _("Kind"), "fieldtype": "Data", "width": 150},
		{
			"fieldname": "name",
			"label": _("Record"),
			"fieldtype": "Dynamic Link",
			"options": "doctype",
			"width": 190,
		},
		{"fieldname": "what", "label": _("What"), "fieldtype": "Data", "width": 360},
		{"fieldname": "result", "label": _("Result"), "fieldtype": "Data", "width": 130},
		{"fieldname": "percent", "label": _("Percent"), "fieldtype": "Percent", "width": 100},
	]
	if with_cells:
		cell = {"fieldname": "cell", "label": _("Cell"), "fieldtype": "Link", "options": "Cell", "width": 220}
		columns.insert(1, cell)
	return columns
