"""The conclusion of an inspection: one transaction that numbers the minutes, closes the record, and opens
or reopens what must be put right. Nothing here commits.
"""

import frappe
from frappe import _
from frappe.utils import add_days, cint, cstr, getdate, now_datetime, today

from partycell.access import scope
from partycell.corrective import actions
from partycell.errors import InspectionError, refuse
from partycell.framework import locking, settings
from partycell.inspections import criteria
from partycell.papers import numbering, plain
from partycell.rules import inspection as rules
from partycell.rules import record

SCHEMA = "partycell/inspection/1"


def hold(name: str) -> None:
	"""Holds the committee, whose numbers run on, and the inspection, before any of them is read."""
	committee = frappe.db.get_value("Inspection", name, "committee")
	locking.take("Party Committee", name=committee)
	locking.take("Inspection", name=name)


def prepare(doc) -> None:
	"""Before the inspection is submitted: the cell has answered or let its days pass; numbers and seals it."""
	hold(doc.name)
	state = frappe.db.get_value("Inspection", doc.name, "workflow_state")
	if state != rules.WITH_CELL:
		frappe.throw(
			_("Somebody was faster: the inspection is {state} now. Load the page again.").format(
				state=_(state)
			),
			InspectionError,
		)
	refuse(
		rules.conclude_problems(
			answered=bool(doc.answered_on),
			answer_due_on=getdate(doc.answer_due_on) if doc.answer_due_on else None,
			today=getdate(today()),
			scores=criteria.scores_of(doc),
		)
	)
	refuse_foreign_actions(doc)
	user = frappe.session.user
	doc.concluded_by, doc.concluded_on = user, now_datetime()
	doc.concluded_by_name = frappe.db.get_value("User", user, "full_name")
	doc.concluded_by_position = scope.position_above(doc.cell, user)
	numbering.take(doc, "committee", getdate(doc.concluded_on))
	doc.digest = record.digest(sealed(doc))


def guard_submit(doc) -> None:
	"""Refuses a submit that jumps the order of acts, however it was called."""
	before = doc.get_doc_before_save()
	if not before or before.workflow_state != rules.WITH_CELL or doc.workflow_state != rules.CONCLUDED:
		frappe.throw(
			_("An inspection is concluded after the cell could answer, by the button of the form."),
			InspectionError,
		)


def carry_out(doc) -> None:
	"""On submit: each weakness with a remedy gets its action; what was found again is open again."""
	secretary = frappe.db.get_value("Secretary Term", {"cell": doc.cell, "status": "Open"}, "user")
	for row in doc.findings:
		if row.earlier_action:
			actions.found_again(row.earlier_action, doc.name, due_of(row), cstr(row.text))
			row.db_set("corrective_action", row.earlier_action, update_modified=False)
		elif row.kind == rules.WEAKNESS and row.due_on:
			action = actions.open_for_finding(doc, row, row.responsible or secretary)
			row.db_set("corrective_action", action, update_modified=False)


def refuse_foreign_actions(doc) -> None:
	"""What is found again is an action of the same cell."""
	for row in doc.findings:
		cell = row.earlier_action and frappe.db.get_value("Corrective Action", row.earlier_action, "cell")
		if row.earlier_action and cell != doc.cell:
			frappe.throw(
				_("Finding {number}: the earlier action is of another cell. Choose one of this cell.").format(
					number=row.idx
				),
				InspectionError,
			)


def due_of(row):
	"""Until when a finding is put right: as written, or the days that the office has set."""
	return getdate(row.due_on) if row.due_on else getdate(add_days(today(), settings.get().remedy_days))


def sealed(doc) -> dict:
	"""The record of an inspection in plain values: what was found, scored, answered and concluded."""
	return {
		"schema": SCHEMA,
		"inspection": doc.name,
		"cell": doc.cell,
		"committee": doc.committee,
		"criteria_set": doc.criteria_set,
		"number": cint(doc.minutes_number),
		"congress_term": doc.congress_term,
		"team": [row.user for row in doc.team],
		"lead": doc.lead,
		"started_on": plain.second(doc.started_on),
		"concluded_on": plain.second(doc.concluded_on),
		"concluded_by": doc.concluded_by,
		"rating": doc.rating,
		"points": plain.number(doc.points),
		"scores": [
			{
				"code": row.code,
				"title": row.title,
				"maximum": plain.number(row.maximum),
				"fact": row.fact if cint(row.fact_known) else None,
				"value": plain.number(row.fact_value) if cint(row.fact_known) else None,
				"proposed": plain.number(row.proposed) if cint(row.fact_known) else None,
				"score": plain.number(row.score),
				"change_reason": row.change_reason or None,
				"remark": row.remark or None,
				"objection": row.objection or None,
				"reply": row.objection_reply or None,
			}
			for row in doc.scores
		],
		"findings": [
			{
				"kind": row.kind,
				"text": row.text,
				"remedy": row.remedy or None,
				"responsible": row.responsible or None,
				"due_on": getdate(row.due_on).isoformat() if row.due_on else None,
				"found_again": row.earlier_action or None,
			}
			for row in doc.findings
		],
		"summary": doc.summary or None,
		"answer": doc.cell_answer or None,
		"opinion": doc.cell_opinion or None,
		"answered_by": doc.answered_by or None,
	}
