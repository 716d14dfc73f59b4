"""What the form of an import calls."""

import frappe
from frappe import _

from partycell import cell_import


@frappe.whitelist(methods=["POST"])
def check(name: str) -> dict:
	"""Looks at the spreadsheet of an import; returns the counts. For whoever may write the import."""
	return cell_import.check(name)


@frappe.whitelist(methods=["POST"])
def run(name: str) -> dict | None:
	"""Imports what the check showed; None where that goes on in the background."""
	return cell_import.run_or_enqueue(name)


@frappe.whitelist()
def download_template() -> None:
	"""The spreadsheet to be filled in, for whoever may make an import."""
	frappe.has_permission(cell_import.DOCTYPE, "create", throw=True)
	frappe.local.response.filename = _("Template of Committees and Cells") + ".xlsx"
	frappe.local.response.filecontent = cell_import.template()
	frappe.local.response.type = "binary"
