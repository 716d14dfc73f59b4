"""The demo's years 2016 to 2019, as the source tells of them: what a review of the programme finds.

Early in 2016 a conference explains the folder and issues 150 of them: to 97 cells under grassroots committees
and to 44 grassroots organisations, with 9 kept in reserve. Until the end of 2019 cells are merged, so that 90
and 43 are left; the members grow from 1,550 to 1,808. The source's figures are these; everything between
them is made up. All of it is written in bulk, as the acts of those days would have left it.
"""

from dataclasses import dataclass
from datetime import date

import frappe
from frappe.utils import add_months, cint, flt, getdate, now

from partycell.framework import bulk
from partycell.organisation import figures
from partycell.rules import cells as cell_rules
from partycell.rules import issuing, review
from partycell.rules.completeness import Measure
from partycell.rules.text import search_text
from partycell.setup.demo import history_handovers, plan
from partycell.setup.demo.people import Work, acting

FIRST, LAST = date(2016, 1, 1), date(2019, 12, 31)
MEMBERS_THEN = 1550
RESERVE = 9
ISSUE = "FI-DEMO-2016"
REVIEW = "PR-DEMO-2019"
RECENT = 13
"""Months before this one of which the demo has figures as well."""


@dataclass(frozen=True)
class Closed:
	"""A cell that was there in 2016 and went into another one."""

	number: int
	name: str
	into: int
	day: date
	members: int

	@property
	def docname(self) -> str:
		"""The name of its record."""
		return f"{plan.CELL}{self.number:03d}"

	@property
	def folder_number(self) -> str:
		"""The number under which its folder was issued."""
		return f"CT-{self.number:03d}"


CLOSED = (
	Closed(120, "Chi bộ Tổ dân phố 5", 4, date(2017, 5, 15), 9),
	Closed(121, "Chi bộ Tổ dân phố 6", 13, date(2017, 5, 15), 8),
	Closed(122, "Chi bộ Tổ dân phố 5", 20, date(2017, 11, 20), 11),
	Closed(123, "Chi bộ Tổ dân phố 4", 27, date(2018, 4, 10), 10),
	Closed(124, "Chi bộ Buôn Hiao 2", 34, date(2018, 4, 10), 7),
	Closed(125, "Chi bộ Thôn Quyết Tiến", 41, date(2018, 9, 5), 8),
	Closed(126, "Chi bộ Thôn Phú Lợi", 49, date(2019, 3, 12), 9),
	Closed(127, "Chi bộ Trạm Thú y", 110, date(2018, 11, 2), 6),
)


def make(demo: plan.Plan, work: Work) -> int:
	"""Makes what is missing of those years, and the review of them; returns how many records."""
	made = 0
	if not frappe.db.exists("Cell", CLOSED[0].docname):
		steps = (_cells, _issue, _months, history_handovers.make)
		made = sum(step(demo) for step in work("History", steps))
		# The years are whole by themselves; a demo cut short before that begins them again.
		frappe.db.commit()
	if not frappe.db.exists("Programme Review", REVIEW):
		_review(demo)
		frappe.db.commit()  # likewise
		made += 1
	return made


def _cells(demo: plan.Plan) -> int:
	"""The cells that were merged away."""
	columns, rows = frappe.get_meta("Cell").get_valid_columns(), []
	template = frappe.db.get_value("Cell", demo.cell(1).docname, "folder_template")
	for one in CLOSED:
		target = demo.cell(one.into)
		day = f"{one.day} 08:00:00"
		values = {
			"name": one.docname,
			"creation": f"{plan.ISSUED_ON} 08:00:00",
			"modified": day,
			"owner": "Administrator",
			"modified_by": "Administrator",
			"cell_name": one.name,
			"cell_type": target.kind,
			"committee": target.committee,
			"status": "Merged",
			"merged_into": target.docname,
			"closed_on": one.day,
			"folder_template": template,
			"folder_number": one.folder_number,
			"folder_issued_on": plan.ISSUED_ON,
			"kept_from": plan.ISSUED_ON,
			"symbol": "CB",
			"members": one.members,
			"full_members": one.members,
			"has_cell_committee": int(cell_rules.has_cell_committee(one.members, 9)),
			"meeting_day": 5,
			"search_text": search_text(one.name, one.folder_number),
		}
		rows.append([values.get(column, _nothing(column)) for column in columns])
	bulk.insert("Cell", columns, rows)
	return len(rows)


def _nothing(column: str):
	return 0 if column in ("docstatus", "idx", "completeness", "required_due", "required_present") else None


def _issue(demo: plan.Plan) -> int:
	"""The conference of early 2016: a folder to each cell, one to each grassroots committee, some in reserve."""
	town = demo.committees[0]
	stamp, officer = f"{plan.ISSUED_ON} 10:00:00", town.functions[0].person
	doc = frappe.new_doc("Folder Issue").update(
		{
			"name": ISSUE,
			"issue_name": "Hội nghị hướng dẫn sử dụng và cấp phát Cặp tài liệu sinh hoạt chi bộ",
			"committee": plan.TOWN,
			"issued_on": plan.ISSUED_ON,
			"venue": "Hội trường Thị ủy",
			"explained_by": "Ban Tổ chức Thị ủy",
			"number_pattern": "CT-###",
			"first_number": 1,
			"status": "Given Out",
			"docstatus": 1,
			"creation": stamp,
			"modified": stamp,
			"owner": officer.login,
			"modified_by": officer.login,
		}
	)
	for committee in demo.committees[1:]:
		doc.append("copies", {"committee": committee.docname, "copies": 1})
	doc.append("copies", {"copies": RESERVE})
	held = set(frappe.get_all("Issued Folder", filters={"current_key": ("is", "set")}, pluck="current_key"))
	rows = [_folder(one, one.docname not in held) for one in demo.cells]
	rows += [_folder(one, False) for one in CLOSED]
	doc.folders_issued = len(rows)
	doc.set_parent_in_children()
	doc.db_insert()
	for row in doc.copies:
		row.name, row.docstatus = frappe.generate_hash(length=14), 1
		row.db_insert()
	columns = list(rows[0])
	bulk.insert("Issued Folder", columns, [[row[column] for column in columns] for row in rows])
	return 1 + len(rows)


def _folder(one: plan.Cell | Closed, current: bool) -> dict:
	day, closed = plan.ISSUED_ON, isinstance(one, Closed)
	stamp = f"{day} 10:00:00"
	return {
		"name": frappe.generate_hash(length=14),
		"creation": stamp,
		"modified": stamp,
		"owner": "Administrator",
		"modified_by": "Administrator",
		"docstatus": 0,
		"idx": 0,
		"folder_number": one.folder_number,
		"cell": one.docname,
		"status": issuing.RETURNED if closed else issuing.RECEIVED,
		"issue": ISSUE,
		"committee": plan.TOWN,
		"issued_on": day,
		"received_by": plan.person(f"bithu.2016.{one.number:03d}", None).name,
		"received_on": day,
		"ended_on": one.day if closed else None,
		"end_remark": "Chi bộ sáp nhập, cặp tài liệu bàn giao cho chi bộ mới" if closed else None,
		"search_text": search_text(one.name, one.folder_number),
		"number_key": f"{plan.TOWN}|{issuing.key(one.folder_number)}",
		"current_key": one.docname if current else None,
	}


def _months(demo: plan.Plan) -> int:
	"""What each cell was like in each month of those years, and in the months before this one."""
	then = _members_then(demo)
	months = review.months_of(FIRST, date(2020, 1, 1))
	rows = []
	for place, month in enumerate(months):
		share = place / (len(months) - 1)
		for cell in demo.cells:
			members = round(then[cell.number] + (cell.members - then[cell.number]) * share)
			rows.append(_row(cell.docname, cell.committee, month, members, _kept(cell, share)))
		for one in CLOSED:
			if month < one.day:
				kept = _kept(demo.cell(one.into), share)
				rows.append(_row(one.docname, demo.cell(one.into).committee, month, one.members, kept))
	rows += _recent(demo)
	for start in range(0, len(rows), figures.CHUNK):
		figures.insert(rows[start : start + figures.CHUNK])
	return len(rows)


def _members_then(demo: plan.Plan) -> dict[int, int]:
	"""How many members each cell had at the beginning: with those merged away 1,550 in all."""
	wanted = MEMBERS_THEN - sum(one.members for one in CLOSED)
	now_all = sum(cell.members for cell in demo.cells)
	found = {cell.number: cell.members * wanted // now_all for cell in demo.cells}
	left = wanted - sum(found.values())
	for cell in demo.cells[:left]:
		found[cell.number] += 1
	return found


def _kept(cell: plan.Cell, share: float) -> float:
	"""The share of its documents that a cell's folder held: it rises, in some more than in others."""
	begun = 0.34 + 0.25 * plan.draw("kept", cell.number).random()
	ended = min(1.0, 0.8 + 0.22 * cell.level)
	return begun + (ended - begun) * share**0.7


def _row(cell: str, committee: str, month: date, members: int, kept: float) -> dict:
	due = 22
	measure = Measure(due, round(due * kept))
	return {
		"cell": cell,
		"month": month,
		"committee": committee,
		"members": members,
		"full_members": members - members % 3 // 2,
		"completeness": measure.percent,
		"required_due": measure.due,
		"required_present": measure.present,
	}


def _recent(demo: plan.Plan) -> list[dict]:
	"""The last months before this one, a little worse each month back from what the folders hold today."""
	fields = ["name", "committee", "members", "full_members", "required_due", "required_present"]
	cells = frappe.get_all(
		"Cell", filters={"name": ("in", [one.docname for one in demo.cells])}, fields=fields
	)
	first, rows = getdate(now()).replace(day=1), []
	for back in range(1, RECENT + 1):
		month = getdate(add_months(first, -back))
		for cell in cells:
			due = cint(cell.required_due)
			measure = Measure(due, max(0, round(cint(cell.required_present) * (1 - 0.02 * back))))
			values = {key: cell[key] for key in ("committee", "members", "full_members")}
			rows.append(
				{"cell": cell.name, "month": month, **values}
				| {"completeness": flt(measure.percent, 1)}
				| {"required_due": due, "required_present": measure.present}
			)
	return rows


def _review(demo: plan.Plan) -> None:
	"""The review of the four years, written and finished by the town's officer."""
	texts = plan.read("review")
	with acting(demo.committees[0].functions[0].person.login):
		doc = frappe.new_doc("Programme Review").update(
			{"committee": plan.TOWN, "kind": review.FINAL, "from_date": FIRST, "to_date": LAST}
		)
		doc.basis = "\n".join(texts["basis"])
		for name in review.TEXTS:
			doc.set(name, "\n".join(texts[name]))
		doc.insert(set_name=REVIEW)
		doc.submit()
