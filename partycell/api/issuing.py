"""What the desk and the phone call about issued folders: one function an act."""

import json

import frappe

from partycell.access import scope
from partycell.folder import issuing, issuing_papers


@frappe.whitelist()
def preview(committee: str, cells: str | list, number_pattern: str, first_number: int | str) -> dict:
	"""How many folders an issue would bring; for officers of its committee. Returns ``{count}``."""
	user = frappe.session.user
	if not (scope.sees_everything(user) or scope.within(committee, scope.of(user).officer)):
		raise frappe.PermissionError(committee)
	rows = json.loads(cells) if isinstance(cells, str) else cells
	return issuing.preview(committee, rows, number_pattern, frappe.utils.cint(first_number))


@frappe.whitelist(methods=["POST"])
def go_on(issue: str) -> int:
	"""Carries out an issue that was cut short; for officers of its committee. Returns the number of folders."""
	frappe.get_doc("Folder Issue", issue).check_permission("write")
	return issuing.carry_out(issue)


@frappe.whitelist(methods=["POST"])
def receive(folder: str, received_by: str, received_on: str | None = None) -> None:
	"""Records who received a folder; for the cell's secretary and officers above."""
	issuing.record_receipt(folder, received_by, received_on)


@frappe.whitelist(methods=["POST"])
def replace(folder: str, reason: str, number_pattern: str, remark: str | None = None) -> str:
	"""Replaces a lost or damaged folder; for officers above the cell. Returns the new record."""
	return issuing.replace(folder, reason, number_pattern, remark)


@frappe.whitelist(methods=["POST"])
def take_back(folder: str, remark: str) -> None:
	"""A folder comes back to the committee; for officers above the cell."""
	issuing.take_back(folder, remark)


@frappe.whitelist(methods=["GET"])
def receipt_list(issue: str) -> None:
	"""The receipt list of an issue as a PDF, to be signed; for whoever may read the issue."""
	doc = frappe.get_doc("Folder Issue", issue)
	doc.check_permission("print")
	_answer(f"danh-sach-cap-phat-{doc.name}.pdf", issuing_papers.receipt_list(doc))


@frappe.whitelist(methods=["GET"])
def labels(cell: str, sheet: str, start: int | str = 1) -> None:
	"""Sheets of labels for the documents of a cell's folder, as a PDF; for whoever may read the cell.

	sheet: a key of ``rules.labels.SHEETS``; start: the first free label of a part-used sheet, from 1
	"""
	doc = frappe.get_doc("Cell", cell)
	doc.check_permission("print")
	_answer(f"nhan-{doc.name}.pdf", issuing_papers.labels(doc, sheet, frappe.utils.cint(start)))


@frappe.whitelist(methods=["GET"])
def covers(cell: str) -> None:
	"""The cover sheet of a cell's folder and a divider for each section, as a PDF; as ``labels``."""
	doc = frappe.get_doc("Cell", cell)
	doc.check_permission("print")
	_answer(f"bia-cap-{doc.name}.pdf", issuing_papers.covers(doc))


def _answer(name: str, data: bytes) -> None:
	frappe.local.response.update(
		{"type": "download", "filename": name, "filecontent": data, "display_content_as": "inline"}
	)
