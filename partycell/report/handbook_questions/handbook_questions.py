"""The questions that cells asked: where each lies, since when, whether it is overdue, how long an answer took."""

import frappe
from frappe import _
from frappe.query_builder import Case
from frappe.query_builder.functions import Count, Max, Min
from frappe.utils import getdate, today

from partycell.access import permissions
from partycell.rules import handbook
from partycell.rules import questions as rules

DOCTYPE = "Handbook Note"
FILTERS = ("cell", "committee", "topic", "workflow_state")
ANSWERED = (handbook.ANSWERED, handbook.PUBLISHED)
WIDE = 20
"""So many letters of a name have room below a bar."""


def execute(filters: dict | None = None) -> tuple:
	"""Columns, rows, chart and summary, what waits longest first; only what the user sees."""
	asked = frappe._dict(filters or {})
	rows = [row for row in map(_measured, _asked(asked)) if _is_meant(row, asked)]
	rows.sort(key=lambda row: (not row.waiting, -row.days))
	return _columns(), rows, None, _chart(rows), _summary(rows)


def _asked(asked: dict) -> list[dict]:
	"""Questions that were sent, with the days of their way; one query, however many there are."""
	note, step = frappe.qb.DocType(DOCTYPE), frappe.qb.DocType("Handbook Step")
	cell, committee = frappe.qb.DocType("Cell"), frappe.qb.DocType("Party Committee")

	def on(act: str):
		return Case().when(step.act == act, step.acted_on)

	query = (
		frappe.qb.from_(note)
		.join(step)
		.on((step.parent == note.name) & (step.parenttype == DOCTYPE))
		.join(cell)
		.on(cell.name == note.cell)
		.left_join(committee)
		.on(committee.name == note.committee)
		.select(
			note.name,
			note.title,
			note.topic,
			note.workflow_state,
			note.due_on,
			note.published_as,
			note.cell,
			cell.cell_name,
			note.committee,
			committee.committee_name,
			committee.level,
			Min(on(handbook.ASKED)).as_("asked_on"),
			Max(on(handbook.ANSWERED)).as_("answered_on"),
			Count(on(handbook.ESCALATED)).as_("escalated"),
		)
		.where(note.note_type == handbook.QUESTION)
		.groupby(
			*(note[one] for one in ("name", "title", "topic", "workflow_state", "due_on", "published_as")),
			*(note.cell, cell.cell_name, note.committee, committee.committee_name, committee.level),
		)
	)
	for field in FILTERS:
		if asked.get(field):
			query = query.where(note[field] == asked[field])
	if asked.level:
		query = query.where(committee.level == asked.level)
	return permissions.narrowed(query, DOCTYPE).run(as_dict=True)


def _measured(row: dict) -> dict:
	day = getdate(today())
	row.asked_on = getdate(row.asked_on) if row.asked_on else None
	row.answered_on = getdate(row.answered_on) if row.answered_on else None
	row.waiting = row.workflow_state in handbook.UNANSWERED
	if row.workflow_state not in ANSWERED:
		row.answered_on = None
	over = row.answered_on is not None or row.waiting
	row.days = rules.days_taken(row.asked_on, row.answered_on, day) if row.asked_on and over else 0
	late = row.waiting and row.due_on and getdate(row.due_on) < day
	row.overdue = (day - getdate(row.due_on)).days if late else 0
	row.state_label = _(row.workflow_state)
	row.level_label = _(row.level) if row.level else ""
	return row


def _is_meant(row: dict, asked: dict) -> bool:
	if not row.asked_on or (asked.only_overdue and not row.overdue):
		return False
	since, until = (getdate(asked[end]) if asked.get(end) else None for end in ("from_date", "to_date"))
	return (since is None or since <= row.asked_on) and (until is None or row.asked_on <= until)


def _columns() -> list[dict]:
	link = {"fieldtype": "Link", "width": 150}
	number = {"fieldtype": "Int", "width": 110}
	day = {"fieldtype": "Date", "width": 110}
	return [
		{"fieldname": "title", "label": _("Question"), "fieldtype": "Data", "width": 300},
		{"fieldname": "state_label", "label": _("State"), "fieldtype": "Data", "width": 150},
		{"fieldname": "days", "label": _("Days Waited or Taken")} | number,
		{"fieldname": "overdue", "label": _("Days Overdue")} | number,
		{"fieldname": "committee_name", "label": _("Lies With"), "fieldtype": "Data", "width": 190},
		{"fieldname": "level_label", "label": _("Level"), "fieldtype": "Data", "width": 110},
		{"fieldname": "cell_name", "label": _("Cell Name"), "fieldtype": "Data", "width": 180},
		{"fieldname": "topic", "label": _("Topic"), "options": "Handbook Topic"} | link,
		{"fieldname": "asked_on", "label": _("Asked On")} | day,
		{"fieldname": "due_on", "label": _("Due On")} | day,
		{"fieldname": "answered_on", "label": _("Answered On")} | day,
		{"fieldname": "escalated", "label": _("Times Escalated")} | number,
		{"fieldname": "published_as", "label": _("Published As"), "options": DOCTYPE} | link,
		{"fieldname": "name", "label": _("Handbook Note"), "options": DOCTYPE} | link,
	]


def _summary(rows: list[dict]) -> list[dict]:
	taken = rules.median(row.days for row in rows if row.answered_on)
	late = sum(1 for row in rows if row.overdue)
	return [
		{"label": _("Questions Asked"), "value": len(rows), "datatype": "Int"},
		{"label": _("Waiting"), "value": sum(row.waiting for row in rows), "datatype": "Int"},
		{
			"label": _("Of These Overdue"),
			"value": late,
			"datatype": "Int",
			"indicator": "Red" if late else "Green",
		},
		{
			"label": _("Days to an Answer (Median)"),
			"value": "–" if taken is None else f"{taken:g}",
			"datatype": "Data",
		},
	]


def _chart(rows: list[dict]) -> dict | None:
	"""By topic: what is answered, what waits in time, what is overdue."""
	names = dict(frappe.get_all("Handbook Topic", fields=["name", "topic_name"], as_list=True))
	topics: dict[str, list[int]] = {}
	for row in rows:
		kind = 0 if row.answered_on else 2 if row.overdue else 1 if row.waiting else None
		if kind is not None:
			topics.setdefault(names.get(row.topic) or _("Others"), [0, 0, 0])[kind] += 1
	if not topics:
		return None
	most = sorted(topics.items(), key=lambda item: (-sum(item[1]), item[0]))[:8]
	parts = (_("Answered"), _("Waiting"), _("Overdue"))
	return {
		"type": "bar",
		"barOptions": {"stacked": 1},
		"colors": ["#28a745", "#2490ef", "#b52a2a"],
		"data": {
			"labels": [name if len(name) <= WIDE else f"{name[: WIDE - 1]}…" for name, _counts in most],
			"datasets": [
				{"name": part, "values": [counts[number] for _name, counts in most]}
				for number, part in enumerate(parts)
			],
		},
	}
