"""What differs between the Frappe versions and databases that partycell runs on, and nothing else."""

import frappe
from frappe.desk import reportview
from frappe.desk.form import load
from frappe.utils import cint


def is_sqlite() -> bool:
	"""Whether the site's database is SQLite."""
	return frappe.db.db_type == "sqlite"


def outside_transaction() -> bool:
	"""Whether writes would be kept at once: SQLite on Frappe 16 begins no transaction by itself."""
	if not is_sqlite():
		return False
	if not frappe.db._conn:
		frappe.db.connect()
	return not frappe.db._conn.in_transaction


def is_set_up() -> bool:
	"""Whether somebody has answered Frappe's setup wizard; newer versions ask each app."""
	if hasattr(frappe, "is_setup_complete"):
		return bool(frappe.is_setup_complete())
	return bool(cint(frappe.db.get_single_value("System Settings", "setup_complete")))


@frappe.whitelist()
def getdoctype(
	doctype: str, with_parent: bool | str | int = False, cached_timestamp: str | None = None
) -> str | None:
	"""Frappe's own, which sends the fields of a form; on SQLite it always sends those of its tables too.

	There Frappe tells a browser that its copy is current, and the browser then takes the form's own fields from
	the copy and leaves the tables without any: no columns are drawn, and what is typed into a row is not saved.
	On MariaDB it compares a date with a text and never does.
	"""
	return load.getdoctype(doctype, with_parent, None if is_sqlite() else cached_timestamp)


@frappe.whitelist()
def get_list() -> list:
	"""Frappe's own; on SQLite the names of dashboards, which a dashboard's page asks for, without its condition.

	For whoever is no System Manager that condition reads ``information_schema``, which SQLite has not, and makes no
	use of it. A dashboard itself is still opened by its permissions.
	"""
	if is_sqlite() and frappe.local.form_dict.get("doctype") == "Dashboard":
		frappe.has_permission("Dashboard", "read", throw=True)
		return frappe.get_all("Dashboard", fields=["name"], order_by="name asc")
	return reportview.get_list()
