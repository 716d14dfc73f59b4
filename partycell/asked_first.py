"""Frappe's own methods that answer without asking for permission, asked first for our records.

They are put in the place of Frappe's by ``override_whitelisted_methods``, take what those take, and
hand on to them whatever is not about a record of ours. ``tests/site/test_sweep.py`` calls everything
that Frappe offers, and found these.
"""

import frappe
from frappe import client
from frappe.core.api import file
from frappe.desk import like, reportview, search

from partycell import permissions


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
