"""Committee members assigned to attend a cell's meetings, and what came of it."""

from collections import defaultdict

import frappe
from frappe import _
from frappe.utils import add_days, cint, cstr, getdate, today

from partycell.access import scope
from partycell.errors import AssignedError, refuse
from partycell.framework import locking, settings
from partycell.organisation import cells
from partycell.rules import assigned as rules
from partycell.rules import meetings, questions

DOCTYPE = "Assigned Member"


def check(doc) -> None:
	"""Refuses an assignment of a committee that does not stand above the cell, or beside another one."""
	# Of two assignments made at the same time, the second sees the first.
	locking.take("Cell", name=doc.cell)
	if doc.is_new():
		cells.refuse_closed(doc.cell)
	doc.full_name = frappe.db.get_value("User", doc.user, "full_name")
	lft, rgt = frappe.db.get_value("Party Committee", doc.committee, ["lft", "rgt"]) or (0, 0)
	if not scope.within(frappe.db.get_value("Cell", doc.cell, "committee"), ((lft, rgt),)):
		frappe.throw(
			_("This committee does not stand above the cell. Choose the committee of the member."),
			AssignedError,
		)
	others = frappe.get_all(
		DOCTYPE,
		filters={"cell": doc.cell, "name": ("!=", doc.name or "")},
		fields=["from_date", "to_date"],
		order_by="from_date desc",
	)
	refuse(
		rules.problems(
			getdate(doc.from_date),
			getdate(doc.to_date) if doc.to_date else None,
			[(getdate(row.from_date), getdate(row.to_date) if row.to_date else None) for row in others],
		)
	)


def keep_current(cell: str, user: str) -> None:
	"""The cell names whoever is assigned to it today; ``user`` leaves it when he no longer is."""
	now = current(cell, today())
	if now:
		frappe.db.set_value("Cell", cell, "assigned_member", now.user, update_modified=False)
	elif frappe.db.get_value("Cell", cell, "assigned_member") == user:
		frappe.db.set_value("Cell", cell, "assigned_member", None, update_modified=False)


def follow_days() -> None:
	"""Daily: assignments that begin today or ended yesterday show on their cells."""
	for row in frappe.get_all(
		DOCTYPE,
		or_filters={"from_date": today(), "to_date": add_days(today(), -1)},
		fields=["cell", "user"],
	):
		keep_current(row.cell, row.user)


def current(cell: str, day):
	"""The assignment of a cell on a day: user and full_name; None where nobody was assigned."""
	rows = frappe.get_all(
		DOCTYPE,
		filters={"cell": cell, "from_date": ("<=", getdate(day))},
		fields=["user", "full_name", "to_date"],
		order_by="from_date desc",
		limit=1,
	)
	if not rows or (rows[0].to_date and getdate(rows[0].to_date) < getdate(day)):
		return None
	return rows[0]


def report_rows(since, until, committee: str | None = None) -> list[dict]:
	"""What each assignment that the user may see came to between two days; three queries.

	asked: how many meetings are asked for in its days; held: the cell's meetings in them; attended, guided,
	raised and cleared: those with the member there, with guidance, with a difficulty, with one cleared.
	"""
	since, until = getdate(since), getdate(until)
	filters = {"from_date": ("<=", until)}
	if committee:
		lft, rgt = frappe.db.get_value("Party Committee", committee, ["lft", "rgt"]) or (0, 0)
		below = frappe.get_all("Party Committee", {"lft": (">=", lft), "rgt": ("<=", rgt)}, pluck="name")
		filters["committee"] = ("in", below or [""])
	found = [
		row
		for row in frappe.get_list(
			DOCTYPE,
			filters=filters,
			fields=["name", "cell", "user", "full_name", "committee", "from_date", "to_date"],
			order_by="full_name asc, from_date asc",
			limit_page_length=0,
		)
		if not row.to_date or getdate(row.to_date) >= since
	]
	if not found:
		return []
	levels = dict(frappe.get_all("Party Committee", fields=["name", "level"], as_list=True))
	names = dict(
		frappe.get_all(
			"Cell",
			filters={"name": ("in", sorted({row.cell for row in found}))},
			fields=["name", "cell_name"],
			as_list=True,
		)
	)
	held = _held(list(names), since, until)
	a_year = _asked_a_year()
	rows = []
	for row in found:
		first = max(since, getdate(row.from_date))
		last = min(until, getdate(row.to_date)) if row.to_date else until
		there = [one for one in held[row.cell] if first <= getdate(one.held_on) <= last]
		with_him = [one for one in there if cint(one.member_present)]
		rows.append(
			{
				"member": row.full_name or row.user,
				"cell": row.cell,
				"cell_name": names.get(row.cell),
				"from_date": row.from_date,
				"to_date": row.to_date,
				"held": len(there),
				"asked": rules.asked(levels.get(row.committee), a_year, first, last),
				"attended": len(with_him),
				"guided": _filled(with_him, "guidance"),
				"raised": _filled(with_him, "difficulty"),
				"cleared": _filled(with_him, "difficulty_cleared"),
			}
		)
	return rows


def _held(chosen: list[str], since, until) -> dict[str, list]:
	found = defaultdict(list)
	for row in frappe.get_all(
		"Cell Meeting",
		filters={
			"cell": ("in", chosen),
			"status": ("in", meetings.TOOK_PLACE),
			"held_on": ("between", [since, until]),
		},
		fields=["cell", "held_on", "member_present", "guidance", "difficulty", "difficulty_cleared"],
	):
		found[row.cell].append(row)
	return found


def _asked_a_year() -> dict[str, int]:
	office = settings.get()
	return {
		questions.GRASSROOTS: office.attend_grassroots,
		questions.COMMUNE: office.attend_commune,
		questions.ABOVE: office.attend_above,
	}


def _filled(rows: list, field: str) -> int:
	return sum(bool(cstr(row[field]).strip()) for row in rows)
