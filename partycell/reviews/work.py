"""The figures of a review that directives, meetings, inspections and the handbook give."""

from collections import defaultdict

import frappe
from frappe import _
from frappe.query_builder import Case
from frappe.query_builder.functions import Count, Min, Sum
from frappe.utils import cint, flt, getdate

from partycell.reviews.figures import Asked
from partycell.rules import meetings as meeting_rules
from partycell.rules import review as rules
from partycell.rules.review import DAYS, PERCENT, Figure


def directives(asked: Asked) -> list[Figure]:
	"""Hook ``partycell_review_figures``: directives of the period, and how many cells took note of them."""
	item, directive = frappe.qb.DocType("Folder Item"), frappe.qb.DocType("Directive")
	reached = (
		frappe.qb.from_(directive)
		.join(item)
		.on(item.directive == directive.name)
		.where((directive.docstatus == 1) & asked.within(directive.issued_on))
		.where(asked.of_cell(item.cell))
	)
	count, copies, asking = reached.select(
		Count(directive.name).distinct(), Count("*"), Sum(directive.acknowledgement_asked)
	).run()[0]
	noted = frappe.qb.DocType("Directive Acknowledgement")
	by_cell = (
		reached.join(noted)
		.on((noted.directive == item.directive) & (noted.cell == item.cell))
		.select(item.directive, item.cell, Min(noted.late).as_("late"))
		.where((directive.acknowledgement_asked == 1) & (noted.acknowledged_on <= asked.until))
		.groupby(item.directive, item.cell)
	).as_("by_cell")
	taken, late = frappe.qb.from_(by_cell).select(Count("*"), Sum(by_cell.late)).run()[0]
	asking, taken, late, group = cint(asking), cint(taken), cint(late), "directives"
	source = ("Directive", asked.listed("issued_on", docstatus=1))
	return [
		Figure("directives", _("Directives that reached the cells"), group, cint(count), source=source),
		Figure("directive_copies", _("Times a directive was put into a folder"), group, cint(copies)),
		Figure("acknowledgements_asked", _("Acknowledgements asked for"), group, asking),
		Figure("acknowledgements", _("of these given"), group, taken),
		Figure("acknowledgements_in_time", _("of these in time"), group, taken - late),
		Figure("acknowledgement_rate", _("Share acknowledged"), group, rules.rate(taken, asking), PERCENT),
	]


def meetings(asked: Asked) -> list[Figure]:
	"""Hook ``partycell_review_figures``: meetings planned and held, who came, and how they were scored."""
	table = frappe.qb.DocType("Cell Meeting")
	scored = table.rating.isnotnull() & (table.rating != "")
	rows = (
		frappe.qb.from_(table)
		.select(table.meeting_type, table.status, table.rating, Count("*"), Sum(table.present))
		.select(Sum(table.on_roll), Sum(table.exempt), Sum(table.member_present))
		.select(Sum(Case().when(scored, table.percent).else_(0)), Sum(Case().when(scored, 1).else_(0)))
		.where(asked.within(table.planned_on) & asked.of_cell(table.cell))
		.groupby(table.meeting_type, table.status, table.rating)
	).run()
	held = [row for row in rows if row[1] in meeting_rules.TOOK_PLACE]
	number = sum(row[3] for row in held)
	planned = sum(row[3] for row in rows if row[0] != meeting_rules.EXTRAORDINARY)
	as_planned = sum(row[3] for row in held if row[0] != meeting_rules.EXTRAORDINARY)
	thematic = sum(row[3] for row in held if row[0] == meeting_rules.THEMATIC)
	present = sum(cint(row[4]) for row in held)
	expected = sum(cint(row[5]) - cint(row[6]) for row in held)
	attended = sum(cint(row[7]) for row in held)
	points, marked = sum(flt(row[8]) for row in held), sum(cint(row[9]) for row in held)
	source = ("Cell Meeting", asked.listed("planned_on"))
	group = "meetings"
	quality = round(points / marked, 1) if marked else None
	return [
		Figure("meetings_planned", _("Meetings planned"), group, planned, source=source),
		Figure("meetings", _("Meetings held"), group, number, source=source),
		Figure("meetings_thematic", _("of these thematic"), group, thematic),
		Figure("meetings_rate", _("Share of the plan held"), group, rules.rate(as_planned, planned), PERCENT),
		Figure("attendance", _("Attendance"), group, rules.rate(present, expected), PERCENT),
		Figure("meetings_attended", _("Meetings an assigned member attended"), group, attended),
		Figure("meeting_quality", _("Quality of the meetings, mean"), group, quality, PERCENT),
		*_by_rating(held, "meetings_rated", _("Meetings rated {rating}"), group),
	]


def inspections(asked: Asked) -> list[Figure]:
	"""Hook ``partycell_review_figures``: inspections concluded, of how many cells, and how they were rated."""
	table = frappe.qb.DocType("Inspection")
	concluded = (table.docstatus == 1) & asked.within(table.concluded_on) & asked.of_cell(table.cell)
	cells = frappe.qb.from_(table).select(Count(table.cell).distinct()).where(concluded).run()[0][0]
	rows = (
		frappe.qb.from_(table)
		.select(table.docstatus, table.docstatus, table.rating, Count("*"), Sum(table.percent))
		.where(concluded)
		.groupby(table.docstatus, table.rating)
	).run()
	number, points = sum(row[3] for row in rows), sum(flt(row[4]) for row in rows)
	source = ("Inspection", asked.listed("concluded_on", docstatus=1))
	group = "inspections"
	mean = round(points / number, 1) if number else None
	return [
		Figure("inspections", _("Inspections concluded"), group, number, source=source),
		Figure("cells_inspected", _("Cells inspected"), group, cint(cells)),
		Figure("inspection_mean", _("Result of the inspections, mean"), group, mean, PERCENT),
		*_by_rating(rows, "inspections_rated", _("Inspections rated {rating}"), group),
	]


def questions(asked: Asked) -> list[Figure]:
	"""Hook ``partycell_review_figures``: questions asked in the period, answered, published; days taken."""
	note, step = frappe.qb.DocType("Handbook Note"), frappe.qb.DocType("Handbook Step")
	rows = (
		frappe.qb.from_(step)
		.join(note)
		.on(note.name == step.parent)
		.select(step.parent, step.act, Min(step.acted_on))
		.where((note.note_type == "Question") & step.act.isin(["Asked", "Answered", "Published"]))
		.where((step.acted_on < asked.until + rules.DAY) & asked.of_cell(note.cell))
		.groupby(step.parent, step.act)
	).run()
	found: dict[str, dict] = defaultdict(dict)
	for question, act, when in rows:
		found[question][act] = getdate(when)
	new = [acts for acts in found.values() if "Asked" in acts and acts["Asked"] >= asked.since]
	took = [(acts["Answered"] - acts["Asked"]).days for acts in new if "Answered" in acts]
	published = sum("Published" in acts for acts in new)
	group = "handbook"
	source = ("Handbook Note", {"note_type": "Question"})
	return [
		Figure("questions", _("Questions asked"), group, len(new), source=source),
		Figure("questions_answered", _("of these answered"), group, len(took)),
		Figure("questions_published", _("Answers published for all"), group, published),
		Figure("question_days", _("Days until the answer, median"), group, rules.median(took), DAYS),
	]


def _by_rating(rows, key: str, label: str, group: str) -> list[Figure]:
	"""One figure a rating, most frequent first; ratings are the office's words."""
	counts: dict[str, int] = defaultdict(int)
	for row in rows:
		if row[2]:
			counts[row[2]] += row[3]
	return [
		Figure(f"{key}:{rating}", label.format(rating=rating), group, count)
		for rating, count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))
	]
