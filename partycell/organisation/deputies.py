"""Deputies of a secretary: they take note of directives for the cell, and read for it what they need.

They stand on the term, so that their right ends with it (``scope``); a successor names his own.
"""

import frappe
from frappe import _
from frappe.utils import add_days, getdate, today

from partycell.access import scope
from partycell.errors import ByOfficeError, TermError
from partycell.framework import locking
from partycell.organisation import terms


def may_name(cell: str, user: str) -> bool:
	"""Whether a user names the deputies of a cell's secretary: the secretary, and officers above."""
	if scope.sees_everything(user) or scope.acts_above(user, cell):
		return True
	return cell in scope.of(user).held


def acting(term: str | None) -> list[dict]:
	"""Who stands in for the secretary of a term today: ``[{name, full_name, function, to_date}]``."""
	day = getdate(today())
	rows = frappe.get_all(
		"Secretary Term Deputy",
		filters={"parent": term or "", "parenttype": "Secretary Term", "from_date": ("<=", day)},
		fields=["name", "full_name", "function", "to_date"],
		order_by="idx asc",
	)
	return [row for row in rows if not row.to_date or getdate(row.to_date) >= day]


def of_cell(cell: str) -> list[dict]:
	"""Who stands in for the secretary that a cell has now; see ``acting``."""
	return acting(terms.current(cell))


def name_deputy(cell: str, user: str, function: str, until=None) -> None:
	"""Somebody stands in for the cell's secretary from today on."""
	term = _held(cell)
	term.append(
		"deputies", {"user": user, "function": function, "from_date": getdate(today()), "to_date": until}
	)
	_save(term)


def end(cell: str, row: str) -> None:
	"""A deputy of the cell's secretary is none any more; who was it for some days stays on the term."""
	term = _held(cell)
	for line in term.deputies:
		if line.name == row:
			if getdate(line.from_date) == getdate(today()):
				term.remove(line)
			else:
				line.to_date = add_days(getdate(today()), -1)
			_save(term)
			return
	frappe.throw(_("This person is no deputy any more. Load the page again."), TermError)


def _held(cell: str):
	"""The cell's open term, held and read afresh, for one who may name its deputies."""
	if not may_name(cell, frappe.session.user):
		frappe.throw(_("The secretary in office names the deputies, or an officer above."), ByOfficeError)
	locking.take("Cell", name=cell)
	term = terms.current(cell)
	if not term:
		frappe.throw(_("The cell has no secretary in office whose deputy one could be."), TermError)
	return frappe.get_doc("Secretary Term", term)


def _save(term) -> None:
	# A secretary may not write on terms, also not on the own one; of it, who stands in is the secretary's to
	# say, and whoever may say it was asked by ``_held``.
	term.flags.ignore_permissions = True
	term.save()
