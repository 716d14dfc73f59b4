"""What the QR code of a label opens: the document, and during a handover the four marks of its receiver."""

from dataclasses import dataclass

import frappe

from partycell.rules import handover as rules


@dataclass(frozen=True)
class Labelled:
	"""A document as its label opens it.

	handover, row: the handover that the user receives and its line for this document; None when there is none
	mark: how the receiver has marked it by now
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


def look_up(item: str) -> Labelled | None:
	"""The document of a label, for the session's user; None where there is none, or not for this user."""
	stored = frappe.db.get_value(
		"Folder Item", item, ["name", "title", "code", "period_label", "state", "cell"], as_dict=True
	)
	if not stored or not frappe.has_permission("Folder Item", "read", doc=stored.name):
		return None
	row = _to_be_marked(stored.name)
	return Labelled(
		stored.name,
		stored.title,
		stored.code,
		stored.period_label,
		stored.state,
		frappe.db.get_value("Cell", stored.cell, "cell_name"),
		*(row or ()),
	)


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
