"""Mergers of the demo: one that was carried out and taken back again, and one that is being prepared.

Neither changes the figures of Ayun Pa: the one left every cell as it was, and the other has changed nothing yet.
"""

from dataclasses import dataclass
from datetime import date

import frappe
from frappe.utils import add_days

from partycell.api import reorganisation
from partycell.rules import reorganisation as rules
from partycell.setup.demo import acts, plan
from partycell.setup.demo.people import Work, acting


@dataclass(frozen=True)
class Merger:
	"""Cells, by number, of which the first stays. ``undone`` says why it was taken back; None: still a draft."""

	name: str
	cells: tuple[int, ...]
	decision: str
	days: int
	reason: str
	undone: str | None = None


MERGERS = (
	Merger(
		name="REO-DEMO-1",
		cells=(88, 89),
		decision="07-QĐ/ĐU",
		days=-5,
		reason="Phân xưởng Cơ điện nhập vào Phân xưởng Sản xuất.",
		undone="Công ty dừng sắp xếp phân xưởng; Đảng ủy thu hồi quyết định.",
	),
	Merger(
		name="REO-DEMO-2",
		cells=(60, 59, 61),
		decision="12-QĐ/ĐU",
		days=0,
		reason="Các buôn liền kề sáp nhập; chi bộ Buôn Kte và Buôn Hoang 2 ít đảng viên.",
	),
)


def make(demo: plan.Plan, today: date, work: Work) -> int:
	"""Makes the mergers that are missing; returns how many."""
	there = frappe.get_all(
		"Reorganisation", filters={"name": ("like", f"{plan.REORGANISATION}%")}, pluck="name"
	)
	missing = [one for one in MERGERS if one.name not in there]
	for one in work("Reorganisations", missing):
		_make(demo, one, today)
		# An act is whole with its taking back; a demo that is cut short begins the next one.
		frappe.db.commit()
	return len(missing)


def _make(demo: plan.Plan, one: Merger, today: date) -> None:
	cells = [demo.cell(number) for number in one.cells]
	stays, officer = cells[0], demo.officer_of(cells[0]).login
	day = add_days(today, one.days)
	with acting(officer):
		doc = frappe.new_doc("Reorganisation")
		doc.update(
			{
				"kind": rules.MERGE,
				"committee": stays.committee,
				"takes_effect_on": day,
				"decision_number": one.decision,
				"decided_on": add_days(day, -4),
				"reason": one.reason,
				"cells": [{"cell": cell.docname} for cell in cells],
				"successors": [{"cell": stays.docname}],
			}
		)
		doc.insert(set_name=one.name)
		if one.undone:
			reorganisation.carry_out(doc.name, acts.signature(officer))
	if one.undone:
		with acting(plan.MANAGER):
			reorganisation.undo(doc.name, one.undone)
