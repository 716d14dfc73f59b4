"""The completeness of folders, kept on the cell: one grouped query however many cells."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import frappe
from frappe.query_builder.functions import Count
from frappe.utils import flt, now, today

from partycell.framework import bulk
from partycell.rules.completeness import NOT_APPLICABLE, OUTDATED, PRESENT, SETTLED, Measure

CHUNK = 500


def refresh(cells: Sequence[str]) -> int:
	"""Measures the folders of these cells and writes down what has changed; returns how many had.

	The cells' own ``modified`` stays: nobody edited them, and an open form must still save.
	"""
	changed = 0
	for start in range(0, len(cells), CHUNK):
		changed += _refresh(list(cells[start : start + CHUNK]))
	return changed


def measure(cells: Sequence[str]) -> dict[str, dict[str, Measure]]:
	"""cell: {section: Measure}, as ``rules.completeness.measure`` would say, counted in the database."""
	item = frappe.qb.DocType("Folder Item")
	successor = frappe.qb.DocType("Folder Item").as_("successor_item")
	# Where the successor is not for this cell there is no row of it: its state is null, and so is the whole.
	still_counts = (item.state != OUTDATED) | item.successor.isnull() | successor.state.notin(list(SETTLED))
	rows = (
		frappe.qb.from_(item)
		.left_join(successor)
		.on((successor.directive == item.successor) & (successor.cell == item.cell))
		.select(item.cell, item.section, item.state, Count("*"))
		.where(item.cell.isin(list(cells)) & still_counts)
		.where((item.required == 1) & (item.state != NOT_APPLICABLE) & (item.due_on <= today()))
		.groupby(item.cell, item.section, item.state)
	).run()
	found: dict[str, dict[str, Measure]] = {cell: defaultdict(Measure) for cell in cells}
	for cell, section, state, count in rows:
		found[cell][section or ""] += Measure(count, count if state == PRESENT else 0)
	return found


def total(sections: dict[str, Measure]) -> Measure:
	"""A folder's measure: that of its sections together."""
	return sum(sections.values(), Measure())


def lacking(cell: str, limit: int) -> list[dict]:
	"""The documents that keep a folder from being complete today, in its order, at most ``limit``.

	Only those that the session's user may see: ``[{name, title, code, section, period_label, state, due_on}]``.
	"""
	rows = frappe.get_list(
		"Folder Item",
		filters={
			"cell": cell,
			"required": 1,
			"state": ("not in", (PRESENT, NOT_APPLICABLE)),
			"due_on": ("<=", today()),
		},
		fields=["name", "title", "code", "section", "period_label", "state", "due_on", "successor"],
		order_by="section asc, sort_order asc, period asc",
		limit_page_length=0,
	)
	there = settled(cell, {row.successor for row in rows if row.successor})
	return [row for row in rows if not (row.state == OUTDATED and row.successor in there)][:limit]


def settled(cell: str, directives: set[str]) -> set[str]:
	"""Those of these directives that are filed in the cell, or not for it: what they replaced is of the past."""
	if not directives:
		return set()
	slots = frappe.get_all(
		"Folder Item",
		filters={"cell": cell, "directive": ("in", sorted(directives))},
		fields=["directive", "state"],
	)
	return directives - {slot.directive for slot in slots if slot.state not in SETTLED}


def read_into(doc) -> None:
	"""Puts the present completeness into a Cell document, so that saving it writes nothing stale."""
	sections = measure([doc.name])[doc.name]
	titles = _section_titles([doc.name])
	whole = total(sections)
	doc.completeness, doc.required_due, doc.required_present = whole.percent, whole.due, whole.present
	doc.set("sections", [])
	for section in sorted(sections):
		doc.append("sections", _section_values(section, sections[section], titles))


def _refresh(cells: list[str]) -> int:
	found = measure(cells)
	stored = {
		row.name: (flt(row.completeness, 1), row.required_due, row.required_present)
		for row in frappe.get_all(
			"Cell",
			filters={"name": ("in", cells)},
			fields=["name", "completeness", "required_due", "required_present"],
		)
	}
	kept = _kept_sections(cells)
	groups: dict[tuple, list[str]] = defaultdict(list)
	for cell, sections in found.items():
		whole = total(sections)
		values = (whole.percent, whole.due, whole.present)
		if stored.get(cell) != values or kept.get(cell, {}) != _numbers(sections):
			groups[values].append(cell)
	for (percent, due, present), names in groups.items():
		table = frappe.qb.DocType("Cell")
		(
			frappe.qb.update(table)
			.set(table.completeness, percent)
			.set(table.required_due, due)
			.set(table.required_present, present)
			.where(table.name.isin(names))
		).run()
	changed = [cell for names in groups.values() for cell in names]
	if changed:
		_write_sections({cell: found[cell] for cell in changed})
		for cell in changed:
			frappe.clear_document_cache("Cell", cell)
	return len(changed)


def _numbers(sections: dict[str, Measure]) -> dict[str, tuple[int, int]]:
	return {section: (one.due, one.present) for section, one in sections.items()}


def _kept_sections(cells: Iterable[str]) -> dict[str, dict[str, tuple[int, int]]]:
	kept: dict[str, dict] = defaultdict(dict)
	for row in frappe.get_all(
		"Cell Section",
		filters={"parent": ("in", list(cells)), "parenttype": "Cell"},
		fields=["parent", "section", "required_due", "required_present"],
	):
		kept[row.parent][row.section or ""] = (row.required_due, row.required_present)
	return kept


def _write_sections(found: dict[str, dict[str, Measure]]) -> None:
	"""Replaces the section rows of these cells in two statements."""
	row = frappe.qb.DocType("Cell Section")
	frappe.qb.from_(row).delete().where(row.parent.isin(list(found)) & (row.parenttype == "Cell")).run()
	titles = _section_titles(found)
	stamp, user = now(), frappe.session.user
	columns = [
		"name",
		"creation",
		"modified",
		"owner",
		"modified_by",
		"parent",
		"parenttype",
		"parentfield",
		"idx",
	]
	fields = ["section", "title", "required_due", "required_present", "completeness"]
	rows = []
	for cell, sections in found.items():
		for idx, section in enumerate(sorted(sections), 1):
			values = _section_values(section, sections[section], titles)
			rows.append(
				[frappe.generate_hash(length=14), stamp, stamp, user, user, cell, "Cell", "sections", idx]
				+ [values[field] for field in fields]
			)
	bulk.insert("Cell Section", columns + fields, rows)


def _section_values(section: str, one: Measure, titles: dict[str, str]) -> dict:
	return {
		"section": section,
		"title": titles.get(section, section),
		"required_due": one.due,
		"required_present": one.present,
		"completeness": one.percent,
	}


def _section_titles(cells: Iterable[str]) -> dict[str, str]:
	"""Section code to title, from the templates that these cells follow."""
	cell = frappe.qb.DocType("Cell")
	section = frappe.qb.DocType("Folder Template Section")
	rows = (
		frappe.qb.from_(section)
		.select(section.code, section.title)
		.where(
			section.parent.isin(
				frappe.qb.from_(cell).select(cell.folder_template).where(cell.name.isin(list(cells)))
			)
		)
	).run()
	return dict(rows)
