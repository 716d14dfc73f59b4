"""Report Builder with names in place of codes: Frappe shows and exports a link by the name of its record.

Lists ask for the titles of links with the rows; the report view fetches them one by one, draws each once, and
an exported file has none. Both methods take what Frappe's take, and only add to it.
"""

import json
from collections.abc import Iterator

import frappe
from frappe.desk import reportview
from frappe.desk.form.load import send_link_titles

from partycell.access import permissions


@frappe.whitelist()
def get() -> dict | list:
	"""The rows of a list; for the report view with the titles of our records that they link to."""
	answer = reportview.get()
	asked = frappe.local.form_dict
	if asked.get("view") == "Report" and isinstance(answer, dict) and answer.get("values"):
		_send_titles(asked.doctype, answer["keys"], answer["values"])
	return answer


@frappe.whitelist()
def export_query() -> None:
	"""The same rows as a file: the title of a record of ours where Frappe writes its name."""
	asked = frappe.local.form_dict
	fields = frappe.parse_json(asked.get("fields") or "[]")
	titled = {f"`tab{asked.doctype}`.`{link}`": f"{link}.{title}" for link, _to, title in _titled(asked.doctype)}
	if isinstance(fields, list):
		asked.fields = json.dumps([titled.get(field, field) for field in fields])
	reportview.export_query()


def _titled(doctype: str) -> Iterator[tuple[str, str, str]]:
	"""The links of a DocType to records of ours that the user reads, shown by a title: field, DocType, title's field."""
	for field in frappe.get_meta(doctype).get("fields", {"fieldtype": "Link"}):
		if field.options in permissions.GUARDED and frappe.has_permission(field.options, "read"):
			meta = frappe.get_meta(field.options)
			if meta.show_title_field_in_link and meta.title_field:
				yield field.fieldname, field.options, meta.title_field


def _send_titles(doctype: str, keys: list[str], values: list[list]) -> None:
	"""Of those records that the user sees; one query for each column of links."""
	for link, target, title in _titled(doctype):
		if link not in keys:
			continue
		column = keys.index(link)
		names = sorted({row[column] for row in values if row[column]})
		rows = frappe.get_list(
			target, filters={"name": ("in", names or [""])}, fields=["name", title], limit_page_length=0
		)
		send_link_titles({f"{target}::{row.name}": row[title] for row in rows})
