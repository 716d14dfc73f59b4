"""What lies in each folder: some are complete, some are not, as in life.

The rows are written in bulk, not saved one by one: there are thousands. A test holds that each is one
that ``rules.documents`` would have let through.
"""

from collections import defaultdict
from datetime import date, timedelta

import frappe
from frappe.utils import getdate

from partycell.folder import completeness
from partycell.rules import periods
from partycell.rules.completeness import (
	DAMAGED,
	EXPECTED,
	HELD,
	MISSING,
	NOT_APPLICABLE,
	OUTDATED,
	PRESENT,
	SlotState,
	counts,
)
from partycell.rules.text import search_text
from partycell.setup.demo import plan
from partycell.setup.demo.people import Work

AT_ONCE = 10
# What a document that is not there, or not as it should be, is instead; and how often.
WANTING = {EXPECTED: 45, MISSING: 25, DAMAGED: 15, OUTDATED: 15}
NOT_ASKED_FOR, NOT_DUE = 0.6, 0.35
FIELDS = ("state", "number_symbol", "dated", "copies", "pages", "paper_place", "remark")


def make(demo: plan.Plan, today: date, work: Work) -> int:
	"""Fills the folders in which nothing lies yet; returns how many documents it wrote."""
	empty = _empty_folders([cell.docname for cell in demo.cells])
	cells = [cell for cell in demo.cells if cell.docname in empty]
	written = 0
	for batch in work("Folders", [cells[at : at + AT_ONCE] for at in range(0, len(cells), AT_ONCE)]):
		written += _fill(batch, today)
		# Ten folders are whole by themselves; a demo cut short goes on after them.
		frappe.db.commit()
	return written


def _empty_folders(cells: list[str]) -> set[str]:
	touched = frappe.get_all(
		"Folder Item",
		filters={"cell": ("in", cells), "state": ("not in", (EXPECTED, NOT_APPLICABLE))},
		pluck="cell",
		distinct=True,
	)
	return set(cells) - set(touched)


def _fill(cells: list[plan.Cell], today: date) -> int:
	by_name = {cell.docname: cell for cell in cells}
	updates: dict[str, dict] = {}
	lying = defaultdict(int)
	for row in frappe.get_all(
		"Folder Item",
		filters={"cell": ("in", list(by_name))},
		fields=[
			"name",
			"cell",
			"code",
			"title",
			"section",
			"period",
			"period_label",
			"required",
			"due_on",
			"state",
		],
		order_by="cell asc, section asc, sort_order asc, period asc, name asc",
	):
		cell = by_name[row.cell]
		values = content(cell, row, today)
		if not values and not lying[row.cell]:
			# The first document is always there, so that an empty folder is one not filled yet.
			values = content(cell, row, today, surely=True)
		if values:
			lying[row.cell] += 1
			values["search_text"] = search_text(row.title, row.period_label, values["number_symbol"])
			updates[row.name] = values
	frappe.db.bulk_update("Folder Item", updates, update_modified=False)
	completeness.refresh(list(by_name))
	return len(updates)


def content(cell: plan.Cell, slot, today: date, surely: bool = False) -> dict | None:
	"""What lies in a slot: the values of ``FIELDS``; None where nothing was done about it.

	slot: a Folder Item's ``code``, ``section``, ``period``, ``required``, ``due_on``, ``state``
	surely: the document is there, whatever chance says
	"""
	chance = plan.draw("document", cell.number, slot.code, slot.period)
	state = PRESENT if surely else _state(cell, slot, today, chance)
	if slot.state == NOT_APPLICABLE or state == EXPECTED:
		return None
	data = plan.read("documents")
	remarks = data["remarks"].get(state)
	values = dict.fromkeys(FIELDS) | {
		"state": state,
		"copies": 0,
		"pages": 0,
		"remark": chance.choice(remarks) if remarks else None,
	}
	if state in HELD:
		kind = data["kinds"].get(slot.code, data["other"])
		dated = _dated(cell, slot.period, today, chance)
		monthly = periods.frequency_of(slot.period) == periods.MONTHLY
		number = dated.month if monthly else chance.randint(1, 90)
		values |= {
			"number_symbol": kind["number"].format(n=number) or None,
			"dated": dated,
			"copies": chance.randint(*kind["copies"]),
			"pages": chance.randint(*kind["pages"]),
			"paper_place": f"Cặp {cell.folder_number}, ngăn {slot.section}",
		}
	return values


def _state(cell: plan.Cell, slot, today: date, chance) -> str:
	due_on = getdate(slot.due_on) if slot.due_on else None
	if counts(SlotState(slot.section, bool(slot.required), due_on, slot.state), today):
		if chance.random() < cell.level:
			return PRESENT
		return chance.choices(list(WANTING), list(WANTING.values()))[0]
	return PRESENT if chance.random() < (NOT_DUE if slot.required else NOT_ASKED_FOR) else EXPECTED


def _dated(cell: plan.Cell, period: str, today: date, chance) -> date:
	"""The day on the paper: within the period, and not in the future."""
	span = periods.parse(period)
	if not span:
		if period.startswith(periods.TERM_PREFIX):
			return min(cell.terms[-1].since + timedelta(days=chance.randint(5, 25)), today)
		return min(date(2021, 1, 11) + timedelta(days=chance.randint(0, 1400)), today)
	length = (span.end - span.start).days
	day = cell.meeting_day if length < 31 else chance.randint(8, min(length, 45))
	return min(span.start + timedelta(days=day), today)
