"""Report Builder with names in place of codes: Frappe shows and exports a link by the name of its record.

Lists ask for the titles of links with the rows; the report view fetches them one by one, draws each once, and
an exported file has none. Both methods take what Frappe's take, and only add to what it answers.
"""

import io
from collections.abc import Iterator

import frappe
import openpyxl
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
	"""The rows as a file; an Excel file with the titles of our records where Frappe writes their names."""
	asked = frappe.local.form_dict
	fields = frappe.parse_json(asked.get("fields") or "[]")
	reportview.export_query()
	response = frappe.local.response
	titled = list(_titled(asked.doctype))
	if titled and isinstance(fields, list) and str(response.get("filename")).endswith(".xlsx"):
		keys = [field.split(".")[-1].strip("`") for field in fields]
		response.filecontent = _named(response.filecontent, keys, titled)


def _named(content: bytes, keys: list[str], titled: list[tuple[str, str, str]]) -> bytes:
	"""The file with titles for names. Its first row are headings, its first column numbers the rows."""
	book = openpyxl.load_workbook(io.BytesIO(content))
	rows = list(book.active.iter_rows(min_row=2))
	for link, target, title in titled:
		if link not in keys:
			continue
		column = keys.index(link) + 1
		known = _titles(target, title, {row[column].value for row in rows})
		for row in rows:
			row[column].value = known.get(row[column].value, row[column].value)
	written = io.BytesIO()
	book.save(written)
	return written.getvalue()


def _titled(doctype: str) -> Iterator[tuple[str, str, str]]:
	"""The links of a DocType to records of ours that the user reads, shown by a title: field, DocType, title's field."""
	for field in frappe.get_meta(doctype).get("fields", {"fieldtype": "Link"}):
		if field.options in permissions.GUARDED and frappe.has_permission(field.options, "read"):
			meta = frappe.get_meta(field.options)
			if meta.show_title_field_in_link and meta.title_field:
				yield field.fieldname, field.options, meta.title_field


def _send_titles(doctype: str, keys: list[str], values: list[list]) -> None:
	for link, target, title in _titled(doctype):
		if link in keys:
			column = keys.index(link)
			known = _titles(target, title, {row[column] for row in values})
			send_link_titles({f"{target}::{name}": shown for name, shown in known.items()})


def _titles(doctype: str, title: str, names: set) -> dict[str, str]:
	"""name: title of those records that the user sees; one query."""
	wanted = sorted(filter(None, names))
	rows = frappe.get_list(
		doctype, filters={"name": ("in", wanted or [""])}, fields=["name", title], limit_page_length=0
	)
	return {row.name: row[title] for row in rows}
