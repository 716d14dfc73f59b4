"""Frappe's own methods that answer without asking for permission, asked first for our records.

They are put in the place of Frappe's by ``override_whitelisted_methods``, take what those take, and
hand on to them whatever is not about a record of ours. ``tests/site/test_sweep.py`` calls everything
that Frappe offers, and found these.
"""

import frappe
from frappe import client
from frappe.core.api import file
from frappe.desk import like, notifications, reportview, search

from partycell.access import permissions


@frappe.whitelist()
def get_count(
	doctype: str, filters: str | dict | list | None = None, debug: bool = False, cache: bool = False
) -> int:
	"""How many rows there are: of ours only those that the user may see; Frappe counts all, by any filter."""
	if frappe.get_meta(doctype).module != "Partycell":
		return client.get_count(doctype, filters, debug, cache)
	frappe.local.form_dict = frappe._dict(doctype=doctype, filters=filters or [], fields=["name"])
	return reportview.get_count()


@frappe.whitelist()
def get_link_title(doctype: str, docname: str) -> str | None:
	"""What a link shows in place of a name: of ours the name itself to whoever may not read the record."""
	return search.get_link_title(doctype, docname) if _may_read(doctype, docname) else docname


@frappe.whitelist()
def get_open_count(doctype: str, name: str, items: str | list | None = None) -> dict:
	"""What stands under a form's connections: of our records only those that the user may see are counted."""
	answer = notifications.get_open_count(doctype, name, items)
	links = frappe.get_meta(doctype).get_dashboard_data()
	for found in answer["count"]["external_links_found"] if isinstance(answer["count"], dict) else []:
		if frappe.get_meta(found["doctype"]).module == "Partycell" and found.get("count"):
			column = links.get("non_standard_fieldnames", {}).get(found["doctype"], links.get("fieldname"))
			found["count"] = _count(found["doctype"], {column: name})
			found["open_count"] = min(found["open_count"], found["count"])
	return answer


def _count(doctype: str, filters: dict) -> int:
	"""How many the user sees, a hundred at most, as the framework counts."""
	if not frappe.has_permission(doctype, "read"):
		return 0
	return len(frappe.get_list(doctype, filters=filters, limit_page_length=100))


@frappe.whitelist()
def toggle_like(doctype: str, name: str, add: str | bool = False) -> None:
	"""Marks a record as liked, which its other readers see; refused to whoever does not read it."""
	if not _may_read(doctype, name):
		raise frappe.PermissionError(doctype)
	like.toggle_like(doctype, name, add)


@frappe.whitelist()
def unzip_file(name: str) -> list:
	"""Files the contents of an archive in its place; Frappe's messages name it to whoever asks."""
	frappe.get_doc("File", name).check_permission("write")
	return file.unzip_file(name)


def _may_read(doctype: str, name: str) -> bool:
	"""Whether the user reads a record or a file of ours; True for other DocTypes, where Frappe decides."""
	if doctype not in permissions.GUARDED | {"File"}:
		return True
	return bool(frappe.db.exists(doctype, name)) and bool(frappe.has_permission(doctype, "read", doc=name))
