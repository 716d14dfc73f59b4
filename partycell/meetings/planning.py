"""The yearly plan of meetings: regular ones each month, thematic ones each quarter, for many cells at once.

The unique key of (cell, type, month) makes it safe to plan twice, or at the same time: what is there stays.
"""

from collections.abc import Sequence

import frappe
from frappe import _
from frappe.utils import cint, getdate, now, today

from partycell.access import scope
from partycell.errors import MeetingError
from partycell.framework import bulk, locking
from partycell.rules import cells as cell_rules
from partycell.rules import meetings as rules
from partycell.rules import periods

CHUNK = 500
YEARS_AHEAD = 1
COLUMNS = (
	"name creation modified owner modified_by docstatus idx title cell meeting_type status planned_on month "
	"period_label on_roll plan_key"
).split()


def plan_year(year: int, *, committee: str | None = None, cell: str | None = None) -> int:
	"""Plans what is not planned yet, from this month on; returns how many meetings were added.

	For the secretary of the cell, officers above it or of the committee, and managers; others get
	frappe.PermissionError. MeetingError for a year that is past or too far ahead.
	"""
	day = getdate(today())
	if not day.year <= year <= day.year + YEARS_AHEAD:
		frappe.throw(
			_("Plan the meetings of {first} or {last}.").format(first=day.year, last=day.year + YEARS_AHEAD),
			MeetingError,
		)
	chosen = _chosen(committee, cell)
	return sum(_plan(chosen[start : start + CHUNK], year, day) for start in range(0, len(chosen), CHUNK))


def _chosen(committee: str | None, cell: str | None) -> list[str]:
	"""The active cells of the request, if this user may plan for them."""
	user = frappe.session.user
	reach = scope.of(user)
	if cell:
		if not (reach.everything or cell in reach.held or scope.officer_of(cell, reach)):
			raise frappe.PermissionError(cell)
		return frappe.get_all("Cell", filters={"name": cell, "status": cell_rules.ACTIVE}, pluck="name")
	if not committee or not (reach.everything or scope.within(committee, reach.officer)):
		raise frappe.PermissionError(committee)
	lft, rgt = frappe.db.get_value("Party Committee", committee, ["lft", "rgt"]) or (0, 0)
	table = frappe.qb.DocType("Cell")
	rows = (
		frappe.qb.from_(table)
		.select(table.name)
		.where((table.status == cell_rules.ACTIVE) & table.committee.isin(scope.subtree(((lft, rgt),))))
		.orderby(table.name)
	).run()
	return [row[0] for row in rows]


def _plan(chosen: Sequence[str], year: int, since) -> int:
	"""One chunk: a query for the cells, one for what is planned, one insert."""
	if not chosen:
		return 0
	# Held first: of two who plan at the same time, the second sees what the first has planned.
	locking.take("Cell", name=sorted(chosen))
	there = set(
		frappe.get_all(
			"Cell Meeting",
			filters={"cell": ("in", list(chosen)), "month": ("between", [f"{year}-01-01", f"{year}-12-31"])},
			pluck="plan_key",
		)
	)
	stamp, user, rows = now(), frappe.session.user, []
	for cell in frappe.get_all(
		"Cell",
		filters={"name": ("in", list(chosen))},
		fields=["name", "cell_name", "meeting_day", "members"],
		order_by="name asc",
	):
		for one in rules.plan(year, cint(cell.meeting_day), since):
			key = rules.plan_key(cell.name, one.meeting_type, one.month)
			if key in there:
				continue
			row = {
				"name": frappe.generate_hash(length=14),
				"creation": stamp,
				"modified": stamp,
				"owner": user,
				"modified_by": user,
				"title": rules.title(one.meeting_type, one.month, cell.cell_name),
				"cell": cell.name,
				"meeting_type": one.meeting_type,
				"status": rules.PLANNED,
				"planned_on": one.day,
				"month": one.month,
				"period_label": periods.label(rules.month_key(one.month)),
				"on_roll": cint(cell.members),
				"plan_key": key,
			}
			rows.append([row.get(column, 0) for column in COLUMNS])
	if rows:
		bulk.insert("Cell Meeting", COLUMNS, rows, ignore_duplicates=True)
	return len(rows)
