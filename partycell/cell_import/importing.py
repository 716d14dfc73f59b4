"""Importing committees, cells, secretaries and folders from a spreadsheet: first looked at, then all or nothing.

What a check shows is what an import does: a plan that has become another one since is not carried out.
"""

import json
from pathlib import Path

import frappe
from frappe import _
from frappe.utils import getdate, now_datetime, today

from partycell.cell_import import findings, writing
from partycell.cell_import import present as cell_import_present
from partycell.errors import CellImportError
from partycell.framework import locking, settings, spreadsheets
from partycell.rules import import_plan, import_reading
from partycell.rules.import_columns import COLUMNS

DOCTYPE = "Cell Import"
DRAFT, CHECKED, IMPORTING, IMPORTED, FAILED = "Draft", "Checked", "Importing", "Imported", "Failed"
STATES = (DRAFT, CHECKED, IMPORTING, IMPORTED, FAILED)
# Written by an act, never by hand.
BY_ACT = (
	"state file_name record_rows to_create to_change to_leave new_accounts problems remarks checked_on imported_on "
	"imported_by failure findings findings_file fingerprint"
).split()


def check_document(doc) -> None:
	"""Before an import is saved: only an act writes what was found; another file is looked at afresh."""
	if doc.flags.by_act:
		return
	before = None if doc.is_new() else doc.get_doc_before_save()
	for field in BY_ACT:
		doc.set(field, before.get(field) if before else None)
	doc.state = doc.state or DRAFT
	if not before or (doc.file or "", doc.make_accounts or 0) == (
		before.file or "",
		before.make_accounts or 0,
	):
		return
	if before.state in (IMPORTED, IMPORTING):
		frappe.throw(_("This import is carried out. Make a new one for another file."), CellImportError)
	_forget(doc)
	doc.file_name = (doc.file and _attached(doc).file_name) or None


def refuse_delete(doc) -> None:
	"""What was imported stays on record."""
	if doc.state in (IMPORTED, IMPORTING):
		frappe.throw(
			_("This import is carried out and stays, as the record of what it changed."), CellImportError
		)


def check(name: str) -> dict:
	"""Looks at the spreadsheet and notes what an import would do; changes nothing else. Returns the counts."""
	doc = _held(name)
	plan = _plan(doc)
	doc.update({"state": CHECKED, "checked_on": now_datetime(), "failure": None})
	doc.fingerprint = plan.fingerprint()
	_note(doc, plan)
	return _save(doc)


def run(name: str) -> dict:
	"""Carries out what the check showed, in the caller's transaction. Returns the counts."""
	# One import at a time: two of them would make the same cells.
	locking.take("DocType", name=DOCTYPE)
	doc = _held(name)
	if not doc.fingerprint or doc.problems:
		frappe.throw(_("Check the spreadsheet first, and correct what is wrong with it."), CellImportError)
	plan = _plan(doc)
	if plan.problems or plan.fingerprint() != doc.fingerprint:
		frappe.throw(
			_("Something has changed since the check, so nothing was imported. Check again."), CellImportError
		)
	names = writing.write(plan)
	doc.update({"state": IMPORTED, "imported_on": now_datetime(), "imported_by": frappe.session.user})
	doc.failure = None
	_note(doc, plan, names)
	return _save(doc)


def run_or_enqueue(name: str) -> dict | None:
	"""Imports at once where few rows write something; in the background, returning None, where many do."""
	doc = frappe.get_doc(DOCTYPE, name)
	doc.check_permission("write")
	if (doc.to_create or 0) + (doc.to_change or 0) < max(1, settings.get().background_from):
		return run(name)
	doc = _held(name)
	if not doc.fingerprint or doc.problems:
		frappe.throw(_("Check the spreadsheet first, and correct what is wrong with it."), CellImportError)
	doc.update({"state": IMPORTING, "failure": None})
	_save(doc)
	frappe.enqueue(
		"partycell.cell_import.importing.run_in_background",
		queue="long",
		timeout=3 * 3600,
		job_id=f"partycell-import-{name}",
		deduplicate=True,
		enqueue_after_commit=True,
		name=name,
	)
	return None


def run_in_background(name: str) -> None:
	"""A job: imports, or notes why it could not; a worker that dies leaves nothing behind."""
	try:
		run(name)
	except Exception as error:
		frappe.db.rollback()
		doc = frappe.get_doc(DOCTYPE, name)
		known = isinstance(error, frappe.ValidationError | frappe.PermissionError)
		why = str(error) if known else _("It broke off. An administrator finds the reason in the error log.")
		doc.update({"state": FAILED, "failure": frappe.utils.strip_html(why)[:1000]})
		_save(doc)
		if not known:
			frappe.log_error(title=f"partycell import {name}")
		# The import itself is rolled back; what is kept is why.
		frappe.db.commit()


def template() -> bytes:
	"""A workbook with the headings in the user's language, and a sheet that explains them."""
	sheets = {
		_(kind): [[_(column.label) for column in columns.values()]] for kind, columns in COLUMNS.items()
	}
	return spreadsheets.workbook_of(sheets | {_("How to Fill It In"): findings.explained()})


def _held(name: str):
	locking.take(DOCTYPE, name=name)
	doc = frappe.get_doc(DOCTYPE, name)
	doc.check_permission("write")
	if doc.state == IMPORTED:
		frappe.throw(_("This import is carried out. Make a new one for another file."), CellImportError)
	return doc


def _plan(doc) -> import_plan.Plan:
	if not doc.file:
		frappe.throw(_("Choose the spreadsheet first."), CellImportError)
	file = _attached(doc)
	content = Path(file.get_full_path()).read_bytes()
	labels = {column.label: _(column.label) for columns in COLUMNS.values() for column in columns.values()}
	records, said = import_reading.read(spreadsheets.tables(content, file.file_name), labels)
	present = cell_import_present.read(records)
	return import_plan.make(records, said, present, day=getdate(today()), accounts=bool(doc.make_accounts))


def _attached(doc):
	"""The file that hangs on this import; somebody else's address is none."""
	name = frappe.db.get_value(
		"File", {"attached_to_doctype": DOCTYPE, "attached_to_name": doc.name, "file_url": doc.file}
	)
	if not name:
		frappe.throw(_("The file is not attached to this import. Choose it here."), CellImportError)
	return frappe.get_doc("File", name)


def _note(doc, plan: import_plan.Plan, names: dict | None = None) -> None:
	doc.record_rows = len(plan.lines)
	doc.to_create = plan.count(import_plan.CREATE)
	doc.to_change = plan.count(import_plan.CHANGE)
	doc.to_leave = plan.count(import_plan.LEAVE)
	doc.new_accounts = len(plan.accounts)
	doc.problems = len(plan.problems)
	doc.remarks = len(plan.findings) - doc.problems
	lines = findings.lines(plan, names)
	doc.findings = json.dumps(findings.most_telling(lines), ensure_ascii=False)
	doc.findings_file = _attach(doc, spreadsheets.csv_of(findings.table(lines)))


def _attach(doc, content: bytes) -> str:
	"""Hangs the findings on the import in place of the last ones."""
	if doc.findings_file and doc.findings_file != doc.file:
		for old in frappe.get_all(
			"File",
			filters={
				"attached_to_doctype": DOCTYPE,
				"attached_to_name": doc.name,
				"file_url": doc.findings_file,
			},
			pluck="name",
		):
			frappe.delete_doc("File", old)
	file = frappe.new_doc("File")
	file.update(
		{
			"attached_to_doctype": DOCTYPE,
			"attached_to_name": doc.name,
			"file_name": f"{doc.name}-{doc.state.lower()}.csv",
			"content": content,
			"is_private": 1,
		}
	)
	return file.insert().file_url


def _forget(doc) -> None:
	for field in BY_ACT:
		if field != "findings_file":
			doc.set(field, None)
	doc.state = DRAFT


def _save(doc) -> dict:
	doc.flags.by_act = True
	doc.save()
	return {
		field: doc.get(field)
		for field in ("state", "to_create", "to_change", "to_leave", "problems", "remarks")
	}
