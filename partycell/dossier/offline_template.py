"""The cell.toml of a cell: what it needs to work offline by its office's own template."""

import frappe
from frappe import _
from frappe.utils import cint, get_url, getdate

from partycell.errors import DossierError
from partycell.framework import settings
from partycell.offline import cellfile
from partycell.rules.terms import OPEN


def of(cell: str) -> str:
	"""The text of the cell.toml; DossierError for a cell that is not there or has no template."""
	if not frappe.db.exists("Cell", cell):
		frappe.throw(_("There is no cell {cell}.").format(cell=cell), DossierError)
	doc, office = frappe.get_doc("Cell", cell), settings.get()
	if not doc.folder_template:
		frappe.throw(
			_("{cell} follows no folder template. Choose one first.").format(cell=cell), DossierError
		)
	committee = frappe.db.get_value(
		"Party Committee", doc.committee, ["committee_name", "place", "has_seal"], as_dict=True
	)
	term = frappe.db.get_value("Secretary Term", {"cell": cell, "status": OPEN}, ["user", "from_date"])
	return cellfile.text_of(
		{
			"cell": {
				"code": doc.name,
				"name": doc.cell_name,
				"type": doc.cell_type,
				"committee": committee.committee_name,
				"place": committee.place,
				"symbol": doc.symbol or "CB",
				"has_cell_committee": bool(doc.has_cell_committee),
				"has_seal": bool(committee.has_seal),
				"kept_from": getdate(doc.kept_from),
				"folder_number": doc.folder_number,
				"folder_issued_on": doc.folder_issued_on and getdate(doc.folder_issued_on),
			},
			"term": {
				"secretary": frappe.db.get_value("User", term[0], "full_name") if term else None,
				"since": getdate(term[1]) if term else None,
			},
			"office": {
				"site": get_url(),
				**{
					name: getattr(office, name)
					for name in ("term_first_year", "term_years", "remedy_days", "copies_made")
				},
			},
			"page": {
				**{
					name: getattr(office, name)
					for name in ("margin_top", "margin_bottom", "margin_left", "margin_right")
				},
				"font_family": office.font_family,
				"body_pt": office.body_size,
			},
		},
		_sections(doc.folder_template),
	)


def _sections(template: str) -> list[dict]:
	doc = frappe.get_doc("Folder Template", template)
	titles = {row.code: row.title for row in doc.sections}
	lines = {code: [] for code in titles}
	for row in doc.items:
		code = row.code.strip()
		line = {field: row.get(field) for field in "title frequency due_at provider retention".split()}
		line |= {
			"code": code,
			"required": bool(row.required),
			"due_days": cint(row.due_days),
			"retention_years": cint(row.retention_years),
			"needs_cell_committee": bool(row.needs_cell_committee),
			"cell_types": list(filter(None, map(str.strip, (row.cell_types or "").splitlines()))),
		}
		lines[code.rstrip("0123456789")].append(line)
	return cellfile.sections_from(
		[{"code": code, "title": titles[code], "items": items} for code, items in lines.items() if items]
	)
