"""Monthly Summary: what happened in the cells of each committee, and how they stand; sent by e-mail each month."""

from collections import Counter

import frappe
from frappe import _
from frappe.utils import getdate, today

from partycell.inspections import monthly_summary

CHARTED = 5
"""So many names of committees have room below their bars."""


def execute(filters: dict | None = None) -> tuple:
	"""Columns, rows, no message, and those who lack the most as a chart; see ``monthly_summary.rows``.

	Without a period, the month before.
	"""
	filters = frappe._dict(filters or {})
	first, last = monthly_summary.last_month(getdate(today()))
	first, last = getdate(filters.from_date or first), getdate(filters.to_date or last)
	if last < first:
		frappe.throw(_("The period ends before it begins. Correct one of the dates."))
	rows = monthly_summary.rows(first, last, filters.committee)
	committees = [row for row in rows if row["committee"]]
	for row in rows:
		row["committee_name"] = row["committee_name"] or _("Total")
		row["period"] = f"{first:%d/%m/%Y} – {last:%d/%m/%Y}"
	charted = sorted(committees, key=lambda row: row["completeness"])[:CHARTED]
	chart = {
		"data": {
			"labels": _short([row["committee_name"] for row in charted]) if charted else [],
			"datasets": [
				{"name": _("Completeness"), "values": [row["completeness"] for row in charted]},
				{"name": _("Average Score"), "values": [row["percent"] or 0 for row in charted]},
			],
		},
		"type": "bar",
		"colors": ["#b52a2a", "#e0a83a"],
	}
	return _columns(), rows, None, chart if committees else None


def _short(names: list[str]) -> list[str]:
	"""Names of committees without the two words with which most of them begin: there is little room below a bar."""
	begun, count = Counter(tuple(name.split()[:2]) for name in names).most_common(1)[0]
	if 2 * count <= len(names):
		return names
	return [name.split(maxsplit=2)[-1] if tuple(name.split()[:2]) == begun else name for name in names]


def _columns() -> list[dict]:
	numbers = {
		"cells": _("Cells"),
		"inspected": _("Inspections Concluded"),
		"inspections_overdue": _("Inspections Overdue"),
		"actions_found": _("Actions Opened"),
		"actions_effective": _("Actions Effective"),
		"actions_overdue": _("Actions Overdue"),
		"handovers": _("Handovers Approved"),
		"acknowledged": _("Directives Acknowledged"),
		"late": _("Of These Late"),
		"questions": _("Questions Waiting"),
	}
	columns = [
		{"fieldname": key, "label": label, "fieldtype": "Int", "width": 120} for key, label in numbers.items()
	]
	shares = [
		{"fieldname": "completeness", "label": _("Completeness"), "fieldtype": "Percent", "width": 120},
		{"fieldname": "percent", "label": _("Average Score"), "fieldtype": "Percent", "width": 120},
	]
	committee = {"fieldname": "committee_name", "label": _("Committee"), "fieldtype": "Data", "width": 260}
	period = {"fieldname": "period", "label": _("Period"), "fieldtype": "Data", "width": 190}
	return [committee, columns[0], shares[0], columns[1], shares[1], *columns[2:], period]
