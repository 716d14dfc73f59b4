"""The committees as the desk draws them: a tree of what the user may see."""

from bisect import bisect_left, bisect_right

import frappe
from frappe.query_builder.functions import Count, Sum
from frappe.utils import cint, flt

from partycell.access import permissions
from partycell.rules import cells as rules

DOCTYPE = "Party Committee"


@frappe.whitelist()
def children(doctype: str, parent: str | None = None, is_root: bool | str = False) -> list[dict]:
	"""The committees under one, or at the top: those whose parent the user does not see.

	``[{value, title, level, expandable, cells, own_cells, completeness}]``; ``cells`` counts those anywhere
	under it, ``own_cells`` those directly under it, ``completeness`` is what their folders hold of what they
	should hold by now, in percent, None without any. An officer of a ward finds the ward at the top.
	"""
	if doctype != DOCTYPE:
		raise frappe.PermissionError(doctype)
	fields = ["name", "committee_name", "level", "parent_party_committee", "is_group", "lft", "rgt"]
	if parent and parent != DOCTYPE and not frappe.utils.sbool(str(is_root)):
		rows = _listed(fields, {"parent_party_committee": parent})
	else:
		rows = _listed(fields, {})
		seen = {row.name for row in rows}
		rows = [row for row in rows if row.parent_party_committee not in seen]
	return [_node(row, under) for row, under in zip(rows, _under(rows), strict=True)]


def _node(row, under: list) -> dict:
	due = sum(flt(one.due) for one in under)
	return {
		"value": row.name,
		"title": row.committee_name,
		"level": row.level,
		"expandable": cint(row.is_group),
		"cells": sum(cint(one.cells) for one in under),
		"own_cells": sum(cint(one.cells) for one in under if one.lft == row.lft),
		"completeness": round(100 * sum(flt(one.present) for one in under) / due) if due else None,
	}


def _under(rows: list) -> list[list]:
	"""For each of these committees the sums of all committees in its subtree, over active cells the user sees."""
	if not rows:
		return []
	cell, committee = frappe.qb.DocType("Cell"), frappe.qb.DocType(DOCTYPE)
	query = (
		frappe.qb.from_(cell)
		.inner_join(committee)
		.on(cell.committee == committee.name)
		.select(
			committee.lft,
			Count(cell.name).as_("cells"),
			Sum(cell.required_present).as_("present"),
			Sum(cell.required_due).as_("due"),
		)
		.where(cell.status == rules.ACTIVE)
		.where(committee.lft >= min(row.lft for row in rows))
		.where(committee.lft <= max(row.rgt for row in rows))
		.groupby(committee.lft)
		.orderby(committee.lft)
	)
	sums = permissions.narrowed(query, "Cell", frappe.session.user).run(as_dict=True)
	places = [one.lft for one in sums]
	return [sums[bisect_left(places, row.lft) : bisect_right(places, row.rgt)] for row in rows]


def _listed(fields: list[str], filters: dict) -> list:
	return frappe.get_list(
		DOCTYPE, fields=fields, filters=filters, order_by="committee_name asc", limit_page_length=0
	)
