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
	"""Marks the steps whose records there are, and takes the mark from those whose records are gone again.

	Writes only what changes; an onboarding that was finished or dismissed is left alone.
	"""
	if _is_finished():
		return
	steps = frappe.get_all(
		"Onboarding Step",
		filters={"name": ("in", list(DONE_BY))},
		fields=["name", "is_complete", "is_skipped"],
	)
	left = 0
	for step in steps:
		done = int(bool(frappe.db.exists(*DONE_BY[step.name])))
		left += not (done or step.is_skipped)
		if done != step.is_complete:
			# Marks for everybody, which nobody edits; what they say is public to whoever sees the workspace.
			frappe.db.set_value("Onboarding Step", step.name, "is_complete", done)
			frappe.clear_document_cache("Onboarding Step", step.name)
	if steps and not left:
		# Else Frappe writes it while it reads a workspace, which SQLite refuses beside a job that writes.
		_write_finished(1)


def begin_again() -> None:
	"""The sample that had done every step is gone: what is left to do is shown once more."""
	if _is_finished():
		_write_finished(0)
	mark()


def _is_finished() -> bool:
	return bool(frappe.db.get_value("Module Onboarding", ONBOARDING, "is_complete"))


def _write_finished(value: int) -> None:
	frappe.db.set_value("Module Onboarding", ONBOARDING, "is_complete", value)
	frappe.clear_document_cache("Module Onboarding", ONBOARDING)
