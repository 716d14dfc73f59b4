"""Party committees: the tree, and who acts for each of them."""

import frappe

from partycell.access import roles
from partycell.errors import refuse
from partycell.rules import cells
from partycell.rules.problems import Problem, _
from partycell.rules.text import search_text


def check(doc) -> None:
	"""Refuses a committee under a lower one, and functions that end before they begin."""
	doc.search_text = search_text(doc.committee_name, doc.symbol, doc.place)
	parent_level = doc.parent_party_committee and frappe.db.get_value(
		"Party Committee", doc.parent_party_committee, "level"
	)
	refuse([cells.parent_problem(doc.level, parent_level or None), *map(_dates, doc.users)])


def give_roles(doc) -> None:
	"""Whoever acts for a committee gets the role of the function; it opens no rows by itself."""
	for row in doc.users:
		roles.grant(row.user, roles.BY_FUNCTION[row.function])


def _dates(row) -> Problem | None:
	if row.to_date and frappe.utils.getdate(row.to_date) < frappe.utils.getdate(row.from_date):
		text = _("{user}: the function ends before it begins. Correct one of the dates.")
		return Problem("committee", text, {"user": row.full_name or row.user})
	return None
