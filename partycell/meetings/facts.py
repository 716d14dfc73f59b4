"""The live facts that meetings give to inspections: whether they were held as planned, and who came."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

import frappe
from frappe import _
from frappe.utils import add_months, cint, getdate

from partycell.inspections.live_facts import PERCENT, Fact, Source
from partycell.rules import meetings as rules

DOCTYPE = "Cell Meeting"
MONTHS = 12


def facts() -> list[Fact]:
	"""Hook ``partycell_live_facts``: of the last twelve months."""
	return [
		Fact("meetings_as_planned", _("Meetings held as planned"), PERCENT, _as_planned, _source),
		Fact("attendance_rate", _("Attendance at meetings"), PERCENT, _attendance, _source),
	]


def _as_planned(cells: Sequence[str], day: date) -> dict[str, float | None]:
	"""Of the meetings planned until the day, each type and month once; one that was called off is not held."""
	planned, held = defaultdict(set), defaultdict(set)
	for row in _rows(cells, day):
		key = (row.meeting_type, str(row.month))
		planned[row.cell].add(key)
		if row.status in rules.TOOK_PLACE:
			held[row.cell].add(key)
	return {cell: 100 * len(held[cell]) / len(keys) for cell, keys in planned.items()}


def _attendance(cells: Sequence[str], day: date) -> dict[str, float | None]:
	"""Of all who had to attend the meetings that were held, those who were present."""
	present, expected = defaultdict(int), defaultdict(int)
	for row in _rows(cells, day):
		if row.status in rules.TOOK_PLACE:
			present[row.cell] += cint(row.present)
			expected[row.cell] += cint(row.on_roll) - cint(row.exempt)
	return {cell: 100 * present[cell] / number for cell, number in expected.items() if number > 0}


def _rows(cells: Sequence[str], day: date) -> list:
	return frappe.get_all(
		DOCTYPE,
		filters={
			"cell": ("in", list(cells)),
			"planned_on": ("between", [getdate(add_months(day, -MONTHS)), day]),
			"meeting_type": ("!=", rules.EXTRAORDINARY),
		},
		fields=["cell", "meeting_type", "month", "status", "present", "on_roll", "exempt"],
	)


def _source(cell: str) -> Source:
	since = str(getdate(add_months(getdate(), -MONTHS)))
	return Source(DOCTYPE, {"cell": cell, "planned_on": [">=", since]})
