"""What the QR code of a label opens: the document, and the four marks where somebody goes through the folder.

That is the receiver of a handover, and a team that inspects the cell: what the team marks becomes a finding of its
inspection, linked to the document.
"""

from dataclasses import dataclass

import frappe
from frappe import _

from partycell.errors import InspectionError
from partycell.rules import handover as rules
from partycell.rules import inspection as inspection_rules


@dataclass(frozen=True)
class Labelled:
	"""A document as its label opens it.

	handover, row: the handover that the user receives and its line for this document; None when there is none
	inspection: the inspection in which the user goes through this cell's folder
	mark: how it has been marked by now, in the handover or else in the inspection
	"""

	name: str
	title: str
	code: str | None
	period: str | None
	state: str
	cell: str
	handover: str | None = None
	row: str | None = None
	mark: str | None = None
	inspection: str | None = None


def look_up(item: str) -> Labelled | None:
	"""The document of a label, for the session's user; None where there is none, or not for this user."""
	stored = frappe.db.get_value(
		"Folder Item", item, ["name", "title", "code", "period_label", "state", "cell"], as_dict=True
	)
	if not stored or not frappe.has_permission("Folder Item", "read", doc=stored.name):
		return None
	row = _to_be_marked(stored.name)
	inspection = None if row else _inspection_of(stored.cell)
	if inspection:
		row = (None, None, _found(inspection, stored.name))
	return Labelled(
		stored.name,
		stored.title,
		stored.code,
		stored.period_label,
		stored.state,
		frappe.db.get_value("Cell", stored.cell, "cell_name"),
		*(row or (None, None, None)),
		inspection,
	)


def note(inspection, item: str, mark: str) -> None:
	"""Writes on an inspection how its team found a document of the folder; the last word about it counts.

	InspectionError for a document of another folder and for other marks.
	"""
	stored = frappe.db.get_value("Folder Item", item, ["cell", "code", "title", "period_label"], as_dict=True)
	if not stored or stored.cell != inspection.cell or mark not in inspection_rules.FOUND:
		frappe.throw(_("This document is not in the folder that is inspected."), InspectionError)
	name = " ".join(filter(None, (stored.code, stored.title, stored.period_label)))
	kind, text = inspection_rules.document_finding(mark, name)
	for row in inspection.findings:
		if row.folder_item == item:
			row.update({"kind": kind, "text": text})
			if kind == inspection_rules.SEEN:
				row.update({"remedy": None, "due_on": None, "responsible": None})
			return
	inspection.append("findings", {"kind": kind, "text": text, "folder_item": item})


def _to_be_marked(item: str) -> tuple[str, str, str | None] | None:
	"""(handover, row, mark) of the delivered handover in which the user is the receiver."""
	handover, line = frappe.qb.DocType("Handover"), frappe.qb.DocType("Handover Item")
	rows = (
		frappe.qb.from_(line)
		.join(handover)
		.on(handover.name == line.parent)
		.select(handover.name, line.name, line.received_state)
		.where((line.folder_item == item) & (handover.receiver == frappe.session.user))
		.where((handover.workflow_state == rules.DELIVERED) & (handover.docstatus == 0))
		.limit(1)
	).run()
	return tuple(rows[0]) if rows else None


def _inspection_of(cell: str) -> str | None:
	"""The inspection of a cell that the user's team is carrying out."""
	table, member = frappe.qb.DocType("Inspection"), frappe.qb.DocType("Inspection Team Member")
	rows = (
		frappe.qb.from_(table)
		.join(member)
		.on(member.parent == table.name)
		.select(table.name)
		.where((table.cell == cell) & (member.user == frappe.session.user) & (table.docstatus == 0))
		.where(table.workflow_state.isin(inspection_rules.SCORED_STATES))
		.limit(1)
	).run()
	return rows[0][0] if rows else None


def _found(inspection: str, item: str) -> str | None:
	text = frappe.db.get_value("Inspection Finding", {"parent": inspection, "folder_item": item}, "text")
	return next(
		(mark for mark, words in inspection_rules.FOUND.items() if text and text.startswith(words)), None
	)
