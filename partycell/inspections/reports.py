"""The figures behind the script reports: grouped in the database, and narrowed to what the user may see."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

import frappe
from frappe.query_builder import Case
from frappe.query_builder.functions import Avg, Count, Max, Min, Sum
from frappe.utils import cint, flt, getdate, today

from partycell.access import permissions
from partycell.rules import ageing, inspection, sampling
from partycell.rules.cells import ACTIVE


def subtree(committee: str | None):
	"""The names of a committee and of those under it, as a subquery; None for all."""
	if not committee:
		return None
	low, high = frappe.db.get_value("Party Committee", committee, ["lft", "rgt"]) or (0, 0)
	table = frappe.qb.DocType("Party Committee")
	return frappe.qb.from_(table).select(table.name).where((table.lft >= low) & (table.rgt <= high))


def name_committees(rows: list[dict]) -> list[dict]:
	"""Puts ``committee_name`` beside ``committee``: one query."""
	names = dict(
		frappe.get_all(
			"Party Committee",
			filters={"name": ("in", sorted({row["committee"] for row in rows}))},
			fields=["name", "committee_name"],
			as_list=True,
		)
		if rows
		else ()
	)
	for row in rows:
		row["committee_name"] = names.get(row["committee"])
	return rows


def coverage(committee: str | None, criteria_set: str | None, months: int, only_due: bool) -> list[dict]:
	"""Each active cell with its last concluded inspection and the next one planned, longest ago first.

	Four queries, whatever the number of cells. ``due``: never inspected, or not for so many months.
	"""
	cell = frappe.qb.DocType("Cell")
	query = frappe.qb.from_(cell).select(cell.name, cell.cell_name, cell.committee, cell.completeness)
	query = permissions.narrowed(query.where(cell.status == ACTIVE), "Cell")
	if committee:
		query = query.where(cell.committee.isin(subtree(committee)))
	last, planned = _last(criteria_set), _planned(criteria_set)
	limit = sampling.months_before(getdate(today()), months)
	rows = []
	for name, title, above, completeness in query.run():
		found = last.get(name)
		when = getdate(found[1]) if found else None
		due = when is None or when <= limit
		if only_due and not due:
			continue
		rows.append(
			{
				"cell": name,
				"cell_name": title,
				"committee": above,
				"completeness": flt(completeness, 1),
				"inspection": found[0] if found else None,
				"inspected_on": when,
				"percent": flt(found[2], 2) if found else None,
				"rating": found[3] if found else None,
				"planned_on": planned.get(name),
				"due": int(due),
			}
		)
	return name_committees(sorted(rows, key=lambda row: (row["inspected_on"] or date.min, row["cell_name"])))


def criteria(criteria_set: str, first: date, last: date, committee: str | None) -> list[dict]:
	"""For each criterion: how many scored, the average, the share of full marks, and the change to the
	period of the same length before. Two grouped queries.
	"""
	now = _averages(criteria_set, first, last, committee)
	length = last - first + timedelta(days=1)
	before = _averages(criteria_set, first - length, first - timedelta(days=1), committee)
	doc = frappe.get_cached_doc("Criteria Set", criteria_set)
	blocks = {row.code: row.title for row in doc.blocks}
	rows = []
	for line in doc.criteria:
		if line.code not in now:
			continue
		count, average, full = now[line.code]
		share = 100 * average / line.maximum
		earlier = before.get(line.code)
		rows.append(
			{
				"code": line.code,
				"block": blocks.get(line.block, line.block),
				"criterion": line.title,
				"maximum": flt(line.maximum, 2),
				"inspections": count,
				"average": flt(average, 2),
				"share": flt(share, 1),
				"full": flt(100 * full / count, 1),
				"lost": flt(line.maximum - average, 2),
				"change": flt(share - 100 * earlier[1] / line.maximum, 1) if earlier else None,
			}
		)
	return sorted(rows, key=lambda row: -row["lost"])


def by_committee(criteria_set: str, first: date, last: date, committee: str | None) -> dict[str, dict]:
	"""committee: {criterion: average percent of its points}, of the cells' committees: one grouped query."""
	_table, line, cell = _tables()
	query = (
		_scored(criteria_set, first, last, committee)
		.select(cell.committee, line.code, Avg(line.score), Max(line.maximum))
		.groupby(cell.committee, line.code)
	)
	found: dict[str, dict] = defaultdict(dict)
	for above, code, average, maximum in query.run():
		found[above][code] = flt(100 * average / maximum, 1) if maximum else 0
	return found


def ageing_rows(committee: str | None, origin: str | None) -> list[dict]:
	"""Open actions of each committee by how long they are overdue: one grouped query."""
	action, cell = frappe.qb.DocType("Corrective Action"), frappe.qb.DocType("Cell")
	query = (
		frappe.qb.from_(action)
		.join(cell)
		.on(cell.name == action.cell)
		.select(cell.committee, action.due_on, Count("*"))
		.where(action.workflow_state == "Open")
		.groupby(cell.committee, action.due_on)
	)
	query = permissions.narrowed(query, "Corrective Action")
	if committee:
		query = query.where(cell.committee.isin(subtree(committee)))
	if origin in ("Inspection", "Handover"):
		query = query.where(action[origin.lower()].isnotnull() & (action[origin.lower()] != ""))
	day = getdate(today())
	found: dict[str, dict] = {}
	for above, due_on, count in query.run():
		row = found.setdefault(above, {"committee": above, **dict.fromkeys(ageing.BUCKETS, 0), "total": 0})
		row[ageing.bucket(ageing.overdue_days(getdate(due_on), day))] += cint(count)
		row["total"] += cint(count)
	rows = sorted(found.values(), key=lambda row: (-(row["total"] - row[ageing.NOT_DUE]), row["committee"]))
	return name_committees(rows)


def record(cells: Sequence[str], since: date) -> list[dict]:
	"""What became of a cell, and of those that went into it, newest first: inspections, handovers, actions.

	Only rows that the user may see; ``[{on, cell, doctype, name, what, result, percent}]``.
	"""
	rows = [
		_event(row.concluded_on, "Inspection", row, row.title, row.rating, flt(row.percent, 1))
		for row in frappe.get_list(
			"Inspection",
			filters={"cell": ("in", list(cells)), "docstatus": 1, "concluded_on": (">=", since)},
			fields=["name", "cell", "title", "concluded_on", "rating", "percent"],
			limit_page_length=0,
		)
	]
	rows += [
		_event(row.handover_date, "Handover", row, row.title, row.workflow_state)
		for row in frappe.get_list(
			"Handover",
			filters={"cell": ("in", list(cells)), "docstatus": 1, "handover_date": (">=", since)},
			fields=["name", "cell", "title", "handover_date", "workflow_state"],
			limit_page_length=0,
		)
	]
	rows += [
		_event(row.due_on, "Corrective Action", row, row.subject, row.workflow_state)
		for row in frappe.get_list(
			"Corrective Action",
			filters={"cell": ("in", list(cells)), "due_on": (">=", since)},
			fields=["name", "cell", "subject", "due_on", "workflow_state"],
			limit_page_length=0,
		)
	]
	return sorted(rows, key=lambda row: (row["on"], row["name"]), reverse=True)


def _event(on, doctype: str, row, what: str, result: str | None, percent: float | None = None) -> dict:
	return {
		"on": getdate(on),
		"cell": row.cell,
		"doctype": doctype,
		"name": row.name,
		"what": what,
		"result": result,
		"percent": percent,
	}


def newest(criteria_set: str | None):
	"""Subquery: each cell and when its last concluded inspection was, by a set or by any."""
	table = frappe.qb.DocType("Inspection")
	query = frappe.qb.from_(table).select(table.cell, Max(table.concluded_on).as_("newest"))
	query = query.where(table.docstatus == 1)
	if criteria_set:
		query = query.where(table.criteria_set == criteria_set)
	return query.groupby(table.cell).as_("newest_of_cell")


def _last(criteria_set: str | None) -> dict[str, tuple]:
	"""cell: (inspection, concluded_on, percent, rating) of its last concluded inspection."""
	table = frappe.qb.DocType("Inspection")
	last = newest(criteria_set)
	query = (
		frappe.qb.from_(table)
		.join(last)
		.on((last.cell == table.cell) & (last.newest == table.concluded_on))
		.select(table.cell, table.name, table.concluded_on, table.percent, table.rating)
		.where(table.docstatus == 1)
	)
	if criteria_set:
		query = query.where(table.criteria_set == criteria_set)
	return {row[0]: row[1:] for row in query.run()}


def _planned(criteria_set: str | None) -> dict[str, date]:
	table = frappe.qb.DocType("Inspection")
	query = (
		frappe.qb.from_(table)
		.select(table.cell, Min(table.planned_on))
		.where((table.docstatus == 0) & table.workflow_state.isin(inspection.OPEN_STATES))
		.groupby(table.cell)
	)
	if criteria_set:
		query = query.where(table.criteria_set == criteria_set)
	return dict(query.run())


def _tables():
	return (
		frappe.qb.DocType("Inspection"),
		frappe.qb.DocType("Inspection Score"),
		frappe.qb.DocType("Cell"),
	)


def _scored(criteria_set: str, first: date, last: date, committee: str | None):
	"""The scores of concluded inspections in a period that the user may see, to be selected from."""
	table, line, cell = _tables()
	query = (
		frappe.qb.from_(table)
		.join(line)
		.on(line.parent == table.name)
		.join(cell)
		.on(cell.name == table.cell)
		.where((table.criteria_set == criteria_set) & (table.docstatus == 1) & (line.scored == 1))
		.where((table.concluded_on >= first) & (table.concluded_on < last + timedelta(days=1)))
	)
	if committee:
		query = query.where(cell.committee.isin(subtree(committee)))
	return permissions.narrowed(query, "Inspection")


def _averages(criteria_set: str, first: date, last: date, committee: str | None) -> dict[str, tuple]:
	"""criterion: (how many, average score, how many with all points)."""
	_table, line, _cell = _tables()
	full = Sum(Case().when(line.score >= line.maximum, 1).else_(0))
	rows = (
		_scored(criteria_set, first, last, committee)
		.select(line.code, Count("*"), Avg(line.score), full)
		.groupby(line.code)
	).run()
	return {code: (cint(count), flt(average), cint(all_points)) for code, count, average, all_points in rows}
