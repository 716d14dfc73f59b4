"""Charts of the desk: ours, grouped in the database for the rows that the reader sees, and Frappe's without a lock.

A dashboard asks for all its charts at once. Frappe writes on each when it was last read, after reading; of
two such requests SQLite refuses one. Ours write nothing, and Frappe's write nothing on SQLite either.
"""

from collections.abc import Callable
from datetime import date, timedelta

import frappe
from frappe import _
from frappe.desk.doctype.dashboard_chart import dashboard_chart
from frappe.query_builder import Case
from frappe.query_builder.functions import Avg, Count, Max, Sum
from frappe.utils import cint, flt, getdate, today

from partycell.access import permissions
from partycell.framework import compat
from partycell.inspections import reports
from partycell.rules import completeness, periods
from partycell.rules.cells import ACTIVE

QUARTERS = 8


@frappe.whitelist()
def get(
	chart_name: str | None = None,
	chart: str | dict | None = None,
	no_cache: str | int | bool | None = None,
	filters: str | list | dict | None = None,
	from_date: str | None = None,
	to_date: str | None = None,
	timespan: str | None = None,
	time_interval: str | None = None,
	heatmap_year: str | int | None = None,
	refresh: str | int | bool | None = None,
) -> dict | None:
	"""What Frappe's chart of this name shows, in the place of Frappe's own method."""
	asked = {
		"chart_name": chart_name,
		"chart": chart,
		"no_cache": no_cache,
		"filters": filters,
		"from_date": from_date,
		"to_date": to_date,
		"timespan": timespan,
		"time_interval": time_interval,
		"heatmap_year": heatmap_year,
		"refresh": cint(refresh),
	}
	if not compat.is_sqlite():
		return dashboard_chart.get(**asked)
	before, frappe.flags.read_only = frappe.flags.read_only, True
	try:
		return dashboard_chart.get(**asked)
	finally:
		frappe.flags.read_only = before


@frappe.whitelist()
def folders(filters: str | list | dict | None = None) -> dict:
	"""How many active cells have a folder that is so complete: a bar for each stretch of ``SPREAD``."""
	frappe.has_permission("Cell", "read", throw=True)
	cell = frappe.qb.DocType("Cell")
	query = frappe.qb.from_(cell).where((cell.status == ACTIVE) & (cell.required_due > 0))
	query = _below(permissions.narrowed(query, "Cell"), cell, _asked(filters))
	for low, high in completeness.SPREAD:
		inside = cell.completeness >= low
		if high is not None:
			inside &= cell.completeness < high
		query = query.select(Sum(Case().when(inside, 1).else_(0)))
	counts = [cint(count) for count in query.run()[0]]
	# From so many percent; so short that each stands under its bar on a phone.
	labels = [f"{low}+" if low and high else str(low or f"<{high}") for low, high in completeness.SPREAD]
	return _chart(labels, {_("Cells"): counts}) if any(counts) else {}


@frappe.whitelist()
def ratings(filters: str | list | dict | None = None) -> dict:
	"""How many active cells have each rating by their last concluded inspection, the best first.

	Ratings that no cell has are counted too, so that each keeps its colour.
	"""
	frappe.has_permission("Inspection", "read", throw=True)
	asked = _asked(filters)
	table, cell = frappe.qb.DocType("Inspection"), frappe.qb.DocType("Cell")
	newest = reports.newest(asked.criteria_set)
	query = (
		frappe.qb.from_(table)
		.join(newest)
		.on((newest.cell == table.cell) & (newest.newest == table.concluded_on))
		.join(cell)
		.on(cell.name == table.cell)
		.select(table.rating, Count(table.cell).distinct())
		.where((table.docstatus == 1) & (cell.status == ACTIVE))
		.groupby(table.rating)
	)
	if asked.criteria_set:
		query = query.where(table.criteria_set == asked.criteria_set)
	found = _below(permissions.narrowed(query, "Cell"), cell, asked).run()
	counts = dict.fromkeys(_known_ratings(), 0) | {
		rating or _("No Rating"): cint(count) for rating, count in found
	}
	every = permissions.narrowed(frappe.qb.from_(cell).where(cell.status == ACTIVE), "Cell")
	cells = cint(_below(every, cell, asked).select(Count("*")).run()[0][0])
	counts[_("Never Inspected")] = max(0, cells - sum(counts.values()))
	return _chart(list(counts), {_("Cells"): list(counts.values())}) if cells else {}


@frappe.whitelist()
def quarters(filters: str | list | dict | None = None) -> dict:
	"""The average of the concluded inspections of each of the last quarters, by criteria set."""
	table = frappe.qb.DocType("Inspection")
	return _by_quarter(filters, lambda inside: Avg(Case().when(inside, table.percent)))


@frappe.whitelist()
def concluded(filters: str | list | dict | None = None) -> dict:
	"""How many inspections were concluded in each of the last quarters, by criteria set."""
	return _by_quarter(filters, lambda inside: Sum(Case().when(inside, 1).else_(0)))


@frappe.whitelist()
def actions(filters: str | list | dict | None = None) -> dict:
	"""Corrective actions by their state, those that are open after their day apart."""
	frappe.has_permission("Corrective Action", "read", throw=True)
	table, cell = frappe.qb.DocType("Corrective Action"), frappe.qb.DocType("Cell")
	late = (table.workflow_state == "Open") & (table.due_on < getdate(today()))
	query = (
		frappe.qb.from_(table)
		.join(cell)
		.on(cell.name == table.cell)
		.select(table.workflow_state, Count("*"), Sum(Case().when(late, 1).else_(0)))
		.groupby(table.workflow_state)
	)
	rows = _below(permissions.narrowed(query, "Corrective Action"), cell, _asked(filters)).run()
	counts = {state: cint(count) for state, count, _late in rows}
	overdue = sum(cint(one) for _state, _count, one in rows)
	shown = {_("Overdue"): overdue, _("Open"): counts.pop("Open", 0) - overdue}
	shown |= {_(state): counts.get(state, 0) for state in ("Done", "Effective", "Written Off")}
	return _chart(list(shown), {_("Corrective Action"): list(shown.values())}) if rows else {}


def _by_quarter(filters: str | list | dict | None, value: Callable) -> dict:
	"""A value of the concluded inspections of each quarter, by criteria set; versions of a set are one."""
	frappe.has_permission("Inspection", "read", throw=True)
	table, sets = frappe.qb.DocType("Inspection"), frappe.qb.DocType("Criteria Set")
	cell = frappe.qb.DocType("Cell")
	shown = _last_quarters(getdate(today()))
	query = (
		frappe.qb.from_(table)
		.join(sets)
		.on(sets.name == table.criteria_set)
		.join(cell)
		.on(cell.name == table.cell)
		.select(Max(sets.set_name))
		.where((table.docstatus == 1) & (table.concluded_on >= shown[0].start))
		.groupby(sets.set_name)
	)
	for quarter in shown:
		end = quarter.end + timedelta(days=1)
		query = query.select(value((table.concluded_on >= quarter.start) & (table.concluded_on < end)))
	rows = _below(permissions.narrowed(query, "Inspection"), cell, _asked(filters)).run()
	labels = [f"Q{quarter.key[-1]}/{quarter.start:%y}" for quarter in shown]
	values = {row[0]: [flt(one, 1) for one in row[1:]] for row in sorted(rows)}
	return _chart(labels, values) if rows else {}


def _known_ratings() -> list[str]:
	"""The labels of the rating bands of the sets in use, the highest first."""
	band, sets = frappe.qb.DocType("Rating Band"), frappe.qb.DocType("Criteria Set")
	rows = (
		frappe.qb.from_(band)
		.join(sets)
		.on(sets.name == band.parent)
		.select(band.label, Max(band.threshold))
		.where(sets.disabled == 0)
		.groupby(band.label)
	).run()
	return [label for label, _threshold in sorted(rows, key=lambda row: -row[1])]


def _last_quarters(day: date) -> list[periods.Period]:
	"""The quarter that the day lies in and those before it, oldest first."""
	since = date(day.year - QUARTERS // 4, day.month, 1)
	return list(periods.periods(periods.QUARTERLY, since, day))[-QUARTERS:]


def _asked(filters: str | list | dict | None) -> frappe._dict:
	"""The chart's filters: ``committee`` and ``criteria_set``, the rest is passed over."""
	given = frappe.parse_json(filters) if isinstance(filters, str) else filters
	return frappe._dict(given if isinstance(given, dict) else {})


def _below(query, cell, asked: frappe._dict):
	"""The query for the cells of a committee and of those under it, where one is asked for."""
	if not asked.committee:
		return query
	return query.where(cell.committee.isin(reports.subtree(asked.committee)))


def _chart(labels: list[str], datasets: dict[str, list]) -> dict:
	return {
		"labels": labels,
		"datasets": [{"name": name, "values": values} for name, values in datasets.items()],
	}
