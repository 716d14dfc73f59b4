"""The committees as the desk draws them: a tree of what the user may see."""

from collections import Counter

import frappe
from frappe.utils import cint

DOCTYPE = "Party Committee"


@frappe.whitelist()
def children(doctype: str, parent: str | None = None, is_root: bool | str = False) -> list[dict]:
	"""The committees under one, or at the top: those whose parent the user does not see.

	``[{value, title, level, expandable, cells}]``; ``cells`` counts those directly under it. An
	officer of a ward thus finds the ward at the top, not an empty tree.
	"""
	if doctype != DOCTYPE:
		raise frappe.PermissionError(doctype)
	fields = ["name", "committee_name", "level", "parent_party_committee", "is_group"]
	if parent and parent != DOCTYPE and not frappe.utils.sbool(str(is_root)):
		rows = _listed(fields, {"parent_party_committee": parent})
	else:
		rows = _listed(fields, {})
		seen = {row.name for row in rows}
		rows = [row for row in rows if row.parent_party_committee not in seen]
	cells = Counter(
		frappe.get_list(
			"Cell",
			filters={"committee": ("in", [row.name for row in rows]), "status": "Active"},
			pluck="committee",
			limit_page_length=0,
		)
		if rows
		else []
	)
	return [
		{
			"value": row.name,
			"title": row.committee_name,
			"level": row.level,
			"expandable": cint(row.is_group),
			"cells": cells[row.name],
		}
		for row in rows
	]


def _listed(fields: list[str], filters: dict) -> list:
	return frappe.get_list(
		DOCTYPE, fields=fields, filters=filters, order_by="committee_name asc", limit_page_length=0
	)
