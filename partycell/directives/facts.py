"""The live fact that directives give to inspections: how many a cell took note of in time."""

from collections.abc import Sequence
from datetime import date

import frappe
from frappe import _
from frappe.query_builder.functions import Count
from frappe.utils import cint

from partycell.directives import acknowledgement
from partycell.inspections.live_facts import PERCENT, Fact, Source
from partycell.rules.terms import OPEN


def facts() -> list[Fact]:
	"""Hook ``partycell_live_facts``."""
	return [
		Fact(
			"directives_in_time",
			_("Share of directives acknowledged in time"),
			PERCENT,
			_in_time,
			lambda cell: Source("Directive Acknowledgement", {"cell": cell}),
		)
	]


def _in_time(cells: Sequence[str], day: date) -> dict[str, float | None]:
	"""Of the present term: acknowledged in time, among what was acknowledged or is overdue by the day."""
	row, term = frappe.qb.DocType(acknowledgement.DOCTYPE), frappe.qb.DocType("Secretary Term")
	counted = (
		frappe.qb.from_(row)
		.join(term)
		.on(term.name == row.term)
		.select(row.cell, row.late, Count("*"))
		.where(row.cell.isin(list(cells)) & (term.status == OPEN))
		.groupby(row.cell, row.late)
	).run()
	asked: dict[str, int] = {}
	kept: dict[str, int] = {}
	for cell, late, count in counted:
		asked[cell] = asked.get(cell, 0) + count
		kept[cell] = kept.get(cell, 0) + (0 if cint(late) else count)
	for line in acknowledgement.pending(cells):
		if line.due_on < day:
			asked[line.cell] = asked.get(line.cell, 0) + 1
	return {cell: 100 * kept.get(cell, 0) / count for cell, count in asked.items()}
