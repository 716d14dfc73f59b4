"""Secretary terms: who holds the office of a cell, opened and closed by a handover."""

from collections.abc import Callable

import frappe
from frappe import _
from frappe.utils import getdate

from partycell.access import roles
from partycell.errors import TermError, refuse
from partycell.folder import provisioning
from partycell.framework import locking
from partycell.organisation import cells
from partycell.rules import terms as rules

BY_HANDOVER = ("status", "to_date", "opened_by", "closed_by", "from_date", "open_key")


def begin(doc) -> None:
	"""Before a term is made, and before the others of the cell are read: holds the cell."""
	locking.take("Cell", name=doc.cell)
	if not doc.flags.by_handover:
		doc.opened_by = doc.closed_by = None


def write_first(doc, write: Callable, *args, **kwargs) -> None:
	"""Writes the row; of two terms opened at the same instant, the second is refused by name."""
	with locking.first_wins(
		"open", TermError, _("Somebody has just opened a term for this cell. Load the page again.")
	):
		write(*args, **kwargs)


def check(doc) -> None:
	"""Refuses a term that contradicts the cell's other terms, and keeps the key of the open one.

	``open_key`` is the cell while the term is open and empty otherwise; its unique index refuses a
	second open term even when two requests come at the same instant.
	"""
	if not doc.is_new() and not doc.flags.by_handover:
		_refuse_closing(doc)
	if doc.is_new():
		cells.refuse_closed(doc.cell)
		doc.status = rules.OPEN if not doc.to_date else rules.CLOSED
	if doc.status != rules.ANNULLED:
		refuse(rules.problems(_term(doc), _others(doc)))
	refuse(rules.deputy_problems(doc.user, getdate(doc.from_date), _deputies(doc)))
	doc.open_key = doc.cell if doc.status == rules.OPEN else None


def follow(doc) -> None:
	"""What an opened or closed term brings: the role, the name on the cell, the slots of the term."""
	if doc.status == rules.OPEN:
		for user in sorted({doc.user, *(row.user for row in doc.deputies)}):
			roles.grant(user, roles.SECRETARY)
	show_secretary(doc.cell)
	if doc.flags.in_insert and doc.status == rules.OPEN:
		provisioning.provision([doc.cell])


def current(cell: str) -> str | None:
	"""The name of the cell's open term."""
	return frappe.db.get_value("Secretary Term", {"cell": cell, "status": rules.OPEN})


def open_term(cell: str, user: str, since, handover: str):
	"""Opens the next term in a cell's office and returns it. The last one must be closed already."""
	term = frappe.new_doc("Secretary Term")
	term.update({"cell": cell, "user": user, "from_date": since, "opened_by": handover})
	term.flags.by_handover = True
	return term.insert()


def close(name: str, until, handover: str) -> None:
	"""Closes a term on a day, by a handover."""
	_change(name, status=rules.CLOSED, to_date=until, closed_by=handover)


def annul(name: str, until) -> None:
	"""Takes a term back that a handover opened in error; the row stays, for the record."""
	began = getdate(frappe.db.get_value("Secretary Term", name, "from_date"))
	_change(name, status=rules.ANNULLED, to_date=max(getdate(until), began))


def reopen(name: str) -> None:
	"""Opens a term again whose closing was annulled."""
	_change(name, status=rules.OPEN, to_date=None, closed_by=None)


def show_secretary(cell: str) -> None:
	"""Writes the name of the office's holder on the cell, to be read in lists; it grants nothing."""
	user = frappe.db.get_value("Secretary Term", {"cell": cell, "status": rules.OPEN}, "user")
	name = frappe.db.get_value("User", user, "full_name") if user else None
	frappe.db.set_value("Cell", cell, "secretary_name", name, update_modified=False)


def _refuse_closing(doc) -> None:
	"""A term opens and closes by a handover; nobody writes its end by hand."""
	if any(doc.has_value_changed(field) for field in BY_HANDOVER):
		frappe.throw(_("A term ends by a handover. Open a handover for the cell."), TermError)


def _change(name: str, **values) -> None:
	term = frappe.get_doc("Secretary Term", name)
	term.update(values)
	term.flags.by_handover = True
	term.save()


def _term(row) -> rules.Term:
	return rules.Term(row.name, getdate(row.from_date), getdate(row.to_date) if row.to_date else None)


def _deputies(doc) -> list[rules.Deputy]:
	return [
		rules.Deputy(row.user, getdate(row.from_date), getdate(row.to_date) if row.to_date else None)
		for row in doc.deputies
	]


def _others(doc) -> list[rules.Term]:
	rows = frappe.get_all(
		"Secretary Term",
		filters={"cell": doc.cell, "status": ("!=", rules.ANNULLED), "name": ("!=", doc.name or "")},
		fields=["name", "from_date", "to_date"],
	)
	return [_term(row) for row in rows]
