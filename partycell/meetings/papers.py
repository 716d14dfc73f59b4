"""The papers of a meeting: minutes, resolution and score sheet, as HTML and as PDF."""

import frappe
from frappe.utils import cint, flt, getdate

from partycell.organisation import members
from partycell.papers import party_form, plain
from partycell.rules import meeting_paper as rules
from partycell.rules import meetings, wording

# paper: template, file name
PAPERS = {
	"minutes": ("meeting_minutes.html", "bien-ban-sinh-hoat"),
	"resolution": ("meeting_resolution.html", "nghi-quyet"),
	"score_sheet": ("meeting_score_sheet.html", "bang-cham-diem"),
}


def file_name(doc, paper: str) -> str:
	"""A paper's file name: ASCII, so that every system keeps it."""
	return f"{PAPERS[paper][1]}-{getdate(doc.month):%Y-%m}-{doc.name}.pdf"


def pdf_of(doc, paper: str) -> bytes:
	"""A paper as a PDF, numbered from page 2; marked where the meeting is not concluded."""
	content = rules.context(content_of(doc), paper)
	return party_form.drawn(doc, PAPERS[paper][0], content, mark=rules.mark(content["m"]))


def meeting_for_print(doc, paper: str) -> dict:
	"""Jinja method for the print formats: what their templates are rendered with."""
	return party_form.for_print("Cell Meeting", doc, lambda stored: rules.context(content_of(stored), paper))


def content_of(doc) -> dict:
	"""A paper's content in plain values, as ``rules.meeting_paper`` takes them."""
	cell = frappe.db.get_value("Cell", doc.cell, ["cell_name", "symbol", "committee"], as_dict=True)
	above = frappe.db.get_value("Party Committee", cell.committee, ["committee_name", "place"], as_dict=True)
	held = doc.held_on or doc.planned_on
	return {
		"status": "concluded" if doc.status == meetings.CONCLUDED else "draft",
		"superior": wording.organisation(above.committee_name).upper(),
		"organisation": cell.cell_name.upper(),
		"cell": cell.cell_name,
		"symbol": cell.symbol or "CB",
		"place": above.place,
		"number": f"{cint(doc.minutes_number):02d}" if doc.minutes_number else None,
		"date": getdate(held).isoformat(),
		"kind": meetings.TITLES[doc.meeting_type].lower(),
		"period": doc.period_label.lower(),
		"topic": doc.topic,
		"started_at": plain.minute_of(held, doc.from_time),
		"ended_at": plain.minute_of(held, doc.to_time),
		"venue": doc.venue,
		"chair": doc.chair,
		"minute_taker": doc.minute_taker,
		**{field: cint(doc.get(field)) for field in "on_roll exempt present excused absent".split()},
		"rate": flt(doc.attendance_rate, 2),
		"absence_reasons": plain.lines(doc.absence_reasons) + members.away(doc),
		"member": (doc.member_name or "……") if cint(doc.member_present) else None,
		"guidance": plain.lines(doc.guidance),
		"difficulty": plain.lines(doc.difficulty),
		"difficulty_cleared": plain.lines(doc.difficulty_cleared),
		"agenda": [
			{"part": row.part, "title": row.title, "said": plain.lines(row.said)} for row in doc.agenda
		],
		"resolution": plain.lines(doc.resolution),
		"votes_for": cint(doc.votes_for),
		"votes_against": cint(doc.votes_against),
		"tasks": [
			{
				"task": row.task,
				"responsible": row.responsible,
				"due_on": getdate(row.due_on).isoformat() if row.due_on else None,
			}
			for row in doc.tasks
		],
		"scored": bool(doc.rating),
		"blocks": _blocks(doc),
		"points": flt(doc.points, 2),
		"maximum": flt(doc.maximum, 2),
		"rating": doc.rating,
	}


def _blocks(doc) -> list[dict]:
	blocks: dict[str, dict] = {}
	for row in doc.scores:
		block = blocks.setdefault(row.block, {"code": row.block, "title": row.block_title, "lines": []})
		block["lines"].append(
			{
				"title": row.title,
				"maximum": flt(row.maximum, 2),
				"score": flt(row.score, 2) if cint(row.scored) else None,
				"remark": row.remark,
			}
		)
	return list(blocks.values())
