"""Criteria by Committee: a heat table of the average share of points, committees by criteria."""

import frappe
from frappe import _
from frappe.utils import getdate

from partycell.inspections import reports


def execute(filters: dict | None = None) -> tuple:
	"""Columns, one for each criterion, and a row for each committee; or a message that asks for the filters."""
	filters = frappe._dict(filters or {})
	columns = [{"fieldname": "committee_name", "label": _("Committee"), "fieldtype": "Data", "width": 260}]
	if not (filters.criteria_set and filters.from_date and filters.to_date):
		return columns, [], _("Choose a criteria set and a period above.")
	for line in frappe.get_cached_doc("Criteria Set", filters.criteria_set).criteria:
		columns.append(
			{
				"fieldname": line.code.lower(),
				"label": f"{line.code} {line.title}",
				"fieldtype": "Percent",
				"width": 95,
			}
		)
	found = reports.by_committee(
		filters.criteria_set, getdate(filters.from_date), getdate(filters.to_date), filters.committee
	)
	rows = [
		{"committee": committee, **{code.lower(): share for code, share in shares.items()}}
		for committee, shares in sorted(found.items())
	]
	return columns, reports.name_committees(rows)
