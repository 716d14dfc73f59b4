"""One whole handover, for people who watch: by its people, to the printed minutes."""

import hashlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import frappe
from frappe import _
from frappe.utils import getdate, today

from partycell.errors import PartycellError
from partycell.handover import minutes
from partycell.rules import handover as rules
from partycell.setup.demo import acts, build, plan
from partycell.setup.demo.people import acting


@dataclass(frozen=True)
class Shown:
	"""A handover that was carried out, and its minutes on the disk. ``sha256`` is of that file."""

	handover: str
	minutes: Path
	sha256: str


def run(folder: Path, password: str) -> Shown:
	"""Hands the next cell over, from draft to approval, and writes the minutes into ``folder``.

	PartycellError where there is no demo, or every cell of it has a handover under way.
	"""
	demo = plan.make(getdate(today()))
	cell = _next(demo)
	story = plan.read("handovers")["showcase"]
	with build.quietly():
		one = acts.of(demo, cell, story, password)
		one.carry_to(rules.APPROVED)
	# The record stands, whatever becomes of the paper.
	frappe.db.commit()
	with acting(one.receiver):
		doc = frappe.get_doc("Handover", one.name)
		doc.check_permission("print")
		data = minutes.pdf_of(doc)
	folder.mkdir(parents=True, exist_ok=True)
	path = folder / minutes.file_name(doc)
	path.write_bytes(data)
	return Shown(one.name, path, hashlib.sha256(data).hexdigest())


def _next(demo: plan.Plan) -> plan.Cell:
	"""The cell that changed hands least often, the first of those; none that is changing hands now."""
	there = set(
		frappe.get_all(
			"Secretary Term", filters={"cell": ("like", f"{plan.CELL}%"), "status": "Open"}, pluck="cell"
		)
	)
	if not there:
		frappe.throw(_("There is no demo data here. Run `bench partycell demo` first."), PartycellError)
	rows = frappe.get_all(
		"Handover", filters={"cell": ("like", f"{plan.CELL}%")}, fields=["cell", "open_key"]
	)
	there -= {row.open_key for row in rows}
	often = Counter(row.cell for row in rows)
	free = [cell for cell in demo.cells if cell.docname in there]
	if not free:
		frappe.throw(
			_("Every cell of the demo has a handover under way. Finish or withdraw one first."),
			PartycellError,
		)
	return min(free, key=lambda cell: (often[cell.docname], cell.number))
