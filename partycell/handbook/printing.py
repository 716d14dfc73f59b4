"""The handbook of a cell on paper: the guidance in force for it, its own notes, its directives in force."""

import io

import frappe
from frappe import _
from frappe.utils import getdate, today
from pypdf import PdfReader

from partycell.access import handbook_access
from partycell.directives import records
from partycell.papers import party_form, pdf
from partycell.rules import handbook as rules
from partycell.rules import handbook_book as book
from partycell.rules import wording

TEMPLATE = "handbook.html"
DOCTYPE = "Handbook Note"
FIELDS = (
	"name note_type title topic body common_mistakes version effective_from effective_until workflow_state "
	"is_template published_on author_name modified committee"
).split()


def file_name(cell, only_directives: bool = False) -> str:
	"""ASCII, so that every system keeps it."""
	what = "van-ban-con-hieu-luc" if only_directives else "so-tay"
	return f"{what}-{cell.name}-{today()}.pdf"


def pdf_of(cell, only_directives: bool = False) -> bytes:
	"""The handbook as a PDF with a table of contents and page numbers; or its list of directives by itself.

	Drawn twice: where an entry begins is only known when the pages are there.
	"""
	page, content = party_form.page_setup(), content_of(cell)
	if only_directives:
		content = book.only_directives(content)
	with party_form.refusing(cell):
		draft = pdf.make(pdf.render(TEMPLATE, page, **content), page)
		pages = book.pages(
			content["entries"], [sheet.extract_text() for sheet in PdfReader(io.BytesIO(draft)).pages]
		)
		return pdf.make(pdf.render(TEMPLATE, page, **{**content, "pages": pages}), page)


def content_of(cell) -> dict:
	"""What the template is rendered with."""
	entries = book.in_order(_guidance(cell.name) + _own(cell.name), _topics())
	committee = frappe.db.get_value(
		"Party Committee", cell.committee, ["committee_name", "place"], as_dict=True
	)
	return book.context(
		cell=cell.cell_name,
		superior=wording.organisation(committee.committee_name).upper(),
		place=committee.place,
		day=getdate(today()),
		entries=entries,
		directives=_directives(cell.name),
	)


def _guidance(cell: str) -> list[dict]:
	table, day = frappe.qb.DocType(DOCTYPE), getdate(today())
	rows = (
		frappe.qb.from_(table)
		.select(*(table[field] for field in FIELDS))
		.where(table.note_type == rules.GUIDANCE)
		.where(table.workflow_state.isin((rules.PUBLISHED, rules.SUPERSEDED)))
		.where(handbook_access.in_scope_of(table, [cell]))
	).run(as_dict=True)
	return _with_basis(
		[
			row
			for row in rows
			if rules.in_force(row.workflow_state, _date(row.effective_from), _date(row.effective_until), day)
		]
	)


def _directives(cell: str) -> list[dict]:
	"""Those in force today that lie in the cell's folder, latest first."""
	items = {
		row.directive: row
		for row in frappe.get_all(
			"Folder Item",
			filters={"cell": cell, "directive": ("is", "set")},
			fields=["directive", "state", "paper_place"],
		)
	}
	rows = records.in_force_on(today(), name=("in", sorted(items) or [""]))
	issuers = _names({row.issuer for row in rows})
	return [
		book.directive_line(
			{
				**row,
				"issued_on": getdate(row.issued_on),
				"in_force_until": _date(row.in_force_until),
				"issuer_name": row.issuer_name or issuers.get(row.issuer),
				"paper_place": items[row.name].paper_place,
			},
			# The book is in Vietnamese, whoever prints it.
			_(items[row.name].state, lang="vi"),
		)
		for row in rows
	]


def _own(cell: str) -> list[dict]:
	return _with_basis(
		frappe.get_all(
			DOCTYPE,
			filters={"cell": cell, "note_type": rules.NOTE, "workflow_state": ("!=", rules.WITHDRAWN)},
			fields=FIELDS,
		)
	)


def _with_basis(rows: list) -> list[dict]:
	basis: dict[str, list[str]] = {}
	for row in frappe.get_all(
		"Handbook Basis",
		filters={"parent": ("in", [row.name for row in rows]), "parenttype": DOCTYPE},
		fields=["parent", "document", "clause"],
		order_by="parent asc, idx asc",
	):
		basis.setdefault(row.parent, []).append(", ".join(filter(None, (row.clause, row.document))))
	committees = _names({row.committee for row in rows if row.committee})
	return [
		{**row, "basis": basis.get(row.name, []), "committee_name": committees.get(row.committee)}
		for row in rows
	]


def _names(committees: set[str]) -> dict[str, str]:
	rows = frappe.get_all(
		"Party Committee", filters={"name": ("in", sorted(committees))}, fields=["name", "committee_name"]
	)
	return {row.name: row.committee_name for row in rows}


def _topics() -> dict[str, tuple[int, str]]:
	return {
		row.name: (row.sort_order, row.topic_name)
		for row in frappe.get_all("Handbook Topic", fields=["name", "topic_name", "sort_order"])
	}


def _date(value):
	return getdate(value) if value else None
