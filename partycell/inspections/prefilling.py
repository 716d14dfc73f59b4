"""Pre-filling: the checklist of many inspections, with what live facts propose, in a few statements."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import frappe
from frappe.utils import cint, flt, now

from partycell.framework import bulk
from partycell.inspections import criteria, live_facts
from partycell.rules import scoring

CHUNK = 500
COLUMNS = (
	"name creation modified owner modified_by docstatus idx parent parenttype parentfield code block block_title "
	"title guidance maximum fact fact_known fact_value proposed score scored"
).split()


def rows(criteria_set: str, cells: Sequence[str]) -> dict[str, list[dict]]:
	"""cell: its checklist lines, in the set's order, scored as the facts propose.

	A fact that says something scores its line; the inspector may change that with a reason.
	"""
	doc = frappe.get_cached_doc("Criteria Set", criteria_set)
	titles = {row.code: row.title for row in doc.blocks}
	lines = [(row, criteria.criterion(row)) for row in doc.criteria]
	values = live_facts.measure([one.fact for _row, one in lines if one.fact], cells)
	step = flt(doc.score_step)
	plain = [_plain(row, titles) for row, _one in lines]
	found = {}
	for cell in cells:
		found[cell] = [
			line | _proposal(one, values.get(one.fact, {}).get(cell), step)
			for line, (_row, one) in zip(plain, lines, strict=True)
		]
	return found


def fill(doc) -> None:
	"""Puts today's facts on an inspection that is about to begin; scores given before by hand stay."""
	given = {row.code: row for row in doc.scores}
	doc.set("scores", [])
	for line in rows(doc.criteria_set, [doc.cell])[doc.cell]:
		old = given.get(line["code"])
		if old and cint(old.scored) and not cint(old.fact_known):
			line |= {"score": old.score, "scored": 1, "remark": old.remark}
		doc.append("scores", line)


def prefill(inspections: Sequence[str]) -> int:
	"""Makes the checklists of planned inspections anew, with the facts of today; returns how many lines.

	Only for inspections that nobody has begun to score: their lines are replaced.
	"""
	made = 0
	for start in range(0, len(inspections), CHUNK):
		chunk = list(inspections[start : start + CHUNK])
		asked = frappe.get_all(
			"Inspection",
			filters={"name": ("in", chunk), "workflow_state": "Planned"},
			fields=["name", "cell", "criteria_set"],
		)
		by_set: dict[str, dict[str, str]] = defaultdict(dict)
		for row in asked:
			by_set[row.criteria_set][row.cell] = row.name
		frappe.db.delete("Inspection Score", {"parent": ("in", [row.name for row in asked])})
		for criteria_set, by_cell in by_set.items():
			made += write(by_cell, rows(criteria_set, list(by_cell)))
	return made


def write(by_cell: Mapping[str, str], filled: Mapping[str, list[dict]]) -> int:
	"""Writes checklists, cell: inspection and cell: lines as ``rows`` gives them; returns how many lines."""
	stamp, user = now(), frappe.session.user
	common = {
		"creation": stamp,
		"modified": stamp,
		"owner": user,
		"modified_by": user,
		"parenttype": "Inspection",
		"parentfield": "scores",
	}
	values = []
	for cell, inspection in by_cell.items():
		for idx, line in enumerate(filled[cell], 1):
			row = {
				**common,
				**line,
				"name": frappe.generate_hash(length=14),
				"idx": idx,
				"parent": inspection,
			}
			values.append([row.get(column, 0) for column in COLUMNS])
	bulk.insert("Inspection Score", COLUMNS, values)
	return len(values)


def sums(lines: Sequence[dict]) -> dict:
	"""points, maximum and percent of lines as ``rows`` gives them."""
	whole = scoring.total(
		scoring.Line(line["code"], line["block"], line["maximum"], line["score"] if line["scored"] else None)
		for line in lines
	)
	return {"points": whole.points, "maximum": whole.maximum, "percent": whole.percent}


def _plain(row, titles: dict[str, str]) -> dict:
	return {
		"code": row.code,
		"block": row.block,
		"block_title": titles.get(row.block, row.block),
		"title": row.title,
		"guidance": row.guidance,
		"maximum": flt(row.maximum, 2),
		"fact": row.fact or None,
	}


def _proposal(one: scoring.Criterion, value: float | None, step: float) -> dict:
	proposed = scoring.propose(value, one, step) if one.fact else None
	if proposed is None:
		return {"fact_known": 0, "fact_value": 0, "proposed": 0, "score": 0, "scored": 0}
	return {"fact_known": 1, "fact_value": value, "proposed": proposed, "score": proposed, "scored": 1}
