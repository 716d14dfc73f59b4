"""Questions: from a cell upwards, level by level, until somebody answers; and what is called to mind.

A question lies with one committee at a time (``committee``): the nearest above the cell, or above the
one that escalated it, for which an officer acts today.
"""

from collections import defaultdict

import frappe
from frappe import _
from frappe.utils import getdate, now_datetime, today

from partycell.access import scope
from partycell.errors import HandbookError, HandbookTurnError
from partycell.framework import settings
from partycell.handover.open_matters import Matter
from partycell.rules import handbook as rules
from partycell.rules import questions as due
from partycell.rules.terms import OPEN

DOCTYPE = "Handbook Note"
SHOWN_TITLES = 10


def carry_out(doc, new: str) -> None:
	"""What an act brings to a question: where it lies, until when, who is told; and a step of its path."""
	{
		rules.ASKED: _ask,
		rules.ESCALATED: _escalate,
		rules.ANSWERED: _answer,
		rules.RETURNED: _return,
		rules.PUBLISHED: _publish,
		rules.WITHDRAWN: _withdraw,
	}[new](doc)
	doc.append(
		"path",
		{
			"act": new,
			"committee": doc.committee,
			"committee_name": _committee_name(doc.committee),
			"acted_by": frappe.session.user,
			"acted_by_name": full_name(frappe.session.user),
			"acted_on": now_datetime(),
			"due_on": doc.due_on,
			"remark": doc.act_remark,
		},
	)


def _ask(doc) -> None:
	_lay_before(doc, frappe.db.get_value("Cell", doc.cell, "committee"))
	if doc.committee is None:
		frappe.throw(
			_("Nobody acts for a committee above this cell today. Ask a manager to name an officer."),
			HandbookError,
		)
	doc.answer = None


def _escalate(doc) -> None:
	above = frappe.db.get_value("Party Committee", doc.committee, "parent_party_committee")
	asked = doc.committee
	_lay_before(doc, above)
	if doc.committee is None:
		doc.committee = asked
		frappe.throw(
			_("Nobody above this committee can be asked. Answer the question, or return it with a reason."),
			HandbookError,
		)


def _answer(doc) -> None:
	doc.due_on = None
	doc.awaiting = _secretary(doc.cell)


def _return(doc) -> None:
	level = frappe.db.get_value("Cell", doc.cell, "committee")
	doc.due_on = _due(level)
	doc.awaiting = _secretary(doc.cell)


def _publish(doc) -> None:
	if not doc.flags.published_as:
		frappe.throw(
			_("An answer is published by the button of the form, which makes the guidance with it."),
			HandbookTurnError,
		)
	doc.published_as, doc.due_on = doc.flags.published_as, None
	doc.awaiting = _secretary(doc.cell)


def _withdraw(doc) -> None:
	doc.due_on = doc.awaiting = None


def _lay_before(doc, committee: str | None) -> None:
	doc.committee, users = scope.officers_at(committee) if committee else (None, [])
	doc.awaiting = ",".join(users)
	doc.due_on = _due(doc.committee) if doc.committee else None


def lay_anew(cells) -> int:
	"""Questions that lie with a committee no longer above their cell come before the nearest that is.

	For when cells were rearranged; the due date stays. Returns how many there were.
	"""
	note, cell = frappe.qb.DocType(DOCTYPE), frappe.qb.DocType("Cell")
	asked, own = frappe.qb.DocType("Party Committee").as_("asked"), frappe.qb.DocType("Party Committee")
	rows = (
		frappe.qb.from_(note)
		.join(cell)
		.on(cell.name == note.cell)
		.join(own)
		.on(own.name == cell.committee)
		.join(asked)
		.on(asked.name == note.committee)
		.select(cell.committee, note.name)
		.where(note.cell.isin(list(cells)) & note.workflow_state.isin(rules.UNANSWERED))
		.where((asked.lft > own.lft) | (asked.rgt < own.lft))
	).run()
	stray = defaultdict(list)
	for committee, name in rows:
		stray[committee].append(name)
	for committee, names in stray.items():
		acting, users = scope.officers_at(committee)
		values = {"committee": acting or committee, "awaiting": ",".join(users) or None}
		frappe.db.set_value(DOCTYPE, {"name": ("in", names)}, values)
	return len(rows)


def _due(committee: str):
	office = settings.get()
	days = {
		due.GRASSROOTS: office.answer_days_grassroots,
		due.COMMUNE: office.answer_days_commune,
		due.ABOVE: office.answer_days_above,
	}
	level = frappe.db.get_value("Party Committee", committee, "level")
	return due.due_on(level, days, getdate(today()))


def open_matters(cell: str) -> list[Matter]:
	"""Hook ``partycell_open_matters``: questions without an answer, and the cell's own notes."""
	rows = frappe.get_all(
		DOCTYPE,
		filters={"cell": cell, "workflow_state": ("in", rules.PENDING)},
		fields=["name", "title", "note_type", "workflow_state", "committee", "due_on"],
	)
	committees = _names({row.committee for row in rows if row.committee})
	return [
		Matter(
			kind="Handbook Question" if row.note_type == rules.QUESTION else "Handbook Note",
			title=row.title,
			reference_doctype=DOCTYPE,
			reference_name=row.name,
			responsible=committees.get(row.committee) if row.workflow_state in rules.UNANSWERED else None,
			due_on=row.due_on,
		)
		for row in rows
		if row.note_type in (rules.QUESTION, rules.NOTE)
	]


def remind_due() -> int:
	"""Daily: one message a person about the questions that wait for that person; returns how many messages.

	Officers are reminded of what lies with their committee; what was returned, the secretary of today:
	after a handover that is the successor.
	"""
	day, before = getdate(today()), settings.get().answer_remind_before
	rows = frappe.get_all(
		DOCTYPE,
		filters={
			"note_type": rules.QUESTION,
			"workflow_state": ("in", (*rules.UNANSWERED, rules.RETURNED)),
			"due_on": ("is", "set"),
		},
		fields=["name", "title", "cell", "committee", "workflow_state", "due_on"],
		order_by="due_on asc, name asc",
	)
	rows = [row for row in rows if due.call(getdate(row.due_on), day, before)]
	officers = {name: scope.officers_at(name)[1] for name in {row.committee for row in rows}}
	secretaries = _secretaries({row.cell for row in rows})
	waiting = defaultdict(list)
	for row in rows:
		returned = row.workflow_state == rules.RETURNED
		for user in [secretaries.get(row.cell)] if returned else officers[row.committee]:
			if user:
				waiting[user].append(row)
	for user, theirs in waiting.items():
		late = sum(getdate(row.due_on) < day for row in theirs)
		text = "<br>".join(
			f"{frappe.utils.escape_html(row.title)} ({frappe.utils.format_date(row.due_on)})"
			for row in theirs[:SHOWN_TITLES]
		)
		tell(
			user,
			_("{count} questions wait for you, {late} of them overdue").format(count=len(theirs), late=late),
			theirs[0].name,
			text,
		)
	return len(waiting)


def tell(user: str, subject: str, name: str, text: str) -> None:
	"""One notification on somebody's desk, about an entry."""
	frappe.get_doc(
		{
			"doctype": "Notification Log",
			"type": "Alert",
			"for_user": user,
			"subject": subject,
			"email_content": text,
			"document_type": DOCTYPE,
			"document_name": name,
		}
		# A message to another person; whoever causes it has no right to that person's messages.
	).insert(ignore_permissions=True)


def full_name(user: str) -> str:
	"""A person's name as it stands on an entry."""
	return frappe.db.get_value("User", user, "full_name") or user


def _secretary(cell: str) -> str | None:
	return _secretaries({cell}).get(cell)


def _secretaries(cells: set[str]) -> dict[str, str]:
	rows = frappe.get_all(
		"Secretary Term", filters={"cell": ("in", sorted(cells)), "status": OPEN}, fields=["cell", "user"]
	)
	return {row.cell: row.user for row in rows}


def _committee_name(committee: str | None) -> str | None:
	return _names({committee}).get(committee) if committee else None


def _names(committees: set[str]) -> dict[str, str]:
	rows = frappe.get_all(
		"Party Committee", filters={"name": ("in", sorted(committees))}, fields=["name", "committee_name"]
	)
	return {row.name: row.committee_name for row in rows}
