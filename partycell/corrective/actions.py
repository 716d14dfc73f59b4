"""Corrective actions: what must be put right, by whom, by when, and whether it helped."""

import frappe
from frappe import _
from frappe.utils import add_days, cint, getdate, today

from partycell.errors import PartycellError
from partycell.framework import guarding, settings
from partycell.handover.open_matters import Matter
from partycell.rules import terms

OPEN, DONE, EFFECTIVE, WRITTEN_OFF = "Open", "Done", "Effective", "Written Off"
PENDING = (OPEN, DONE)
ENDED = (EFFECTIVE, WRITTEN_OFF)


def check(doc) -> None:
	"""What each step asks for: evidence when done, a reason when written off; what has ended stays as it is."""
	state = doc.workflow_state or OPEN
	_guard_ended(doc, state)
	if doc.responsible:
		doc.responsible_name = frappe.db.get_value("User", doc.responsible, "full_name")
	if state == DONE and not (doc.evidence or "").strip():
		frappe.throw(_("Say how it was put right, under Evidence."), PartycellError)
	if state == WRITTEN_OFF and not (doc.written_off_reason or "").strip():
		frappe.throw(_("Say why it is written off."), PartycellError)
	if doc.has_value_changed("workflow_state"):
		if state == DONE:
			doc.done_on = getdate(today())
		elif state == OPEN:
			doc.done_on = doc.effect_checked_by = doc.effect_checked_on = None
			if not doc.is_new():
				doc.reopened_on = getdate(today())
		elif state == EFFECTIVE:
			doc.effect_checked_by, doc.effect_checked_on = frappe.session.user, getdate(today())


def _guard_ended(doc, state: str) -> None:
	before = doc.get_doc_before_save()
	if not before or before.workflow_state not in ENDED or state != before.workflow_state:
		return
	refused = guarding.first_refused(doc, before, frozenset())
	if refused:
		frappe.throw(
			_("This action has ended, so {field} stays as it is. Open the action again to change it.").format(
				field=_(refused.label)
			),
			PartycellError,
		)


def open_matters(cell: str) -> list[Matter]:
	"""Hook ``partycell_open_matters``: actions whose effect has not been checked yet."""
	return [
		Matter(
			kind="Corrective Action",
			title=row.subject,
			reference_doctype="Corrective Action",
			reference_name=row.name,
			responsible=row.responsible_name,
			due_on=row.due_on,
		)
		for row in frappe.get_all(
			"Corrective Action",
			filters={"cell": cell, "workflow_state": ("in", PENDING)},
			fields=["name", "subject", "responsible_name", "due_on"],
		)
	]


def open_for(handover, row) -> str:
	"""Opens the action that follows from one line of a handover, and returns its name."""
	action = frappe.new_doc("Corrective Action")
	action.update(
		{
			"subject": row.title,
			"cell": handover.to_cell or handover.cell,
			"handover": handover.name,
			"folder_item": row.folder_item,
			"found_state": row.received_state,
			"found_remark": row.received_remark or row.remark,
			"remedy": row.remedy,
			"responsible": row.responsible,
			"due_on": row.due_on,
		}
	)
	return action.insert().name


def put_right_elsewhere(handover) -> set[str]:
	"""Of the lines of a cell that closes: those that its successor must put right; none where nobody succeeds.

	Directives are not among them: the successor has its own slot for each.
	"""
	if not handover.to_cell:
		return set()
	names = [row.folder_item for row in handover.items]
	filters = {"name": ("in", names or [""]), "directive": ("is", "not set")}
	return set(frappe.get_all("Folder Item", filters=filters, pluck="name"))


def open_for_finding(inspection, row, responsible: str | None) -> str:
	"""Opens the action that follows from a weakness an inspection found, and returns its name."""
	action = frappe.new_doc("Corrective Action")
	action.update(
		{
			"subject": " ".join(row.text.split())[:255],
			"cell": inspection.cell,
			"inspection": inspection.name,
			"criterion": row.criterion,
			"remedy": row.remedy,
			"responsible": responsible,
			"due_on": row.due_on,
		}
	)
	return action.insert().name


def open_for_file(row, gone: bool) -> str | None:
	"""Opens the action for a stored file that changed or vanished; None where one is pending already.

	row: file_name, item and cell of the file
	"""
	state = "Missing" if gone else "Damaged"
	known = {
		"folder_item": row.item,
		"found_state": state,
		"found_remark": row.file_name,
		"workflow_state": ("in", PENDING),
	}
	if frappe.db.exists("Corrective Action", known):
		return None
	text = _("File vanished from the disk: {file}") if gone else _("File changed on the disk: {file}")
	action = frappe.new_doc("Corrective Action")
	action.update(
		{
			"subject": text.format(file=row.file_name)[:255],
			"cell": row.cell,
			"folder_item": row.item,
			"found_state": state,
			"found_remark": row.file_name,
			"remedy": _("Put the file back from a backup or a sealed dossier, or file the paper again."),
			"responsible": frappe.db.get_value(
				"Secretary Term", {"cell": row.cell, "status": terms.OPEN}, "user"
			),
			"due_on": add_days(today(), settings.get().remedy_days),
		}
	)
	return action.insert().name


def found_again(name: str, inspection: str, due_on, remark: str) -> None:
	"""Opens an earlier action again, because the next inspection found the same; it counts how often."""
	action = frappe.get_doc("Corrective Action", name)
	action.update({"inspection": inspection, "due_on": due_on, "found_remark": remark})
	action.workflow_state = OPEN
	action.times_found = cint(action.times_found or 1) + 1
	action.reopened_on, action.reminded_on = getdate(today()), None
	action.save()


def write_off_of(handover: str, reason: str) -> None:
	"""Closes the pending actions of a handover that was annulled, with the reason."""
	table = frappe.qb.DocType("Corrective Action")
	(
		frappe.qb.update(table)
		.set(table.workflow_state, WRITTEN_OFF)
		.set(table.written_off_reason, reason)
		.where((table.handover == handover) & table.workflow_state.isin(PENDING))
	).run()
