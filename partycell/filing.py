"""Filing: one document of a folder, its state and its files.

The files of a document are Frappe's attachments; the rows in ``files`` are made from them at every
save and add what Frappe does not keep: the SHA-256 and who filed it. A file belongs to the office
from the moment it is filed: it is private, and its uploader has no more right to it than the next.
"""

import hashlib

import frappe
from frappe import _
from frappe.utils import cint, getdate, now_datetime

from partycell import cells, completeness
from partycell.errors import FolderItemError, refuse
from partycell.rules import documents, periods
from partycell.rules import handover as handover_rules
from partycell.rules.slots import SOURCE_PREFIX
from partycell.rules.text import search_text

BY_SLOT = ("cell", "source", "period", "period_label", "required", "due_on")
BY_TEMPLATE = (
	*BY_SLOT,
	*"code title section section_title sort_order frequency provider retention retention_years".split(),
)
GUARDED = ("Folder Item", "Handover")
BLOCK = 1024 * 1024


def check(doc) -> None:
	"""Completes a Folder Item and refuses one written wrongly."""
	if doc.is_new():
		_begin(doc)
	else:
		_keep(doc)
	if doc.is_new() or doc.has_value_changed("files") or _anything_filed(doc):
		cells.refuse_closed(doc.cell)
	before = cint(doc.file_count)
	collect_files(doc)
	doc.state = documents.filed_state(doc.state, doc.file_count, before)
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


def before_file(doc, method: str | None = None) -> None:
	"""Hook before a File is inserted: what is filed is private and belongs to the office.

	Frappe lets a file's owner read it for ever; a predecessor would keep what he filed. So the owner
	is the site, and who filed it stands on the document.
	"""
	if doc.attached_to_doctype not in GUARDED or doc.is_folder:
		return
	if doc.is_remote_file and doc.file_url:
		frappe.throw(_("Choose a file, not a link: a link may lead nowhere one day."), FolderItemError)
	if not doc.is_private:
		doc.is_private = 1
		doc.handle_is_private_changed()
	doc.owner = "Administrator"


def after_file(doc, method: str | None = None) -> None:
	"""Hook after a File is inserted: the document notes it; refuses who may not write the document."""
	if doc.attached_to_doctype == "Folder Item":
		_note(doc.attached_to_name)


def before_file_goes(doc, method: str | None = None) -> None:
	"""Hook before a File is deleted: what an approved handover lists stays."""
	if doc.attached_to_doctype != "Folder Item":
		return
	sealed = frappe.get_all(
		"Handover Item",
		filters={"folder_item": doc.attached_to_name, "docstatus": 1, "files": ("like", f'%"{doc.name}"%')},
		pluck="parent",
		limit=1,
	)
	if sealed:
		frappe.throw(
			_("{file} is part of handover {handover} and stays. File a newer one beside it.").format(
				file=frappe.utils.escape_html(doc.file_name), handover=sealed[0]
			),
			FolderItemError,
		)


def after_file_went(doc, method: str | None = None) -> None:
	"""Hook after a File is deleted: the document forgets it."""
	if doc.attached_to_doctype == "Folder Item" and frappe.db.exists("Folder Item", doc.attached_to_name):
		_note(doc.attached_to_name)


def _begin(doc) -> None:
	"""A document that somebody adds by hand is the cell's own: a slot of its own, never required."""
	doc.source = documents.OWN_PREFIX + doc.name
	doc.period = doc.period or periods.ONCE
	doc.period_label = periods.label(doc.period)
	doc.required = 0
	doc.due_on = None
	doc.frequency = doc.frequency or periods.ONLY_ONCE
	doc.sort_order = doc.sort_order or 9999


def _keep(doc) -> None:
	"""What the template decides of a slot stays as it decided, whatever is sent."""
	before = doc.get_doc_before_save()
	for field in BY_TEMPLATE if before.source.startswith(SOURCE_PREFIX) else BY_SLOT:
		doc.set(field, before.get(field))


def _anything_filed(doc) -> bool:
	return any(
		doc.has_value_changed(field) for field in ("state", "copies", "pages", "number_symbol", "dated")
	)


def _note(item: str) -> None:
	"""Saves the document as the user who filed; whoever may not write it is refused here."""
	frappe.get_doc("Folder Item", item).save()


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
