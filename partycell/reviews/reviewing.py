"""Programme reviews: figures taken from the records, and frozen when the review is finished.

The figures are taken when a review is first saved, when its committee or period changes, and by the button;
never otherwise, so that the text somebody writes about them still fits. Nobody writes them by hand.
"""

import json

import frappe
from frappe import _
from frappe.utils import cint, cstr, flt, getdate, now_datetime, today

from partycell.access import scope
from partycell.errors import ReviewError, refuse
from partycell.framework import locking
from partycell.organisation import figures as cell_figures
from partycell.papers import numbering, plain
from partycell.reviews import figures as review_figures
from partycell.rules import record
from partycell.rules import review as rules

SCHEMA = "partycell/programme-review/1"
# What decides which figures are taken.
DECIDES = ("committee", "from_date", "to_date")
BY_ACT = (
	"taken_on",
	"taken_by_name",
	"series",
	"minutes_number",
	"congress_term",
	"finished_on",
	"finished_by_name",
	"finished_by_position",
	"digest",
)


def check(doc) -> None:
	"""Refuses a period that cannot be reviewed; takes the figures where they are wanted, else keeps them."""
	since, until = getdate(doc.from_date), getdate(doc.to_date)
	refuse(rules.period_problems(since, until, getdate(today())))
	doc.title = rules.title(
		doc.kind, since, until, frappe.db.get_value("Party Committee", doc.committee, "committee_name")
	)
	before = doc.get_doc_before_save()
	if doc.docstatus.is_draft() and (doc.flags.take or not before or _decided_anew(doc, before)):
		_take(doc, since, until)
		return
	# What was taken and what an act wrote is not written by hand, whichever way the document comes.
	for field in BY_ACT:
		doc.set(field, before.get(field))
	doc.set("figures", before.figures)


def finish(doc) -> None:
	"""Before submit: the period is over and the sections are filled; numbers and seals the review."""
	locking.take("Party Committee", name=doc.committee)
	refuse(
		rules.finish_problems(
			getdate(doc.to_date), getdate(today()), {name: doc.get(name) for name in rules.TEXTS}
		)
	)
	before = doc.get_doc_before_save()
	if not before or _decided_anew(doc, before):
		frappe.throw(_("Save the review, look at its figures, and finish it then."), ReviewError)
	user = frappe.session.user
	doc.finished_on = now_datetime()
	doc.finished_by_name = frappe.db.get_value("User", user, "full_name")
	doc.finished_by_position = scope.position_at(doc.committee, user)
	numbering.take(doc, "committee", getdate(doc.finished_on))
	doc.digest = record.digest(sealed(doc))


def refuse_cancel(doc) -> None:
	"""What was signed stays."""
	frappe.throw(
		_("A finished review stays as it was signed. Write another one for what has to be corrected."),
		ReviewError,
	)


def take(name: str) -> None:
	"""Takes the figures of a draft afresh, as the user who asks; PermissionError for who may not write it."""
	locking.take("Programme Review", name=name)
	doc = frappe.get_doc("Programme Review", name)
	doc.check_permission("write")
	if not doc.docstatus.is_draft():
		frappe.throw(_("The review is finished; its figures stay as they were signed."), ReviewError)
	doc.flags.take = True
	doc.save()


def sealed(doc) -> dict:
	"""The record of a review in plain values: whose it is, its period, every figure, every section."""
	return {
		"schema": SCHEMA,
		"review": doc.name,
		"committee": doc.committee,
		"kind": doc.kind,
		"from": getdate(doc.from_date).isoformat(),
		"until": getdate(doc.to_date).isoformat(),
		"basis": doc.basis or None,
		"number": cint(doc.minutes_number),
		"congress_term": doc.congress_term,
		"taken_on": plain.second(doc.taken_on),
		"finished_on": plain.second(doc.finished_on),
		"finished_by": doc.finished_by_name,
		"figures": [
			{
				"figure": row.figure,
				"label": row.label,
				"unit": row.unit,
				"of_day": bool(cint(row.of_day)),
				"value": plain.number(row.value) if cint(row.known) else None,
				"before": plain.number(row.before) if cint(row.before_known) else None,
			}
			for row in doc.figures
		],
		"series": series(doc),
		"texts": {name: doc.get(name) or None for name in rules.TEXTS},
	}


def series(doc) -> list[dict]:
	"""The course by month: ``[{month, cells, members, due, present}]``."""
	return json.loads(doc.series or "[]")


def figures(doc) -> list[rules.Figure]:
	"""The stored figures as values."""
	return [
		rules.Figure(
			key=row.figure,
			label=row.label,
			group=row.figure_group,
			value=flt(row.value, 2) if cint(row.known) else None,
			unit=row.unit,
			before=flt(row.before, 2) if cint(row.before_known) else None,
			of_day=bool(cint(row.of_day)),
			source=(row.source_doctype, json.loads(row.source_filters)) if row.source_doctype else None,
		)
		for row in doc.figures
	]


def for_form(doc) -> dict:
	"""What the form shows: the figures by group, and whether the digest still fits the record."""
	return {
		"groups": [
			{
				"title": _(title),
				"rows": [
					{
						"label": one.label,
						"unit": one.unit,
						"value": one.value,
						"before": one.before,
						"change": one.change,
						"of_day": one.of_day,
						"doctype": one.source and one.source[0],
						"filters": one.source and one.source[1],
					}
					for one in figures(doc)
					if one.group == group
				],
			}
			for group, title in rules.GROUPS.items()
		],
		"others": [
			{"label": one.label, "unit": one.unit, "value": one.value, "before": one.before}
			for one in figures(doc)
			if one.group not in rules.GROUPS
		],
		"stands": not doc.digest or doc.digest == record.digest(sealed(doc)),
	}


def _decided_anew(doc, before) -> bool:
	return any(cstr(doc.get(field)) != cstr(before.get(field)) for field in DECIDES)


def _take(doc, since, until) -> None:
	doc.set("figures", [])
	for one in review_figures.take(doc.committee, since, until):
		known, before_known = one.value is not None, one.before is not None
		doc.append(
			"figures",
			{
				"figure": one.key,
				"label": one.label,
				"figure_group": one.group,
				"unit": one.unit,
				"of_day": int(one.of_day),
				"value": one.value or 0,
				"known": int(known),
				"before": one.before or 0,
				"before_known": int(before_known),
				"change": one.change or 0,
				"source_doctype": one.source and one.source[0],
				"source_filters": json.dumps(one.source[1], ensure_ascii=False) if one.source else None,
			},
		)
	doc.series = json.dumps(cell_figures.course(doc.committee, since, until))
	doc.taken_on = now_datetime()
	doc.taken_by_name = frappe.db.get_value("User", frappe.session.user, "full_name")
