"""Assigned Members: meetings attended against those asked for, guidance given, difficulties cleared."""

import frappe
from frappe import _
from frappe.utils import today

from partycell.organisation import assigned

COUNTS = "held asked attended guided raised cleared".split()


def execute(filters: dict | None = None) -> tuple:
	"""Columns and rows, for the assignments that the user may see; see ``assigned.report_rows``."""
	filters = frappe._dict(filters or {})
	day = today()
	rows = assigned.report_rows(
		filters.from_date or f"{day[:4]}-01-01", filters.to_date or day, filters.committee
	)
	labels = dict(
		zip(
			COUNTS,
			(
				_("Meetings Held"),
				_("Asked to Attend"),
				_("Attended"),
				_("Guidance Given"),
				_("Difficulties Raised"),
				_("Difficulties Cleared"),
			),
			strict=True,
		)
	)
	columns = [
		{"fieldname": "member", "label": _("Assigned Member"), "fieldtype": "Data", "width": 150},
		{"fieldname": "cell_name", "label": _("Cell"), "fieldtype": "Data", "width": 180},
		{"fieldname": "from_date", "label": _("From"), "fieldtype": "Date", "width": 110},
		{"fieldname": "to_date", "label": _("Until"), "fieldtype": "Date", "width": 110},
		*(
			{"fieldname": key, "label": label, "fieldtype": "Int", "width": 75}
			for key, label in labels.items()
		),
	]
	return columns, rows
