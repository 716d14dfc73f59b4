"""Cells: what is checked when one is written, and what follows."""

from collections.abc import Iterable

import frappe
from frappe import _
from frappe.utils import cint, getdate, today

from partycell.directives import distribution
from partycell.errors import CellError, refuse
from partycell.folder import completeness, provisioning
from partycell.framework import settings
from partycell.rules import cells as rules
from partycell.rules.problems import Problem
from partycell.rules.text import search_text

# Written by a reorganisation alone.
CLOSING = ["status", "merged_into", "closed_on"]

# A change of one of these changes which slots the folder has.
DECIDES_SLOTS = ("cell_type", "has_cell_committee", "kept_from", "folder_template", "status")


# And of one of these, which directives are for it.
DECIDES_DIRECTIVES = ("committee", "cell_type", "status")


def check(doc) -> None:
	"""Fills in what follows from the rest and refuses a cell written wrongly."""
	fill_in(doc, settings.get())
	refuse(problems(doc, frappe.db.get_value("Party Committee", doc.committee, "level")))
	_keep_closing(doc)
	if not doc.is_new():
		doc.secretary_name = frappe.db.get_value("Cell", doc.name, "secretary_name")
		completeness.read_into(doc)


def _keep_closing(doc) -> None:
	"""A cell is closed by a reorganisation, which hands its folder over, and not by hand."""
	if doc.flags.by_reorganisation:
		return
	known = None if doc.is_new() else frappe.db.get_value("Cell", doc.name, CLOSING, as_dict=True)
	before = known or frappe._dict(status=rules.ACTIVE)
	if (doc.status or rules.ACTIVE) != before.status or (doc.merged_into or None) != before.merged_into:
		frappe.throw(
			_("A cell is merged, split or dissolved by a reorganisation, with a decision. Make one."),
			CellError,
		)
	doc.closed_on = before.closed_on


def fill_in(doc, office: settings.Settings) -> None:
	"""Fills in what follows from the rest."""
	doc.search_text = search_text(doc.cell_name, doc.folder_number)
	doc.folder_template = doc.folder_template or office.default_template
	doc.has_cell_committee = int(rules.has_cell_committee(cint(doc.full_members), office.cell_committee_from))
	doc.kept_from = doc.kept_from or doc.folder_issued_on or getdate(today()).replace(day=1)


def problems(doc, level: str | None) -> Iterable[Problem]:
	"""What is wrong with a cell. level: its committee's."""
	return rules.cell_problems(
		status=doc.status or rules.ACTIVE,
		merged_into=doc.merged_into,
		members=cint(doc.members),
		full_members=cint(doc.full_members),
		meeting_day=cint(doc.meeting_day),
		level=level,
	)


def fill_folder(doc) -> None:
	"""Gives a cell the slots it lacks when it is new, or when what decides its slots has changed."""
	if doc.flags.in_insert or any(doc.has_value_changed(field) for field in DECIDES_SLOTS):
		provisioning.provision([doc.name])
		completeness.read_into(doc)
	if doc.flags.in_insert or any(doc.has_value_changed(field) for field in DECIDES_DIRECTIVES):
		distribution.catch_up([doc.name])


def refuse_closed(cell: str) -> None:
	"""Refuses to go on when a cell is merged or dissolved."""
	row = frappe.db.get_value("Cell", cell, ["cell_name", "status"], as_dict=True)
	if row:
		refuse([rules.closed_cell_problem(row.cell_name, row.status)])
