"""Issuing folders: a batch gives each cell that has none a folder with a number, in one transaction.

Which cells are meant is asked as for directives. A number is never given twice, and a cell has one issued
folder at a time: two unique indexes hold that, whatever happens at the same instant. What is replaced or
returned stays as history, with its number.
"""

from collections.abc import Sequence

import frappe
from frappe import _
from frappe.query_builder.functions import Count
from frappe.utils import cint, cstr, getdate, now, today
from pypika.terms import Bracket

from partycell.access import scope
from partycell.directives import records, targeting
from partycell.errors import IssueError, refuse
from partycell.framework import bulk, locking, settings
from partycell.rules import issuing as rules
from partycell.rules.text import search_text

DRAFT, ISSUING, DONE = "Draft", "Giving Out", "Given Out"
CHUNK = 2000
COLUMNS = (
	"name creation modified owner modified_by docstatus idx folder_number cell status issue committee issued_on "
	"search_text number_key current_key replaces"
).split()


def check(doc) -> None:
	"""Refuses an issue written wrongly; what its act decides is not written by hand."""
	before = doc.get_doc_before_save()
	if doc.docstatus.is_draft():
		doc.status, doc.folders_issued = DRAFT, 0
	elif before and before.docstatus.is_submitted():
		doc.status, doc.folders_issued = before.status, before.folders_issued
	refuse(rules.pattern_problems(cstr(doc.number_pattern), cint(doc.first_number)))
	stretch = frappe.db.get_value("Party Committee", doc.committee, ["lft", "rgt"])
	for row in doc.copies:
		# Without a committee the folders are kept in reserve by the one that issues.
		if cint(row.copies) < 1 or (row.committee and not scope.within(row.committee, (stretch,))):
			frappe.throw(
				_(
					"Other folders, line {number}: write how many, and a committee at or below the issuing one."
				).format(number=row.idx),
				IssueError,
			)


def guard(doc) -> None:
	"""Before folders are issued: one issue of a committee at a time, and to somebody."""
	locking.take("Party Committee", name=doc.committee)
	total = _count(doc)
	if not total:
		frappe.throw(
			_(
				"No active cell without a folder is meant. Choose other cells; a folder that is lost or damaged"
				" is replaced on its own record."
			),
			IssueError,
		)
	doc.status, doc.folders_issued = ISSUING, 0
	doc.flags.folders = total


def begin(doc) -> None:
	"""On submit: at once where few folders are issued, in the background where many are."""
	if doc.flags.at_once or doc.flags.folders < max(1, settings.get().background_from):
		carry_out(doc.name)
		doc.reload()
		return
	_enqueue(doc.name)
	frappe.msgprint(_("{count} folders are being issued.").format(count=doc.flags.folders), alert=True)


def refuse_cancel(doc) -> None:
	"""What was issued is in people's hands."""
	frappe.throw(
		_("Folders that were issued are returned or replaced one by one, not cancelled."), IssueError
	)


def go_on() -> None:
	"""Hourly: an issue that was cut short is carried out; nothing of it was kept, so it begins afresh."""
	for name in frappe.get_all("Folder Issue", filters={"docstatus": 1, "status": ISSUING}, pluck="name"):
		_enqueue(name)


def carry_out(issue: str) -> int:
	"""Numbers the folders of an issue and marks their cells, in one transaction; returns how many there are.

	Doing it again does nothing.
	"""
	committee = frappe.db.get_value("Folder Issue", issue, "committee")
	locking.take("Party Committee", name=committee)
	if frappe.db.get_value("Folder Issue", issue, "status") != ISSUING:
		return 0
	doc = frappe.get_doc("Folder Issue", issue)
	cell = frappe.qb.DocType("Cell")
	rows = (
		frappe.qb.from_(cell)
		.select(cell.name, cell.cell_name, cell.folder_number)
		.where(_condition(doc))
		.orderby(cell.committee, cell.cell_name, cell.name)
	).run()
	numbers = rules.assign(
		[number or None for _name, _title, number in rows],
		doc.number_pattern,
		cint(doc.first_number),
		getdate(doc.issued_on).year,
		_taken(committee),
	)
	made = [
		_row(doc.committee, name, title, number, doc.issued_on, issue=doc.name)
		for (name, title, _own), number in zip(rows, numbers, strict=True)
	]
	for start in range(0, len(made), CHUNK):
		_insert(made[start : start + CHUNK])
	_mark_cells(cell.name.isin(_cells_of_issue(issue)))
	values = {"status": DONE, "folders_issued": len(made)}
	frappe.db.set_value("Folder Issue", issue, values, update_modified=False)
	return len(made)


def preview(committee: str, rows: Sequence, pattern: str, first: int) -> dict:
	"""What an issue would do: ``{count}``, the cells that would get a folder."""
	doc = frappe.new_doc("Folder Issue").update({"committee": committee})
	for row in rows:
		doc.append("cells", {field: row.get(field) for field in ("committee", "cell_type", "cell")})
	refuse(rules.pattern_problems(pattern, first))
	return {"count": _count(doc)}


def record_receipt(folder: str, received_by: str, received_on: str | None = None) -> None:
	"""Who received a folder and when: the cell's secretary says so, or an officer above writes it down."""
	row = _held_folder(folder, secretary_too=True)
	day = getdate(received_on or today())
	if not cstr(received_by).strip():
		frappe.throw(_("Write who received the folder."), IssueError)
	if day < getdate(row.issued_on) or day > getdate(today()):
		frappe.throw(
			_("A folder is received on the day it is issued or later, and not in the future."), IssueError
		)
	_set(
		folder,
		status=rules.RECEIVED,
		received_by=cstr(received_by).strip()[:140],
		received_on=day,
		recorded_by=frappe.session.user,
	)


def replace(folder: str, reason: str, pattern: str, remark: str | None = None) -> str:
	"""A lost or damaged folder makes room for another with a new number; returns the new record."""
	row = _held_folder(folder)
	if reason not in rules.REASONS:
		frappe.throw(_("Say whether the folder was lost or damaged."), IssueError)
	refuse(rules.pattern_problems(pattern, 1))
	number = rules.assign([None], pattern, 1, getdate(today()).year, _taken(row.committee))[0]
	_set(folder, status=rules.REPLACED, end_reason=reason, end_remark=remark, **_ended())
	title = frappe.db.get_value("Cell", row.cell, "cell_name")
	new = _row(row.committee, row.cell, title, number, getdate(today()), issue=row.issue, replaces=folder)
	_insert([new])
	_mark_cells(frappe.qb.DocType("Cell").name == row.cell)
	return new["name"]


def take_back(folder: str, remark: str) -> None:
	"""A folder that comes back to the committee: the cell has none any more."""
	row = _held_folder(folder)
	if not cstr(remark).strip():
		frappe.throw(_("Write why the folder is returned."), IssueError)
	_set(folder, status=rules.RETURNED, end_remark=remark, **_ended())
	title = frappe.db.get_value("Cell", row.cell, "cell_name")
	values = {"folder_number": None, "folder_issued_on": None, "search_text": search_text(title, None)}
	frappe.db.set_value("Cell", row.cell, values)


def for_form(doc) -> dict:
	"""What the form of an issued folder offers: which acts, and what it fills in for them."""
	user = frappe.session.user
	reach = scope.of(user)
	above = reach.everything or scope.officer_of(doc.cell, reach)
	return {
		"may_receive": above or doc.cell in reach.held,
		"may_end": above,
		"secretary": frappe.db.get_value("Cell", doc.cell, "secretary_name"),
		"number_pattern": frappe.db.get_value("Folder Issue", doc.issue, "number_pattern"),
	}


def _held_folder(folder: str, secretary_too: bool = False):
	"""The record of a folder that the cell has, held until the transaction ends, for one who may act on it."""
	committee = frappe.db.get_value("Issued Folder", folder, "committee")
	if committee:
		# The same lock as an issue, so that numbers are given one at a time.
		locking.take("Party Committee", name=committee)
	row = frappe.db.get_value(
		"Issued Folder", folder, ["cell", "committee", "status", "issued_on", "issue"], as_dict=True
	)
	user = frappe.session.user
	reach = scope.of(user)
	allowed = row and (
		reach.everything or scope.officer_of(row.cell, reach) or (secretary_too and row.cell in reach.held)
	)
	if not allowed:
		raise frappe.PermissionError(folder)
	refuse([rules.end_problem(row.status)])
	return row


def _condition(doc):
	"""The active cells that are meant and have no issued folder."""
	stretch = frappe.db.get_value("Party Committee", doc.committee, ["lft", "rgt"])
	cell, folder = frappe.qb.DocType("Cell"), frappe.qb.DocType("Issued Folder")
	has_one = frappe.qb.from_(folder).select(folder.current_key).where(folder.current_key.isnotnull())
	return targeting.meant_within(records.targets(doc.cells), stretch) & cell.name.notin(has_one)


def _count(doc) -> int:
	cell = frappe.qb.DocType("Cell")
	return frappe.qb.from_(cell).select(Count("*")).where(_condition(doc)).run()[0][0]


def _taken(committee: str) -> set[str]:
	"""The keys of all numbers that a committee has given."""
	given = frappe.get_all("Issued Folder", filters={"committee": committee}, pluck="folder_number")
	return {rules.key(number) for number in given}


def _row(committee: str, cell: str, title: str, number: str, day, **more) -> dict:
	return {
		"name": frappe.generate_hash(length=14),
		"folder_number": number,
		"cell": cell,
		"status": rules.ISSUED,
		"committee": committee,
		"issued_on": day,
		"search_text": search_text(title, number),
		"number_key": f"{committee}|{rules.key(number)}"[:140],
		"current_key": cell,
		**more,
	}


def _insert(rows: list[dict]) -> None:
	stamp, user = now(), frappe.session.user
	common = {"creation": stamp, "modified": stamp, "owner": user, "modified_by": user}
	common |= {"docstatus": 0, "idx": 0}
	values = [[(common | row).get(column) for column in COLUMNS] for row in rows]
	bulk.insert("Issued Folder", COLUMNS, values)


def _mark_cells(which) -> None:
	"""Writes on cells the number and day of the folder they have now: one update, whatever their number."""
	cell, folder = frappe.qb.DocType("Cell"), frappe.qb.DocType("Issued Folder")

	def of(column: str):
		# Bracketed by hand: a query that is a value in an update gets no brackets by itself.
		return Bracket(frappe.qb.from_(folder).select(folder[column]).where(folder.current_key == cell.name))

	query = frappe.qb.update(cell).set(cell.folder_number, of("folder_number"))
	query = query.set(cell.folder_issued_on, of("issued_on")).set(cell.search_text, of("search_text"))
	query.set(cell.modified, now()).where(which).run()


def _cells_of_issue(issue: str):
	folder = frappe.qb.DocType("Issued Folder")
	return frappe.qb.from_(folder).select(folder.cell).where(folder.issue == issue)


def _ended() -> dict:
	return {"ended_on": today(), "current_key": None}


def _set(folder: str, **values) -> None:
	frappe.db.set_value("Issued Folder", folder, values)


def _enqueue(issue: str) -> None:
	frappe.enqueue(
		"partycell.folder.issuing.carry_out",
		queue="long",
		timeout=3600,
		job_id=f"partycell-issue-{issue}",
		deduplicate=True,
		enqueue_after_commit=True,
		issue=issue,
	)
