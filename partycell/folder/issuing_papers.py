"""The papers of issuing folders: the receipt list to be signed, covers and dividers, labels with a QR code."""

from collections.abc import Iterable

import frappe
from frappe import _
from frappe.utils import get_url, getdate

from partycell.errors import PrintError, refuse
from partycell.papers import party_form, pdf, qr
from partycell.rules import issuing, wording
from partycell.rules import labels as rules
from partycell.rules.page import PageSetup

# Printed as it stands, like all papers.
UPPER_LEVEL = "Văn bản cấp trên (theo danh mục văn bản đang có hiệu lực)"


def receipt_list(doc) -> bytes:
	"""*Danh sách cấp phát*: each folder with its cell, who received it, and room for a signature."""
	committee = frappe.db.get_value(
		"Party Committee",
		doc.committee,
		["committee_name", "place", "parent_party_committee"],
		as_dict=True,
	)
	above = committee.parent_party_committee and frappe.db.get_value(
		"Party Committee", committee.parent_party_committee, "committee_name"
	)
	day = getdate(doc.issued_on)
	rows = [*_folders(doc.name), *_others(doc)]
	m = {
		"superior": wording.organisation(above).upper() if above else "",
		"organisation": committee.committee_name.upper(),
		"name": doc.issue_name,
		"venue": doc.venue,
		"explained_by": doc.explained_by,
		"rows": rows,
		"total": sum(row.get("copies", 1) for row in rows),
	}
	written = f"ngày {day.day:02d} tháng {day.month:02d} năm {day.year}"
	v = {
		"number": "……-DS/……",
		"mark": None if doc.docstatus.is_submitted() else "DỰ THẢO",
		"place_and_date": f"{committee.place}, {written}" if committee.place else written.capitalize(),
		"date": written,
	}
	return party_form.drawn(doc, "folder_receipts.html", {"m": m, "v": v}, mark=v["mark"])


def covers(cell) -> bytes:
	"""The cover of a cell's folder, and before each section a divider that lists what lies behind it."""
	sections: dict[str, dict] = {}
	for item in _items(cell.name):
		section = sections.setdefault(item.section, {"title": item.section_title, "items": {}})
		# A document of each month is one line of the list; directives come and go, and have a list of their own.
		if item.directive:
			section["items"].setdefault("", {"title": UPPER_LEVEL})
		else:
			section["items"].setdefault(item.code or item.title, item)
	committee = frappe.db.get_value("Party Committee", cell.committee, "committee_name")
	shown = [
		{"code": code, "title": section["title"], "items": list(section["items"].values())}
		for code, section in sorted(sections.items())
	]
	m = {
		"committee": committee.upper(),
		"cell": cell.cell_name,
		"folder_number": cell.folder_number,
		"sections": shown,
	}
	return party_form.drawn(cell, "folder_covers.html", {"m": m}, numbered=False)


def labels(cell, sheet: str, start: int = 1) -> bytes:
	"""Labels for the documents of a cell's folder, each with a QR code that leads to it."""
	refuse(rules.problems(sheet, start))
	items = _items(cell.name)
	if not items:
		frappe.throw(_("This folder has no documents yet, so there is nothing to label."), PrintError)
	made = [
		{
			"cell": cell.cell_name,
			"folder_number": cell.folder_number,
			"code": item.code or item.number_symbol,
			"title": item.title,
			"period": item.period_label,
			"qr": qr.picture(leads_to(item.name)),
		}
		for item in items
	]
	size = rules.SHEETS[sheet]
	context = {
		"sheets": rules.laid_out(size, made, start),
		"size": size,
		"qr_mm": min(size.height - 8, 28),
	}
	page = PageSetup(margin_top=0, margin_bottom=0, margin_left=0, margin_right=0)
	# Labels must lie where they are on the sheet to half a millimetre; wkhtmltopdf shrinks pages by eye.
	return party_form.drawn(cell, "folder_labels.html", context, page, engine=pdf.WEASYPRINT, numbered=False)


def leads_to(item: str) -> str:
	"""The short web address of a document; whoever opens it is asked to log in."""
	return get_url(f"/folder-item/{item}")


def _folders(issue: str) -> list[dict]:
	cell, folder = frappe.qb.DocType("Cell"), frappe.qb.DocType("Issued Folder")
	rows = (
		frappe.qb.from_(folder)
		.join(cell)
		.on(cell.name == folder.cell)
		.select(folder.folder_number, cell.cell_name, cell.secretary_name)
		.select(folder.received_by, folder.received_on, folder.status)
		.where(folder.issue == issue)
		.orderby(folder.folder_number)
	).run(as_dict=True)
	said = {issuing.REPLACED: "Đã thay cặp khác", issuing.RETURNED: "Đã trả lại"}
	return [
		{
			"number": row.folder_number,
			"cell": row.cell_name,
			"person": row.received_by or row.secretary_name or "",
			"day": getdate(row.received_on).strftime("%d/%m/%Y") if row.received_on else "",
			"remark": said.get(row.status, ""),
		}
		for row in rows
	]


def _others(doc) -> list[dict]:
	"""Folders that are not for a cell: to committees, and kept in reserve."""
	named = {row.committee for row in doc.copies if row.committee}
	names = dict(
		frappe.get_all(
			"Party Committee",
			filters={"name": ("in", sorted(named))},
			fields=["name", "committee_name"],
			as_list=True,
		)
		if named
		else ()
	)
	return [
		{
			"number": f"{row.copies} cặp",
			"cell": names.get(row.committee, "Dự phòng"),
			"person": row.received_by or "",
			"day": "",
			"remark": "",
			"copies": row.copies,
		}
		for row in doc.copies
	]


def _items(cell: str) -> Iterable:
	return frappe.get_all(
		"Folder Item",
		filters={"cell": cell, "state": ("!=", "Not Applicable")},
		fields=[
			"name",
			"code",
			"title",
			"section",
			"section_title",
			"period_label",
			"directive",
			"number_symbol",
		],
		order_by="section asc, sort_order asc, period asc, name asc",
	)
