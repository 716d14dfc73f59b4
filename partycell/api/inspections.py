"""What the desk and the phone call for inspections: one function an act.

Each holds the record by a write, reads it afresh, and saves it as the user who calls, so that permission
and turn are judged in one place (``inspecting``), and two people who press at once do not both win.
"""

import json
from collections.abc import Callable

import frappe
from frappe import _
from frappe.utils import cint, flt, getdate, today

from partycell.desk import inspection_forms
from partycell.errors import InspectionError
from partycell.folder import labelled
from partycell.framework import locking
from partycell.inspections import concluding, criteria, live_facts, papers, planning
from partycell.rules import inspection as rules

COLOURS = {
	rules.IN_PROGRESS: "default",
	rules.WITH_CELL: "warning",
	rules.RETURNED: "danger",
	rules.CONCLUDED: "success",
}


@frappe.whitelist(methods=["POST"])
def start(inspection: str) -> dict:
	"""The team begins; the checklist is filled from what the records say today."""
	return _act(inspection, rules.IN_PROGRESS)


@frappe.whitelist(methods=["POST"])
def save_scores(inspection: str, scores: str | dict) -> dict:
	"""What is typed beside the lines: ``{row: {"score": …, "change_reason": …, "remark": …, "objection_reply": …}}``.

	A score of null is none. Lines of others stay as they are, so that two of a team can score at once.
	Returns the sums and the rating.
	"""
	given = json.loads(scores) if isinstance(scores, str) else scores

	def write(doc):
		rows = {row.name: row for row in doc.scores}
		for name, values in given.items():
			if name not in rows:
				frappe.throw(
					_("This criterion is not on the checklist any more. Load the page again."),
					InspectionError,
				)
			_write_line(rows[name], values)

	return _act(inspection, None, write)


@frappe.whitelist(methods=["POST"])
def mark_document(inspection: str, item: str, mark: str) -> dict:
	"""How the team found a document of the folder, from its label: a finding linked to it."""
	return _act(inspection, None, lambda doc: labelled.note(doc, item, mark))


@frappe.whitelist(methods=["POST"])
def send(inspection: str) -> dict:
	"""The lead sends the scored checklist to the cell."""
	return _act(inspection, rules.WITH_CELL)


@frappe.whitelist(methods=["POST"])
def answer(inspection: str, agrees: bool, opinion: str = "", objections: str | dict | None = None) -> dict:
	"""The cell's secretary answers: agrees, or objects with ``{row: reason}``."""
	given = json.loads(objections) if isinstance(objections, str) else objections or {}

	def write(doc):
		for row in doc.scores:
			if row.name in given:
				row.objection = given[row.name]
		doc.cell_opinion = opinion
		doc.cell_answer = rules.AGREES if agrees else rules.OBJECTS

	return _act(inspection, None, write)


@frappe.whitelist(methods=["POST"])
def send_back(inspection: str, reason: str) -> dict:
	"""The lead, or the upper level, sends the inspection back to the team."""
	return _act(inspection, rules.RETURNED, lambda doc: doc.set("returned_reason", reason))


@frappe.whitelist(methods=["POST"])
def conclude(inspection: str, replies: str | dict | None = None) -> dict:
	"""An officer above concludes: numbers the minutes, closes the record, opens what must be put right.

	``replies``: what becomes of the cell's objections, ``{row: text}``
	"""
	given = json.loads(replies) if isinstance(replies, str) else replies or {}

	def write(doc):
		for row in doc.scores:
			if row.name in given:
				row.objection_reply = given[row.name]

	return _act(inspection, rules.CONCLUDED, write)


@frappe.whitelist(methods=["POST"])
def withdraw(inspection: str, reason: str) -> dict:
	"""An officer above takes back an inspection that will not be carried out."""
	return _act(inspection, rules.WITHDRAWN, lambda doc: doc.set("withdrawn_reason", reason))


@frappe.whitelist()
def preview_plan(plan: str) -> dict:
	"""Which cells a plan would choose today; for whoever may read the plan."""
	frappe.get_doc("Inspection Plan", plan).check_permission("read")
	return inspection_forms.preview(plan)


@frappe.whitelist(methods=["POST"])
def make_inspections(plan: str) -> int | None:
	"""Makes the inspections of a plan; how many, or None where it goes on in the background."""
	return planning.make_or_enqueue(plan)


@frappe.whitelist(methods=["POST"])
def new_version(criteria_set: str) -> str:
	"""A new version of a criteria set that is in use; its name."""
	frappe.get_doc("Criteria Set", criteria_set).check_permission("write")
	return criteria.new_version(criteria_set).name


@frappe.whitelist()
def facts() -> list[dict]:
	"""The live facts that a criterion can name: no records, only what there is to choose from."""
	frappe.has_permission("Criteria Set", "read", throw=True)
	return live_facts.described()


@frappe.whitelist()
def download(inspection: str, paper: str = "minutes") -> None:
	"""A paper of an inspection as a PDF: minutes, notice or checklist; for whoever may read it."""
	doc = frappe.get_doc("Inspection", inspection)
	doc.check_permission("print")
	if paper not in papers.PAPERS:
		frappe.throw(_("There is no such paper."), InspectionError)
	frappe.local.response.filename = papers.file_name(doc, paper)
	frappe.local.response.filecontent = papers.pdf_of(doc, paper)
	frappe.local.response.type = "pdf"


@frappe.whitelist()
def events(start: str, end: str, filters: str | list | None = None) -> list[dict]:
	"""The calendar's inspections between two days: only those that the user may see."""
	given = json.loads(filters) if isinstance(filters, str) else filters or []
	conditions = [
		["Inspection", "planned_on", "between", [getdate(start), getdate(end)]],
		*([row[:4] for row in given if row[0] == "Inspection"]),
	]
	rows = frappe.get_list(
		"Inspection",
		filters=conditions,
		fields=["name", "title", "planned_on", "workflow_state"],
		limit_page_length=0,
	)
	late = getdate(today())
	for row in rows:
		overdue = row.workflow_state == rules.PLANNED and getdate(row.planned_on) < late
		row.color = "danger" if overdue else COLOURS.get(row.workflow_state, "gray")
		row.allDay = 1
	return rows


def _write_line(row, values: dict) -> None:
	if "score" in values:
		score = values["score"]
		row.scored = int(score is not None and score != "")
		row.score = flt(score, 2) if cint(row.scored) else 0
	for field in ("change_reason", "remark", "objection_reply"):
		if field in values:
			row.set(field, values[field])


def _act(inspection: str, state: str | None, write: Callable | None = None) -> dict:
	"""Holds the inspection, reads it afresh, writes, and moves it to a state by the rules."""
	if state == rules.CONCLUDED:
		concluding.hold(inspection)
	else:
		locking.take("Inspection", name=inspection)
	doc = frappe.get_doc("Inspection", inspection)
	doc.check_permission("read")
	if state and state == doc.workflow_state:
		frappe.throw(
			_("Somebody was faster: the inspection is {state} now. Load the page again.").format(
				state=_(state)
			),
			InspectionError,
		)
	if write:
		write(doc)
	if state:
		doc.workflow_state = state
	if state == rules.CONCLUDED:
		doc.submit()
	else:
		doc.save()
	return {
		"state": doc.workflow_state,
		"points": doc.points,
		"percent": doc.percent,
		"rating": doc.rating,
		"modified": str(doc.modified),
	}
