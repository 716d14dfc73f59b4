#!/usr/bin/env python3
"""Side-by-side measurements on a scratch site, printed as ratios of one run.

	scripts/scratch.py v16-sqlite -- python benchmarks/run.py
	scripts/scratch.py v15-mariadb -- python benchmarks/run.py --cells 1000

Times differ from machine to machine; a ratio of two things measured in turn, in one process, on the
same rows, differs far less. Nothing here is a test.
"""

from collections.abc import Callable

import frappe
from ground import median, options, site, table, timed

from partycell.folder import provisioning
from partycell.framework import bulk
from tests.site import factories as make

SMALL = 10
WARD_CELLS = 100
INSERTED_ONE_BY_ONE = 300
LIST_RUNS = 31


def main() -> None:
	"""Measures at a small and a large number of cells, and prints two tables in Markdown."""
	cells = options(__doc__, cells=10_000).cells
	where = site()
	office = Office()
	print(f"\n{where}\n")
	lists = []
	office.grow(SMALL)
	provisioning.provision_many(office.cells)
	lists += office.lists()
	office.grow(cells)
	provisioned = office.provision()
	lists += office.lists()
	table("Provisioning", ("way", "rows", "rows/s", "times as long a row as raw SQL"), provisioned)
	table("A page of 20 rows", ("cells", "list", "who", "ms", "without permissions, ms", "ratio"), lists)


class Office:
	"""A province of a ward with at most 100 cells and a commune with the rest, made by a bulk insert."""

	def __init__(self):
		self.province_officer = make.user("Cán Bộ Tỉnh", "Committee Officer")
		self.officer = make.user("Cán Bộ", "Committee Officer")
		self.secretary = make.user("Bí Thư", "Cell Secretary")
		top = make.committee("Tỉnh ủy", "Province", officer=self.province_officer)
		self.ward = make.committee(parent=top, officer=self.officer)
		self.commune = make.committee("Đảng ủy xã", parent=top)
		self.cells = [make.cell(self.ward, "Chi bộ 1")]
		make.term(self.cells[0], self.secretary)
		frappe.db.commit()

	def grow(self, count: int) -> None:
		"""Adds cells, without folders yet, until there are ``count``."""
		first = frappe.get_doc("Cell", self.cells[0])
		columns = [column for column in frappe.db.get_table_columns("Cell") if not column.startswith("_")]
		rows = []
		for number in range(len(self.cells), count):
			values = {
				"name": f"CELL-9{number:06d}",
				"cell_name": f"Chi bộ {number + 1}",
				"secretary_name": None,
				"committee": self.ward if number < WARD_CELLS else self.commune,
			}
			rows.append([values.get(column, first.get(column)) for column in columns])
			self.cells.append(values["name"])
		bulk.insert("Cell", columns, rows)
		frappe.db.commit()

	def provision(self) -> list[tuple]:
		"""The slots of all cells by the app, by raw SQL, and some by ``doc.insert()``."""
		rows_before = frappe.db.count("Folder Item")
		app, added = timed(lambda: provisioning.provision_many(self.cells))
		assert frappe.db.count("Folder Item") == rows_before + added
		marks = ", ".join(["%s"] * len(provisioning.COLUMNS))
		names = ", ".join(f"`{column}`" for column in provisioning.COLUMNS)
		made = frappe.db.sql(f"select {names} from `tabFolder Item`")
		frappe.db.sql("delete from `tabFolder Item`")
		frappe.db.commit()
		statement = f"insert into `tabFolder Item` ({names}) values ({marks})"
		raw, _nothing = timed(lambda: self._raw(statement, made))
		one_by_one, _nothing = timed(self._inserts)
		floor = raw / len(made)
		return [
			("raw SQL, executemany", len(made), round(len(made) / raw), 1.0),
			("partycell, with completeness", added, round(added / app), round(app / added / floor, 1)),
			(
				"doc.insert()",
				INSERTED_ONE_BY_ONE,
				round(INSERTED_ONE_BY_ONE / one_by_one),
				round(one_by_one / INSERTED_ONE_BY_ONE / floor, 1),
			),
		]

	def _raw(self, statement: str, rows: list) -> None:
		cursor = frappe.db._cursor
		if frappe.db.db_type == "sqlite":
			statement = statement.replace("%s", "?").replace("`", '"')
			rows = [[str(value) if hasattr(value, "isoformat") else value for value in row] for row in rows]
		for start in range(0, len(rows), 10_000):
			cursor.executemany(statement, rows[start : start + 10_000])
		frappe.db.commit()

	def _inserts(self) -> None:
		for number in range(INSERTED_ONE_BY_ONE):
			doc = frappe.new_doc("Folder Item")
			doc.update({"cell": self.cells[number % SMALL], "title": f"Tài liệu {number}"})
			doc.insert()
		frappe.db.commit()

	def lists(self) -> list[tuple]:
		"""One page of a list, with the derived permissions and without any."""
		rows = []
		for doctype in ("Folder Item", "Cell"):
			for label, user in (
				("secretary", self.secretary),
				("officer of the ward", self.officer),
				("officer of the province", self.province_officer),
			):
				frappe.set_user(user)
				asked = {"fields": ["*"], "limit_page_length": 20, "order_by": "modified desc"}
				seen = _milliseconds(lambda doctype=doctype, asked=asked: frappe.get_list(doctype, **asked))
				free = _milliseconds(lambda doctype=doctype, asked=asked: frappe.get_all(doctype, **asked))
				rows.append(
					(len(self.cells), doctype, label, round(seen, 1), round(free, 1), round(seen / free, 1))
				)
		frappe.set_user("Administrator")
		return rows


def _milliseconds(work: Callable) -> float:
	"""The median of many runs, once everything is in the caches."""
	work()
	return median(work, LIST_RUNS) * 1000


if __name__ == "__main__":
	main()
