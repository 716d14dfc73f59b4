"""Spreadsheets as files: xlsx and csv read into tables, within limits, and written for people to open."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence

import frappe
from frappe import _
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils.exceptions import InvalidFileException

from partycell.errors import CellImportError
from partycell.rules.import_reading import Table
from partycell.rules.sheets import column_letter, is_empty, safe_for_spreadsheets

MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED = 100 * 1024 * 1024
MOST_ROWS = 50_000
MOST_COLUMNS = 200
MOST_PARTS = 2_000
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


def tables(content: bytes, name: str) -> list[Table]:
	"""The sheets of an xlsx, or the one of a csv. CellImportError for what is neither, or too large."""
	if len(content) > MOST_BYTES:
		_refuse_size()
	if content.startswith(b"PK"):
		return list(_of_workbook(content))
	if content.startswith(_OLD_EXCEL):
		frappe.throw(
			_("This is a spreadsheet of an old kind, or one with a password. Save it as .xlsx."),
			CellImportError,
		)
	return [Table(name.rpartition(".")[0][:31] or name, _of_csv(content))]


def csv_of(rows: Iterable[Sequence]) -> bytes:
	"""Rows as a csv that a spreadsheet opens with the right letters, and without taking a text for a formula."""
	out = io.StringIO(newline="")
	writer = csv.writer(out)
	for row in rows:
		writer.writerow([safe_for_spreadsheets(value) if isinstance(value, str) else value for value in row])
	return b"\xef\xbb\xbf" + out.getvalue().encode()


def workbook_of(sheets: dict[str, Sequence[Sequence[str]]]) -> bytes:
	"""A workbook of sheets whose first row is of headings."""
	book = Workbook()
	book.remove(book.active)
	for name, rows in sheets.items():
		sheet = book.create_sheet(name[:31])
		for row in rows:
			sheet.append([safe_for_spreadsheets(value) for value in row])
		for index in range(len(rows[0])):
			longest = max(len(str(row[index])) for row in rows if index < len(row))
			sheet.column_dimensions[column_letter(index)].width = min(60, max(14, longest + 2))
		for cell in sheet[1]:
			cell.font = Font(bold=True)
			cell.alignment = Alignment(wrap_text=True, vertical="center")
		sheet.freeze_panes = "A2"
	out = io.BytesIO()
	book.save(out)
	return out.getvalue()


def _of_workbook(content: bytes) -> Iterator[Table]:
	try:
		_look_inside(content)
		book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
		left = MOST_ROWS
		for sheet in book.worksheets:
			# Some programs write a wrong size into the sheet, and its rows would be cut off there.
			sheet.reset_dimensions()
			rows = _within(sheet.iter_rows(values_only=True), left)
			left -= len(rows)
			yield Table(sheet.title, rows)
		book.close()
	except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, SyntaxError, EOFError) as error:
		frappe.throw(
			_("The file cannot be read as a spreadsheet ({error}). Save it as .xlsx again.").format(
				error=frappe.utils.escape_html(str(error)[:100])
			),
			CellImportError,
		)


def _look_inside(content: bytes) -> None:
	"""Refuses a package that unpacks to more than a list of cells can be, or that brings its own entities."""
	with zipfile.ZipFile(io.BytesIO(content)) as package:
		parts = package.infolist()
		# Python unpacks no more of a part than it says to be long.
		if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
			_refuse_size()
		for part in parts:
			if part.filename.endswith((".xml", ".rels")):
				with package.open(part) as stream:
					if b"<!DOCTYPE" in stream.read(4096).replace(b"\x00", b""):
						raise ValueError("DOCTYPE")


def _within(rows: Iterable[Sequence], most: int) -> list[Sequence]:
	kept: list[Sequence] = []
	for row in rows:
		if len(kept) < most:
			kept.append(row[:MOST_COLUMNS])
		elif any(not is_empty(value) for value in row):
			_refuse_size()
	while kept and all(is_empty(value) for value in kept[-1]):
		kept.pop()
	return kept


def _of_csv(content: bytes) -> list[Sequence]:
	text = _decoded(content)
	first = "".join(text.splitlines(keepends=True)[:10])
	mark = max(",;\t", key=first.count)
	try:
		return _within(csv.reader(io.StringIO(text, newline=""), delimiter=mark), MOST_ROWS)
	except csv.Error as error:
		frappe.throw(
			_("The file cannot be read as a spreadsheet ({error}). Save it as .xlsx again.").format(
				error=frappe.utils.escape_html(str(error))
			),
			CellImportError,
		)


def _decoded(content: bytes) -> str:
	if b"\x00" in content[:4] or content.startswith((b"\xff\xfe", b"\xfe\xff")):
		encodings = ("utf-16",)
	else:
		# The Vietnamese code page of Windows, with which older spreadsheets write.
		encodings = ("utf-8-sig", "cp1258")
	for encoding in encodings:
		try:
			return content.decode(encoding)
		except UnicodeDecodeError:
			continue
	frappe.throw(
		_("The letters of the file cannot be read. Save it as .xlsx, or as CSV UTF-8."), CellImportError
	)


def _refuse_size() -> None:
	frappe.throw(
		_("The spreadsheet is larger than {rows} rows or {megabytes} MB. Divide it.").format(
			rows=MOST_ROWS, megabytes=MOST_BYTES // 1024 // 1024
		),
		CellImportError,
	)
