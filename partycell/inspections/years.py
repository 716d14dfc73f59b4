"""How a cell did year by year: how complete its folder was, and how many directives it acknowledged in time."""

from collections.abc import Sequence
from datetime import date

import frappe
from frappe import _
from frappe.utils import cint, flt, getdate

FIGURES, ACKNOWLEDGED = "Cell Figures", "Directive Acknowledgement"


def of(cells: Sequence[str], since: date) -> list[dict]:
	"""A row for each cell and year that has something to say, as ``reports.record`` gives its own.

	Completeness is that of the year's last month on record; of acknowledgements, the percentage in time. Only what
	the user may see.
	"""
	return [*_completeness(cells, since), *_acknowledged(cells, since)]


def _completeness(cells: Sequence[str], since: date) -> list[dict]:
	last = {}
	for row in _listed(FIGURES, cells, "month", since, ["completeness"]):
		last[row.cell, getdate(row.month).year] = row
	text = _("Completeness of the folder")
	return [_row(row, FIGURES, row.month, text, flt(row.completeness, 1)) for row in last.values()]


def _acknowledged(cells: Sequence[str], since: date) -> list[dict]:
	years: dict[tuple, list] = {}
	for row in _listed(ACKNOWLEDGED, cells, "acknowledged_on", since, ["late"]):
		years.setdefault((row.cell, getdate(row.acknowledged_on).year), []).append(row)
	found = []
	for (_cell, year), rows in years.items():
		late = sum(cint(row.late) for row in rows)
		text = _("Directives acknowledged in {year}: {count}, of these late: {late}")
		text = text.format(year=year, count=len(rows), late=late)
		share = flt(100 * (len(rows) - late) / len(rows), 1)
		found.append(_row(rows[-1], ACKNOWLEDGED, rows[-1].acknowledged_on, text, share))
	return found


def _listed(doctype: str, cells: Sequence[str], day: str, since: date, fields: list[str]) -> list[dict]:
	"""The rows of these cells, oldest first; one query."""
	if not frappe.has_permission(doctype, "read"):
		return []
	return frappe.get_list(
		doctype,
		filters={"cell": ("in", list(cells)), day: (">=", since)},
		fields=["name", "cell", day, *fields],
		order_by=f"{day} asc, name asc",
		limit_page_length=0,
	)


def _row(row, doctype: str, on, what: str, percent: float) -> dict:
	return {
		"on": getdate(on),
		"cell": row.cell,
		"doctype": doctype,
		"name": row.name,
		"what": what,
		"result": None,
		"percent": percent,
	}
