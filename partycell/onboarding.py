"""The steps of the first weeks, and which of them are done: told by the records, not by who clicked what."""

import frappe

ONBOARDING = "Partycell"
# Step: the DocType that has a row once it is done, and by which filters.
DONE_BY: dict[str, tuple[str, dict]] = {
	"Partycell Set Up the Office": ("Party Committee", {}),
	"Partycell Enter the Cells": ("Cell", {}),
	"Partycell Name the Secretaries": ("Secretary Term", {"status": "Open"}),
	"Partycell Issue the Folders": ("Folder Issue", {}),
	"Partycell Issue a Directive": ("Directive", {"docstatus": 1}),
	"Partycell Plan Inspections": ("Inspection Plan", {}),
}


def mark() -> None:
	"""Marks the steps whose records there are, and the whole when nothing is left. Writes only what changes."""
	if frappe.db.get_value("Module Onboarding", ONBOARDING, "is_complete"):
		return
	open_steps = frappe.get_all(
		"Onboarding Step", filters={"name": ("in", list(DONE_BY)), "is_complete": 0}, pluck="name"
	)
	done = [step for step in open_steps if frappe.db.exists(*DONE_BY[step])]
	if done:
		# Marks for everybody, which nobody edits; what they say is public to whoever sees the workspace.
		frappe.db.set_value("Onboarding Step", {"name": ("in", done)}, "is_complete", 1)
		for step in done:
			frappe.clear_document_cache("Onboarding Step", step)
