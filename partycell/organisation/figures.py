"""What the cells were like, month by month: members, and how complete their folders were.

Completeness is kept on the cell as it is today. So that a report can say what it was, each first run of a
month writes one row for every cell that was there on its first day, with the committee it stood under.
"""

from datetime import date

import frappe
from frappe.query_builder import Case
from frappe.query_builder.functions import Count, Max, Min, Sum
from frappe.utils import cint, getdate, now, today

from partycell.framework import bulk
from partycell.organisation import lineage
from partycell.rules import cells as cell_rules
from partycell.rules import review as rules

DOCTYPE = "Cell Figures"
CHUNK = 2000
COLUMNS = (
	"name creation modified owner modified_by docstatus idx cell month committee members full_members "
	"completeness required_due required_present"
).split()
TAKEN = ("committee", "members", "full_members", "completeness", "required_due", "required_present")
OLDEST = 3
"""Months by which a row may be older than the day it is asked for."""


def keep_month() -> int:
	"""Daily: writes the month's rows where there are none yet; returns how many it wrote."""
	return keep(getdate(today()).replace(day=1))


def keep(month: date) -> int:
	"""Writes down what each cell that was there on the month's first day is like now; doing it again adds nothing."""
	# Written in one transaction, so some means all; a cell that is entered later was not there on the first.
	if frappe.db.exists(DOCTYPE, {"month": month}):
		return 0
	cell = frappe.qb.DocType("Cell")
	found = (
		frappe.qb.from_(cell)
		.select(cell.name, *(cell[column] for column in TAKEN))
		.where(lineage.there_on(cell, month))
		.orderby(cell.name)
	).run(as_dict=True)
	for start in range(0, len(found), CHUNK):
		insert([{"cell": one.pop("name"), "month": month, **one} for one in found[start : start + CHUNK]])
	return len(found)


def insert(rows: list[dict]) -> None:
	"""Writes rows, each with ``cell``, ``month`` and the fields of ``TAKEN``; what is there already stays."""
	stamp = now()
	common = {"creation": stamp, "modified": stamp, "owner": "Administrator", "modified_by": "Administrator"}
	values = [
		[
			(common | {"name": f"{row['cell']}-{row['month']:%Y-%m}"} | row).get(column) or 0
			for column in COLUMNS
		]
		for row in rows
	]
	bulk.insert(DOCTYPE, COLUMNS, values, ignore_duplicates=True)


def standings(committee: str, day: date) -> tuple[list[rules.Standing], date | None]:
	"""What the cells of a committee's subtree were on the morning of a day, committee by committee.

	Taken from the rows of that month, or from those of the last month before it that has any, ``OLDEST``
	months back at most; then the second value is that month. Else from the days on which cells were
	established and closed, which tell nothing of members and folders; then it is None.
	"""
	table = frappe.qb.DocType(DOCTYPE)
	first = day.replace(day=1)
	oldest = rules.months_of(date(day.year - 1, 1, 1), day)[-1 - OLDEST]
	month = (
		frappe.qb.from_(table)
		.select(Max(table.month))
		.where((table.month <= first) & (table.month >= oldest) & table.committee.isin(below(committee)))
	).run()[0][0]
	if month:
		month = getdate(month)
		return _grouped(table, (table.month == month), committee), month
	cell = frappe.qb.DocType("Cell")
	rows = (
		frappe.qb.from_(cell)
		.select(cell.committee, Count("*"))
		.where(lineage.there_on(cell, day) & cell.committee.isin(below(committee)))
		.groupby(cell.committee)
	).run()
	return [rules.Standing(above, count) for above, count in rows], None


def standings_now(committee: str) -> list[rules.Standing]:
	"""What the cells of a committee's subtree are today, committee by committee."""
	cell = frappe.qb.DocType("Cell")
	return _grouped(cell, cell.status == cell_rules.ACTIVE, committee)


def first_month(committee: str, since: date, until: date) -> date | None:
	"""The first month of a period that has rows of cells in a committee's subtree."""
	table = frappe.qb.DocType(DOCTYPE)
	found = (
		frappe.qb.from_(table)
		.select(Min(table.month))
		.where((table.month >= since) & (table.month <= until) & table.committee.isin(below(committee)))
	).run()[0][0]
	return getdate(found) if found else None


def course(committee: str, since: date, until: date) -> list[dict]:
	"""``[{month, cells, members, due, present}]`` of each month of a period that has rows: one grouped query."""
	table = frappe.qb.DocType(DOCTYPE)
	rows = (
		frappe.qb.from_(table)
		.select(table.month, Count("*"), Sum(table.members))
		.select(Sum(table.required_due), Sum(table.required_present))
		.where((table.month >= since.replace(day=1)) & (table.month <= until))
		.where(table.committee.isin(below(committee)))
		.groupby(table.month)
		.orderby(table.month)
	).run()
	names = ("cells", "members", "due", "present")
	return [
		{"month": getdate(month).isoformat()} | dict(zip(names, map(cint, values), strict=True))
		for month, *values in rows
	]


def below(committee: str):
	"""Subquery: the names of a committee and of those below it."""
	table = frappe.qb.DocType("Party Committee")
	low, high = frappe.db.get_value("Party Committee", committee, ["lft", "rgt"]) or (0, 0)
	return frappe.qb.from_(table).select(table.name).where((table.lft >= low) & (table.lft <= high))


def _grouped(table, condition, committee: str) -> list[rules.Standing]:
	asked = table.required_due > 0
	rows = (
		frappe.qb.from_(table)
		.select(table.committee, Count("*"), Sum(table.members), Sum(table.full_members))
		.select(Sum(table.required_due), Sum(table.required_present))
		.select(Sum(Case().when(asked & (table.required_present >= table.required_due), 1).else_(0)))
		.select(Sum(Case().when(asked & (table.completeness < 50), 1).else_(0)))
		.where(condition & table.committee.isin(below(committee)))
		.groupby(table.committee)
	).run()
	return [rules.Standing(above, *map(cint, values)) for above, *values in rows]
