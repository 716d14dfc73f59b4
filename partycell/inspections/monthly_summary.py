"""The monthly summary: what happened in the cells of each committee in a period, and how they stand today.

Grouped in the database, for the rows that the reader sees: a fixed number of queries, however many cells.
"""

from collections import defaultdict
from datetime import date, timedelta

import frappe
from frappe.query_builder import Case
from frappe.query_builder.functions import Count, Sum
from frappe.utils import cint, flt, getdate, today

from partycell.access import permissions
from partycell.inspections import reports
from partycell.rules import handover, inspection
from partycell.rules.cells import ACTIVE

# What a row counts; sums of several rows are their total.
COUNTED = (
	"cells inspected inspections_overdue actions_found actions_effective actions_overdue handovers acknowledged "
	"late questions"
).split()
# Counted as well, for the averages that follow from them.
_WEIGHED = ("completeness_sum", "percent_sum")


def last_month(day: date) -> tuple[date, date]:
	"""The first and the last day of the month before the one that the day lies in."""
	last = day.replace(day=1) - timedelta(days=1)
	return last.replace(day=1), last


def rows(first: date, last: date, committee: str | None = None) -> list[dict]:
	"""A row for each committee with active cells, in the order of their names, and one of the whole at the end.

	first, last: days of the period, both belonging to it
	``[{committee, committee_name, completeness, percent, <COUNTED>}]``; percent is None without inspections.
	"""
	found: dict[str, dict] = defaultdict(lambda: dict.fromkeys((*COUNTED, *_WEIGHED), 0))
	for part in (_cells, _inspections, _actions, _handovers, _acknowledgements, _questions):
		for above, values in part(first, last, committee).items():
			found[above].update(values)
	lines = [{"committee": above, **values} for above, values in found.items() if values["cells"]]
	lines = sorted(reports.name_committees(lines), key=lambda row: row["committee_name"] or "")
	if len(lines) > 1:
		whole = {key: sum(row[key] for row in lines) for key in (*COUNTED, *_WEIGHED)}
		lines.append({"committee": None, "committee_name": None, **whole})
	for row in lines:
		completeness, percent = (row.pop(key) for key in _WEIGHED)
		row["completeness"] = flt(completeness / row["cells"], 1)
		row["percent"] = flt(percent / row["inspected"], 1) if row["inspected"] else None
	return lines


def _cells(first: date, last: date, committee: str | None) -> dict[str, dict]:
	cell = frappe.qb.DocType("Cell")
	query = frappe.qb.from_(cell).select(cell.committee, Count("*"), Sum(cell.completeness))
	return _grouped(query.where(cell.status == ACTIVE), "Cell", committee, ("cells", "completeness_sum"))


def _inspections(first: date, last: date, committee: str | None) -> dict[str, dict]:
	table, cell = frappe.qb.DocType("Inspection"), frappe.qb.DocType("Cell")
	done = (table.docstatus == 1) & (table.concluded_on >= first) & (table.concluded_on < _after(last))
	late = (table.workflow_state == inspection.PLANNED) & (table.planned_on < getdate(today()))
	query = _of_cells(table).select(
		cell.committee, _sum(done, 1), _sum(done, table.percent), _sum((table.docstatus == 0) & late, 1)
	)
	keys = ("inspected", "percent_sum", "inspections_overdue")
	return _grouped(query.where(done | late), "Inspection", committee, keys)


def _actions(first: date, last: date, committee: str | None) -> dict[str, dict]:
	table, cell = frappe.qb.DocType("Corrective Action"), frappe.qb.DocType("Cell")
	found = (table.creation >= first) & (table.creation < _after(last))
	effective = (table.workflow_state == "Effective") & (table.effect_checked_on >= first)
	effective &= table.effect_checked_on <= last
	late = (table.workflow_state == "Open") & (table.due_on < getdate(today()))
	query = _of_cells(table).select(cell.committee, _sum(found, 1), _sum(effective, 1), _sum(late, 1))
	keys = ("actions_found", "actions_effective", "actions_overdue")
	return _grouped(query.where(found | effective | late), "Corrective Action", committee, keys)


def _handovers(first: date, last: date, committee: str | None) -> dict[str, dict]:
	table, cell = frappe.qb.DocType("Handover"), frappe.qb.DocType("Cell")
	query = _of_cells(table).select(cell.committee, Count("*"))
	query = query.where((table.workflow_state == handover.APPROVED) & (table.approved_on >= first))
	return _grouped(query.where(table.approved_on < _after(last)), "Handover", committee, ("handovers",))


def _acknowledgements(first: date, last: date, committee: str | None) -> dict[str, dict]:
	table, cell = frappe.qb.DocType("Directive Acknowledgement"), frappe.qb.DocType("Cell")
	query = _of_cells(table).select(cell.committee, Count("*"), _sum(table.late == 1, 1))
	query = query.where((table.acknowledged_on >= first) & (table.acknowledged_on < _after(last)))
	return _grouped(query, "Directive Acknowledgement", committee, ("acknowledged", "late"))


def _questions(first: date, last: date, committee: str | None) -> dict[str, dict]:
	"""Questions of cells that nobody has answered yet, today."""
	table, cell = frappe.qb.DocType("Handbook Note"), frappe.qb.DocType("Cell")
	query = _of_cells(table).select(cell.committee, Count("*"))
	query = query.where((table.note_type == "Question") & table.workflow_state.isin(["Asked", "Escalated"]))
	return _grouped(query, "Handbook Note", committee, ("questions",))


def _of_cells(table):
	cell = frappe.qb.DocType("Cell")
	return frappe.qb.from_(table).join(cell).on(cell.name == table.cell)


def _grouped(query, doctype: str, committee: str | None, keys: tuple[str, ...]) -> dict[str, dict]:
	"""The query by the committee of the cell, for the rows that the reader sees: committee: {key: value}."""
	cell = frappe.qb.DocType("Cell")
	query = permissions.narrowed(query, doctype).groupby(cell.committee)
	if committee:
		query = query.where(cell.committee.isin(reports.subtree(committee)))
	return {
		row[0]: {
			key: flt(value) if key in _WEIGHED else cint(value)
			for key, value in zip(keys, row[1:], strict=True)
		}
		for row in query.run()
	}


def _sum(condition, value):
	return Sum(Case().when(condition, value).else_(0))


def _after(day: date) -> date:
	return day + timedelta(days=1)
