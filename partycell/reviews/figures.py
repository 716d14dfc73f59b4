"""The figures of a review: a registry that capabilities add to, and those of folders and handovers.

A capability adds figures by naming a function in its app's ``hooks.py`` under ``partycell_review_figures``.
It is given what is asked for and returns ``rules.review.Figure`` values, by a fixed number of queries
however many cells there are.
"""

from dataclasses import dataclass
from datetime import date

import frappe
from frappe import _
from frappe.query_builder import Case
from frappe.query_builder.functions import Coalesce, Count, Sum
from frappe.utils import cint, get_datetime, getdate, today

from partycell.organisation import figures
from partycell.rules import cells as cell_rules
from partycell.rules import handover
from partycell.rules import review as rules
from partycell.rules.review import DAYS, PERCENT, Figure

HOOK = "partycell_review_figures"
DAY = rules.DAY
LISTED = 60


@dataclass(frozen=True)
class Asked:
	"""A committee with all below it, and a period; both days belong to it.

	earlier: asked only to be compared with, so figures of a day are not wanted
	"""

	committee: str
	since: date
	until: date
	earlier: bool = False

	def within(self, column):
		"""The condition that a day or a moment lies in the period."""
		return (column >= self.since) & (column < self.until + DAY)

	def of_cell(self, column):
		"""The condition that a cell stands below the committee, wherever it stands today."""
		cell = frappe.qb.DocType("Cell")
		names = frappe.qb.from_(cell).select(cell.name)
		return column.isin(names.where(cell.committee.isin(figures.below(self.committee))))

	def listed(self, field: str, **filters) -> dict:
		"""Filters of a list: the period, and others."""
		return {field: ["between", [self.since.isoformat(), self.until.isoformat()]], **filters}


def take(committee: str, since: date, until: date) -> list[Figure]:
	"""Every figure of every app on the site, compared with the period before."""
	before = rules.period_before(since, until)
	return rules.compared(
		_measured(Asked(committee, since, until)), _measured(Asked(committee, *before, earlier=True))
	)


def by_year(committee: str, first: int, last: int) -> dict[int, dict[str, Figure]]:
	"""year: {key: figure}, for years that are compared with one another: the same queries for each year."""
	return {
		year: {one.key: one for one in _measured(Asked(committee, date(year, 1, 1), date(year, 12, 31)))}
		for year in range(first, last + 1)
	}


def _measured(asked: Asked) -> list[Figure]:
	return [one for method in frappe.get_hooks(HOOK) for one in frappe.get_attr(method)(asked)]


def standing(asked: Asked) -> list[Figure]:
	"""Hook ``partycell_review_figures``: organisations, cells, members, completeness, then and now."""
	if asked.earlier:
		return []
	tree = {
		row.name: rules.Place(row.level, row.parent_party_committee)
		for row in frappe.get_all("Party Committee", fields=["name", "level", "parent_party_committee"])
	}
	rows, month = figures.standings(asked.committee, asked.since)
	if not month:
		# Rows may begin later than the period: what the first of them say is nearest to its beginning.
		first = figures.first_month(asked.committee, asked.since, asked.until)
		rows = figures.standings(asked.committee, first)[0] if first else rows
	before = rules.standing(rows, tree, asked.committee)
	if asked.until >= getdate(today()):
		rows = figures.standings_now(asked.committee)
	else:
		rows = figures.standings(asked.committee, asked.until + DAY)[0]
	now = rules.standing(rows, tree, asked.committee)
	below = _listed_below(asked.committee, tree)
	lines = (
		("organisations", _("Grassroots organisations"), "organisation", rules.COUNT, None),
		("cells_below", _("Cells under grassroots committees"), "organisation", rules.COUNT, None),
		("cells", _("Cells in all"), "organisation", rules.COUNT, below),
		("members", _("Party members"), "organisation", rules.COUNT, below),
		("full_members", _("Full members"), "organisation", rules.COUNT, None),
		("completeness", _("Documents that are there, of those due"), "completeness", PERCENT, below),
		("full", _("Cells with a complete folder"), "completeness", rules.COUNT, None),
		("low", _("Cells with less than half of it"), "completeness", rules.COUNT, None),
	)
	return [
		Figure(key, label, group, now[key], unit, before[key], True, filters and ("Cell", filters))
		for key, label, group, unit, filters in lines
		if now[key] is not None or before[key] is not None
	]


def _listed_below(committee: str, tree: dict[str, rules.Place]) -> dict:
	"""Filters for the list of cells below a committee; without their committees where these are many.

	The desk's list takes a committee's name for that one alone, so those below it are named.
	"""
	below = [committee]
	for name in below:
		below += [other for other, place in tree.items() if place.above == name]
		if len(below) > LISTED:
			return {"status": cell_rules.ACTIVE}
	return {"status": cell_rules.ACTIVE, "committee": ["in", below]}


def folders(asked: Asked) -> list[Figure]:
	"""Hook ``partycell_review_figures``: folders issued to cells, to committees, kept in reserve; replaced."""
	folder = frappe.qb.DocType("Issued Folder")
	first = folder.replaces.isnull()
	cells, received, replaced = (
		frappe.qb.from_(folder)
		.select(Sum(Case().when(first, 1).else_(0)))
		.select(Sum(Case().when(first & folder.received_on.isnotnull(), 1).else_(0)))
		.select(Sum(Case().when(folder.replaces.isnotnull(), 1).else_(0)))
		.where(asked.within(folder.issued_on) & asked.of_cell(folder.cell))
	).run()[0]
	copy, issue = frappe.qb.DocType("Folder Issue Copy"), frappe.qb.DocType("Folder Issue")
	named = copy.committee.isnotnull() & (copy.committee != "")
	committees, reserve = (
		frappe.qb.from_(copy)
		.join(issue)
		.on(issue.name == copy.parent)
		.select(Sum(Case().when(named, copy.copies).else_(0)), Sum(Case().when(named, 0).else_(copy.copies)))
		.where((issue.docstatus == 1) & asked.within(issue.issued_on))
		.where(Case().when(named, copy.committee).else_(issue.committee).isin(figures.below(asked.committee)))
	).run()[0]
	cells, received, replaced, committees, reserve = map(
		cint, (cells, received, replaced, committees, reserve)
	)
	source = ("Issued Folder", asked.listed("issued_on"))
	return [
		Figure(
			"folders", _("Folders issued"), "folders", cells + committees + reserve, source=_issues(asked)
		),
		Figure("folders_cells", _("of these to cells"), "folders", cells, source=source),
		Figure("folders_committees", _("of these to committees"), "folders", committees),
		Figure("folders_reserve", _("of these kept in reserve"), "folders", reserve),
		Figure(
			"folders_received", _("Folders whose receipt is recorded"), "folders", received, source=source
		),
		Figure("folders_replaced", _("Folders replaced"), "folders", replaced, source=source),
	]


def _issues(asked: Asked) -> tuple[str, dict]:
	return "Folder Issue", asked.listed("issued_on", docstatus=1)


def handovers(asked: Asked) -> list[Figure]:
	"""Hook ``partycell_review_figures``: handovers approved, complete or not, and how long they took."""
	table = frappe.qb.DocType("Handover")
	rows = (
		frappe.qb.from_(table)
		.select(table.giver_signed_on, table.approved_on, table.count_total)
		.select(
			Coalesce(table.count_missing, 0)
			+ Coalesce(table.count_damaged, 0)
			+ Coalesce(table.count_outdated, 0)
		)
		.where((table.docstatus == 1) & (table.workflow_state == handover.APPROVED))
		.where(asked.within(table.approved_on) & asked.of_cell(table.cell))
	).run()
	took = [
		(get_datetime(approved).date() - get_datetime(signed).date()).days
		for signed, approved, _total, _wrong in rows
		if signed and approved
	]
	whole = sum(not cint(wrong) for *_days, wrong in rows)
	source = ("Handover", asked.listed("approved_on", workflow_state=handover.APPROVED))
	group = "handovers"
	return [
		Figure("handovers", _("Handovers approved"), group, len(rows), source=source),
		Figure("handovers_whole", _("of these with every document there"), group, whole),
		Figure("handovers_wanting", _("of these with discrepancies"), group, len(rows) - whole),
		Figure(
			"handover_documents",
			_("Documents handed over"),
			group,
			sum(cint(total) for _s, _a, total, _w in rows),
		),
		Figure(
			"handovers_whole_rate", _("Share handed over whole"), group, rules.rate(whole, len(rows)), PERCENT
		),
		Figure(
			"handover_days", _("Days from signature to approval, median"), group, rules.median(took), DAYS
		),
		Figure(
			"handover_days_mean", _("Days from signature to approval, mean"), group, rules.mean(took), DAYS
		),
	]


def actions(asked: Asked) -> list[Figure]:
	"""Hook ``partycell_review_figures``: what had to be put right by a day of the period, and was."""
	table = frappe.qb.DocType("Corrective Action")
	done = table.done_on.isnotnull()
	total, right, in_time = (
		frappe.qb.from_(table)
		.select(Count("*"), Sum(Case().when(done, 1).else_(0)))
		.select(Sum(Case().when(done & (table.done_on <= table.due_on), 1).else_(0)))
		.where((table.workflow_state != "Written Off") & asked.within(table.due_on))
		.where(asked.of_cell(table.cell))
	).run()[0]
	total, right, in_time = cint(total), cint(right), cint(in_time)
	source = ("Corrective Action", asked.listed("due_on"))
	group = "actions"
	return [
		Figure("actions", _("To be put right in the period"), group, total, source=source),
		Figure("actions_done", _("of these put right"), group, right),
		Figure("actions_in_time", _("of these in time"), group, in_time),
		Figure("actions_rate", _("Share put right"), group, rules.rate(right, total), PERCENT),
	]
