"""Criteria sets: read from an office's record into rules, and versioned once they are in use."""

import frappe
from frappe import _
from frappe.utils import cint, cstr, flt

from partycell.errors import CriteriaError, refuse
from partycell.inspections import live_facts
from partycell.rules import inspection, scoring
from partycell.rules.problems import Problem

CONTENT = {
	"blocks": ("code", "title", "maximum"),
	"criteria": ("code", "block", "title", "maximum", "fact", "method", "zero_at", "full_at", "steps"),
	"bands": ("label", "threshold", "full_marks", "block_share"),
}
SMALLEST_STEP = 0.5
"""Where a set names none. Not a default of the field: the desk reads its point by the reader's number format."""
NUMBERS = frozenset({"maximum", "zero_at", "full_at", "threshold", "block_share"})


def check(doc) -> None:
	"""Refuses a set that cannot be scored by, and one whose content changes under past inspections."""
	doc.version = cint(doc.version) or 1
	doc.score_step = flt(doc.score_step) or SMALLEST_STEP
	doc.title = f"{doc.set_name} ({doc.version})" if doc.version > 1 else doc.set_name
	for row in (*doc.blocks, *doc.criteria):
		row.code = cstr(row.code).strip()
	for row in doc.criteria:
		row.block = cstr(row.block).strip()
	before = doc.get_doc_before_save()
	if before and _content(before) != _content(doc) and in_use(doc.name):
		frappe.throw(
			_(
				"Inspections were made with this set, and past scores must keep their meaning. Make a new "
				"version and change that."
			),
			CriteriaError,
		)
	refuse(_problems(doc))


def in_use(name: str) -> bool:
	"""Whether any inspection or meeting is scored by this set."""
	return any(frappe.db.exists(made, {"criteria_set": name}) for made in ("Inspection", "Cell Meeting"))


def new_version(name: str):
	"""A copy of a set that can be changed; the old one is disabled and stays for its inspections."""
	old = frappe.get_doc("Criteria Set", name)
	new = frappe.copy_doc(old)
	versions = frappe.get_all("Criteria Set", filters={"set_name": old.set_name}, pluck="version")
	new.version, new.replaces, new.disabled = max(map(cint, versions)) + 1, old.name, 0
	new.insert()
	old.disabled = 1
	old.save()
	return new


def read(name: str) -> tuple[list[scoring.Criterion], list[scoring.Band], float]:
	"""A set's criteria and bands as the rules take them, and the smallest step of a score."""
	doc = frappe.get_cached_doc("Criteria Set", name)
	return [criterion(row) for row in doc.criteria], bands(doc), flt(doc.score_step)


def criterion(row) -> scoring.Criterion:
	"""A line of a set as the rules take it; ValueError for steps that are none."""
	steps = scoring.parse_steps(row.steps) if row.method == scoring.STEPS else ()
	mapping = scoring.Mapping(row.method or scoring.LINEAR, flt(row.zero_at), flt(row.full_at), steps)
	return scoring.Criterion(row.code, row.block, flt(row.maximum), row.fact or None, mapping)


def bands(doc) -> list[scoring.Band]:
	"""The rating bands of a set."""
	return [
		scoring.Band(
			row.label,
			flt(row.threshold),
			frozenset(filter(None, map(str.strip, cstr(row.full_marks).replace(";", ",").split(",")))),
			flt(row.block_share),
		)
		for row in doc.bands
	]


def lines_of(doc) -> list[scoring.Line]:
	"""The checklist of an inspection as the rules take it."""
	return [
		scoring.Line(row.code, row.block, flt(row.maximum), flt(row.score, 2) if cint(row.scored) else None)
		for row in doc.scores
	]


def scores_of(doc) -> list[inspection.Score]:
	"""The lines as ``rules.inspection`` takes them."""
	return [
		inspection.Score(
			row.title,
			flt(row.proposed, 2) if cint(row.fact_known) else None,
			flt(row.score, 2) if cint(row.scored) else None,
			cstr(row.change_reason),
			cstr(row.objection),
			cstr(row.objection_reply),
		)
		for row in doc.scores
	]


def _problems(doc) -> list[Problem | None]:
	found, read_criteria = [], []
	known = live_facts.registry()
	for row in doc.criteria:
		try:
			read_criteria.append(criterion(row))
		except ValueError as error:
			text = _("Criterion {code}: {step} is no step. Write one a line: value = points.")
			found.append(Problem("criteria", text, {"code": row.code, "step": str(error)[:40]}))
			continue
		if row.fact and row.fact not in known:
			text = _("Criterion {code}: there is no live fact {fact}. Choose one of the list.")
			found.append(Problem("criteria", text, {"code": row.code, "fact": row.fact}))
	if not found:
		blocks = [(row.code, flt(row.maximum)) for row in doc.blocks]
		found += scoring.set_problems(flt(doc.total), blocks, read_criteria, bands(doc))
	return found


def _content(doc) -> list:
	"""What scores depend on, comparable."""
	return [flt(doc.total)] + [
		[
			tuple(
				flt(row.get(field)) if field in NUMBERS else cstr(row.get(field)).strip() for field in fields
			)
			for row in doc.get(table)
		]
		for table, fields in CONTENT.items()
	]
