"""What the form of an import calls."""

import frappe
from frappe import _

from partycell.cell_import import importing
from partycell.desk import onboarding


@frappe.whitelist(methods=["POST"])
def check(name: str) -> dict:
	"""Looks at the spreadsheet of an import; returns the counts. For whoever may write the import."""
	return importing.check(name)


@frappe.whitelist(methods=["POST"])
def run(name: str) -> dict | None:
	"""Imports what the check showed; None where that goes on in the background."""
	answer = importing.run_or_enqueue(name)
	onboarding.mark()
	return answer


@frappe.whitelist()
def download_template() -> None:
	"""The spreadsheet to be filled in, for whoever may make an import."""
	frappe.has_permission(importing.DOCTYPE, "create", throw=True)
	frappe.local.response.filename = _("Template of Committees and Cells") + ".xlsx"
	frappe.local.response.filecontent = importing.template()
	frappe.local.response.type = "binary"
