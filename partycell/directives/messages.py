"""Messages about directives in Frappe's own list of notifications: one statement, however many people.

Frappe's way makes them one by one, in a job, with a mail each; for the secretaries of a province that
is an hour's work.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import frappe
from frappe import _
from frappe.query_builder.functions import Min
from frappe.utils import now

from partycell.framework import bulk, derived_rows
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
	stamp = now()
	rows = [list(_values(message, stamp).values()) for message in messages]
	if rows:
		bulk.insert("Notification Log", COLUMNS, rows, ignore_duplicates=True)
	return len(rows)


def _values(message: Message, stamp: str) -> dict:
	"""The columns of a message, in their order."""
	return dict.fromkeys(COLUMNS, 0) | {
		"name": message.key or frappe.generate_hash(length=14),
		"creation": stamp,
		"modified": stamp,
		"owner": message.user,
		"modified_by": frappe.session.user,
		"subject": message.subject,
		"email_content": message.text,
		"for_user": message.user,
		"from_user": frappe.session.user,
		"type": "Alert",
		"document_type": message.doctype,
		"document_name": message.name,
	}


def key(*parts: str) -> str:
	"""A message's key of 20 letters and digits: the same parts, the same key."""
	return hashlib.sha256("|".join(parts).encode()).hexdigest()[:20]


def directive_reached(doc, cells: Sequence[str]) -> None:
	"""Tells the secretaries of these cells that a directive lies in their folders."""
	subject = _("New directive {number}: {subject}").format(
		number=frappe.utils.escape_html(doc.number_symbol), subject=frappe.utils.escape_html(doc.subject)
	)
	_tell_secretaries(cells, subject, doc.doctype, doc.name)


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
	_tell_secretaries(cells, subject, "Directive", name)


def _tell_secretaries(cells: Sequence[str], subject: str, doctype: str, name: str) -> None:
	"""The same words to the secretaries of these cells, once each; one statement for all of them."""
	term = frappe.qb.DocType("Secretary Term")
	message = _values(Message(term.user, subject, "", doctype, name), now())
	message["name"] = derived_rows.name_with(Min(term.name))
	meant = term.cell.isin(list(cells)) & (term.status == terms.OPEN)
	derived_rows.insert_from(term, meant, "Notification Log", message, group_by=term.user)
