"""Search that finds the same with and without diacritics: the desk's link fields."""

import frappe

from partycell.rules.text import normalise

# DocType: the fields that a link field shows beside the name.
SHOWN = {
	"Cell": ("cell_name", "committee"),
	"Party Committee": ("committee_name", "level"),
	"Folder Item": ("title", "code", "period_label"),
	"Secretary Term": ("full_name", "cell", "status"),
	"Handover": ("title", "workflow_state"),
	"Corrective Action": ("subject", "cell"),
	"Directive": ("subject", "number_symbol"),
	"Directive Acknowledgement": ("directive", "cell"),
	"Inspection": ("title", "workflow_state"),
	"Inspection Plan": ("plan_name", "committee"),
	"Handbook Note": ("title", "note_type", "workflow_state"),
	"Cell Import": ("file_name", "state"),
	"Folder Issue": ("issue_name", "committee"),
	"Assigned Member": ("full_name", "cell"),
	"Cell Meeting": ("title", "status"),
	"Issued Folder": ("folder_number", "cell"),
	"Reorganisation": ("title", "status"),
	"Programme Review": ("title", "committee"),
	"Cell Figures": ("cell", "month"),
	"Party Member": ("full_name", "cell"),
	"Meeting Attendance": ("member", "mark"),
}
# Those that keep a normalised search column; the others are found by what is shown first, as written.
NORMALISED = ("Cell", "Party Committee", "Folder Item", "Directive", "Handbook Note", "Issued Folder")


@frappe.whitelist()
@frappe.validate_and_sanitize_search_inputs
def link_query(
	doctype: str,
	txt: str,
	searchfield: str,
	start: int,
	page_len: int,
	filters: dict | list | None = None,
	as_dict: bool = False,
) -> list[list] | list[dict]:
	"""Rows for a link field of one of the DocTypes in ``SHOWN``, best match first.

	As lists, name first, for a link field; with ``as_dict`` by field, as the dialog for choosing many asks.

	Every word must occur, in any order. Only rows that the user may see: ``frappe.get_list`` applies
	the derived permissions, which Frappe's own link search leaves out for whoever asks it to. Other
	DocTypes, our tables among them, are refused.
	"""
	if doctype not in SHOWN:
		raise frappe.PermissionError(doctype)
	column, words = SHOWN[doctype][0], (txt or "").split()
	if doctype in NORMALISED:
		column, words = "search_text", normalise(txt).split()
	conditions = [[doctype, column, "like", f"%{word}%"] for word in words]
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
		as_list=not as_dict,
	)
	return rows if as_dict else [list(row) for row in rows]
