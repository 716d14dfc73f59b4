"""Distribution: a directive that is issued comes into every folder that it is for, once each.

Cells are taken in the order of their names, a chunk at a time: which of them lack the document is asked
by an index, and it is added by one statement. The unique index on (cell, source, period) makes it safe
to run twice, at the same time, or again after a crash: what is there is left alone.
"""

from collections.abc import Sequence

import frappe
from frappe import _
from frappe.utils import add_days, cint, getdate, now, today

from partycell.directives import messages, records, supersession, targeting
from partycell.errors import DirectiveError
from partycell.folder import completeness
from partycell.framework import derived_rows, locking, settings
from partycell.rules import cells as cell_rules
from partycell.rules import directives as rules
from partycell.rules import periods
from partycell.rules.completeness import EXPECTED
from partycell.rules.text import search_text

CHUNK = 2000
SECTION = "A"
SORT_ORDER = 5000
"""After the lines of the template that stand in the same section."""
JOB = "partycell-directive-{name}"


def guard(doc) -> None:
	"""Before a directive is issued: it is for somebody, and has a text or says where the paper is."""
	total = targeting.count(records.targets(doc.targets))
	if not total:
		frappe.throw(
			_("No active cell is meant. Choose committees that have cells, or other types of cell."),
			DirectiveError,
		)
	doc.status, doc.cells_total, doc.cells_reached = rules.ISSUING, total, 0
	doc.issued_by = frappe.session.user
	doc.takes_effect_pending = int(any(row.effect == rules.SUPERSEDES for row in doc.changes))


def begin(doc) -> None:
	"""On submit: at once where few cells are meant, in the background where many are."""
	if doc.flags.at_once or doc.cells_total < max(1, settings.get().background_from):
		distribute(doc.name, keep=False)
		return
	enqueue(doc.name, frappe.session.user)
	frappe.msgprint(
		_("The directive is being put into {count} folders.").format(count=doc.cells_total), alert=True
	)


def enqueue(name: str, user: str | None = None) -> None:
	"""Goes on with a directive in the background; one that is under way already is not begun twice."""
	frappe.enqueue(
		"partycell.directives.distribution.distribute",
		queue="long",
		timeout=3600,
		job_id=JOB.format(name=name),
		deduplicate=True,
		enqueue_after_commit=True,
		directive=name,
		user=user,
	)


def follow_up(name: str, user: str) -> None:
	"""What a withdrawal brings: at once where few folders hold the directive, else in the background."""
	if reached(name) < max(1, settings.get().background_from):
		supersession.carry_out(name, keep=False)
	else:
		enqueue(name, user)


def go_on() -> None:
	"""Hourly: whatever was cut short, or takes effect today, is carried to its end."""
	unfinished = frappe.get_all("Directive", filters={"docstatus": 1, "status": rules.ISSUING}, pluck="name")
	for name in [*unfinished, *supersession.pending()]:
		enqueue(name)


def distribute(directive: str, user: str | None = None, keep: bool = True) -> int:
	"""Puts a directive into every folder that lacks it, then lets it take effect; returns how many it reached.

	keep: each chunk is kept as it is done, so that a worker that dies loses at most one. Progress goes to
	``user``'s desk.
	"""
	added = 0
	if frappe.db.get_value("Directive", directive, "status") == rules.ISSUING:
		doc = frappe.get_doc("Directive", directive)
		condition, after = targeting.cells_of(records.targets(doc.targets)), ""
		before = reached(directive)
		while cells := targeting.page(condition, after, CHUNK):
			locking.take("Directive", name=directive)
			if frappe.db.get_value("Directive", directive, "status") != rules.ISSUING:
				break
			added += put(doc, cells)
			after = cells[-1]
			_note(doc, before + added, user)
			if keep:
				# Each chunk is whole by itself, so it is kept: a crash later must not undo 100,000 cells.
				frappe.db.commit()
		_note(doc, reached(directive), user)
		_finish(doc)
		if keep:
			frappe.db.commit()  # what follows is kept chunk by chunk as well
	supersession.carry_out(directive, keep)
	return added


def put(doc, cells: Sequence[str]) -> int:
	"""A directive into the folders of these cells, where it is not yet; returns how many were added."""
	there = set(
		frappe.get_all(
			"Folder Item", filters={"directive": doc.name, "cell": ("in", list(cells))}, pluck="cell"
		)
	)
	lacking = [cell for cell in cells if cell not in there]
	if not lacking:
		return 0
	# Held before they are read, in one order, as everybody does who writes on a cell and then on its folder.
	locking.take("Cell", name=lacking)
	cell, common = frappe.qb.DocType("Cell"), values(doc)
	own = {"name": derived_rows.name_with(cell.name), "cell": cell.name}
	derived_rows.insert_from(cell, cell.name.isin(lacking), "Folder Item", own | common)
	if common["due_on"] <= getdate(today()):
		completeness.refresh(lacking)
	messages.directive_reached(doc, lacking)
	return len(lacking)


def catch_up(cells: Sequence[str]) -> int:
	"""Cells that are new, or have moved or changed their type, get what is in force for them by now."""
	row = frappe.qb.DocType("Cell")
	committee = frappe.qb.DocType("Party Committee")
	places = [
		rules.Place(name, cell_type, cint(lft), status == cell_rules.ACTIVE)
		for name, cell_type, lft, status in (
			frappe.qb.from_(row)
			.join(committee)
			.on(committee.name == row.committee)
			.select(row.name, row.cell_type, committee.lft, row.status)
			.where(row.name.isin(list(cells)))
		).run()
	]
	added = 0
	for name, lines in _targets_in_force().items():
		meant = [place.name for place in places if rules.is_for(lines, place)]
		if meant:
			added += put(frappe.get_cached_doc("Directive", name), meant)
	return added


def catch_up_all() -> None:
	"""Daily: cells that a directive is for by now and that it has not reached, whatever moved them there."""
	for name, lines in _targets_in_force().items():
		doc, condition, after = frappe.get_doc("Directive", name), targeting.cells_of(lines), ""
		while cells := targeting.page(condition, after, CHUNK):
			put(doc, cells)
			after = cells[-1]
			# Each chunk is whole by itself.
			frappe.db.commit()
		_note(doc, reached(name), None)
	# The count of the last one, likewise.
	frappe.db.commit()


def reached(name: str) -> int:
	"""How many folders hold a directive."""
	return frappe.db.count("Folder Item", {"directive": name})


def _note(doc, number: int, user: str | None) -> None:
	"""Writes down how many folders hold it by now, and tells it to whoever waits."""
	# Cells that came later are among those it is for, too.
	doc.cells_total = max(cint(doc.cells_total), number)
	written = {"cells_reached": number, "cells_total": doc.cells_total}
	frappe.db.set_value("Directive", doc.name, written, update_modified=False)
	if user and doc.cells_total:
		frappe.publish_progress(
			100 * min(number, doc.cells_total) / doc.cells_total,
			title=_("Putting {number} into the Folders").format(number=doc.number_symbol),
			doctype=doc.doctype,
			docname=doc.name,
		)


def _finish(doc) -> None:
	"""A directive that has reached everybody is issued."""
	table = frappe.qb.DocType("Directive")
	(
		frappe.qb.update(table)
		.set(table.status, rules.ISSUED)
		.set(table.distributed_on, today())
		.where((table.name == doc.name) & (table.status == rules.ISSUING))
	).run()
	frappe.clear_document_cache("Directive", doc.name)


def _targets_in_force() -> dict[str, list[rules.Target]]:
	"""directive: whom it is for, of each that is issued and in force today; two queries."""
	names = [row.name for row in records.in_force_on(today(), status=rules.ISSUED)]
	rows = frappe.get_all(
		"Directive Target",
		filters={"parent": ("in", names), "parenttype": "Directive"},
		fields=["parent", "committee", "cell_type", "cell"],
		order_by="parent asc, idx asc",
	)
	found: dict[str, list] = {}
	for row, line in zip(rows, records.targets(rows), strict=True):
		found.setdefault(row.parent, []).append(line)
	return found


def values(doc) -> dict:
	"""What stands on the Folder Item of a directive, the same in each cell, by column."""
	stamp, user, office = now(), frappe.session.user, settings.get()
	days = cint(doc.acknowledge_within) if doc.acknowledgement_asked else office.directive_file_days
	return {
		"creation": stamp,
		"modified": stamp,
		"owner": user,
		"modified_by": user,
		"source": rules.source_of(doc.name),
		"period": periods.ONCE,
		"period_label": periods.label(periods.ONCE),
		"due_on": getdate(add_days(today(), days)),
		"reached_on": today(),
		"required": 1,
		"state": EXPECTED,
		"directive": doc.name,
		"code": None,
		"section": SECTION,
		"section_title": _section_title(),
		"sort_order": SORT_ORDER,
		"frequency": periods.ONLY_ONCE,
		"title": doc.subject,
		"number_symbol": doc.number_symbol,
		"dated": doc.issued_on,
		"provider": "Upper Level",
		"retention": "Until Superseded",
		"classified": cint(doc.classified),
		"search_text": search_text(doc.subject, doc.number_symbol),
		**dict.fromkeys(("docstatus", "idx", "retention_years", "copies", "pages", "file_count"), 0),
	}


def _section_title() -> str:
	"""The office's own title of the section in which upper-level documents lie."""
	template = settings.get().default_template
	return (
		frappe.db.get_value("Folder Template Section", {"parent": template, "code": SECTION}, "title")
		or SECTION
	)
