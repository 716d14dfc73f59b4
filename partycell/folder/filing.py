"""Filing: one document of a folder, its state and its files.

The files of a document are Frappe's attachments; the rows in ``files`` are made from them at every
save and add what Frappe does not keep: the SHA-256 and who filed it. A file belongs to the office
from the moment it is filed: it is private, and its uploader has no more right to it than the next.
"""

import hashlib

import frappe
from frappe import _
from frappe.utils import cint, getdate, now_datetime

from partycell.errors import refuse
from partycell.folder import completeness
from partycell.organisation import cells
from partycell.rules import directives as directive_rules
from partycell.rules import documents, periods
from partycell.rules import handover as handover_rules
from partycell.rules.slots import SOURCE_PREFIX
from partycell.rules.text import search_text

BY_SLOT = "cell source period period_label required due_on directive reached_on successor".split()
BY_TEMPLATE = (
	*BY_SLOT,
	*"code title section section_title sort_order frequency provider retention retention_years".split(),
)
BY_DIRECTIVE = (*BY_TEMPLATE, "number_symbol", "dated", "classified")
BLOCK = 1024 * 1024


def check(doc) -> None:
	"""Completes a Folder Item and refuses one written wrongly."""
	if doc.is_new():
		_begin(doc)
	else:
		_keep(doc)
	before, known = cint(doc.file_count), {row.file for row in doc.files}
	collect_files(doc)
	if doc.is_new() or {row.file for row in doc.files} - known or _anything_filed(doc):
		cells.refuse_closed(doc.cell)
	doc.state = documents.filed_state(doc.state, doc.file_count, before, cint(doc.copies))
	if not doc.successor:
		doc.copies = documents.copies_held(doc.state, cint(doc.copies), doc.file_count)
	doc.search_text = search_text(doc.title, doc.period_label, doc.number_symbol)
	refuse(
		documents.problems(
			title=doc.title,
			state=doc.state,
			copies=cint(doc.copies),
			pages=cint(doc.pages),
			files=doc.file_count,
			classified=bool(doc.classified),
			period=doc.period,
			dated=getdate(doc.dated) if doc.dated else None,
		)
	)


def follow(doc) -> None:
	"""The cell's completeness moves with its documents."""
	if doc.flags.in_insert or doc.has_value_changed("state") or doc.has_value_changed("required"):
		completeness.refresh([doc.cell])
	_warn_of_handover(doc)


def collect_files(doc) -> None:
	"""Makes the rows of ``files`` agree with the document's attachments; hashes what is new."""
	known = {row.file: row for row in doc.files}
	attached = frappe.get_all(
		"File",
		filters={"attached_to_doctype": doc.doctype, "attached_to_name": doc.name, "is_folder": 0},
		fields=["name", "file_name", "file_url", "file_size"],
		order_by="creation asc, name asc",
	)
	doc.set("files", [])
	for file in attached:
		row = known.get(file.name)
		doc.append(
			"files",
			{
				"file": file.name,
				"file_name": file.file_name,
				"file_url": file.file_url,
				"file_size": cint(file.file_size),
				"sha256": row.sha256 if row else sha256(file.name),
				"filed_by": row.filed_by if row else frappe.session.user,
				"filed_on": row.filed_on if row else now_datetime(),
				"fixity": row.fixity if row else None,
				"checked_on": row.checked_on if row else None,
			},
		)
	doc.file_count = len(doc.files)


def sha256(file: str) -> str:
	"""SHA-256 of a stored File, 64 hexadecimal digits, read in blocks."""
	digest = hashlib.sha256()
	with open(frappe.get_doc("File", file).get_full_path(), "rb") as stored:
		while block := stored.read(BLOCK):
			digest.update(block)
	return digest.hexdigest()


def note_files(item: str) -> None:
	"""A document notes the files that hang on it now; whoever may not write it is refused here."""
	frappe.get_doc("Folder Item", item).save()


def _begin(doc) -> None:
	"""A document that somebody adds by hand is the cell's own: a slot of its own, never required."""
	doc.set("files", [])
	doc.file_count = 0
	doc.source = documents.OWN_PREFIX + doc.name
	doc.period = doc.period or periods.ONCE
	doc.period_label = periods.label(doc.period)
	doc.required = 0
	doc.directive = doc.reached_on = doc.successor = None
	doc.due_on = None
	doc.frequency = doc.frequency or periods.ONLY_ONCE
	doc.sort_order = doc.sort_order or 9999


def _keep(doc) -> None:
	"""What the template decides of a slot stays as it decided, whatever is sent."""
	before = doc.get_doc_before_save()
	for field in _kept(before.source):
		doc.set(field, before.get(field))
	# The digests of the files, who filed them and when, are not taken from whoever saves.
	doc.file_count = before.file_count
	doc.set("files", before.files)


def _kept(source: str) -> tuple[str, ...]:
	if source.startswith(directive_rules.SOURCE_PREFIX):
		return BY_DIRECTIVE
	return BY_TEMPLATE if source.startswith(SOURCE_PREFIX) else BY_SLOT


def _anything_filed(doc) -> bool:
	return any(
		doc.has_value_changed(field) for field in ("state", "copies", "pages", "number_symbol", "dated")
	)


def _warn_of_handover(doc) -> None:
	signed = frappe.db.get_value(
		"Handover",
		{"cell": doc.cell, "workflow_state": ("in", (handover_rules.DELIVERED, handover_rules.RECEIVED))},
	)
	if signed and not doc.flags.in_insert and (doc.has_value_changed("state") or _anything_filed(doc)):
		frappe.msgprint(
			_(
				"Handover {handover} is signed for the folder as it was; this change will keep it from approval."
			).format(handover=signed),
			alert=True,
			indicator="orange",
		)
