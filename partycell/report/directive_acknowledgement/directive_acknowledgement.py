"""How far directives are acknowledged: a row a directive; or, for one directive, a row a cell."""

import frappe
from frappe import _

from partycell.directives import coverage, records
from partycell.rules import directives as rules


def execute(filters: dict | None = None) -> tuple:
	"""Columns and rows; only directives and cells that the user sees."""
	asked = frappe._dict(filters or {})
	return _by_cell(asked) if asked.directive else _by_directive(asked)


def _by_directive(asked: dict) -> tuple:
	conditions = [["docstatus", "=", 1], ["acknowledgement_asked", "=", 1]]
	conditions += [[field, "=", asked[field]] for field in ("issuer", "kind") if asked.get(field)]
	if not asked.ended:
		conditions.append(["status", "in", [rules.ISSUED, rules.ISSUING]])
	if asked.from_date:
		conditions.append(["issued_on", ">=", asked.from_date])
	if asked.to_date:
		conditions.append(["issued_on", "<=", asked.to_date])
	rows = frappe.get_list(
		"Directive",
		filters=conditions,
		fields=["name", "number_symbol", "subject", "issued_on", "issuer", "status"],
		order_by="issued_on desc, name desc",
		limit_page_length=0,
	)
	found = coverage.of([row.name for row in rows])
	rows = [row | found[row.name].as_dict() for row in rows if found[row.name].reached]
	return _directive_columns(), rows, None, _chart(rows)


def _by_cell(asked: dict) -> tuple:
	frappe.get_doc("Directive", asked.directive).check_permission("read")
	rows = coverage.cells(asked.directive)
	if asked.standing:
		rows = [row for row in rows if row.standing == asked.standing]
	for row in rows:
		row.standing_label = _(row.standing) if row.standing else ""
	return _cell_columns(), rows


def _directive_columns() -> list[dict]:
	number = {"fieldtype": "Int", "width": 110}
	return [
		{"fieldname": "number_symbol", "label": _("Number and Symbol"), "fieldtype": "Data", "width": 140},
		{"fieldname": "subject", "label": _("Subject"), "fieldtype": "Data", "width": 320},
		{"fieldname": "issued_on", "label": _("Date of the Document"), "fieldtype": "Date", "width": 120},
		{"fieldname": "reached", "label": _("Cells Reached")} | number,
		{"fieldname": "in_time", "label": _("In Time")} | number,
		{"fieldname": "late", "label": _("Late")} | number,
		{"fieldname": "open", "label": _("Not Acknowledged")} | number,
		{"fieldname": "overdue", "label": _("Of These Overdue")} | number,
		{"fieldname": "percent", "label": _("Acknowledged"), "fieldtype": "Percent", "width": 120},
		{
			"fieldname": "name",
			"label": _("Directive"),
			"fieldtype": "Link",
			"options": records.DOCTYPE,
			"width": 150,
		},
	]


def _cell_columns() -> list[dict]:
	return [
		{"fieldname": "cell_name", "label": _("Cell Name"), "fieldtype": "Data", "width": 240},
		{"fieldname": "secretary_name", "label": _("Secretary"), "fieldtype": "Data", "width": 180},
		{"fieldname": "standing_label", "label": _("Acknowledgement"), "fieldtype": "Data", "width": 160},
		{"fieldname": "due_on", "label": _("Due On"), "fieldtype": "Date", "width": 110},
		{"fieldname": "acknowledged_on", "label": _("Acknowledged On"), "fieldtype": "Date", "width": 120},
		{"fieldname": "reached_on", "label": _("Reached the Cell On"), "fieldtype": "Date", "width": 120},
		{
			"fieldname": "committee",
			"label": _("Committee"),
			"fieldtype": "Link",
			"options": "Party Committee",
			"width": 200,
		},
		{"fieldname": "cell", "label": _("Cell"), "fieldtype": "Link", "options": "Cell", "width": 120},
	]


def _chart(rows: list[dict]) -> dict | None:
	"""The ten that lack the most, as stacked bars."""
	worst = sorted(rows, key=lambda row: row["percent"])[:10]
	if not worst:
		return None
	return {
		"type": "bar",
		"barOptions": {"stacked": 1},
		"colors": ["#28a745", "#f0ad4e", "#b0b0b0"],
		"data": {
			"labels": [row["number_symbol"] for row in worst],
			"datasets": [
				{"name": _("In Time"), "values": [row["in_time"] for row in worst]},
				{"name": _("Late"), "values": [row["late"] for row in worst]},
				{"name": _("Not Acknowledged"), "values": [row["open"] for row in worst]},
			],
		},
	}
