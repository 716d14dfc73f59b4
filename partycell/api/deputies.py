"""What the desk calls to name the deputies of a secretary."""

import frappe

from partycell.organisation import deputies


@frappe.whitelist(methods=["POST"])
def name_deputy(cell: str, user: str, function: str, until: str | None = None) -> list[dict]:
	"""Somebody takes note of directives beside the secretary, from today on; for the secretary and officers above.

	Returns who stands in today (see ``deputies.acting``).
	"""
	deputies.name_deputy(cell, user, function, until or None)
	return deputies.of_cell(cell)


@frappe.whitelist(methods=["POST"])
def end_deputy(cell: str, deputy: str) -> list[dict]:
	"""A deputy is none any more. ``deputy`` is the row on the term. Returns who is left."""
	deputies.end(cell, deputy)
	return deputies.of_cell(cell)
