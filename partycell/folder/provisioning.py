"""Provisioning: every cell has the slots its template asks for by today, once each.

One pass reads what a chunk of cells should have and what it has, adds what is missing by one bulk
insert and mends what the template changed. The unique index on (cell, source, period) makes it safe
to run twice, at the same time, or again after a crash: what is there is left alone.
"""

from collections import defaultdict
from collections.abc import Sequence

import frappe
from frappe import _
from frappe.utils import cint, getdate, now, today

from partycell.folder import completeness, templating
from partycell.framework import bulk, locking, settings
from partycell.rules import cells as cell_rules
from partycell.rules import periods, slots, terms
from partycell.rules.completeness import EXPECTED, MISSING, NOT_APPLICABLE
from partycell.rules.text import search_text

CHUNK = 500
COLUMNS = (
	"name creation modified owner modified_by docstatus idx cell source period period_label due_on required "
	"state code section section_title sort_order frequency title provider retention retention_years "
	"search_text copies pages file_count classified"
).split()
MENDED = (
	"title section section_title sort_order frequency provider retention retention_years required due_on state "
	"search_text"
).split()
PROGRESS = "partycell_provisioning"


def begin_periods() -> None:
	"""Daily: slots of the periods that began, and the completeness of what has fallen due."""
	provision_many(frappe.get_all("Cell", filters={"status": cell_rules.ACTIVE}, pluck="name"))


def provision_template(template: str) -> None:
	"""All cells of a template, at once when they are few, in the background when they are many."""
	cells = frappe.get_all(
		"Cell", filters={"folder_template": template, "status": cell_rules.ACTIVE}, pluck="name"
	)
	if len(cells) < max(1, settings.get().background_from):
		provision(cells)
		return
	frappe.enqueue(
		"partycell.folder.provisioning.provision_many",
		queue="long",
		timeout=3600,
		job_id=f"partycell-provision-{template}",
		deduplicate=True,
		enqueue_after_commit=True,
		cells=cells,
		user=frappe.session.user,
	)
	frappe.msgprint(
		_("The folders of {count} cells are being brought in line.").format(count=len(cells)), alert=True
	)


def provision_many(cells: Sequence[str], user: str | None = None) -> int:
	"""Many cells, chunk by chunk, each kept as it is done; returns how many slots were added.

	A worker that dies loses at most one chunk; running it again goes on where it stopped, because
	what is there is not made again. Progress goes to ``user``'s desk.
	"""
	added = 0
	for start in range(0, len(cells), CHUNK):
		added += provision(cells[start : start + CHUNK])
		# Each chunk is whole by itself, so it is kept: a crash later must not undo 10,000 cells.
		frappe.db.commit()
		if user:
			# To the session's user, who is the one that queued the job.
			frappe.publish_progress(
				100 * min(start + CHUNK, len(cells)) / len(cells), title=_("Filling folders")
			)
	return added


def provision(cells: Sequence[str]) -> int:
	"""One chunk of cells within the caller's transaction; returns how many slots were added."""
	if not cells:
		return 0
	# Held before anything is read: SQLite refuses a transaction that reads, and writes after another has.
	locking.take("Cell", name=sorted(cells))
	day = getdate(today())
	facts, template_of = _facts(cells)
	read = {name: templating.read(name) for name in sorted(set(template_of.values()))}
	there, annulled = _there(cells), _annulled_terms(cells)
	missing, mended, stamp = [], defaultdict(list), _stamp()
	for cell, known in facts.items():
		items, copied = read[template_of[cell]]
		wanted = {(slot.source, slot.period): slot for slot in slots.wanted(items, known, day)}
		for key, slot in wanted.items():
			values = copied[slot.source] | {"due_on": slot.due_on, "required": int(slot.required)}
			if key not in there[cell]:
				missing.append(_row(cell, slot, values, stamp))
			else:
				_mend(there[cell][key], values, mended)
		for key, row in there[cell].items():
			if key not in wanted and (row.period in annulled or not _of_earlier_term(row, copied)):
				_mend(row, _left(row), mended)
	if missing:
		bulk.insert("Folder Item", COLUMNS, missing, ignore_duplicates=True)
	_write_mended(mended)
	completeness.refresh(list(facts))
	return len(missing)


def _facts(cells: Sequence[str]) -> tuple[dict[str, slots.CellFacts], dict[str, str]]:
	"""What decides the slots of each active cell with a template, and which template that is."""
	opened = {
		row.cell: (row.name, getdate(row.from_date))
		for row in frappe.get_all(
			"Secretary Term",
			filters={"cell": ("in", list(cells)), "status": terms.OPEN},
			fields=["name", "cell", "from_date"],
		)
	}
	facts, template_of = {}, {}
	for row in frappe.get_all(
		"Cell",
		filters={"name": ("in", list(cells)), "status": cell_rules.ACTIVE},
		fields=["name", "cell_type", "has_cell_committee", "kept_from", "creation", "folder_template"],
	):
		if not row.folder_template:
			continue
		since = getdate(row.kept_from or row.creation)
		facts[row.name] = slots.CellFacts(
			row.cell_type, bool(row.has_cell_committee), since, opened.get(row.name)
		)
		template_of[row.name] = row.folder_template
	return facts, template_of


def _there(cells: Sequence[str]) -> dict[str, dict[tuple[str, str], dict]]:
	"""The slots from templates that these cells have: cell: {(source, period): row}."""
	found: dict[str, dict] = defaultdict(dict)
	for row in frappe.get_all(
		"Folder Item",
		filters={"cell": ("in", list(cells)), "source": ("like", f"{slots.SOURCE_PREFIX}%")},
		fields=[
			"name",
			"cell",
			"source",
			"period",
			"period_label",
			"number_symbol",
			"file_count",
			"copies",
			*MENDED,
		],
	):
		found[row.cell][row.source, row.period] = row
	return found


def _annulled_terms(cells: Sequence[str]) -> set[str]:
	"""The periods of terms that were opened in error: they ask for nothing."""
	names = frappe.get_all(
		"Secretary Term", filters={"cell": ("in", list(cells)), "status": terms.ANNULLED}, pluck="name"
	)
	return {periods.TERM_PREFIX + name for name in names}


def _of_earlier_term(row, copied: dict[str, dict]) -> bool:
	"""Whether a slot is of an earlier term and its line is still there: what was not filed is still wanting."""
	return row.period.startswith(periods.TERM_PREFIX) and row.source in copied


def _left(row) -> dict:
	"""What becomes of a slot that is no longer asked for: where nothing was filed, it leaves the count.

	What was found missing stays so, for the record; what is held stays as it is.
	"""
	if row.file_count or cint(row.copies):
		return {}
	return {EXPECTED: {"state": NOT_APPLICABLE, "required": 0}, MISSING: {"required": 0}}.get(row.state, {})


def _mend(row, values: dict, mended: dict[tuple, list[str]]) -> None:
	"""Notes a slot whose copied values differ; slots with the same change are written together."""
	if row.state == NOT_APPLICABLE and not cint(row.required) and values.get("required"):
		# It had left the count because nobody asked for it; now the template asks again.
		values = values | {"state": EXPECTED}
	if "title" in values:
		label, number = row.get("period_label"), row.get("number_symbol")
		values = values | {"search_text": search_text(values["title"], label, number)}
	changed = tuple(
		(field, values[field])
		for field in MENDED
		if field in values and _comparable(row.get(field)) != _comparable(values[field])
	)
	if changed:
		mended[changed].append(row.name)


def _comparable(value) -> str:
	"""A value as both databases and a template line would write it; nothing and 0 are the same."""
	return str(value or "")


def _write_mended(mended: dict[tuple, list[str]]) -> None:
	item = frappe.qb.DocType("Folder Item")
	for changed, names in mended.items():
		query = frappe.qb.update(item).where(item.name.isin(names))
		for field, value in changed:
			query = query.set(item[field], value)
		query.run()


def _stamp() -> dict:
	"""What every row of one pass has."""
	moment, user = now(), frappe.session.user
	return {"creation": moment, "modified": moment, "owner": user, "modified_by": user, "state": EXPECTED}


def _row(cell: str, slot: slots.Slot, values: dict, stamp: dict) -> list:
	row = {
		**stamp,
		"name": frappe.generate_hash(length=14),
		"cell": cell,
		"source": slot.source,
		"period": slot.period,
		"period_label": periods.label(slot.period),
		"search_text": search_text(values["title"], periods.label(slot.period)),
		**values,
	}
	return [row.get(column, 0) for column in COLUMNS]
