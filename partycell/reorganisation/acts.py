"""Rearranging cells: merge, split, move, dissolve, each one act by a decision, carried out in one transaction.

Nothing here commits: Frappe keeps all of an act or none of it, also when the process is killed.
"""

import frappe
from frappe import _
from frappe.utils import cint, cstr, getdate, now_datetime

from partycell.errors import AlreadyDoneError, ReorganisationError, refuse
from partycell.framework import locking
from partycell.handover import signatures
from partycell.reorganisation import closing, facts, moving
from partycell.reorganisation.record import Before
from partycell.rules import reorganisation as rules
from partycell.rules import reorganisation_problems

DOCTYPE = "Reorganisation"
BY_ACT = (
	"status carried_out_by carried_out_by_name carried_out_on signature undone_reason undone_by undone_on "
	"former_parent before_act"
).split()


def check(doc) -> None:
	"""Completes a draft; what only the act writes is not taken from whoever saves."""
	before = doc.get_doc_before_save()
	if not doc.flags.reorganising:
		for field in BY_ACT:
			doc.set(field, before.get(field) if before else None)
		doc.status = (before.status if before else None) or rules.DRAFT
	if not doc.docstatus.is_draft():
		return
	if doc.kind == rules.MOVE_COMMITTEE:
		doc.set("cells", [])
	if doc.kind in rules.MOVES:
		doc.set("successors", [])
	else:
		doc.target_committee = None
	if doc.kind != rules.MOVE_COMMITTEE:
		doc.moved_committee = None
	if doc.kind != rules.DISSOLVE:
		doc.received_by = None
	_fill_lines(doc)
	doc.title = _title(doc)


def guard(doc) -> None:
	"""Before an act is carried out: holds everything it touches, and refuses what stands against it."""
	hold(doc)
	status = frappe.db.get_value(DOCTYPE, doc.name, "status")
	if status != rules.DRAFT:
		frappe.throw(
			_("Somebody was faster: the reorganisation is {status} now. Load the page again.").format(
				status=_(status)
			),
			AlreadyDoneError,
		)
	act = facts.read(doc)
	refuse(
		reorganisation_problems.problems(act), title=_("This must be settled before it can be carried out.")
	)
	if any(one.secretary for one in rules.closing(act)):
		signatures.refuse_missing(doc.flags.signature)
	doc.flags.act = act
	user = frappe.session.user
	doc.flags.reorganising = True
	doc.signature = doc.flags.signature or None
	doc.status, doc.carried_out_by = rules.CARRIED_OUT, user
	doc.carried_out_by_name = frappe.db.get_value("User", user, "full_name")
	# What the lines show of each cell is what it was on the day.
	_fill_lines(doc)
	for line, count in zip(doc.successors, rules.members_after(act), strict=False):
		line.members, line.full_members = count


def carry_out(doc) -> None:
	"""On submit: the cells become what the act says."""
	act, before = doc.flags.act, Before()
	if act.kind == rules.MOVE_CELLS:
		moving.move_cells(doc, act, before)
	elif act.kind == rules.MOVE_COMMITTEE:
		moving.move_committee(doc, before)
	else:
		closing.carry_out(doc, act, before)
	# The last thing that is written: what comes later is newer than this.
	doc.db_set({"before_act": before.kept(), "carried_out_on": now_datetime()}, update_modified=False)


def hold(doc) -> None:
	"""Holds the committees, cells and the act itself, before any of them is read."""
	names = {doc.committee, doc.target_committee, doc.moved_committee} - {None, ""}
	locking.take("Party Committee", name=sorted(names))
	cells = {row.cell for row in doc.cells} | {row.cell or row.became for row in doc.successors}
	if cells := sorted(cells - {None, ""}):
		locking.take("Cell", name=cells)
		locking.take("Folder Item", cell=cells)
	locking.take(DOCTYPE, name=doc.name)


def refuse_delete(doc) -> None:
	"""Only what was never carried out can be thrown away."""
	if not doc.docstatus.is_draft():
		frappe.throw(_("A reorganisation that was carried out stays on record."), ReorganisationError)


def _fill_lines(doc) -> None:
	"""What the lines show of the cells and of those who are named; two queries."""
	names = [row.cell for row in doc.cells if row.cell]
	fields = ["name", "members", "secretary_name", "committee"]
	rows = frappe.get_all("Cell", filters={"name": ("in", names)}, fields=fields) if names else []
	known = {row.name: row for row in rows}
	for line in doc.cells:
		row = known.get(line.cell) or frappe._dict()
		line.members, line.secretary_name = cint(row.members), row.secretary_name
		line.former_committee = row.committee
		if doc.status == rules.DRAFT:
			line.handover, line.closed = None, 0
	for line in doc.successors:
		if doc.status == rules.DRAFT:
			line.became = None
		if line.cell:
			line.new_name = line.cell_type = line.committee = None


def _title(doc) -> str:
	"""What lists and links show: from which cells to which."""
	cells = [row.cell for row in doc.cells] + [row.cell for row in doc.successors]
	names = dict(
		frappe.get_all("Cell", filters={"name": ("in", cells)}, fields=["name", "cell_name"], as_list=True)
		if cells
		else ()
	)

	def committee(name: str | None) -> str:
		return frappe.db.get_value("Party Committee", name, "committee_name") or "…"

	left = ", ".join(cstr(names.get(row.cell)) for row in doc.cells) or "…"
	if doc.kind == rules.MOVE_COMMITTEE:
		left = committee(doc.moved_committee)
	if doc.kind in rules.MOVES:
		right = committee(doc.target_committee)
	else:
		after = (cstr(names.get(row.cell) or row.new_name) for row in doc.successors)
		right = ", ".join(filter(None, after))
	return f"{left} → {right or '–'}"[:255]


def day_of(doc) -> str:
	"""The day it takes effect, as it stands on papers."""
	return f"{getdate(doc.takes_effect_on):%d/%m/%Y}"
