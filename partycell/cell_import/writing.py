"""Carrying out the plan of an import, in the caller's transaction: all of it or, if anything fails, nothing.

Committees, accounts and changes are written as documents. New cells and terms are many: the same rules
are asked for each (``cells``, ``rules.terms``), and their rows are written together.
"""

from collections.abc import Sequence

import frappe
from frappe import _
from frappe.model.naming import make_autoname
from frappe.utils import cint, now, today

from partycell.cell_import import accounts
from partycell.directives import distribution
from partycell.errors import CellImportError, refuse
from partycell.folder import provisioning
from partycell.framework import bulk, locking, settings
from partycell.organisation import cells
from partycell.rules import terms
from partycell.rules.import_columns import CELLS, COMMITTEES
from partycell.rules.import_plan import CHANGE, CREATE, Line, Plan

CHUNK = 500
CELL_SERIES, TERM_SERIES = ("CELL-", 5), ("TERM-", 6)
POSITION = "Bí thư chi bộ"
TERM_COLUMNS = (
	"name creation modified owner modified_by docstatus idx cell user full_name position from_date status "
	"decision decision_date open_key"
).split()


def write(plan: Plan) -> dict[tuple[str, int], str]:
	"""Writes all that a plan says; returns (sheet, row): the record's name."""
	made = _committees([line for line in plan.lines if line.record.kind == COMMITTEES])
	people = accounts.make(plan)
	lines = [line for line in plan.lines if line.record.kind == CELLS]
	changed = [line for line in lines if line.target and (line.values or line.opens)]
	if changed:
		locking.take("Cell", name=sorted(line.target for line in changed))
	names = _cells([line for line in lines if line.act == CREATE], made, people)
	for line in changed:
		if line.values:
			frappe.get_doc("Cell", line.target).update(line.values).save()
	names |= {_place(line): line.target for line in lines if line.target}
	_terms([line for line in lines if line.opens], names, people)
	touched = [names[_place(line)] for line in lines if line.act == CREATE or line.opens]
	for start in range(0, len(touched), CHUNK):
		some = touched[start : start + CHUNK]
		provisioning.provision(some)
		distribution.catch_up(some)
		_tell(start + len(some), len(touched))
	return names | made


def _committees(lines: Sequence[Line]) -> dict:
	"""Makes and changes committees, those above first; (sheet, row) and ``#number``: name."""
	made: dict = {}
	pending = dict(enumerate(lines))
	while pending:
		ready = [
			number
			for number, line in pending.items()
			if not (line.place or "").startswith("#") or line.place in made
		]
		if not ready:
			raise CellImportError
		for number in ready:
			line = pending.pop(number)
			made[f"#{number}"] = made[_place(line)] = _committee(line, made)
	return made


def _committee(line: Line, made: dict) -> str:
	if line.act == CREATE:
		doc = frappe.new_doc("Party Committee").update(line.values)
		doc.parent_party_committee = made.get(line.place, line.place)
		return doc.insert().name
	if line.act == CHANGE:
		frappe.get_doc("Party Committee", line.target).update(line.values).save()
	return line.target


def _cells(lines: Sequence[Line], made: dict, people: dict) -> dict[tuple[str, int], str]:
	if not lines:
		return {}
	office, stamp, user = settings.get(), now(), frappe.session.user
	if not office.default_template:
		frappe.throw(
			_("No template for new cells is chosen. Choose it in the settings first."), CellImportError
		)
	levels = dict(frappe.get_all("Party Committee", fields=["name", "level"], as_list=True))
	columns = frappe.get_meta("Cell").get_valid_columns()
	names, rows = {}, []
	for line, name in zip(lines, _reserve(*CELL_SERIES, len(lines)), strict=True):
		doc = frappe.new_doc("Cell").update(line.values)
		doc.committee = made.get(line.place, line.place)
		if doc.full_members and "members" not in line.values:
			doc.members = doc.full_members
		if line.opens:
			doc.secretary_name = people[str(line.record.values["secretary_email"])][1]
		cells.fill_in(doc, office)
		refuse(cells.problems(doc, levels[doc.committee]))
		doc.update({"name": name, "creation": stamp, "modified": stamp, "owner": user, "modified_by": user})
		values = doc.get_valid_dict()
		rows.append([values.get(column) for column in columns])
		names[_place(line)] = name
	bulk.insert("Cell", columns, rows)
	return names


def _terms(lines: Sequence[Line], names: dict, people: dict) -> None:
	stamp, rows = now(), []
	for line, name in zip(lines, _reserve(*TERM_SERIES, len(lines)), strict=True):
		cell, values = names[_place(line)], line.record.values
		user, full_name = people[str(values["secretary_email"])]
		row = {
			"name": name,
			"creation": stamp,
			"modified": stamp,
			"owner": frappe.session.user,
			"modified_by": frappe.session.user,
			"cell": cell,
			"user": user,
			"full_name": full_name,
			"position": POSITION,
			"from_date": values.get("term_from") or today(),
			"status": terms.OPEN,
			"decision": values.get("decision"),
			"decision_date": values.get("decision_date"),
			"open_key": cell,
		}
		rows.append([row.get(column, 0) for column in TERM_COLUMNS])
		if line.target:
			frappe.db.set_value("Cell", cell, "secretary_name", full_name, update_modified=False)
	if rows:
		bulk.insert("Secretary Term", TERM_COLUMNS, rows)


def _reserve(prefix: str, digits: int, count: int) -> list[str]:
	"""The next names of a series, as ``make_autoname`` would give them one by one."""
	if not count:
		return []
	first = cint(make_autoname(f"{prefix}.{'#' * digits}").removeprefix(prefix))
	series = frappe.qb.DocType("Series")
	(
		frappe.qb.update(series)
		.set(series.current, series.current + (count - 1))
		.where(series.name == prefix)
	).run()
	return [f"{prefix}{number:0{digits}d}" for number in range(first, first + count)]


def _place(line: Line) -> tuple[str, int]:
	return line.record.sheet, line.record.row


def _tell(done: int, of: int) -> None:
	frappe.publish_progress(100 * done / of, title=_("Importing cells"))
