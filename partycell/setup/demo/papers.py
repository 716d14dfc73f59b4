"""Files on some of the demo's documents: real PDFs and pictures, with Vietnamese names."""

from dataclasses import dataclass
from html import escape
from string import Template

import frappe
from frappe.utils import getdate

from partycell.papers import party_form, pdf
from partycell.rules import wording
from partycell.rules.completeness import PRESENT
from partycell.setup.demo import drawing, plan
from partycell.setup.demo.people import Work, acting


@dataclass(frozen=True)
class Paper:
	"""A file for the newest document of one kind in one cell's folder. ``kind`` is pdf or png."""

	cell: int
	code: str
	kind: str
	name: str


RESOLUTIONS = (1, 2, 3, 9, 17, 25, 33, 49)
PHOTOGRAPHS = (1, 2, 4, 9, 17, 25, 33, 41, 49, 58, 66, 74, 91, 104, 115)
DUES_BOOKS = (1, 2, 10, 25, 77, 98)
PAPERS = (
	*(Paper(cell, "C3", "pdf", "Nghị quyết chi bộ tháng {period} ({folder}).pdf") for cell in RESOLUTIONS),
	*(Paper(cell, "C1", "png", "Ảnh chụp sổ biên bản tháng {period} ({folder}).png") for cell in PHOTOGRAPHS),
	*(Paper(cell, "E3", "png", "Sổ thu nộp đảng phí {period} ({folder}).png") for cell in DUES_BOOKS),
)


def make(demo: plan.Plan, work: Work) -> int:
	"""Files what is missing, as the cells' secretaries; returns how many files."""
	filed = {
		(row.cell, row.code)
		for row in frappe.get_all(
			"Folder Item",
			filters={"cell": ("like", f"{plan.CELL}%"), "file_count": (">", 0)},
			fields=["cell", "code"],
		)
	}
	wanted = [one for one in PAPERS if (demo.cell(one.cell).docname, one.code) not in filed]
	made = 0
	for one in work("Files", wanted):
		made += _file(demo, one)
		# Each file is on the disk already; its row is kept with it.
		frappe.db.commit()
	return made


def _file(demo: plan.Plan, paper: Paper) -> int:
	cell = demo.cell(paper.cell)
	found = frappe.get_all(
		"Folder Item",
		filters={"cell": cell.docname, "code": paper.code, "state": PRESENT, "dated": ("is", "set")},
		fields=["name", "period", "number_symbol", "dated"],
		order_by="period desc",
		limit=1,
	)
	secretary = frappe.db.get_value("Secretary Term", {"cell": cell.docname, "status": "Open"}, "user")
	if not found or not secretary:
		return 0
	item = found[0]
	if paper.kind == "pdf":
		content = _resolution(demo, cell, item, frappe.db.get_value("User", secretary, "full_name"))
	else:
		content = drawing.photographed_page(f"{paper.code} {cell.docname}")
	with acting(secretary):
		frappe.get_doc(
			{
				"doctype": "File",
				"attached_to_doctype": "Folder Item",
				"attached_to_name": item.name,
				"file_name": paper.name.format(
					period="-".join(reversed(item.period.split("-"))), folder=cell.folder_number
				),
				"content": content,
				"is_private": 1,
			}
		).insert()
	return 1


def _resolution(demo: plan.Plan, cell: plan.Cell, item, secretary: str) -> bytes:
	"""The month's resolution of a cell as it lies in the folder, signed."""
	committee = next(one for one in demo.committees if one.docname == cell.committee)
	page, dated = party_form.page_setup(), getdate(item.dated)
	values = {
		"title": f"Nghị quyết {item.number_symbol}",
		"superior": wording.organisation(committee.name).upper(),
		"cell": cell.name.upper(),
		"cell_name": cell.name,
		"number": item.number_symbol or "",
		"place": committee.place,
		"day": f"{dated.day:02d}",
		"month": f"{dated.month:02d}",
		"year": dated.year,
		"secretary": secretary,
		"signature": drawing.signature(secretary),
		"fonts": page.for_template()["fonts"],
	}
	html = Template((plan.DATA / "resolution.html").read_text(encoding="utf-8"))
	return pdf.make(html.substitute({key: escape(str(value)) for key, value in values.items()}), page)
