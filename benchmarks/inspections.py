#!/usr/bin/env python3
"""Inspections side by side with bare SQL that gives the same answer, on a scratch site.

	scripts/scratch.py v16-sqlite -- python benchmarks/inspections.py
	scripts/scratch.py v15-mariadb -- python benchmarks/inspections.py --scale 0.1

Pre-filling 10,000 inspections, Criterion Analysis over 50,000 inspections of 15 criteria, Inspection
Coverage over 100,000 cells. What counts are the ratios of one run. Nothing here is a test.
"""

import sys

import frappe
from frappe.utils import add_days, getdate, now, today
from ground import median, options, site, timed

from partycell.framework import bulk, indexes
from partycell.inspections import planning, prefilling, reports
from tests.site import factories as make

RUNS = 3
CHUNK = 5000


def main() -> None:
	"""Makes the rows by bulk inserts, measures, and prints one table in Markdown."""
	scale = options(__doc__, scale=1.0).scale
	where = site()
	indexes.ensure()
	office = Office(int(100_000 * scale), int(50_000 * scale), int(10_000 * scale))
	rows = [office.prefilled(), office.analysed(), office.covered()]
	print(f"\n{where}\n")
	print("| what | rows | partycell, s | bare SQL, s | ratio |\n|---|---|---|---|---|")
	for what, count, ours, bare in rows:
		print(f"| {what} | {count:,} | {ours:.2f} | {bare:.2f} | {ours / bare:.1f} |")


class Office:
	"""One commune with many cells; some of them inspected, some about to be."""

	def __init__(self, cells: int, inspected: int, planned: int):
		self.lead = make.user("Đoàn Trưởng")
		self.commune = make.committee(officer=make.user("Cán Bộ"))
		first = frappe.get_doc("Cell", make.cell(self.commune, "Chi bộ 1"))
		columns = [column for column in frappe.db.get_table_columns("Cell") if not column.startswith("_")]
		self.cells = [f"CELL-8{number:06d}" for number in range(cells)]
		common = [first.get(column) for column in columns]
		named = {"name", "cell_name"}
		bulk.insert(
			"Cell",
			columns,
			[
				[name if column in named else value for column, value in zip(columns, common, strict=True)]
				for name in self.cells
			],
		)
		sets = frappe.get_all("Criteria Set", fields=["name", "set_name"])
		self.meeting = next(row.name for row in sets if row.set_name.startswith("Chất"))
		self.folder = next(row.name for row in sets if row.set_name.startswith("Sử"))
		self._concluded(self.cells[:inspected])
		self.planned = self._planned(self.cells[-planned:])
		frappe.db.commit()
		if frappe.db.db_type == "mariadb":
			frappe.db.sql("analyze table `tabInspection`, `tabInspection Score`, `tabCell`")

	def prefilled(self) -> tuple:
		"""The checklists of planned inspections made anew, against deleting and inserting the same rows."""
		names = list(self.planned.values())
		ours, made = timed(lambda: prefilling.prefill(names))
		fields = ", ".join(f"`{column}`" for column in prefilling.COLUMNS)
		marks = ", ".join(["%s"] * len(prefilling.COLUMNS))
		parents = set(names)
		kept = [
			row
			for row in frappe.db.sql(f"select {fields} from `tabInspection Score`")
			if row[prefilling.COLUMNS.index("parent")] in parents
		]
		assert len(kept) == made
		bare, _nothing = timed(
			lambda: self._bare(f"insert into `tabInspection Score` ({fields}) values ({marks})", kept)
		)
		return "pre-filling planned inspections", len(names), ours, bare

	def _bare(self, statement: str, rows: list) -> None:
		frappe.db.delete("Inspection Score", {"parent": ("like", "INS-PLANNED-%")})
		cursor = frappe.db._cursor
		if frappe.db.db_type == "sqlite":
			statement = statement.replace("%s", "?").replace("`", '"')
			rows = [[str(value) if hasattr(value, "isoformat") else value for value in row] for row in rows]
		for start in range(0, len(rows), CHUNK):
			cursor.executemany(statement, rows[start : start + CHUNK])
		frappe.db.commit()

	def analysed(self) -> tuple:
		"""Criterion Analysis of a year, with the year before, against the grouped query run twice."""
		first, last = getdate(add_days(today(), -365)), getdate(today())
		ours = median(lambda: reports.criteria(self.meeting, first, last, None))
		statement = """select s.code, count(*), avg(s.score), sum(case when s.score >= s.maximum then 1 else 0 end)
			from `tabInspection` i join `tabInspection Score` s on s.parent = i.name
			where i.criteria_set = %s and i.docstatus = 1 and s.scored = 1 and i.concluded_on >= %s
			and i.concluded_on < %s group by s.code"""
		before = add_days(first, -366)

		def bare():
			for since, until in ((first, add_days(last, 1)), (getdate(before), first)):
				frappe.db.sql(statement, (self.meeting, str(since), str(until)))

		return "Criterion Analysis, × 15 criteria", len(self.inspected), ours, median(bare)

	def covered(self) -> tuple:
		"""Inspection Coverage of every cell, against one query with the same columns."""
		ours = median(lambda: reports.coverage(None, None, 12, False))
		statement = """select c.name, c.cell_name, c.committee, c.completeness, i.name, n.newest, i.percent, i.rating
			from `tabCell` c
			left join (select cell, max(concluded_on) as newest from `tabInspection` where docstatus = 1
				group by cell) n on n.cell = c.name
			left join `tabInspection` i on i.cell = n.cell and i.concluded_on = n.newest and i.docstatus = 1
			where c.status = 'Active' order by n.newest, c.cell_name"""
		return (
			"Inspection Coverage, cells",
			len(self.cells),
			ours,
			median(lambda: frappe.db.sql(statement, as_dict=True)),
		)

	def _concluded(self, cells: list[str]) -> None:
		self.inspected = {cell: f"INS-PAST-{number:06d}" for number, cell in enumerate(cells)}
		values = {"docstatus": 1, "workflow_state": "Concluded", "open_key": None, "rating": "Khá"}
		for start in range(0, len(cells), CHUNK):
			chunk = cells[start : start + CHUNK]
			by_cell = {cell: self.inspected[cell] for cell in chunk}
			self._insert(by_cell, self.meeting, values)
			filled = prefilling.rows(self.meeting, chunk)
			for number, lines in enumerate(filled.values()):
				for place, line in enumerate(lines):
					line |= {"score": line["maximum"] * ((number + place) % 5) / 4, "scored": 1}
			prefilling.write(by_cell, filled)
			print(f"{start + len(chunk):,} inspections", file=sys.stderr)

	def _planned(self, cells: list[str]) -> dict[str, str]:
		by_cell = {cell: f"INS-PLANNED-{number:06d}" for number, cell in enumerate(cells)}
		for start in range(0, len(cells), CHUNK):
			chunk = {cell: by_cell[cell] for cell in cells[start : start + CHUNK]}
			self._insert(chunk, self.folder, {"docstatus": 0, "workflow_state": "Planned"})
			prefilling.write(chunk, prefilling.rows(self.folder, list(chunk)))
		return by_cell

	def _insert(self, by_cell: dict[str, str], criteria_set: str, values: dict) -> None:
		columns = [*planning.COLUMNS, "concluded_on", "rating"]
		stamp, rows = now(), []
		for number, (cell, name) in enumerate(by_cell.items()):
			row = {
				"name": name,
				"creation": stamp,
				"modified": stamp,
				"owner": "Administrator",
				"modified_by": "Administrator",
				"cell": cell,
				"criteria_set": criteria_set,
				"planned_on": today(),
				"lead": self.lead,
				"committee": self.commune,
				"title": name,
				"open_key": f"{cell}:{criteria_set}",
				"concluded_on": add_days(stamp, -(number % 700)) if values["docstatus"] else None,
				"percent": number % 101,
				"rating": None,
				"plan": None,
				"awaiting": None,
				"lead_name": None,
			} | values
			rows.append([row.get(column, 0) for column in columns])
		bulk.insert("Inspection", columns, rows)


if __name__ == "__main__":
	main()
