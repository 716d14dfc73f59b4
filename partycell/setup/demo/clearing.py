"""Taking the demo away again: all that it made, and nothing that an office made itself.

What belongs to a cell of the demo (its folder, terms, handovers, actions) goes with the cell, whoever
wrote it. What an office's own record refers to stays, and is named: a cell of the demo into which the
office merged one of its own, a committee with a cell of the office under it, an account that holds an
office's cell.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import frappe
from frappe.model.rename_doc import get_link_fields

from partycell.setup.demo import plan
from partycell.setup.demo.people import Work

CHUNK = 500
NOTE = "Handbook Note"
OF_COMMITTEES = ("Inspection Plan", "Programme Review", "Folder Issue")
# DocType: the fields that name a record of any DocType. Rows that go with the record they are about.
ABOUT = {
	"Activity Log": ("reference_doctype", "reference_name"),
	"Comment": ("reference_doctype", "reference_name"),
	"Document Follow": ("ref_doctype", "ref_docname"),
	"DocShare": ("share_doctype", "share_name"),
	"Email Queue": ("reference_doctype", "reference_name"),
	"Notification Log": ("document_type", "document_name"),
	"Permission Log": ("for_doctype", "for_document"),
	"Tag Link": ("document_type", "document_name"),
	"ToDo": ("reference_type", "reference_name"),
	"Version": ("ref_doctype", "docname"),
	"View Log": ("reference_doctype", "reference_name"),
	"Workflow Action": ("reference_doctype", "reference_name"),
}
# DocType: the field that names an account. Rows that go with the account.
OF_ACCOUNT = {
	"Access Log": "user",
	"Activity Log": "user",
	"DefaultValue": "parent",
	"DocShare": "user",
	"List Filter": "for_user",
	"Notification Log": "for_user",
	"Notification Settings": "name",
	"OAuth Authorization Code": "user",
	"Route History": "user",
	"Sessions": "user",
	"Token Cache": "user",
	"ToDo": "allocated_to",
	"User Permission": "user",
	"View Log": "viewed_by",
	"__UserSettings": "user",
}


@dataclass
class Cleared:
	"""How many records of each DocType went, and what stayed: name and what refers to it."""

	gone: Counter = field(default_factory=Counter)
	kept: dict[str, str] = field(default_factory=dict)


def clear(work: Work) -> Cleared:
	"""Takes the demo away, as Administrator. Cut short, it goes on where it stopped."""
	done = Cleared()
	_reorganisations(done)
	cells = frappe.get_all(
		"Cell", filters={"name": ("like", f"{plan.CELL}%")}, order_by="name asc", pluck="name"
	)
	going = _going("Cell", cells, done, leave_out=_owned())
	for cell in work("Cells", going):
		_cell(cell, done)
		# A cell goes whole; the files on the disk are gone with it.
		frappe.db.commit()
	for doctype in OF_COMMITTEES:
		_of_committees(doctype, done)
	_handbook(done)
	_directives(done)
	_committees(work, done)
	_accounts(work, done)
	return done


def _owned() -> frozenset[tuple[str, str]]:
	"""The (DocType, field) pairs by which something of the app belongs to a cell."""
	ours = set(frappe.get_all("DocType", filters={"module": "Partycell", "istable": 0}, pluck="name"))
	pairs = {(link["parent"], link["fieldname"]) for link in get_link_fields("Cell")}
	return frozenset((doctype, name) for doctype, name in pairs if doctype in ours and name == "cell")


def _cell(cell: str, done: Cleared) -> None:
	"""One cell with all that belongs to it."""
	attached = {("Cell", cell)}
	for doctype, fieldname in sorted(_owned()):
		names = frappe.get_all(doctype, filters={fieldname: cell}, pluck="name")
		attached |= {(doctype, name) for name in names}
		_rows(doctype, names)
		done.gone[doctype] += len(names)
	_rows("Cell", [cell])
	done.gone["Cell"] += 1
	# After the documents: a file that a handover lists may not go before it.
	for doctype in {doctype for doctype, _name in attached}:
		names = [name for kind, name in attached if kind == doctype]
		done.gone["File"] += _files_away(_files(doctype, names))
		_about(doctype, names)


def _rows(doctype: str, names: list[str]) -> None:
	"""Deletes records with their child rows, submitted ones too.

	By statement, because the DocTypes rightly forbid it: what was approved is kept for good. Only
	records of the demo come here.
	"""
	for chunk in _chunks(names):
		for child in frappe.get_meta(doctype).get_table_fields():
			frappe.db.delete(child.options, {"parenttype": doctype, "parent": ("in", chunk)})
		frappe.db.delete(doctype, {"name": ("in", chunk)})
	for name in names:
		frappe.clear_document_cache(doctype, name)


def _files(doctype: str, names: list[str]) -> list[str]:
	found = []
	for chunk in _chunks(names):
		found += frappe.get_all(
			"File", filters={"attached_to_doctype": doctype, "attached_to_name": ("in", chunk)}, pluck="name"
		)
	return found


def _files_away(names: list[str]) -> int:
	"""Files with what lies on the disk; by statement, for Frappe would queue a job for each of hundreds."""
	for name in names:
		# Takes the content from the disk unless another row has the same, so each row goes before the next.
		frappe.get_doc("File", name).run_method("on_trash")
		_rows("File", [name])
	_about("File", names)
	return len(names)


def _about(doctype: str, names: list[str]) -> None:
	"""Comments, versions, notifications and the like of records that are gone."""
	for log, (kind, name) in ABOUT.items():
		if not frappe.db.table_exists(log):
			# Permission Log came with Frappe 16.
			continue
		for chunk in _chunks(names):
			about = frappe.get_all(log, filters={kind: doctype, name: ("in", chunk)}, pluck="name")
			_rows(log, about)
	for chunk in _chunks(names):
		frappe.db.delete("__global_search", {"doctype": doctype, "name": ("in", chunk)})


def _of_committees(doctype: str, done: Cleared) -> None:
	"""What the demo's committees made for their cells, where nothing is left of what came of it."""
	names = frappe.get_all(doctype, filters={"committee": ("like", f"{plan.COMMITTEE}%")}, pluck="name")
	going = _going(doctype, names, done)
	_rows(doctype, going)
	_about(doctype, going)
	done.gone[doctype] += len(going)
	# They go whole.
	frappe.db.commit()


def _reorganisations(done: Cleared) -> None:
	"""Before the cells, whose records name them: those that concern nothing but the demo's."""
	acts = frappe.get_all(
		"Reorganisation",
		filters={"committee": ("like", f"{plan.COMMITTEE}%")},
		fields=["name", "moved_committee", "target_committee"],
	)
	named = {row.name: {row.moved_committee, row.target_committee} for row in acts}
	for child, fields in (
		("Reorganisation Cell", ["cell"]),
		("Reorganisation Successor", ["cell", "became"]),
	):
		for row in frappe.get_all(
			child, filters={"parent": ("in", list(named) or [""])}, fields=["parent", *fields]
		):
			named[row.parent] |= {row[field] for field in fields}
	going = [name for name, others in named.items() if all(plan.is_demo(one) for one in others if one)]
	_rows("Reorganisation", going)
	done.gone["File"] += _files_away(_files("Reorganisation", going))
	_about("Reorganisation", going)
	done.gone["Reorganisation"] += len(going)
	# They go whole; a clearing cut short goes on with the cells.
	frappe.db.commit()


def _handbook(done: Cleared) -> None:
	"""What the demo wrote, its later versions, what came of its questions; the cells' own went with them."""
	names = set()
	for column in ("name", "entry", "from_question"):
		names |= set(frappe.get_all(NOTE, filters={column: ("like", f"{plan.NOTE}%")}, pluck="name"))
	going = _going(NOTE, sorted(names), done, leave_out=frozenset({("Handbook Word", "note")}))
	for chunk in _chunks(going):
		frappe.db.delete("Handbook Word", {"note": ("in", chunk)})
	_rows(NOTE, going)
	_about(NOTE, going)
	done.gone[NOTE] += len(going)
	# An entry goes with all its versions.
	frappe.db.commit()


def _directives(done: Cleared) -> None:
	"""Those that lie in no folder any more and that no directive of the office changes."""
	names = frappe.get_all("Directive", filters={"name": ("like", f"{plan.DIRECTIVE}%")}, pluck="name")
	going = _going("Directive", names, done)
	_rows("Directive", going)
	_files_away(_files("Directive", going))
	_about("Directive", going)
	done.gone["Directive"] += len(going)
	# A demo's directives go together.
	frappe.db.commit()


def _committees(work: Work, done: Cleared) -> None:
	"""From the leaves up; one that has something of the office's under it stays, and all above it."""
	names = frappe.get_all(
		"Party Committee", filters={"name": ("like", f"{plan.COMMITTEE}%")}, order_by="lft desc", pluck="name"
	)
	for name in work("Committees", names):
		if _going("Party Committee", [name], done):
			frappe.delete_doc("Party Committee", name, force=True, delete_permanently=True)
			_about("Party Committee", [name])
			# Frappe notes each deletion, of what nobody need know that it was there.
			noted = {"comment_type": "Deleted", "subject": ("like", f"% {name}")}
			_rows("Comment", frappe.get_all("Comment", filters=noted, pluck="name"))
			done.gone["Party Committee"] += 1
	# What is gone is gone; a clearing cut short goes on after it.
	frappe.db.commit()


def _accounts(work: Work, done: Cleared) -> None:
	"""By statement: deleted one by one, each would queue two jobs, and Frappe 16 takes only so many."""
	users = frappe.get_all("User", filters={"name": ("like", f"%@{plan.DOMAIN}")}, pluck="name")
	for chunk in work("Accounts", list(_chunks(_going("User", users, done)))):
		for table, fieldname in OF_ACCOUNT.items():
			frappe.db.delete(table, {fieldname: ("in", chunk)})
		frappe.db.delete("__Auth", {"doctype": "User", "name": ("in", chunk)})
		for doctype, names in (
			("Contact", frappe.get_all("Contact", filters={"user": ("in", chunk)}, pluck="name")),
			("User", chunk),
		):
			_rows(doctype, names)
			_about(doctype, names)
		done.gone["User"] += len(chunk)
		# These accounts go whole.
		frappe.db.commit()
	frappe.clear_cache()


def _going(doctype: str, names: list[str], done: Cleared, leave_out: frozenset = frozenset()) -> list[str]:
	"""Those of these records to which nothing refers that stays; the others are noted as kept."""
	going = list(names)
	while going and (kept := _referred_to(doctype, going, leave_out)):
		done.kept |= kept
		going = [name for name in going if name not in kept]
	return going


def _referred_to(doctype: str, going: list[str], leave_out: frozenset) -> dict[str, str]:
	"""Which of these another record refers to, with that record: one query a field, not a name."""
	passed_over = {*frappe.get_hooks("ignore_links_on_delete"), *OF_ACCOUNT, "Contact"}
	found: dict[str, str] = {}
	for link in get_link_fields(doctype):
		parent, fieldname = link["parent"], link["fieldname"]
		if parent in passed_over or (parent, fieldname) in leave_out:
			continue
		if link["issingle"]:
			value = frappe.db.get_single_value(parent, fieldname)
			found |= {value: parent} if value in going else {}
			continue
		child = frappe.get_meta(parent).istable
		fields = ["name", fieldname, *(("parent", "parenttype") if child else ())]
		# A handover to a cell, a document that came from one: they go with the cell to which they belong.
		if belongs := doctype == "Cell" and (parent, "cell") in leave_out:
			fields.append("cell")
		for chunk in _chunks(going):
			for row in frappe.get_all(parent, filters={fieldname: ("in", chunk)}, fields=fields):
				kind, name = (row.parenttype, row.parent) if child else (parent, row.name)
				if belongs and row.cell in going:
					continue
				if kind != doctype or name not in going:
					found[row[fieldname]] = f"{kind} {name}"
	return found


def _chunks(names: Iterable[str]) -> Iterable[list[str]]:
	names = list(names)
	return (names[at : at + CHUNK] for at in range(0, len(names), CHUNK))
