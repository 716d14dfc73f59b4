"""Acknowledgement: a cell says that it has taken note of a directive, once in each term of its office.

Whether it counts is asked each time by joining with the open term: when the office passes on, the
successor reads afresh what is in force, and no row is rewritten.
"""

from collections.abc import Callable, Sequence

import frappe
from frappe import _
from frappe.utils import cint, getdate, now, today

from partycell.access import scope
from partycell.directives import records
from partycell.errors import AcknowledgementError
from partycell.folder import completeness
from partycell.framework import bulk, locking
from partycell.handover.open_matters import Matter
from partycell.rules import directives as rules
from partycell.rules import terms
from partycell.rules.completeness import EXPECTED, MISSING, PRESENT
from partycell.rules.text import in_number_order

DOCTYPE = "Directive Acknowledgement"
COLUMNS = (
	"name creation modified owner modified_by docstatus idx directive cell term acknowledged_on due_on late "
	"acknowledged_by remark on_behalf paper_date"
).split()
LIMIT = 500
"""So many at once; whoever has more does it twice."""


def begin(doc) -> None:
	"""A new one is for the cell's present term, and of today or of its paper's date."""
	row = _open_rows([doc.cell], [doc.directive])
	if not row:
		_refuse(doc.directive, doc.cell)
	_guard_behalf(doc)
	doc.update(_values(row[0], bool(doc.on_behalf), doc.paper_date))
	doc.remark = doc.remark or None


def check(doc) -> None:
	"""What was recorded stays; only a remark and the scan of the paper are added later."""
	before = doc.get_doc_before_save()
	if not before:
		return
	for field in ("term", "acknowledged_on", "due_on", "late", "acknowledged_by", "on_behalf", "paper_date"):
		doc.set(field, before.get(field))


def write_first(doc, write: Callable, *args, **kwargs) -> None:
	"""Writes the row; of two for the same directive, cell and term the second is refused by name."""
	message = _("This directive has been acknowledged already.")
	with locking.first_wins("term", AcknowledgementError, message):
		write(*args, **kwargs)


def acknowledge(
	names: Sequence[str], remark: str | None = None, filed: bool = False, cells: Sequence[str] | None = None
) -> dict:
	"""The secretary, or a deputy, takes note of many directives at once, for each cell where he may.

	filed: the text lies in the folder, so its slot is Present
	Returns ``{recorded, left}``: how many were recorded, and how many of the directives had nothing open.
	"""
	reach = scope.of(frappe.session.user)
	cells = sorted(reach.acknowledging & set(cells) if cells else reach.acknowledging)
	if not cells:
		frappe.throw(
			_(
				"Only the secretary in office or a deputy acknowledges. An officer records it on behalf, from a paper."
			),
			AcknowledgementError,
		)
	if len(names) > LIMIT:
		frappe.throw(_("Choose at most {limit} at once.").format(limit=LIMIT), AcknowledgementError)
	rows = _open_rows(cells, names)
	_record(rows, remark, None)
	if filed:
		# A deputy takes note and no more: what lies in the folder is for the secretary to say.
		file([row for row in rows if row.cell in reach.held])
	return {"recorded": len(rows), "left": len(set(names) - {row.directive for row in rows})}


def on_behalf(directive: str, cells: Sequence[str], paper_date, remark: str | None = None) -> int:
	"""An officer records the papers of many cells without connection; returns how many were new."""
	reach = scope.of(frappe.session.user)
	if not reach.everything:
		above = set(frappe.get_list("Cell", filters={"name": ("in", list(cells))}, pluck="name"))
		acting = {cell for cell in cells if cell in above and scope.acts_above(frappe.session.user, cell)}
		if acting != set(cells):
			raise frappe.PermissionError(DOCTYPE)
	_check_paper(paper_date)
	rows = _open_rows(list(cells), [directive])
	_record(rows, remark, getdate(paper_date))
	return len(rows)


def file(rows: Sequence[dict]) -> None:
	"""The text that was taken note of lies in the folder."""
	item = frappe.qb.DocType("Folder Item")
	names = [row.item for row in rows]
	if names:
		(
			frappe.qb.update(item)
			.set(item.state, PRESENT)
			.set(item.copies, 1)
			.where(item.name.isin(names) & item.state.isin([EXPECTED, MISSING]))
		).run()
		completeness.refresh(sorted({row.cell for row in rows}))


def pending(cells: Sequence[str]) -> list[dict]:
	"""What these cells have not taken note of in their present term, each with its due date; in order of it.

	``[{directive, cell, item, term, user, number_symbol, subject, due_on}]``
	"""
	names = [row.name for row in records.in_force_on(today(), acknowledgement_asked=1)]
	rows = _open_rows(cells, names, without_term=True) if names and cells else []
	return sorted(rows, key=lambda row: (row.due_on, in_number_order(row.number_symbol), row.cell))


def open_matters(cell: str) -> list[Matter]:
	"""Hook ``partycell_open_matters``: directives that the cell has not taken note of."""
	holder = frappe.db.get_value("Cell", cell, "secretary_name")
	return [
		Matter(
			kind="Directive",
			title=records.label(row),
			reference_doctype="Directive",
			reference_name=row.directive,
			responsible=holder,
			due_on=row.due_on,
		)
		for row in pending([cell])
	]


def _open_rows(cells: Sequence[str], names: Sequence[str], without_term: bool = False) -> list[dict]:
	"""Directives that lie in these folders and are not acknowledged in the cell's present term.

	Only those that ask for it and are in force; cells without a secretary only where asked for.
	"""
	if not cells or not names:
		return []
	item, term = frappe.qb.DocType("Folder Item"), frappe.qb.DocType("Secretary Term")
	one, row = frappe.qb.DocType("Directive"), frappe.qb.DocType(DOCTYPE)
	query = (
		frappe.qb.from_(item)
		.join(one)
		.on(one.name == item.directive)
		.left_join(term)
		.on((term.cell == item.cell) & (term.status == terms.OPEN))
		.left_join(row)
		.on((row.directive == item.directive) & (row.cell == item.cell) & (row.term == term.name))
		.select(
			item.name.as_("item"),
			item.cell,
			item.directive,
			item.reached_on,
			term.name.as_("term"),
			term.user,
			term.from_date,
			*(one[field] for field in ("number_symbol", "subject", "acknowledge_within", *records.COURSE)),
		)
		.where(item.cell.isin(list(cells)) & item.directive.isin(list(names)))
		.where((one.docstatus == 1) & (one.acknowledgement_asked == 1) & row.name.isnull())
	)
	if not without_term:
		query = query.where(term.name.isnotnull())
	day, found = getdate(today()), []
	for line in query.run(as_dict=True):
		if rules.in_force(records.course(line), day):
			began = getdate(line.from_date) if line.from_date else None
			line.due_on = rules.due_on(getdate(line.reached_on), began, cint(line.acknowledge_within))
			found.append(line)
	return found


def _record(rows: Sequence[dict], remark: str | None, paper_date) -> None:
	"""One bulk insert; whoever was faster stays, by the unique index."""
	stamp, user = now(), frappe.session.user
	written = []
	for row in rows:
		values = {
			"name": frappe.generate_hash(length=14),
			"creation": stamp,
			"modified": stamp,
			"owner": user,
			"modified_by": user,
			"directive": row.directive,
			"cell": row.cell,
			"remark": (remark or "").strip() or None,
			"on_behalf": int(bool(paper_date)),
			"paper_date": paper_date,
			**_values(row, bool(paper_date), paper_date),
		}
		written.append([values.get(column, 0) for column in COLUMNS])
	if written:
		bulk.insert(DOCTYPE, COLUMNS, written, ignore_duplicates=True)


def _values(row, behalf: bool, paper_date) -> dict:
	day = getdate(paper_date) if behalf else getdate(today())
	return {
		"term": row.term,
		"acknowledged_on": day,
		"due_on": row.due_on,
		"late": int(rules.acknowledgement(row.due_on, day, day) == rules.LATE),
		"acknowledged_by": frappe.session.user,
	}


def _guard_behalf(doc) -> None:
	"""The secretary or a deputy himself, an officer above from a paper; only a paper is of an earlier day."""
	user = frappe.session.user
	if doc.on_behalf:
		if not (scope.sees_everything(user) or scope.acts_above(user, doc.cell)):
			frappe.throw(_("Only an officer above the cell records it on behalf."), AcknowledgementError)
		_check_paper(doc.paper_date)
	elif doc.cell not in scope.of(user).acknowledging:
		frappe.throw(
			_(
				"Only the secretary in office or a deputy acknowledges. An officer records it on behalf, from a paper."
			),
			AcknowledgementError,
		)


def _check_paper(paper_date) -> None:
	if not paper_date or getdate(paper_date) > getdate(today()):
		frappe.throw(_("Give the date on the paper; it cannot lie in the future."), AcknowledgementError)


def _refuse(directive: str, cell: str) -> None:
	"""Says why there is nothing to acknowledge."""
	if not frappe.has_permission("Cell", "read", doc=cell):
		raise frappe.PermissionError(DOCTYPE)
	if frappe.db.exists(DOCTYPE, {"directive": directive, "cell": cell, "term": terms_current(cell)}):
		frappe.throw(_("This directive has been acknowledged already."), AcknowledgementError)
	frappe.throw(
		_(
			"There is nothing to acknowledge: the directive is not in force, asks for none, is not for this cell, "
			"or the cell has no secretary."
		),
		AcknowledgementError,
	)


def terms_current(cell: str) -> str | None:
	"""The cell's open term."""
	return frappe.db.get_value("Secretary Term", {"cell": cell, "status": terms.OPEN})
