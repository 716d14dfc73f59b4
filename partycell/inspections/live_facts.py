"""Live facts: what the records say of a cell today, and what an inspection's scores are proposed from.

A capability adds its own by naming a function in the hook ``partycell_live_facts``; it returns ``Fact``
values. Each fact is computed for many cells at once, by a fixed number of queries.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import frappe
from frappe import _
from frappe.query_builder.functions import Count, Max
from frappe.utils import flt, getdate, today

from partycell.rules import completeness, terms

HOOK = "partycell_live_facts"
CHUNK = 1000
PERCENT, COUNT, YES_NO = "percent", "count", "yes or no"


@dataclass(frozen=True)
class Source:
	"""The records that a fact was read from, as a list the desk can open."""

	doctype: str
	filters: dict


@dataclass(frozen=True)
class Fact:
	"""One thing that the records say.

	label: in the language of the session
	unit: ``percent`` (0 to 100), ``count``, or ``yes or no`` (1 or 0)
	measure: cells and a day to a value for each cell; None, or no entry, where there is nothing to measure
	source: a cell to the records behind it
	"""

	name: str
	label: str
	unit: str
	measure: Callable[[Sequence[str], date], dict[str, float | None]]
	source: Callable[[str], Source]


def registry() -> dict[str, Fact]:
	"""Every fact of every app on the site, by name."""
	return {fact.name: fact for method in frappe.get_hooks(HOOK) for fact in frappe.get_attr(method)()}


def measure(names: Iterable[str], cells: Sequence[str]) -> dict[str, dict[str, float]]:
	"""fact: {cell: value}, as of today. A fact that no app knows any more has no values."""
	known, day = registry(), getdate(today())
	found: dict[str, dict[str, float]] = {}
	for name in dict.fromkeys(names):
		found[name] = {}
		if name not in known:
			continue
		for start in range(0, len(cells), CHUNK):
			values = known[name].measure(cells[start : start + CHUNK], day)
			found[name] |= {cell: flt(value, 2) for cell, value in values.items() if value is not None}
	return found


def described() -> list[dict]:
	"""For the desk: ``[{value, label, unit}]``, by label."""
	found = [{"value": fact.name, "label": fact.label, "unit": fact.unit} for fact in registry().values()]
	return sorted(found, key=lambda fact: fact["label"])


def sources(names: Iterable[str], cell: str) -> dict[str, dict]:
	"""fact: {label, unit, doctype, filters} for the facts that these names still mean."""
	known = registry()
	found = {}
	for name in dict.fromkeys(names):
		if name in known:
			source = known[name].source(cell)
			found[name] = {
				"label": known[name].label,
				"unit": known[name].unit,
				"doctype": source.doctype,
				"filters": source.filters,
			}
	return found


def own() -> list[Fact]:
	"""Hook ``partycell_live_facts``: what folders, actions and handovers say."""
	return [
		Fact(
			"folder_completeness",
			_("Completeness of the folder"),
			PERCENT,
			_completeness,
			lambda cell: Source(
				"Folder Item",
				{
					"cell": cell,
					"required": 1,
					"state": ["not in", [completeness.PRESENT, completeness.NOT_APPLICABLE]],
				},
			),
		),
		Fact(
			"outdated_documents",
			_("Outdated documents in the folder"),
			COUNT,
			_outdated,
			lambda cell: Source("Folder Item", {"cell": cell, "state": completeness.OUTDATED}),
		),
		Fact(
			"actions_pending",
			_("What must be put right and is not"),
			COUNT,
			_pending,
			lambda cell: Source(
				"Corrective Action", {"cell": cell, "workflow_state": ["in", ["Open", "Done"]]}
			),
		),
		Fact(
			"conclusions_in_time",
			_("Share of the last conclusions put right in time"),
			PERCENT,
			_in_time,
			lambda cell: Source("Corrective Action", {"cell": cell, "inspection": ["is", "set"]}),
		),
		Fact(
			"handover_by_procedure",
			_("The secretary took over by a handover"),
			YES_NO,
			_handed_over,
			lambda cell: Source("Handover", {"cell": cell}),
		),
	]


def _completeness(cells: Sequence[str], day: date) -> dict[str, float | None]:
	rows = frappe.get_all(
		"Cell", filters={"name": ("in", list(cells))}, fields=["name", "completeness", "required_due"]
	)
	return {row.name: row.completeness if row.required_due else None for row in rows}


def _outdated(cells: Sequence[str], day: date) -> dict[str, float | None]:
	item = frappe.qb.DocType("Folder Item")
	rows = (
		frappe.qb.from_(item)
		.select(item.cell, Count("*"))
		.where(item.cell.isin(list(cells)) & (item.state == completeness.OUTDATED))
		.groupby(item.cell)
	).run()
	return dict.fromkeys(cells, 0) | dict(rows)


def _pending(cells: Sequence[str], day: date) -> dict[str, float | None]:
	action = frappe.qb.DocType("Corrective Action")
	rows = (
		frappe.qb.from_(action)
		.select(action.cell, Count("*"))
		.where(action.cell.isin(list(cells)) & action.workflow_state.isin(["Open", "Done"]))
		.groupby(action.cell)
	).run()
	return dict.fromkeys(cells, 0) | dict(rows)


def _in_time(cells: Sequence[str], day: date) -> dict[str, float | None]:
	"""Of each cell's latest conclusions: those due or done by the day, and how many were done in time."""
	table, action = frappe.qb.DocType("Inspection"), frappe.qb.DocType("Corrective Action")
	latest = (
		frappe.qb.from_(table)
		.select(table.cell, Max(table.concluded_on))
		.where(table.cell.isin(list(cells)) & (table.docstatus == 1))
		.groupby(table.cell)
	).run()
	if not latest:
		return {}
	last = {cell: str(when) for cell, when in latest}
	rows = (
		frappe.qb.from_(action)
		.join(table)
		.on(table.name == action.inspection)
		.select(action.cell, table.concluded_on, action.due_on, action.done_on, action.workflow_state)
		.where(action.cell.isin(list(last)) & (action.workflow_state != "Written Off"))
	).run()
	due: dict[str, int] = {}
	kept: dict[str, int] = {}
	for cell, concluded, due_on, done_on, _state in rows:
		if str(concluded) != last[cell]:
			continue
		done = getdate(done_on) if done_on else None
		if done or getdate(due_on) <= day:
			due[cell] = due.get(cell, 0) + 1
			kept[cell] = kept.get(cell, 0) + int(bool(done) and done <= getdate(due_on))
	return {cell: 100 * kept[cell] / due[cell] for cell in due}


def _handed_over(cells: Sequence[str], day: date) -> dict[str, float | None]:
	"""Whether the office's holder got it by an approved handover; nothing to say of the first holder."""
	rows = frappe.get_all(
		"Secretary Term",
		filters={"cell": ("in", list(cells)), "status": ("!=", terms.ANNULLED)},
		fields=["cell", "status", "opened_by"],
	)
	earlier = {row.cell for row in rows if row.status == terms.CLOSED}
	return {
		row.cell: float(bool(row.opened_by))
		for row in rows
		if row.status == terms.OPEN and (row.opened_by or row.cell in earlier)
	}
