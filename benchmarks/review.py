#!/usr/bin/env python3
"""A programme review over many cells and years side by side with bare SQL for the same answers.

	scripts/scratch.py v16-sqlite -- python benchmarks/review.py
	scripts/scratch.py v15-mariadb -- python benchmarks/review.py --scale 0.2

5,000 cells, 48 months of their figures, and of the same four years: 8,000 handovers, 40,000 meetings, 10,000
inspections, 10,000 actions. What counts are the ratios of one run. Nothing here is a test.
"""

from datetime import date, datetime, timedelta

import frappe
from ground import median, options, site, timed

from partycell.framework import bulk, indexes
from partycell.organisation import figures
from partycell.reviews import figures as review_figures
from partycell.rules import review
from tests.site import factories as make

RUNS = 3
CHUNK = 5000
FIRST, LAST = date(2022, 1, 1), date(2025, 12, 31)
WARDS = 50

# What the figures of one period need, written by hand: standing then and now, folders, handovers, meetings,
# inspections, actions.
BARE = (
	"""select committee, count(*), sum(members), sum(full_members), sum(required_due), sum(required_present),
		sum(required_due > 0 and required_present >= required_due), sum(required_due > 0 and completeness < 50)
		from `tabCell Figures` where month = %s group by committee""",
	"""select month, count(*), sum(members), sum(required_due), sum(required_present) from `tabCell Figures`
		where month >= %s and month <= %s group by month""",
	"""select giver_signed_on, approved_on, count_total, count_missing + count_damaged + count_outdated
		from tabHandover where docstatus = 1 and workflow_state = 'Approved' and approved_on >= %s
		and approved_on < %s""",
	"""select meeting_type, status, rating, count(*), sum(present), sum(on_roll), sum(exempt),
		sum(member_present), sum(percent), sum(rating is not null) from `tabCell Meeting`
		where planned_on >= %s and planned_on < %s group by meeting_type, status, rating""",
	"""select rating, count(*), sum(percent), count(distinct cell) from tabInspection
		where docstatus = 1 and concluded_on >= %s and concluded_on < %s group by rating""",
	"""select count(*), sum(done_on is not null), sum(done_on <= due_on) from `tabCorrective Action`
		where workflow_state <> 'Written Off' and due_on >= %s and due_on < %s""",
)


def main() -> None:
	"""Makes the rows by bulk inserts, measures, and prints one table in Markdown."""
	scale = options(__doc__, scale=1.0).scale
	where = site()
	indexes.ensure()
	office = Office(int(5000 * scale))
	rows = [office.kept(), office.taken()]
	print(f"\n{where}\n")
	print("| what | rows | partycell, s | bare SQL, s | ratio |\n|---|---|---|---|---|")
	for what, count, ours, bare in rows:
		print(f"| {what} | {count:,} | {ours:.2f} | {bare:.2f} | {ours / bare:.1f} |")


class Office:
	"""A province of fifty communes with many cells, and four years of what they did."""

	def __init__(self, cells: int):
		self.top = make.committee("Tỉnh ủy", "Province")
		wards = [make.committee(f"Đảng ủy xã {number}", parent=self.top) for number in range(WARDS)]
		first = frappe.get_doc("Cell", make.cell(wards[0], "Chi bộ 1"))
		columns = [column for column in frappe.db.get_table_columns("Cell") if not column.startswith("_")]
		self.cells, rows = [], []
		for number in range(cells):
			name = f"CELL-7{number:06d}"
			given = {"name": name, "cell_name": f"Chi bộ {number}", "committee": wards[number % WARDS]}
			given |= {"members": 10 + number % 40, "full_members": 9 + number % 40, "secretary_name": None}
			rows.append([given.get(column, first.get(column)) for column in columns])
			self.cells.append((name, given["committee"], given["members"]))
		self._insert("Cell", columns, rows)
		self._months()
		self._handovers()
		self._meetings()
		self._inspections()
		self._actions()
		frappe.db.commit()

	def kept(self) -> tuple:
		"""A month's figures of every cell, against an insert from a select."""
		month = date(2026, 2, 1)
		ours, count = timed(lambda: figures.keep(month))
		statement = """insert into `tabCell Figures` (name, creation, modified, owner, modified_by, docstatus, idx,
			cell, month, committee, members, full_members, completeness, required_due, required_present)
			select 'X-' || name, creation, modified, owner, owner, 0, 0, name, '2026-03-01', committee, members,
			full_members, completeness, required_due, required_present from tabCell where status = 'Active'"""
		if frappe.db.db_type != "sqlite":
			statement = statement.replace("'X-' || name", "concat('X-', name)")
		bare, _nothing = timed(lambda: frappe.db.sql(statement))
		frappe.db.rollback()
		return "a month of Cell Figures", count, ours, bare

	def taken(self) -> tuple:
		"""All figures of the four years with those of the four before, against the statements by hand."""
		ours = median(lambda: review_figures.take(self.top, FIRST, LAST))
		ours += median(lambda: figures.course(self.top, FIRST, LAST))
		before, until = review.period_before(FIRST, LAST)[0], LAST + review.DAY
		found = {one.key: one.value for one in review_figures.take(self.top, FIRST, LAST)}
		assert found["handovers"] == frappe.db.count("Handover") and found["meetings"]

		def bare():
			for month in (FIRST, until):
				frappe.db.sql(BARE[0], (str(month),))
			frappe.db.sql(BARE[1], (str(FIRST), str(LAST)))
			for statement in BARE[2:]:
				for span in ((FIRST, until), (before, FIRST)):
					frappe.db.sql(statement, tuple(map(str, span)))

		rows = sum(
			frappe.db.count(doctype)
			for doctype in ("Cell Figures", "Handover", "Cell Meeting", "Inspection", "Corrective Action")
		)
		return "Programme Review, figures of four years", rows, ours, median(bare)

	def _months(self) -> None:
		months = [*review.months_of(FIRST, LAST), date(2026, 1, 1)]
		for place, month in enumerate(months):
			rows = [
				{
					"cell": name,
					"month": month,
					"committee": committee,
					"members": members,
					"full_members": members,
					"completeness": 40 + place,
					"required_due": 25,
					"required_present": 10 + place // 4,
				}
				for name, committee, members in self.cells
			]
			for start in range(0, len(rows), CHUNK):
				figures.insert(rows[start : start + CHUNK])

	def _handovers(self) -> None:
		rows = []
		for number, day in self._days(len(self.cells) * 8 // 5):
			wrong = int(number % 4 == 0)
			rows.append(
				self._row(f"HO-B-{number}", number)
				| {
					"docstatus": 1,
					"workflow_state": "Approved",
					"giver_signed_on": day - timedelta(number % 9),
				}
				| {"approved_on": day, "count_total": 25, "count_missing": wrong}
				| {"count_damaged": 0, "count_outdated": 0}
			)
		self._write("Handover", rows)

	def _meetings(self) -> None:
		rows = []
		for number, day in self._days(len(self.cells) * 8):
			rows.append(
				self._row(f"MT-B-{number}", number)
				| {"meeting_type": "Thematic" if number % 4 == 0 else "Regular", "status": "Concluded"}
				| {"planned_on": day.date(), "present": 12, "on_roll": 14, "exempt": 1, "member_present": 0}
				| {"percent": 60 + number % 40, "rating": ("Tốt", "Khá")[number % 2]}
			)
		self._write("Cell Meeting", rows)

	def _inspections(self) -> None:
		rows = []
		for number, day in self._days(len(self.cells) * 2):
			rows.append(
				self._row(f"INS-B-{number}", number)
				| {"docstatus": 1, "workflow_state": "Concluded", "concluded_on": day}
				| {"percent": 60 + number % 40, "rating": ("Tốt", "Khá", "Trung bình")[number % 3]}
			)
		self._write("Inspection", rows)

	def _actions(self) -> None:
		rows = []
		for number, day in self._days(len(self.cells) * 2):
			done = (day + timedelta(number % 20 - 10)).date() if number % 5 else None
			rows.append(
				self._row(f"CA-B-{number}", number)
				| {"workflow_state": "Effective", "due_on": day.date(), "done_on": done}
			)
		self._write("Corrective Action", rows)

	def _days(self, count: int):
		length = (LAST - FIRST).days
		for number in range(count):
			yield (
				number,
				datetime.combine(FIRST, datetime.min.time()) + timedelta(number * 37 % length, hours=9),
			)

	def _row(self, name: str, number: int) -> dict:
		stamp = "2026-01-01 00:00:00"
		return {
			"name": name,
			"creation": stamp,
			"modified": stamp,
			"owner": "Administrator",
			"modified_by": "Administrator",
			"docstatus": 0,
			"idx": 0,
			"cell": self.cells[number % len(self.cells)][0],
		}

	def _write(self, doctype: str, rows: list[dict]) -> None:
		columns = list(rows[0])
		self._insert(doctype, columns, [[row[column] for column in columns] for row in rows])

	def _insert(self, doctype: str, columns: list[str], rows: list[list]) -> None:
		for start in range(0, len(rows), CHUNK):
			bulk.insert(doctype, columns, rows[start : start + CHUNK])


if __name__ == "__main__":
	main()
