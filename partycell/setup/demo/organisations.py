"""The demo's committees, cells and terms of office."""

from datetime import date

import frappe

from partycell.setup.demo import plan
from partycell.setup.demo.people import Work

ACTING_SINCE = date(2025, 6, 20)
AT_ONCE = 10


def make(demo: plan.Plan, today: date, work: Work) -> int:
	"""Makes the committees and cells that are missing; returns how many of both."""
	committees = _missing("Party Committee", demo.committees)
	for one in work("Committees", committees):
		_committee(one, min(ACTING_SINCE, today))
	# Cells are the longer part; a demo cut short there finds its committees made.
	frappe.db.commit()
	cells = _missing("Cell", demo.cells)
	for number, one in enumerate(work("Cells", cells), 1):
		_cell(one, today)
		if number % AT_ONCE == 0:
			# A cell and its terms are whole by themselves; a demo cut short goes on after them.
			frappe.db.commit()
	frappe.db.commit()  # the last few, likewise
	return len(committees) + len(cells)


def _missing(doctype: str, wanted: tuple) -> list:
	names = [one.docname for one in wanted]
	there = set(frappe.get_all(doctype, filters={"name": ("in", names)}, pluck="name"))
	return [one for one in wanted if one.docname not in there]


def _committee(one: plan.Committee, since: date) -> None:
	doc = frappe.new_doc("Party Committee")
	doc.update(
		{
			"committee_name": one.name,
			"level": one.level,
			"parent_party_committee": one.parent,
			"symbol": one.symbol,
			"place": one.place,
			"has_seal": 1,
		}
	)
	for function in one.functions:
		doc.append(
			"users",
			{
				"user": function.person.login,
				"function": function.function,
				"position": function.position,
				"from_date": since,
			},
		)
	doc.insert(set_name=one.docname)


def _cell(one: plan.Cell, today: date) -> None:
	doc = frappe.new_doc("Cell")
	doc.update(
		{
			"cell_name": one.name,
			"cell_type": one.kind,
			"committee": one.committee,
			"symbol": "CB",
			"members": one.members,
			"full_members": one.full_members,
			"meeting_day": one.meeting_day,
			"folder_number": one.folder_number,
			"folder_issued_on": plan.ISSUED_ON,
			"kept_from": plan.kept_from(today),
		}
	)
	doc.insert(set_name=one.docname)
	for term in one.terms:
		_term(one, term)


def _term(cell: plan.Cell, one: plan.Term) -> None:
	doc = frappe.new_doc("Secretary Term")
	doc.update(
		{
			"cell": cell.docname,
			"user": one.person.login,
			"from_date": one.since,
			"to_date": one.until,
			"decision": one.decision,
			"decision_date": one.since,
		}
	)
	doc.insert(set_name=one.docname)
