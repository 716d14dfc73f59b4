"""Moving cells, or a committee with all below it, under another committee.

Everything stays with the cell. What its place in the tree decides follows by itself: who reads and approves,
and which directives are for it. Two things are named by committee and are set right here: a question that lies
with a committee no longer above its cell, and an assignment by such a committee.
"""

from collections.abc import Sequence

import frappe
from frappe.utils import getdate

from partycell.directives import distribution
from partycell.handbook import questions
from partycell.reorganisation import record
from partycell.rules import handbook
from partycell.rules import reorganisation as rules


def move_cells(doc, act: rules.Act, before: record.Before) -> None:
	"""The cells come under the target; directives that are for them there come into their folders."""
	names = [one.cell for one in act.cells]
	before.note("Cell", names, ["committee"])
	_note_questions(names, before)
	record.write("Cell", names, committee=doc.target_committee)
	_follow(doc, names, before)


def move_committee(doc, before: record.Before) -> None:
	"""The committee and all below it come under the target."""
	names = below(doc.moved_committee)
	_note_questions(names, before)
	parent = frappe.db.get_value("Party Committee", doc.moved_committee, "parent_party_committee")
	doc.db_set("former_parent", parent, update_modified=False)
	hang(doc.moved_committee, doc.target_committee)
	_follow(doc, names, before)


def hang(committee: str, parent: str | None) -> None:
	"""Hangs a committee under another; the tree's numbers, and so all rights, follow."""
	moved = frappe.get_doc("Party Committee", committee)
	moved.parent_party_committee = parent
	# Only managers write the tree by hand. Here an officer above both places acts by a decision, which the
	# act has checked; who acts for the committee is not touched.
	moved.flags.ignore_permissions = True
	moved.save()


def below(committee: str) -> list[str]:
	"""The cells below a committee."""
	lft, rgt = frappe.db.get_value("Party Committee", committee, ["lft", "rgt"])
	cell, place = frappe.qb.DocType("Cell"), frappe.qb.DocType("Party Committee")
	rows = (
		frappe.qb.from_(cell)
		.join(place)
		.on(place.name == cell.committee)
		.select(cell.name)
		.where((place.lft >= lft) & (place.rgt <= rgt))
		.orderby(cell.name)
	).run()
	return [name for (name,) in rows]


def _note_questions(names: Sequence[str], before: record.Before) -> None:
	filters = {"cell": ("in", list(names)), "workflow_state": ("in", handbook.UNANSWERED)}
	asked = frappe.get_all(questions.DOCTYPE, filters=filters, pluck="name")
	before.note(questions.DOCTYPE, asked, ["committee", "awaiting"])


def _follow(doc, names: Sequence[str], before: record.Before) -> None:
	there = _directive_slots(names)
	for start in range(0, len(names), distribution.CHUNK):
		distribution.catch_up(names[start : start + distribution.CHUNK])
	before.made["Folder Item"] += sorted(_directive_slots(names) - there)
	questions.lay_anew(names)
	_end_assignments(getdate(doc.takes_effect_on), names, before)


def _directive_slots(names: Sequence[str]) -> set[str]:
	found: set[str] = set()
	for start in range(0, len(names), distribution.CHUNK):
		some = list(names[start : start + distribution.CHUNK])
		filters = {"cell": ("in", some), "directive": ("is", "set")}
		found.update(frappe.get_all("Folder Item", filters=filters, pluck="name"))
	return found


def _end_assignments(day, names: Sequence[str], before: record.Before) -> None:
	"""A member assigned by a committee that no longer stands above the cell attends it no more."""
	row, cell = frappe.qb.DocType("Assigned Member"), frappe.qb.DocType("Cell")
	own, sending = frappe.qb.DocType("Party Committee"), frappe.qb.DocType("Party Committee").as_("sending")
	rows = (
		frappe.qb.from_(row)
		.join(cell)
		.on(cell.name == row.cell)
		.join(own)
		.on(own.name == cell.committee)
		.join(sending)
		.on(sending.name == row.committee)
		.select(row.name)
		.where(row.cell.isin(list(names)) & (row.from_date <= day))
		.where(row.to_date.isnull() | (row.to_date > day))
		.where((sending.lft > own.lft) | (sending.rgt < own.lft))
	).run()
	ended = [name for (name,) in rows]
	before.note("Assigned Member", ended, ["to_date"])
	record.write("Assigned Member", ended, to_date=day)
