"""Reminders of directives that are not acknowledged: one message a person and day, however many there are.

To the secretary before the due day, on it, and when it is past; then also to the member assigned to the
cell and to the officers above. Whoever holds the office today is told, so after a handover the successor.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import frappe
from frappe import _
from frappe.utils import format_date, getdate, today

from partycell.access import scope
from partycell.directives import acknowledgement, messages
from partycell.directives.messages import Message
from partycell.framework import settings
from partycell.rules import cells as cell_rules
from partycell.rules import directives as rules

CHUNK = 2000
SHOWN = 20
"""So many are named in a message; of the rest only how many."""


def remind() -> int:
	"""Daily: tells everybody who is to be reminded today; returns how many people.

	Run again on the same day it adds nothing: a message's key is its person and day.
	"""
	office, day = settings.get(), getdate(today())
	own, above = defaultdict(list), defaultdict(list)
	for row in _open():
		told = rules.reminder(row.due_on, day, office.remind_before_days, office.remind_overdue_every)
		if not told:
			continue
		if row.user:
			own[row.user].append(row)
		if told == rules.OVERDUE:
			above[row.cell].append(row)
	said: dict[tuple, str] = {}
	told = {user: _to_secretary(rows, said) for user, rows in own.items()}
	for user, cells in _responsible(list(above)).items():
		told.setdefault(user, []).extend(_to_upper_level([above[cell] for cell in cells]))
	return messages.send(_message(user, lines) for user, lines in told.items())


def _open() -> Iterator[dict]:
	"""Everything that is not acknowledged, a chunk of cells at a time."""
	cells = frappe.get_all("Cell", filters={"status": cell_rules.ACTIVE}, order_by="name asc", pluck="name")
	for start in range(0, len(cells), CHUNK):
		yield from acknowledgement.pending(cells[start : start + CHUNK])


def _responsible(cells: Sequence[str]) -> dict[str, list[str]]:
	"""user: the cells among these that he is assigned to, or officer above; two queries for any number."""
	if not cells:
		return {}
	officers, found = scope.officers_of_committees(), defaultdict(list)
	for start in range(0, len(cells), CHUNK):
		for row in frappe.get_all(
			"Cell",
			filters={"name": ("in", cells[start : start + CHUNK])},
			fields=["name", "committee", "assigned_member"],
			order_by="cell_name asc",
		):
			people = {row.assigned_member, *officers.get(row.committee, ())} - {None, ""}
			for user in people:
				found[user].append(row.name)
	return found


def _to_secretary(rows: list[dict], said: dict[tuple, str]) -> list[str]:
	"""The lines of what somebody has to acknowledge himself, the most urgent first.

	said: lines by what they say; most cells have the same ones, and a date takes long to write
	"""
	lines = []
	for row in rows:
		key = (row.directive, row.due_on)
		if key not in said:
			said[key] = _("{number}: {subject}, due on {day}").format(
				number=row.number_symbol, subject=row.subject, day=format_date(row.due_on)
			)
		lines.append(said[key])
	return lines


def _to_upper_level(by_cell: list[list[dict]]) -> list[str]:
	"""A line a cell: how much it has let go by."""
	names = dict(
		frappe.get_all(
			"Cell",
			filters={"name": ("in", [rows[0].cell for rows in by_cell])},
			fields=["name", "cell_name"],
			as_list=True,
		)
	)
	return [
		_("{cell}: {count} not acknowledged in time").format(cell=names[rows[0].cell], count=len(rows))
		for rows in by_cell
	]


def _message(user: str, lines: list[str]) -> Message:
	escape = frappe.utils.escape_html
	shown = "".join(f"<li>{escape(line)}</li>" for line in lines[:SHOWN])
	rest = len(lines) - SHOWN
	more = f"<li>{_('{count} more').format(count=rest)}</li>" if rest > 0 else ""
	return Message(
		user,
		_("Directives to be acknowledged: {count}").format(count=len(lines)),
		f"<ul>{shown}{more}</ul>",
		"Directive" if len(lines) else None,
		key=messages.key("remind", user, today()),
	)
