"""Members of a cell by name, where an office wants them listed: the list, and who attended which meeting.

The marks of a meeting are records of their own and not a table of the meeting, for whoever reads the meeting
(an inspector, a predecessor) does not read who was there.
"""

from collections.abc import Sequence
from datetime import date

import frappe
from frappe import _
from frappe.query_builder import Order
from frappe.utils import add_days, cint, cstr, getdate, now, today

from partycell.access import member_access, scope
from partycell.errors import MeetingError, refuse
from partycell.framework import bulk, locking, settings
from partycell.organisation import cells
from partycell.rules import meetings as meeting_rules
from partycell.rules import members as rules

MEMBER, ATTENDANCE = "Party Member", "Meeting Attendance"
COLUMNS = "name creation modified owner modified_by docstatus idx meeting cell member mark reason".split()
COUNTED = {
	"present": rules.PRESENT,
	"excused": rules.EXCUSED,
	"absent": rules.ABSENT,
	"exempt": rules.EXEMPT,
}


def check(doc) -> None:
	"""Completes a member and refuses one written wrongly, or where the office does not list members."""
	if not settings.get().members_listed:
		frappe.throw(
			_("Members are counted here and not listed. A manager can change that in the settings."),
			MeetingError,
		)
	locking.take("Cell", name=doc.cell)
	if doc.is_new():
		cells.refuse_closed(doc.cell)
	doc.full_name = " ".join(cstr(doc.full_name).split())
	doc.order_key = rules.order_key(doc.full_name)
	days = (getdate(day) if day else None for day in (doc.from_date, doc.to_date, doc.admitted_on))
	refuse(rules.problems(*days))


def refuse_delete(doc) -> None:
	"""Whoever stands on the attendance of a meeting stays, and leaves the cell by a date."""
	if frappe.db.exists(ATTENDANCE, {"member": doc.name}):
		frappe.throw(
			_(
				"{name} attended meetings and stays on record. Write until when the member is in this cell."
			).format(name=doc.full_name),
			MeetingError,
		)


def keep_counts(cell: str) -> None:
	"""The numbers of members on a cell are those of its list."""
	there = _active(cell, getdate(today()))
	full = sum(row.kind == rules.FULL for row in there)
	values = {"members": len(there), "full_members": full}
	frappe.db.set_value("Cell", cell, values, update_modified=False)


def go_over(cells: Sequence[str], into: str, day: date) -> list[str]:
	"""The members of cells that are merged are listed in their successor from a day on; the new rows' names.

	Their old rows end the day before and stay, for the attendance of earlier meetings names them.
	"""
	rows = frappe.get_all(
		MEMBER,
		filters={"cell": ("in", list(cells)), "from_date": ("<", day)},
		or_filters=[["to_date", "is", "not set"], ["to_date", ">=", day]],
		fields=["name", "full_name", "kind", "exempt", "admitted_on", "order_key", "to_date"],
	)
	if not rows:
		return []
	stamp, user = now(), frappe.session.user
	common = {"creation": stamp, "modified": stamp, "owner": user, "modified_by": user}
	common |= {"cell": into, "from_date": day, "docstatus": 0, "idx": 0}
	made = [{**row, **common, "name": frappe.generate_hash(length=14)} for row in rows]
	columns = list(made[0])
	bulk.insert(MEMBER, columns, [[row[column] for column in columns] for row in made])
	member = frappe.qb.DocType(MEMBER)
	ended = frappe.qb.update(member).set(member.to_date, add_days(day, -1)).set(member.modified, stamp)
	ended.set(member.modified_by, user).where(member.name.isin([row.name for row in rows])).run()
	return [row["name"] for row in made]


def roll(meeting) -> list[dict]:
	"""Who is asked to a meeting, in the order of their names: ``[{member, name, mark, reason}]``.

	As marked, or where nothing is yet, attending or exempt. For whoever may see the members of the cell; empty
	for others, and where nothing was marked of a meeting that is concluded.
	"""
	if not settings.get().members_listed or not may_see(meeting.cell):
		return []
	marked = {
		row.member: row
		for row in frappe.get_all(
			ATTENDANCE, filters={"meeting": meeting.name}, fields=["member", "mark", "reason"]
		)
	}
	there = {row.name: row for row in _active(meeting.cell, _day(meeting))} if meeting.docstatus == 0 else {}
	gone = set(marked) - set(there)
	if gone:
		rows = frappe.get_all(
			MEMBER,
			filters={"name": ("in", sorted(gone))},
			fields=["name", "full_name", "exempt", "order_key"],
		)
		there |= {row.name: row for row in rows}
	return [
		{
			"member": row.name,
			"name": row.full_name,
			"mark": marked[row.name].mark
			if row.name in marked
			else rules.EXEMPT
			if cint(row.exempt)
			else rules.PRESENT,
			"reason": marked[row.name].reason if row.name in marked else None,
		}
		for row in sorted(there.values(), key=lambda row: (row.order_key or "", row.name))
	]


def record(meeting, marks: Sequence[dict]) -> None:
	"""Writes who attended a meeting that is not concluded, in place of what was marked before, and counts.

	marks: ``{member, mark, reason}`` of each member of the cell. MeetingError for others and other marks.
	"""
	if not settings.get().members_listed:
		frappe.throw(
			_("Members are counted here and not listed. A manager can change that in the settings."),
			MeetingError,
		)
	if meeting.docstatus != 0 or meeting.status == meeting_rules.CANCELLED:
		frappe.throw(_("This meeting is closed; its attendance stays."), MeetingError)
	given = {cstr(one.get("member")): one for one in marks}
	known = set(
		frappe.get_all(MEMBER, filters={"name": ("in", sorted(given)), "cell": meeting.cell}, pluck="name")
	)
	if set(given) != known or any(one.get("mark") not in rules.MARKS for one in given.values()):
		frappe.throw(_("The list of members has changed. Load the page again."), MeetingError)
	frappe.db.delete(ATTENDANCE, {"meeting": meeting.name})
	stamp, user = now(), frappe.session.user
	common = {"creation": stamp, "modified": stamp, "owner": user, "modified_by": user}
	common |= {"meeting": meeting.name, "cell": meeting.cell}
	rows = [
		common
		| {
			"name": frappe.generate_hash(length=14),
			"member": member,
			"mark": one["mark"],
			"reason": cstr(one.get("reason")).strip()[:140] or None,
		}
		for member, one in given.items()
	]
	bulk.insert(ATTENDANCE, COLUMNS, [[row.get(column, 0) for column in COLUMNS] for row in rows])
	meeting.save()


def count_into(meeting) -> None:
	"""Before a meeting is saved: where its members are marked by name, its figures are theirs."""
	if meeting.is_new() or meeting.docstatus != 0:
		return
	marks = frappe.get_all(ATTENDANCE, filters={"meeting": meeting.name}, pluck="mark")
	if marks:
		meeting.on_roll = len(marks)
		meeting.update({field: marks.count(mark) for field, mark in COUNTED.items()})


def away(meeting) -> list[str]:
	"""Who was not there and why, a line each, for the minutes; empty for whoever may not see members."""
	words = {rules.EXCUSED: "vắng có lý do", rules.ABSENT: "vắng không có lý do"}
	return [
		f"{one['name']}: {words[one['mark']]}" + (f" ({one['reason']})" if one["reason"] else "")
		for one in roll(meeting)
		if one["mark"] in words
	]


def too_often_excused(meeting) -> list[str]:
	"""The names of those who, by this meeting, were excused more often running in its year than is allowed."""
	day = _day(meeting)
	held, mark, member = (frappe.qb.DocType(one) for one in ("Cell Meeting", ATTENDANCE, MEMBER))
	rows = (
		frappe.qb.from_(mark)
		.join(held)
		.on(held.name == mark.meeting)
		.join(member)
		.on(member.name == mark.member)
		.select(member.order_key, member.full_name, mark.member, held.held_on, mark.mark)
		.where((mark.cell == meeting.cell) & held.status.isin(meeting_rules.TOOK_PLACE))
		.where(held.held_on[date(day.year, 1, 1) : day])
		.orderby(held.held_on, order=Order.asc)
	).run()
	names = {name: (key, full_name) for key, full_name, name, _day_held, _mark in rows}
	found = rules.too_often_excused(
		[(name, getdate(held_on), given) for _k, _f, name, held_on, given in rows]
	)
	return [full_name for _key, full_name in sorted(names[one] for one in found)]


def may_see(cell: str) -> bool:
	"""Whether the session's user sees the members of a cell."""
	return member_access.sees(cell, scope.of(frappe.session.user))


def _active(cell: str, day: date) -> list:
	rows = frappe.get_all(
		MEMBER,
		filters={"cell": cell, "from_date": ("<=", day)},
		fields=["name", "full_name", "kind", "exempt", "to_date", "order_key"],
		order_by="order_key asc, name asc",
	)
	return [row for row in rows if not row.to_date or getdate(row.to_date) >= day]


def _day(meeting) -> date:
	return getdate(meeting.held_on or meeting.planned_on)
