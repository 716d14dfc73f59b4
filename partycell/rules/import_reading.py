"""From tables to records: each row of a spreadsheet read, and everything that is wrong with it noted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from partycell.rules import sheets
from partycell.rules.import_columns import CELLS, COLUMNS, COMMITTEES, names, required
from partycell.rules.problems import Problem, _


@dataclass(frozen=True)
class Table:
	"""One sheet of a workbook: its name and its rows."""

	name: str
	rows: Sequence[Sequence]


@dataclass(frozen=True)
class Finding:
	"""What is to be said of a place in a spreadsheet.

	row: as the spreadsheet counts, from 1; 0 for the whole sheet; column: its letter and heading, or nothing;
	stops: whether nothing is imported because of it
	"""

	sheet: str
	row: int
	column: str
	problem: Problem
	stops: bool = True


@dataclass(frozen=True)
class Record:
	"""One row: its kind, the values of the columns that the sheet has (None where empty), where each stands."""

	sheet: str
	row: int
	kind: str
	values: Mapping[str, object]
	places: Mapping[str, str]
	findings: tuple[Finding, ...] = ()

	def found(self, field: str, problem: Problem, *, stops: bool = True) -> Finding:
		"""A finding in this row, at a field's column."""
		return Finding(self.sheet, self.row, self.places.get(field, ""), problem, stops)


def read(
	tables: Iterable[Table], labels: Mapping[str, str] | None = None
) -> tuple[list[Record], list[Finding]]:
	"""The records of all sheets, and what is to be said of sheets as a whole.

	A sheet with cells' names is one of cells, another one with committees' names one of committees; the
	rest is left out, with a note. labels: see ``import_columns.names``
	"""
	records, findings = [], []
	for table in tables:
		if not any(not sheets.is_empty(value) for row in table.rows for value in row):
			continue
		kind, found = _kind(table, labels)
		if not found:
			findings.append(
				Finding(
					table.name,
					0,
					"",
					Problem(
						"import",
						_("No headings of cells or committees were found here, so the sheet is left out."),
					),
					stops=False,
				)
			)
			continue
		findings += _of_headings(table, found)
		records += _records(table, kind, found)
	if not records:
		findings.append(
			Finding(
				"",
				0,
				"",
				Problem(
					"import",
					_(
						"Nothing to import was found. The headings must name the cell (Tên chi bộ) or the committee "
						"(Tên cấp ủy); the template shows all of them."
					),
				),
			)
		)
	return records, findings


def _kind(table: Table, labels) -> tuple[str, sheets.Headings | None]:
	for kind in (CELLS, COMMITTEES):
		found = sheets.find_headings(table.rows, names(kind, labels), required(kind))
		# One heading alone could be a title or a name: the sheet says what its rows are by two.
		if found and len(found.columns) > 1:
			return kind, found
	return CELLS, None


def _of_headings(table: Table, found: sheets.Headings) -> list[Finding]:
	said = []
	for heading in found.twice:
		problem = Problem(
			"import",
			_("Two columns mean the same; the second one is {heading}. Remove one of them."),
			{"heading": sheets.shown(heading)},
		)
		said.append(Finding(table.name, found.last + 1, "", problem))
	if found.ignored:
		listed = ", ".join(sheets.shown(heading) for heading in found.ignored[:20])
		said.append(
			Finding(
				table.name,
				found.last + 1,
				"",
				Problem("import", _("These columns are left out: {headings}."), {"headings": listed}),
				stops=False,
			)
		)
	return said


def _records(table: Table, kind: str, found: sheets.Headings) -> list[Record]:
	columns = COLUMNS[kind]
	places = {
		field: f"{sheets.column_letter(index)} ({columns[field].label})"
		for field, index in found.columns.items()
	}
	made, above = [], None
	for number, row in enumerate(table.rows[found.last + 1 :], found.last + 2):
		if sheets.is_no_record(row, [_at(row, found.columns[field]) for field in sorted(required(kind))]):
			continue
		if all(sheets.is_empty(_at(row, index)) for index in found.columns.values()):
			# Something is written beside the table.
			continue
		values, findings = {}, []
		for field, index in found.columns.items():
			values[field], problem = sheets.read(columns[field].kind, _at(row, index), columns[field].choices)
			if problem:
				findings.append(Finding(table.name, number, places[field], problem))
		if kind == CELLS and "committee" in values:
			# A committee that is merged over its cells stands in the first row only.
			above = values["committee"] = values["committee"] or above
		record = Record(table.name, number, kind, values, places)
		wanting = [
			record.found(field, _empty(columns[field].label))
			for field in sorted(required(kind))
			if values.get(field) is None and not any(one.column == places[field] for one in findings)
		]
		made.append(Record(table.name, number, kind, values, places, (*findings, *wanting)))
	return made


def _empty(label: str) -> Problem:
	return Problem("import", _("{field} is empty. Fill it in, or remove the row."), {"field": label})


def _at(row: Sequence, index: int) -> object:
	return row[index] if index < len(row) else None
