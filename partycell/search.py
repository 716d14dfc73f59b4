"""Search that finds the same with and without diacritics: the desk's link fields."""

import frappe

from partycell.rules.text import normalise

# DocType: the fields that a link field shows beside the name.
SHOWN = {
	"Cell": ("cell_name", "committee"),
	"Party Committee": ("committee_name", "level"),
	"Folder Item": ("title", "code", "period_label"),
}


@frappe.whitelist()
@frappe.validate_and_sanitize_search_inputs
def link_query(
	doctype: str, txt: str, searchfield: str, start: int, page_len: int, filters: dict | list | None = None
) -> list[list]:
	"""Rows for a link field of one of the DocTypes in ``SHOWN``, best match first.

	Every word must occur, in any order. Only rows that the user may see: ``frappe.get_list`` applies
	the derived permissions. A DocType that has no search column is refused.
	"""
	if doctype not in SHOWN:
		raise frappe.PermissionError(doctype)
	conditions = [[doctype, "search_text", "like", f"%{word}%"] for word in normalise(txt).split()]
	if isinstance(filters, dict):
		conditions += [
			[doctype, field, *value] if isinstance(value, list | tuple) else [doctype, field, "=", value]
			for field, value in filters.items()
		]
	elif filters:
		conditions += filters
	rows = frappe.get_list(
		doctype,
		filters=conditions,
		fields=["name", *SHOWN[doctype]],
		start=start,
		page_length=page_len,
		order_by=f"{SHOWN[doctype][0]} asc",
		as_list=True,
	)
	return [list(row) for row in rows]
