"""The papers of an inspection: minutes (*Biên bản kiểm tra*), notice of conclusions (*Thông báo kết luận*)
and the checklist for those who inspect on paper; as HTML and as PDF.
"""

import frappe
from frappe.utils import cint, cstr, flt

from partycell.inspections import live_facts
from partycell.papers import party_form, plain
from partycell.rules import inspection, wording
from partycell.rules import inspection_paper as rules

# paper: template, file name
PAPERS = {
	"minutes": ("inspection_minutes.html", "bien-ban-kiem-tra"),
	"notice": ("conclusion_notice.html", "thong-bao-ket-luan"),
	"checklist": ("inspection_checklist.html", "bieu-cham-diem"),
}


def file_name(doc, paper: str) -> str:
	"""A paper's file name: ASCII, so that every system keeps it."""
	return f"{PAPERS[paper][1]}-{doc.name}.pdf"


def pdf_of(doc, paper: str) -> bytes:
	"""A paper as a PDF, numbered from page 2; marked where it does not hold yet."""
	content = rules.context(content_of(doc, paper), paper)
	return party_form.drawn(doc, PAPERS[paper][0], content, mark=rules.mark(content["m"], paper))


def inspection_for_print(doc, paper: str) -> dict:
	"""Jinja method for the print formats: what their templates are rendered with."""
	return party_form.for_print(
		"Inspection", doc, lambda stored: rules.context(content_of(stored, paper), paper)
	)


def content_of(doc, paper: str) -> dict:
	"""A paper's content in plain values, as ``rules.inspection_paper`` takes them."""
	committee = frappe.db.get_value(
		"Party Committee",
		doc.committee,
		["committee_name", "symbol", "place", "parent_party_committee"],
		as_dict=True,
	)
	above = committee.parent_party_committee and frappe.db.get_value(
		"Party Committee", committee.parent_party_committee, "committee_name"
	)
	cell = frappe.db.get_value(
		"Cell", doc.cell, ["cell_name", "secretary_name", "folder_number", "members"], as_dict=True
	)
	plan = (
		frappe.db.get_value(
			"Inspection Plan", doc.plan, ["plan_name", "basis", "from_date", "to_date"], as_dict=True
		)
		if doc.plan
		else None
	)
	concluded = doc.workflow_state == inspection.CONCLUDED
	return {
		"status": "concluded" if concluded else "draft",
		"superior": wording.organisation(above).upper() if above else "",
		"organisation": committee.committee_name.upper(),
		"committee": committee.committee_name,
		"symbol": committee.symbol,
		"place": committee.place,
		"number": f"{cint(doc.minutes_number):02d}" if doc.minutes_number else None,
		"date": plain.day(doc.concluded_on),
		"cell": cell.cell_name,
		"secretary": cell.secretary_name,
		"folder_number": cell.folder_number,
		"members": cell.members,
		"planned_on": plain.day(doc.planned_on),
		"criteria_set": frappe.db.get_value("Criteria Set", doc.criteria_set, "set_name"),
		"plan": plan and plan.plan_name,
		"period": [plain.day(plan.from_date), plain.day(plan.to_date)] if plan else None,
		"basis": plain.lines(plan.basis) if plan else [],
		"started_at": plain.minute(doc.started_on),
		"venue": doc.venue,
		"lead": doc.lead_name,
		"team": [
			{"name": row.full_name, "position": row.position, "lead": row.user == doc.lead}
			for row in doc.team
		],
		"attended": plain.lines(doc.cell_attended),
		"scored": paper != "checklist" and all(cint(row.scored) for row in doc.scores),
		"blocks": _blocks(doc, blank=paper == "checklist" and doc.workflow_state == inspection.PLANNED),
		"points": flt(doc.points, 2),
		"maximum": flt(doc.maximum, 2),
		"percent": flt(doc.percent, 2),
		"rating": doc.rating,
		"strengths": _findings(doc, inspection.STRENGTH),
		"weaknesses": _findings(doc, inspection.WEAKNESS),
		"causes": _findings(doc, inspection.CAUSE),
		"actions": _actions(doc),
		"summary": plain.lines(doc.summary),
		"answer": doc.cell_answer or None,
		"opinion": plain.lines(doc.cell_opinion),
		"answered_by": frappe.db.get_value("User", doc.answered_by, "full_name") if doc.answered_by else None,
		"concluded_by": doc.concluded_by_name,
		"concluded_by_position": doc.concluded_by_position or wording.OFFICER,
		"digest": doc.digest,
	}


def _blocks(doc, blank: bool) -> list[dict]:
	facts, blocks = live_facts.registry(), {}
	for row in doc.scores:
		block = blocks.setdefault(row.block, {"code": row.block, "title": row.block_title, "lines": []})
		known = bool(cint(row.fact_known))
		unit = facts[row.fact].unit if row.fact in facts else None
		block["lines"].append(
			{
				"title": row.title,
				"guidance": row.guidance,
				"maximum": flt(row.maximum, 2),
				"score": flt(row.score, 2) if cint(row.scored) and not blank else None,
				"proposed": flt(row.proposed, 2) if known else None,
				"fact_text": rules.fact_text(unit, flt(row.fact_value, 2)) if known else None,
				"change_reason": row.change_reason,
				"remark": row.remark,
				"objection": row.objection,
				"reply": row.objection_reply,
			}
		)
	return list(blocks.values())


def _findings(doc, kind: str) -> list[str]:
	return [cstr(row.text).strip() for row in doc.findings if row.kind == kind]


def _actions(doc) -> list[dict]:
	wrong = [row for row in doc.findings if row.due_on or row.earlier_action]
	users = sorted({row.responsible for row in wrong if row.responsible})
	names = dict(
		frappe.get_all("User", filters={"name": ("in", users)}, fields=["name", "full_name"], as_list=True)
		if users
		else ()
	)
	secretary = frappe.db.get_value("Cell", doc.cell, "secretary_name")
	return [
		{
			"text": row.text,
			"remedy": row.remedy,
			"responsible": names.get(row.responsible) or secretary,
			"due_on": plain.day(row.due_on),
			"again": bool(row.earlier_action),
		}
		for row in wrong
	]
