#!/usr/bin/env python3
"""Importing cells from a spreadsheet, beside ``doc.insert()`` in a loop and raw SQL.

	scripts/scratch.py v16-sqlite -- python benchmarks/importing.py
	scripts/scratch.py v15-mariadb -- python benchmarks/importing.py --cells 1000

What each does for a cell is said in the table: raw SQL writes one row and nothing of its folder.
"""

import io

import frappe
from ground import options, site, timed
from openpyxl import Workbook

from partycell.cell_import import importing as cell_import
from tests.site import factories as make

LOOPED = 200
PLANTED = 50


def main() -> None:
	"""Measures one import, its check, and the two other ways; prints a table in Markdown."""
	given = options(__doc__, cells=10_000, accounts=0)
	cells = given.cells
	where = site()
	print(f"\n{where}, {cells} cells\n")
	ward = make.committee("Đảng ủy phường")
	frappe.db.commit()
	wrong, _seconds = _import(_workbook(cells, planted=PLANTED), "check")
	assert wrong["problems"] == PLANTED, wrong
	name, checking = _import(_workbook(cells, accounts=given.accounts), "name")
	importing, _done = timed(lambda: _kept(cell_import.run(name)))
	assert frappe.db.count("Cell") == cells
	items = frappe.db.count("Folder Item")
	looped, _done = timed(
		lambda: _kept([make.cell(ward, f"Chi bộ riêng {number}") for number in range(LOOPED)])
	)
	raw = _raw(cells)
	floor = raw / cells
	print("| way | writes for a cell | cells | s | cells/s | times as long a cell as raw SQL |")
	print("|---|---|--:|--:|--:|--:|")
	for way, what, count, seconds in (
		("raw SQL, executemany", "its row", cells, raw),
		("check of the spreadsheet", "nothing", cells, checking),
		("import", f"its row, {items // cells} documents, completeness", cells, importing),
		("doc.insert() in a loop", "the same", LOOPED, looped),
	):
		ratio = seconds / count / floor
		print(f"| {way} | {what} | {count} | {seconds:.1f} | {count / seconds:.0f} | {ratio:.1f} |")


def _workbook(cells: int, planted: int = 0, accounts: int = 0) -> bytes:
	book = Workbook(write_only=True)
	sheet = book.create_sheet("Chi bộ")
	sheet.append(
		["Đảng ủy", "Tên chi bộ", "Số đảng viên", "Chính thức", "Ngày cấp cặp", "Số cặp", "Bí thư", "Email"]
	)
	step = cells // planted if planted else 0
	for number in range(cells):
		members = "hai mươi" if step and number % step == 0 and number // step < planted else 20
		who = [f"Nguyễn Văn Số {number}", f"bithu.{number}@phuong.example"] if number < accounts else []
		sheet.append(["Đảng ủy phường", f"Chi bộ {number}", members, 15, "05/01/2026", number, *who])
	out = io.BytesIO()
	book.save(out)
	return out.getvalue()


def _import(content: bytes, wanted: str) -> tuple[object, float]:
	"""An import with this spreadsheet, checked: its name or the counts, and how long the check took."""
	doc = frappe.new_doc("Cell Import").update({"make_accounts": 1}).insert()
	file = frappe.new_doc("File")
	file.update({"attached_to_doctype": "Cell Import", "attached_to_name": doc.name, "file_name": "a.xlsx"})
	file.update({"content": content, "is_private": 1})
	file.insert()
	doc.file = file.file_url
	doc.save()
	seconds, counts = timed(lambda: _kept(cell_import.check(doc.name)))
	return (doc.name if wanted == "name" else counts), seconds


def _raw(cells: int) -> float:
	columns = [column for column in frappe.db.get_table_columns("Cell") if not column.startswith("_")]
	names = ", ".join(f"`{column}`" for column in columns)
	rows = [list(row) for row in frappe.db.sql(f"select {names} from `tabCell` limit {cells}")]
	for number, row in enumerate(rows):
		row[columns.index("name")] = f"RAW-{number:06d}"
	statement = f"insert into `tabCell` ({names}) values ({', '.join(['%s'] * len(columns))})"
	if frappe.db.db_type == "sqlite":
		statement = statement.replace("%s", "?").replace("`", '"')
		rows = [[str(value) if hasattr(value, "isoformat") else value for value in row] for row in rows]
	return timed(lambda: _kept(frappe.db._cursor.executemany(statement, rows)))[0]


def _kept(result):
	"""The time that the database takes to keep it belongs to it."""
	frappe.db.commit()
	return result


if __name__ == "__main__":
	main()
