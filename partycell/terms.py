"""Secretary terms: who holds the office of a cell, opened and closed by a handover."""

import frappe
from frappe.utils import getdate

from partycell import cells, provisioning, roles
from partycell.errors import refuse
from partycell.rules import terms as rules


def check(doc) -> None:
	"""Refuses a term that contradicts the cell's other terms, and keeps the key of the open one.

	``open_key`` is the cell while the term is open and empty otherwise; its unique index refuses a
	second open term even when two requests come at the same instant.
	"""
	if doc.is_new():
		cells.refuse_closed(doc.cell)
		doc.status = rules.OPEN if not doc.to_date else rules.CLOSED
	if doc.status != rules.ANNULLED:
		refuse(rules.problems(_term(doc), _others(doc)))
	doc.open_key = doc.cell if doc.status == rules.OPEN else None


def follow(doc) -> None:
	"""What an opened or closed term brings: the role, the name on the cell, the slots of the term."""
	if doc.status == rules.OPEN:
		roles.grant(doc.user, roles.SECRETARY)
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
	return term.insert()


def close(name: str, until, handover: str) -> None:
	"""Closes a term on a day, by a handover."""
	term = frappe.get_doc("Secretary Term", name)
	term.update({"status": rules.CLOSED, "to_date": until, "closed_by": handover})
	term.save()


def annul(name: str, until) -> None:
	"""Takes a term back that a handover opened in error; the row stays, for the record."""
	term = frappe.get_doc("Secretary Term", name)
	term.update({"status": rules.ANNULLED, "to_date": max(getdate(until), getdate(term.from_date))})
	term.save()


def reopen(name: str) -> None:
	"""Opens a term again whose closing was annulled."""
	term = frappe.get_doc("Secretary Term", name)
	term.update({"status": rules.OPEN, "to_date": None, "closed_by": None})
	term.save()


def show_secretary(cell: str) -> None:
	"""Writes the name of the office's holder on the cell, to be read in lists; it grants nothing."""
	user = frappe.db.get_value("Secretary Term", {"cell": cell, "status": rules.OPEN}, "user")
	name = frappe.db.get_value("User", user, "full_name") if user else None
	frappe.db.set_value("Cell", cell, "secretary_name", name, update_modified=False)


def _term(row) -> rules.Term:
	return rules.Term(row.name, getdate(row.from_date), getdate(row.to_date) if row.to_date else None)


def _others(doc) -> list[rules.Term]:
	rows = frappe.get_all(
		"Secretary Term",
		filters={"cell": doc.cell, "status": ("!=", rules.ANNULLED), "name": ("!=", doc.name or "")},
		fields=["name", "from_date", "to_date"],
	)
	return [_term(row) for row in rows]
