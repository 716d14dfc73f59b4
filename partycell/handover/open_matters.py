"""What is pending in a cell and goes over by itself when the secretary changes.

This is the one place where a capability adds its open matters: it names a function in the hook
``partycell_open_matters``. The function takes a cell's name and returns ``Matter`` values; any app
on the site may add one.
"""

from dataclasses import asdict, dataclass
from datetime import date

import frappe

HOOK = "partycell_open_matters"


@dataclass(frozen=True)
class Matter:
	"""One thing that is not finished.

	kind: what it is, in English, translated where it is shown
	title, responsible: text for people
	due_on: by when, or None
	reference_doctype, reference_name: the record that stays open
	"""

	kind: str
	title: str
	reference_doctype: str
	reference_name: str
	responsible: str | None = None
	due_on: date | None = None


def of_cell(cell: str) -> list[Matter]:
	"""Everything pending in a cell, capability by capability, each by due date."""
	found = []
	for method in frappe.get_hooks(HOOK):
		matters = frappe.get_attr(method)(cell)
		found += sorted(matters, key=lambda matter: (matter.due_on is None, str(matter.due_on), matter.title))
	return found


def list_on(doc) -> None:
	"""Writes what is pending on a handover."""
	doc.set("open_matters", [])
	for matter in of_cell(doc.cell):
		doc.append("open_matters", asdict(matter))
