"""What an act of rearranging finds: the cells concerned, what they become, and what is in each of them.

Everything is read in sets: some fifteen queries, however many cells are concerned.
"""

from collections import defaultdict
from collections.abc import Sequence

import frappe
from frappe.query_builder import Case
from frappe.query_builder.functions import Count, Sum
from frappe.utils import cint, cstr, getdate, today

from partycell.access import scope
from partycell.corrective.actions import PENDING
from partycell.directives import acknowledgement
from partycell.rules import handbook, inspection, meetings
from partycell.rules import issuing as issued
from partycell.rules import reorganisation as rules
from partycell.rules.completeness import DAMAGED, EXPECTED, MISSING, NOT_APPLICABLE, OUTDATED, PRESENT
from partycell.rules.terms import OPEN

HELD_STATES = (PRESENT, DAMAGED, OUTDATED)


def read(doc) -> rules.Act:
	"""The act as it stands today, for the rules."""
	names = cells_of(doc)
	own = [row.cell for row in doc.successors if row.cell]
	rows = _cells({*names, *own})
	offices, running = _offices(rows), _running(rows)
	stretch = _stretch(doc.committee)
	counts = count(names)
	listed = [
		_concerned(rows[name], offices.get(name), running.get(name), counts[name], stretch, doc)
		for name in names
		if name in rows
	]
	first = rows.get(names[0]) if names else None
	successors = [_successor(row, rows, offices, running, stretch, first) for row in doc.successors]
	return rules.Act(
		kind=doc.kind,
		day=getdate(doc.takes_effect_on),
		decided_on=getdate(doc.decided_on),
		today=getdate(today()),
		user=frappe.session.user,
		cells=listed,
		successors=successors if doc.kind not in rules.MOVES else [],
		received_by=doc.received_by,
		**(_places(doc, stretch) if doc.kind in rules.MOVES else {}),
	)


def cells_of(doc) -> list[str]:
	"""The cells concerned, in the order of their lines; none where a committee moves."""
	return [] if doc.kind == rules.MOVE_COMMITTEE else [row.cell for row in doc.cells if row.cell]


def count(cells: Sequence[str]) -> dict[str, dict[str, int]]:
	"""cell: how many there are of each of ``rules.COUNTED``."""
	found: dict[str, dict[str, int]] = {cell: defaultdict(int) for cell in cells}
	if not cells:
		return found

	def add(what: str, rows) -> None:
		for cell, number in rows:
			found[cell][what] += cint(number)

	cell, item = frappe.qb.DocType("Cell"), frappe.qb.DocType("Folder Item")
	there = (cell.name.isin(list(cells)),)
	add("members", frappe.qb.from_(cell).select(cell.name, cell.members).where(*there).run())
	lacking = Case().when(
		cell.required_due > cell.required_present, cell.required_due - cell.required_present
	)
	add("missing", frappe.qb.from_(cell).select(cell.name, lacking.else_(0)).where(*there).run())
	held = item.state.isin(HELD_STATES) | (item.file_count > 0)
	add("documents", _grouped("Folder Item", cells, held))
	add("open_handovers", _grouped("Handover", cells, lambda row: row.open_key.isnotnull()))
	add("questions", _grouped("Handbook Note", cells, lambda row: row.workflow_state.isin(handbook.PENDING)))
	add("actions", _grouped("Corrective Action", cells, lambda row: row.workflow_state.isin(PENDING)))
	for line in acknowledgement.pending(cells):
		found[line.cell]["unacknowledged"] += 1
	for what, states in (
		("planned_inspections", [inspection.PLANNED]),
		("running_inspections", inspection.RUNNING_STATES),
	):
		add(what, _grouped("Inspection", cells, lambda row, s=states: row.workflow_state.isin(list(s))))
	for what, state in (("planned_meetings", meetings.PLANNED), ("held_meetings", meetings.HELD)):
		add(what, _grouped("Cell Meeting", cells, lambda row, s=state: row.status == s))
	add(
		"assigned_members",
		_grouped("Assigned Member", cells, lambda row: row.to_date.isnull() | (row.to_date >= today())),
	)
	add("issued_folders", _grouped("Issued Folder", cells, lambda row: row.status.isin(sorted(issued.HELD))))
	return found


def states(cells: Sequence[str]) -> dict[str, dict[str, int]]:
	"""cell: {state: how many documents of its folder}, those that do not apply left out; one query."""
	item = frappe.qb.DocType("Folder Item")
	found: dict[str, dict[str, int]] = {cell: {} for cell in cells}
	if cells:
		for cell, state, number in (
			frappe.qb.from_(item)
			.select(item.cell, item.state, Count("*"))
			.where(item.cell.isin(list(cells)) & (item.state != NOT_APPLICABLE))
			.groupby(item.cell, item.state)
		).run():
			found[cell][state] = cint(number)
	return found


def nothing_filed(item) -> object:
	"""The condition that nothing was ever filed in a slot, written on the Folder Item table."""
	return item.state.isin([EXPECTED, MISSING]) & (item.file_count == 0) & (item.copies == 0)


def _grouped(doctype: str, cells: Sequence[str], condition):
	table = frappe.qb.DocType(doctype)
	where = condition(table) if callable(condition) else condition
	query = frappe.qb.from_(table).select(table.cell, Sum(Case().when(where, 1).else_(0)))
	return query.where(table.cell.isin(list(cells))).groupby(table.cell).run()


def _cells(names: set[str]) -> dict[str, dict]:
	cell, committee = frappe.qb.DocType("Cell"), frappe.qb.DocType("Party Committee")
	if not names:
		return {}
	rows = (
		frappe.qb.from_(cell)
		.join(committee)
		.on(committee.name == cell.committee)
		.select(
			cell.name,
			cell.cell_name,
			cell.status,
			cell.committee,
			cell.members,
			cell.full_members,
			cell.established_on,
			committee.lft,
		)
		.where(cell.name.isin(sorted(names)))
	).run(as_dict=True)
	return {row.name: row for row in rows}


def _offices(names) -> dict[str, dict]:
	rows = frappe.get_all(
		"Secretary Term",
		filters={"cell": ("in", sorted(names)), "status": OPEN},
		fields=["cell", "name", "user", "full_name", "from_date"],
	)
	return {row.cell: row for row in rows}


def _running(names) -> dict[str, str]:
	rows = frappe.get_all(
		"Handover", filters={"open_key": ("in", sorted(names))}, fields=["open_key", "name"]
	)
	return {row.open_key: row.name for row in rows}


def _stretch(committee: str | None) -> tuple[tuple[int, int], ...]:
	found = frappe.db.get_value("Party Committee", committee, ["lft", "rgt"]) if committee else None
	return ((int(found[0]), int(found[1])),) if found else ()


def _inside(lft, stretch) -> bool:
	return any(low <= cint(lft) <= high for low, high in stretch)


def _concerned(row, office, handover, counts, stretch, doc) -> rules.Concerned:
	return rules.Concerned(
		cell=row.name,
		title=row.cell_name,
		status=row.status,
		secretary=office.user if office else None,
		secretary_name=office.full_name if office else None,
		term_since=getdate(office.from_date) if office else None,
		established_on=getdate(row.established_on) if row.established_on else None,
		handover=handover,
		below=_inside(row.lft, stretch),
		in_target=row.committee == doc.target_committee,
		full_members=cint(row.full_members),
		counts=counts,
	)


def _successor(row, rows, offices, running, stretch, first) -> rules.Successor:
	known = rows.get(row.cell) if row.cell else None
	office = offices.get(row.cell) if row.cell else None
	user = office.user if office else row.secretary
	committee = known.committee if known else (row.committee or (first.committee if first else None))
	return rules.Successor(
		title=known.cell_name if known else cstr(row.new_name).strip(),
		cell=row.cell or None,
		status=known.status if known else rules.cell_rules.ACTIVE,
		cell_type=row.cell_type or None,
		committee_below=bool(committee) and scope.within(committee, stretch),
		secretary=row.secretary or None,
		holder=office.user if office else None,
		enabled=not user or bool(frappe.db.get_value("User", user, "enabled")),
		handover=running.get(row.cell) if row.cell else None,
		members=cint(row.members),
		full_members=cint(row.full_members),
		takes_folder=bool(row.takes_folder),
	)


def _places(doc, stretch) -> dict:
	"""Where a move goes to and comes from."""
	fields = ["committee_name", "level", "parent_party_committee", "lft", "rgt"]
	target = frappe.db.get_value("Party Committee", doc.target_committee, fields, as_dict=True)
	moved = frappe.db.get_value("Party Committee", doc.moved_committee, fields, as_dict=True)
	found: dict = {}
	if doc.target_committee and target:
		above = {"lft": ("<=", target.lft), "rgt": (">=", target.rgt)}
		found |= {
			"target": doc.target_committee,
			"target_title": target.committee_name,
			"target_level": target.level,
			"target_below": _inside(target.lft, stretch),
			"path_of_target": frappe.get_all("Party Committee", filters=above, pluck="name"),
		}
	if doc.kind == rules.MOVE_COMMITTEE and doc.moved_committee and moved:
		found |= {
			"moved": doc.moved_committee,
			"moved_title": moved.committee_name,
			"moved_level": moved.level,
			"moved_parent": moved.parent_party_committee,
			"moved_below": _inside(moved.lft, stretch),
		}
	return found
