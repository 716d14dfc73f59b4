"""What is in force: for one cell or for all that one sees, today or on any other day."""

import frappe
from frappe import _
from frappe.utils import getdate, today

from partycell.directives import records
from partycell.rules import directives as rules

FIELDS = "name number_symbol subject kind issuer issuer_name status superseded_by".split()


def execute(filters: dict | None = None) -> tuple:
	"""Columns and rows, latest document first; only what the user sees."""
	asked = frappe._dict(filters or {})
	day = getdate(asked.day or today())
	conditions = [["docstatus", "=", 1], ["in_force_from", "<=", day]]
	conditions += [[field, "=", asked[field]] for field in ("issuer", "kind") if asked.get(field)]
	items = _items(asked.cell) if asked.cell else {}
	if asked.cell:
		conditions.append(["name", "in", sorted(items) or [""]])
	rows = frappe.get_list(
		"Directive",
		filters=conditions,
		fields=[*FIELDS, *records.COURSE],
		order_by="issued_on desc, name desc",
		limit_page_length=0,
	)
	rows = [row for row in rows if rules.in_force(records.course(row), day)]
	for row in rows:
		row.update(items.get(row.name, {}))
		row.state = _(row.state) if row.get("state") else None
	return _columns(bool(asked.cell)), rows


def _items(cell: str) -> dict[str, dict]:
	"""directive: how it lies in the cell's folder; for whoever may read the cell."""
	frappe.get_doc("Cell", cell).check_permission("read")
	rows = frappe.get_all(
		"Folder Item",
		filters={"cell": cell, "directive": ("is", "set")},
		fields=["directive", "state", "reached_on", "paper_place"],
	)
	return {row.pop("directive"): row for row in rows}


def _columns(of_cell: bool) -> list[dict]:
	columns = [
		{"fieldname": "number_symbol", "label": _("Number and Symbol"), "fieldtype": "Data", "width": 140},
		{"fieldname": "subject", "label": _("Subject"), "fieldtype": "Data", "width": 380},
		{
			"fieldname": "kind",
			"label": _("Kind of Document"),
			"fieldtype": "Link",
			"options": "Directive Kind",
			"width": 110,
		},
		{"fieldname": "issued_on", "label": _("Date of the Document"), "fieldtype": "Date", "width": 120},
		{"fieldname": "in_force_from", "label": _("In Force From"), "fieldtype": "Date", "width": 120},
		{"fieldname": "in_force_until", "label": _("In Force Until"), "fieldtype": "Date", "width": 120},
	]
	if of_cell:
		columns += [
			{"fieldname": "state", "label": _("State"), "fieldtype": "Data", "width": 120},
			{"fieldname": "reached_on", "label": _("Reached the Cell On"), "fieldtype": "Date", "width": 120},
			{
				"fieldname": "paper_place",
				"label": _("Where the Paper Lies"),
				"fieldtype": "Data",
				"width": 160,
			},
		]
	return [
		*columns,
		{
			"fieldname": "issuer",
			"label": _("Issuer"),
			"fieldtype": "Link",
			"options": "Party Committee",
			"width": 200,
		},
		{
			"fieldname": "name",
			"label": _("Directive"),
			"fieldtype": "Link",
			"options": records.DOCTYPE,
			"width": 150,
		},
	]
