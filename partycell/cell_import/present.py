"""What the site holds of the committees, cells and people that a spreadsheet names: a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import frappe
from frappe.utils import cint, getdate

from partycell.rules import import_columns as columns
from partycell.rules import import_site as site
from partycell.rules import terms
from partycell.rules.import_reading import Record
from partycell.rules.import_tree import Committee
from partycell.rules.sheets import identity

AT_ONCE = 500
"""Names in one query."""


def read(records: Sequence[Record]) -> site.Present:
	"""All committees; the cells of those that are named; who sits there; the people named."""
	committees = {
		row["name"]: Committee(
			row["name"],
			row["parent_party_committee"] or None,
			_plain(columns.COMMITTEES, row),
		)
		for row in _rows("Party Committee", ["name", "parent_party_committee", *_fields(columns.COMMITTEES)])
	}
	written = {
		str(record.values["committee"])
		for record in records
		if record.kind == columns.CELLS and record.values.get("committee") is not None
	}
	meant = written | {identity(line) for line in written}
	named = [
		name
		for name, one in committees.items()
		if name in meant or identity(str(one.values["committee_name"])) in meant
	]
	cells = [
		site.Cell(row["name"], row["committee"], row["status"], _plain(columns.CELLS, row))
		for row in _rows("Cell", ["name", "committee", "status", *_fields(columns.CELLS)], committee=named)
	]
	sitting, kept = _terms([cell.name for cell in cells])
	emails = {
		str(record.values["secretary_email"])
		for record in records
		if record.values.get("secretary_email") is not None
	}
	return site.Present(committees, cells, sitting, kept, _people(sorted(emails)))


def _fields(kind: str) -> list[str]:
	"""The fields of a record that a kind of sheet has columns of."""
	return [
		name
		for name in columns.COLUMNS[kind]
		if name not in (*columns.SECRETARY, "committee", "parent_party_committee")
	]


def _plain(kind: str, row: dict) -> dict:
	"""A record's fields as ``sheets.read`` reads a spreadsheet's."""
	found = {}
	for name in _fields(kind):
		value, column = row[name], columns.COLUMNS[kind][name]
		if column.kind in ("number", "yes_no"):
			value = cint(value)
		elif column.kind == "date":
			value = getdate(value) if value else None
		found[name] = value or (0 if isinstance(value, int) else None)
	return found


def _terms(cells: Sequence[str]) -> tuple[dict[str, site.Person], dict[str, list[terms.Term]]]:
	sitting, kept = {}, defaultdict(list)
	for row in _rows(
		"Secretary Term",
		["name", "cell", "user", "full_name", "from_date", "to_date", "status"],
		cell=cells,
	):
		if row["status"] == terms.ANNULLED:
			continue
		until = getdate(row["to_date"]) if row["to_date"] else None
		kept[row["cell"]].append(terms.Term(row["name"], getdate(row["from_date"]), until))
		if row["status"] == terms.OPEN:
			sitting[row["cell"]] = site.Person(row["user"], row["full_name"] or row["user"])
	return sitting, kept


def _people(emails: Sequence[str]) -> dict[str, site.Person]:
	found = {}
	for by in ("email", "name"):
		for row in _rows("User", ["name", "email", "full_name"], **{by: emails}):
			person = row["name"] not in frappe.STANDARD_USERS
			found[str(row[by]).lower()] = site.Person(row["name"], row["full_name"] or row["name"], person)
	return found


def _rows(doctype: str, fields: list[str], **among: Sequence[str]) -> Iterator[dict]:
	"""Rows of a DocType; among: a field and the values that it may have. For all rows, whoever asks."""
	table = frappe.qb.DocType(doctype)
	query = frappe.qb.from_(table).select(*(table[field] for field in fields))
	if not among:
		yield from query.run(as_dict=True)
	for field, values in among.items():
		for some in _chunks(values):
			yield from query.where(table[field].isin(some)).run(as_dict=True)


def _chunks(values: Sequence[str]) -> Iterable[Sequence[str]]:
	return (values[start : start + AT_ONCE] for start in range(0, len(values), AT_ONCE))
