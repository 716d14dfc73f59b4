"""The minutes of an approved handover, filed where the cell's folder asks for them.

The approval itself draws nothing: it is one transaction, and drawing takes a second. The minutes are
filed by a job afterwards; a job that was lost is made up for by the daily one.
"""

import io

import frappe
from frappe.utils import add_days, cint, today
from pypdf import PdfReader

from partycell.framework import locking
from partycell.handover import minutes
from partycell.rules import periods, slots
from partycell.rules.handover import APPROVED

LOOKED_BACK = 30
"""Days in which a job that was lost is made up for; what is older was left out on purpose."""


def enqueue(handover: str) -> None:
	"""Files the minutes after the transaction that approved the handover."""
	frappe.enqueue(
		"partycell.handover.minutes_filing.file",
		queue="short",
		job_id=f"partycell-minutes-{handover}",
		deduplicate=True,
		enqueue_after_commit=True,
		handover=handover,
	)


def file_missing() -> None:
	"""Daily: the minutes of lately approved handovers that are not filed yet."""
	for handover in frappe.get_all(
		"Handover",
		filters={
			"workflow_state": APPROVED,
			"docstatus": 1,
			"minutes_file": ("is", "not set"),
			"approved_on": (">=", add_days(today(), -LOOKED_BACK)),
		},
		pluck="name",
	):
		enqueue(handover)


def file(handover: str) -> str | None:
	"""Draws the minutes and files them once; returns the File, or None where it is done or no longer holds.

	They go into the slot of the receiver's term that the template fills with them; where it has none,
	they hang on the handover itself.
	"""
	locking.take("Handover", name=handover)
	doc = frappe.get_doc("Handover", handover)
	if doc.workflow_state != APPROVED or doc.minutes_file:
		return None
	content = minutes.pdf_of(doc)
	item = _slot(doc)
	if item:
		_describe(item, doc, content)
	stored = frappe.new_doc("File")
	stored.update(
		{
			"attached_to_doctype": "Folder Item" if item else "Handover",
			"attached_to_name": item or doc.name,
			"file_name": minutes.file_name(doc),
			"content": content,
			"is_private": 1,
		}
	)
	stored.insert()
	doc.db_set("minutes_file", stored.name, update_modified=False)
	return stored.name


def _slot(doc) -> str | None:
	"""The Folder Item of the receiver's term, or of no term, that is filled with minutes of handovers."""
	cell = doc.to_cell or doc.cell
	if not doc.receiver_term:
		return None  # The cell was dissolved, and nobody holds its office.
	template = frappe.db.get_value("Cell", cell, "folder_template")
	codes = frappe.get_all(
		"Folder Template Item",
		filters={"parent": template, "parenttype": "Folder Template", "filled_by": slots.HANDOVER_MINUTES},
		order_by="idx asc",
		pluck="code",
	)
	if not codes:
		return None
	return frappe.db.get_value(
		"Folder Item",
		{
			"cell": cell,
			"source": ("in", [slots.source_of(code) for code in codes]),
			"period": ("in", [periods.TERM_PREFIX + doc.receiver_term, periods.ONCE]),
		},
	)


def _describe(item: str, doc, content: bytes) -> None:
	"""Number, date and pages of the minutes on a slot that says nothing yet."""
	slot = frappe.get_doc("Folder Item", item)
	if slot.number_symbol or cint(slot.file_count):
		return
	said = minutes.content_of(doc)
	slot.number_symbol = f"{said['number']}-{said['symbol']}"
	slot.dated = doc.handover_date
	slot.pages = len(PdfReader(io.BytesIO(content)).pages)
	slot.save()
