"""Programme Figures: the figures of a review, year beside year."""

import frappe
from frappe import _
from frappe.utils import cint

from partycell.reviews import figures, report


def execute(filters: dict | None = None) -> tuple:
	"""Columns and rows, for a committee that the user acts for, or one below it; without a name, for his own."""
	filters = frappe._dict(filters or {})
	first, last = cint(filters.first_year), cint(filters.last_year)
	committee = filters.committee or report.own_committee()
	report.refuse(committee, first, last)
	rows = report.rows(figures.by_year(committee, first, last))
	columns = [
		{"fieldname": "label", "label": _("Figure"), "fieldtype": "Data", "width": 330},
		*(
			{"fieldname": f"y{year}", "label": str(year), "fieldtype": "Float", "width": 110}
			for year in range(first, last + 1)
		),
	]
	return columns, rows
