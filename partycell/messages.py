"""Messages about directives in Frappe's own list of notifications: one bulk insert, however many people.

Frappe's way makes them one by one, in a job, with a mail each; for the secretaries of a province that
is an hour's work.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import frappe
from frappe import _
from frappe.utils import now

from partycell.rules import terms

COLUMNS = (
	"name creation modified owner modified_by docstatus idx subject email_content for_user from_user type "
	"document_type document_name read"
).split()


@dataclass(frozen=True)
class Message:
	"""What one person is told. ``key``: of two with the same key only the first is kept."""

	user: str
	subject: str
	text: str = ""
	doctype: str | None = None
	name: str | None = None
	key: str | None = None


def send(messages: Iterable[Message]) -> int:
	"""Puts messages into people's notifications; returns how many were handed over."""
	stamp, sender, rows = now(), frappe.session.user, []
	for message in messages:
		values = {
			"name": message.key or frappe.generate_hash(length=14),
			"creation": stamp,
			"modified": stamp,
			"owner": message.user,
			"modified_by": sender,
			"subject": message.subject,
			"email_content": message.text,
			"for_user": message.user,
			"from_user": sender,
			"type": "Alert",
			"document_type": message.doctype,
			"document_name": message.name,
		}
		rows.append([values.get(column, 0) for column in COLUMNS])
	if rows:
		frappe.db.bulk_insert("Notification Log", COLUMNS, rows, ignore_duplicates=True)
	return len(rows)


def key(*parts: str) -> str:
	"""A message's key of 20 letters and digits: the same parts, the same key."""
	return hashlib.sha256("|".join(parts).encode()).hexdigest()[:20]


def secretaries(cells: Sequence[str]) -> Mapping[str, list[str]]:
	"""user: the cells among these whose office he holds."""
	held: dict[str, list[str]] = {}
	for cell, user in frappe.get_all(
		"Secretary Term",
		filters={"cell": ("in", list(cells)), "status": terms.OPEN},
		fields=["cell", "user"],
		as_list=True,
	):
		held.setdefault(user, []).append(cell)
	return held


def directive_reached(doc, cells: Sequence[str]) -> None:
	"""Tells the secretaries of these cells that a directive lies in their folders."""
	subject = _("New directive {number}: {subject}").format(
		number=frappe.utils.escape_html(doc.number_symbol), subject=frappe.utils.escape_html(doc.subject)
	)
	send(Message(user, subject, "", doc.doctype, doc.name) for user in secretaries(cells))


def directive_ended(name: str, number: str, successor: str | None, cells: Sequence[str]) -> None:
	"""Tells the secretaries that a document of their folders is outdated, and what took its place."""
	number = frappe.utils.escape_html(number)
	if successor:
		new = frappe.db.get_value("Directive", successor, "number_symbol")
		subject = _("{number} is superseded by {successor}. File the new one.").format(
			number=number, successor=frappe.utils.escape_html(new)
		)
	else:
		subject = _("{number} is no longer in force.").format(number=number)
	send(Message(user, subject, "", "Directive", name) for user in secretaries(cells))
