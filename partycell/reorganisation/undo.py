"""Taking an act of rearranging back, until anything new hangs on it.

All is put back in one transaction: the handovers are annulled, terms opened again, documents and open matters
go back to their cells. Cells that the act made stay on record, as cells that were never there.
"""

import frappe
from frappe import _
from frappe.utils import cint, cstr, get_datetime, getdate, now_datetime, today

from partycell.errors import ReorganisationError, refuse
from partycell.folder import completeness, provisioning
from partycell.organisation import terms
from partycell.reorganisation import acts, moving, record
from partycell.rules import cells as cell_rules
from partycell.rules import reorganisation as rules
from partycell.rules.completeness import EXPECTED
from partycell.rules.problems import Problem

SHOWN = 20
# What belongs to a cell and shows that its work has gone on: how it is called in a refusal.
NEW_WORK = (
	"Handover",
	"Secretary Term",
	"Directive Acknowledgement",
	"Cell Meeting",
	"Inspection",
	"Corrective Action",
	"Handbook Note",
	"Assigned Member",
	"Issued Folder",
	"Party Member",
)


def guard(doc) -> None:
	"""Before an act is taken back: by a manager, with a reason, and while nothing new hangs on it."""
	doc.undone_reason = doc.flags.undone_reason or doc.undone_reason
	if not cstr(doc.undone_reason).strip():
		frappe.throw(_("Say why the reorganisation is undone."), ReorganisationError)
	acts.hold(doc)
	refuse(
		(Problem("reorganisation", row["text"], row["values"]) for row in hanging(doc)),
		title=_("Something new hangs on it, so it cannot be undone."),
	)
	doc.flags.reorganising = True
	doc.status, doc.undone_by, doc.undone_on = rules.UNDONE, frappe.session.user, now_datetime()


def take_back(doc) -> None:
	"""On cancel: everything is put back as it was."""
	before = record.Before(doc.before_act)
	if doc.kind == rules.MOVE_COMMITTEE:
		moving.hang(doc.moved_committee, doc.former_parent)
	before.put_back("Cell")
	for doctype in ("Folder Item", "Corrective Action", "Handbook Note", "Inspection", "Cell Meeting"):
		before.put_back(doctype)
	before.put_back("Assigned Member")
	before.put_back("Party Member")
	# The rows that the act made; a meeting that names one of them would have kept it from being undone.
	frappe.db.delete("Party Member", {"name": ("in", before.made["Party Member"] or [""])})
	_words_follow(before)
	for name in before.made["Handover"]:
		_annul(name, doc)
	for name in before.made["Secretary Term"]:
		terms.annul(name, today())
	# Slots that came with a move, in which nothing was filed: the guard has seen to that.
	frappe.db.delete("Folder Item", {"name": ("in", before.made["Folder Item"] or [""])})
	_reopen_terms(doc)
	for name in before.made["Cell"]:
		_never_was(name)
	back = [row.cell for row in doc.cells]
	provisioning.provision(back)
	completeness.refresh([*back, *(row.became for row in doc.successors if row.became)])


def hanging(doc) -> list[dict]:
	"""What has come since and would be lost or torn apart: ``[{text, values, doctype, name}]``."""
	since, before = get_datetime(doc.carried_out_on), record.Before(doc.before_act)
	found = _later_acts(doc)
	if doc.kind in rules.MOVES:
		return found + _filed(before.made["Folder Item"], since, []) + _acknowledged_slots(before, since)
	cells = sorted({row.became for row in doc.successors if row.became} | {row.cell for row in doc.cells})
	for doctype in NEW_WORK:
		for row in frappe.get_all(
			doctype,
			filters={
				"cell": ("in", cells),
				"modified": (">", since),
				"name": ("not in", before.made[doctype] or [""]),
			},
			fields=["name"],
			order_by="modified asc",
			limit=SHOWN,
		):
			found.append(_line(doctype, row.name, row.name))
	changed = frappe.get_all(
		"Folder Item", filters={"cell": ("in", cells), "modified": (">", since)}, pluck="name"
	)
	return found + _filed(changed, since, before.made["Handover"])


def _later_acts(doc) -> list[dict]:
	"""Another act that was carried out since and concerns one of the same cells or committees."""
	act = frappe.qb.DocType("Reorganisation")
	cell, line = frappe.qb.DocType("Reorganisation Cell"), frappe.qb.DocType("Reorganisation Successor")
	own = sorted(
		{row.cell for row in doc.cells} | {row.became for row in doc.successors if row.became} | {""}
	)
	with_cell = frappe.qb.from_(cell).select(cell.parent).where(cell.cell.isin(own))
	with_line = frappe.qb.from_(line).select(line.parent).where(line.became.isin(own))
	moved = act.moved_committee == (doc.moved_committee or "-")
	rows = (
		frappe.qb.from_(act)
		.select(act.name, act.title)
		.where((act.docstatus == 1) & (act.name != doc.name) & (act.carried_out_on > doc.carried_out_on))
		.where(act.name.isin(with_cell) | act.name.isin(with_line) | moved)
	).run()
	return [_line("Reorganisation", name, title) for name, title in rows]


def _filed(items: list[str], since, handovers: list[str]) -> list[dict]:
	"""Documents that were filed or changed since, but for the minutes of the act's own handovers."""
	own = frappe.get_all("Handover", filters={"name": ("in", handovers or [""])}, pluck="minutes_file")
	own = [name for name in own if name]
	with_minutes = frappe.get_all(
		"File",
		filters={"name": ("in", own or [""]), "attached_to_doctype": "Folder Item"},
		pluck="attached_to_name",
	)
	rows = frappe.get_all(
		"Folder Item",
		filters={"name": ("in", items or [""]), "modified": (">", since)},
		fields=["name", "title", "state", "file_count"],
		order_by="modified asc",
	)
	return [
		_line("Folder Item", row.name, row.title)
		for row in rows
		if (row.state != EXPECTED or cint(row.file_count))
		and not (row.name in with_minutes and cint(row.file_count) <= with_minutes.count(row.name))
	]


def _acknowledged_slots(before: record.Before, since) -> list[dict]:
	"""Directives that came with a move, and that a cell has taken note of since."""
	slots = frappe.get_all(
		"Folder Item",
		filters={"name": ("in", before.made["Folder Item"] or [""])},
		fields=["cell", "directive"],
	)
	pairs = {(row.cell, row.directive) for row in slots}
	rows = frappe.get_all(
		"Directive Acknowledgement",
		filters={
			"cell": ("in", sorted({cell for cell, _directive in pairs}) or [""]),
			"creation": (">", since),
		},
		fields=["name", "cell", "directive"],
	)
	return [
		_line("Directive Acknowledgement", row.name, row.name)
		for row in rows
		if (row.cell, row.directive) in pairs
	]


def _line(doctype: str, name: str, title: str) -> dict:
	return {
		"text": "{kind}: {title}",
		"values": {"kind": doctype, "title": title or name},
		"doctype": doctype,
		"name": name,
	}


def _annul(name: str, doc) -> None:
	handover = frappe.get_doc("Handover", name)
	handover.annulled_reason = doc.undone_reason
	handover.flags.by_reorganisation = True
	handover.cancel()
	# What was to be put right goes back with the cell; it is written off with the handover.
	actions = frappe.get_all("Corrective Action", filters={"handover": name}, pluck="name")
	record.write("Corrective Action", actions, cell=handover.cell)


def _reopen_terms(doc) -> None:
	"""Terms that closed without a handover, for there was no folder to hand over."""
	without = [row.cell for row in doc.cells if row.closed and not row.handover]
	for name in frappe.get_all(
		"Secretary Term",
		filters={
			"cell": ("in", without or [""]),
			"to_date": getdate(doc.takes_effect_on),
			"status": "Closed",
		},
		pluck="name",
	):
		terms.reopen(name)


def _never_was(name: str) -> None:
	"""A cell that the act made: its record stays, for papers name it, and it was there on no day."""
	cell = frappe.get_doc("Cell", name)
	cell.update({"status": cell_rules.DISSOLVED, "closed_on": cell.established_on, "members": 0})
	cell.full_members = 0
	cell.flags.by_reorganisation = True
	cell.save()


def _words_follow(before: record.Before) -> None:
	"""The search index of questions and notes that go back."""
	word = frappe.qb.DocType("Handbook Word")
	by_cell: dict[str, list[str]] = {}
	for name, values in before.rows.get("Handbook Note", {}).items():
		if values.get("cell"):
			by_cell.setdefault(values["cell"], []).append(name)
	for cell, notes in by_cell.items():
		frappe.qb.update(word).set(word.cell, cell).where(word.note.isin(notes)).run()
