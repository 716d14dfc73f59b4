"""All of the demo, in order. Run again it adds nothing; cut short it goes on where it stopped."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import frappe
from frappe.utils import getdate, today

from partycell.desk import onboarding
from partycell.setup.demo import (
	directives,
	folders,
	handbook,
	handovers,
	history,
	inspections,
	issuing,
	meetings,
	organisations,
	papers,
	people,
	plan,
	reorganising,
)
from partycell.setup.demo.people import Work


@dataclass(frozen=True)
class Figures:
	"""What there is of the demo on this site. ``handovers``, ``questions``: how many in each state."""

	committees: int
	organisations: int
	subordinate_cells: int
	cells: int
	members: int
	documents: int
	present: int
	files: int
	accounts: int
	handovers: dict[str, int]
	questions: dict[str, int]


def make(password: str, work: Work) -> int:
	"""Makes what is missing, as Administrator; returns how many records it wrote."""
	day = getdate(today())
	demo = plan.make(day)
	with quietly():
		added = (
			people.make(list(demo.people), password, work)
			+ organisations.make(demo, day, work)
			+ folders.make(demo, day, work)
			+ papers.make(demo, work)
			+ directives.make(demo, day, work)
			+ handbook.make(demo, day, work)
			+ handovers.make(demo, password, work)
			+ inspections.make(demo, work)
			+ history.make(demo, work)
			+ issuing.make(demo, day, work)
			+ meetings.make(demo, work)
			+ reorganising.make(demo, day, work)
		)
	onboarding.mark()
	return added


@contextmanager
def quietly() -> Iterator[None]:
	"""Within: nothing is mailed to the demo's addresses, and what is written for people is Vietnamese."""
	muted, language = frappe.flags.mute_emails, frappe.local.lang
	frappe.flags.mute_emails, frappe.local.lang = True, "vi"
	try:
		yield
	finally:
		frappe.flags.mute_emails, frappe.local.lang = muted, language


def figures() -> Figures:
	"""Counts what there is; all zero where there is no demo."""
	cells = frappe.get_all(
		"Cell",
		filters={"name": ("like", f"{plan.CELL}%"), "status": "Active"},
		fields=["name", "committee", "members"],
	)
	of_cells = {"cell": ("like", f"{plan.CELL}%")}
	committees = frappe.get_all(
		"Party Committee", filters={"name": ("like", f"{plan.COMMITTEE}%")}, fields=["name", "level"]
	)
	grassroots = {row.name for row in committees if row.level == "Grassroots"}
	below = [cell for cell in cells if cell.committee in grassroots]
	return Figures(
		committees=len(committees),
		organisations=len(grassroots) + len(cells) - len(below),
		subordinate_cells=len(below),
		cells=len(cells),
		members=sum(cell.members for cell in cells),
		documents=frappe.db.count("Folder Item", of_cells),
		present=frappe.db.count("Folder Item", {**of_cells, "state": "Present"}),
		files=sum(
			frappe.get_all("Folder Item", filters={**of_cells, "file_count": (">", 0)}, pluck="file_count")
		),
		accounts=frappe.db.count("User", {"name": ("like", f"%@{plan.DOMAIN}"), "enabled": 1}),
		handovers=dict(Counter(frappe.get_all("Handover", filters=of_cells, pluck="workflow_state"))),
		questions=handbook.figures(),
	)


def own_cells() -> int:
	"""How many cells of this site are not the demo's."""
	return frappe.db.count("Cell", {"name": ("not like", f"{plan.CELL}%")})
