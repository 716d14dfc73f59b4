"""The papers of a concluded meeting, filed where the cell's folder asks for them.

The conclusion draws nothing: drawing three papers takes seconds. They are filed by a job afterwards, all in
one transaction and once; a job that was lost is made up for by the daily one.
"""

import io

import frappe
from frappe.utils import add_days, cint, getdate, now_datetime, today
from pypdf import PdfReader

from partycell.framework import locking
from partycell.handover import minutes_filing
from partycell.meetings import papers
from partycell.rules import meeting_paper, meetings, periods, slots

# What a line of a template is filled with: the paper that is drawn for it.
DRAWN = {
	meetings.MINUTES: "minutes",
	meetings.THEMATIC_FILE: "minutes",
	meetings.RESOLUTION: "resolution",
	meetings.SCORE_SHEET: "score_sheet",
}


def enqueue(meeting: str) -> None:
	"""Files the papers after the transaction that concluded the meeting."""
	frappe.enqueue(
		"partycell.meetings.filing.file",
		queue="short",
		job_id=f"partycell-meeting-{meeting}",
		deduplicate=True,
		enqueue_after_commit=True,
		meeting=meeting,
	)


def file_missing() -> None:
	"""Daily: the papers of lately concluded meetings that are not filed yet."""
	for meeting in frappe.get_all(
		"Cell Meeting",
		filters={
			"status": meetings.CONCLUDED,
			"docstatus": 1,
			"filed_on": ("is", "not set"),
			"concluded_on": (">=", add_days(today(), -minutes_filing.LOOKED_BACK)),
		},
		pluck="name",
	):
		enqueue(meeting)


def file(meeting: str) -> list[str]:
	"""Draws the papers of a concluded meeting and files them once; returns the Folder Items that got one.

	A paper for which the folder has no slot hangs on the meeting itself, if it is its minutes.
	"""
	locking.take("Cell Meeting", name=meeting)
	doc = frappe.get_doc("Cell Meeting", meeting)
	if doc.status != meetings.CONCLUDED or doc.filed_on:
		return []
	found = _slots(doc)
	for kind, item in found.items():
		_file(doc, DRAWN[kind], item)
	if "minutes" not in {DRAWN[kind] for kind in found}:
		_store(doc, "minutes", papers.pdf_of(doc, "minutes"), "Cell Meeting", doc.name)
	doc.db_set("filed_on", now_datetime(), update_modified=False)
	return list(found.values())


def _slots(doc) -> dict[str, str]:
	"""paper: the Folder Item of its period that the template fills with it; two queries."""
	wanted = meetings.papers(doc.meeting_type, resolution=bool(doc.resolution), scored=bool(doc.rating))
	if not wanted:
		return {}
	template = frappe.db.get_value("Cell", doc.cell, "folder_template")
	lines = frappe.get_all(
		"Folder Template Item",
		filters={"parent": template, "parenttype": "Folder Template", "filled_by": ("in", wanted)},
		fields=["code", "filled_by", "frequency"],
		order_by="idx desc",
	)
	asked = {}
	for line in lines:
		calendar = line.frequency in periods.CALENDAR
		key = periods.period_of(line.frequency, getdate(doc.month)).key if calendar else periods.ONCE
		asked[slots.source_of(line.code), key] = line.filled_by
	if not asked:
		return {}
	rows = frappe.get_all(
		"Folder Item",
		filters={
			"cell": doc.cell,
			"source": ("in", [source for source, _key in asked]),
			"period": ("in", [key for _source, key in asked]),
			"classified": 0,
		},
		fields=["name", "source", "period"],
	)
	return {asked[row.source, row.period]: row.name for row in rows if (row.source, row.period) in asked}


def _file(doc, paper: str, item: str) -> None:
	"""Number, date and pages on a slot that says nothing yet, and the paper in it."""
	content = papers.pdf_of(doc, paper)
	slot = frappe.get_doc("Folder Item", item)
	if not (slot.number_symbol or cint(slot.file_count)):
		said = meeting_paper.context(papers.content_of(doc), paper)
		slot.number_symbol = said["v"]["number"]
		slot.dated = doc.held_on
		slot.pages = len(PdfReader(io.BytesIO(content)).pages)
		slot.save()
	_store(doc, paper, content, "Folder Item", item)


def _store(doc, paper: str, content: bytes, doctype: str, name: str) -> None:
	frappe.new_doc("File").update(
		{
			"attached_to_doctype": doctype,
			"attached_to_name": name,
			"file_name": papers.file_name(doc, paper),
			"content": content,
			"is_private": 1,
		}
	).insert()
