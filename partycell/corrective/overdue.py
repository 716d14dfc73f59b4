"""Reminders of what must be put right: once a day, one message a person however many actions there are.

What is overdue rises: first to whoever is responsible, then to the member assigned to the cell, then to
the officer above.
"""

from collections import defaultdict

import frappe
from frappe import _
from frappe.desk.doctype.notification_log.notification_log import enqueue_create_notification
from frappe.utils import add_days, getdate, today

from partycell.access import scope
from partycell.framework import settings
from partycell.rules import ageing


def tell() -> int:
	"""Daily: tells whoever must know today; returns how many people. Run again the same day, nobody."""
	office = settings.get()
	rises = ageing.Rises(to_member=office.rise_to_member_days, to_officer=office.rise_to_officer_days)
	day = getdate(today())
	told: dict[str, list] = defaultdict(list)
	reminded = []
	members, officers = {}, {}
	rows = _open_actions(rises.soon)
	if rows:
		members = _assigned({row.cell for row in rows})
	for row in rows:
		days = ageing.overdue_days(getdate(row.due_on), day)
		whom = ageing.told(days, rises)
		users = {
			ageing.RESPONSIBLE: [row.responsible],
			ageing.MEMBER: [members.get(row.cell)],
			ageing.OFFICER: [],
		}
		if ageing.OFFICER in whom:
			users[ageing.OFFICER] = officers.setdefault(row.cell, scope.officers_above(row.cell))
		for part in whom:
			for user in filter(None, users[part]):
				if row not in told[user]:
					told[user].append(row)
		if whom:
			reminded.append(row.name)
	for user, actions in sorted(told.items()):
		_notify(user, actions, day)
	if reminded:
		frappe.db.set_value(
			"Corrective Action", {"name": ("in", reminded)}, "reminded_on", day, update_modified=False
		)
	return len(told)


def _open_actions(soon: int) -> list:
	rows = frappe.get_all(
		"Corrective Action",
		filters={"workflow_state": "Open", "due_on": ("<=", add_days(today(), soon))},
		fields=["name", "cell", "subject", "responsible", "due_on", "reminded_on"],
		order_by="due_on asc, name asc",
		limit_page_length=0,
	)
	day = getdate(today())
	return [row for row in rows if not row.reminded_on or getdate(row.reminded_on) < day]


def _assigned(cells: set[str]) -> dict[str, str]:
	return dict(
		frappe.get_all(
			"Cell",
			filters={"name": ("in", sorted(cells)), "assigned_member": ("is", "set")},
			fields=["name", "assigned_member"],
			as_list=True,
		)
	)


def _notify(user: str, actions: list, day) -> None:
	"""One message with the actions that this person may see; nothing where there is none."""
	seen = [
		row for row in actions if frappe.has_permission("Corrective Action", "read", doc=row.name, user=user)
	]
	if not seen:
		return
	language = frappe.local.lang
	# In the language of whoever reads it.
	frappe.local.lang = frappe.db.get_value("User", user, "language") or language
	try:
		late = sum(getdate(row.due_on) < day for row in seen)
		subject = _("To be put right: {count}, of which {late} are overdue").format(
			count=len(seen), late=late
		)
		lines = "".join(
			f"<li>{frappe.utils.escape_html(row.subject)} ({frappe.format(row.due_on, 'Date')})</li>"
			for row in seen
		)
	finally:
		frappe.local.lang = language
	enqueue_create_notification(
		[user],
		{
			"type": "Alert",
			"document_type": "Corrective Action",
			"document_name": seen[0].name,
			"subject": subject,
			"email_content": f"<ul>{lines}</ul>",
			"from_user": "Administrator",
		},
	)
