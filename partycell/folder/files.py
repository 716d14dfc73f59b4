"""Files of the office's records: private, the office's own, and unchanged from the day they are filed.

Frappe's File is more open than an office's folder may be, and each of these is met here:

- a File's owner reads it for ever, a predecessor what he filed: the owner is the site;
- whoever makes a File with the address of another one reads that one's content: an address of ours
  belongs to one File, and no other File may have it;
- equal contents share one file on the disk, and become public or go together: a filed one has its own;
- a File can be moved to another record, made public or overwritten: a filed one stays as it is;
- the list of Files shows all that hang on a DocType that the user may read: see ``conditions``.
"""

import os
from pathlib import Path

import frappe
from frappe import _
from frappe.core.doctype.file.file import has_permission as frappes_has_permission
from frappe.utils import cint, get_files_path

from partycell.access import permissions
from partycell.errors import FiledFileError, FolderItemError
from partycell.folder import filing

STAYS = (
	"attached_to_doctype attached_to_name attached_to_field file_url file_name file_size content_hash "
	"is_private is_folder owner"
).split()
PRIVATE = "/private/files/"


def before_insert(doc, method: str | None = None) -> None:
	"""Hook: a file for one of our records is taken in, by somebody who may write that record."""
	if not is_guarded(doc) or doc.is_folder:
		return
	if doc.is_remote_file and doc.file_url:
		frappe.throw(_("Choose a file, not a link: a link may lead nowhere one day."), FolderItemError)
	frappe.get_doc(doc.attached_to_doctype, doc.attached_to_name).check_permission("write")
	_keep_apart(doc)
	doc.owner = "Administrator"
	path = Path(doc.get_full_path())
	# Frappe's own clean-up goes by the hash of the content, which a filed File does not have.
	frappe.db.after_rollback.add(lambda: path.unlink(missing_ok=True))


def before_validate(doc, method: str | None = None) -> None:
	"""Hook: a filed File stays as it is. Frappe's own checks, which come after this, move it on the disk."""
	before = None if doc.is_new() else doc.get_doc_before_save()
	if not before or not (is_guarded(before) or is_guarded(doc)):
		return
	if any(_plain(doc.get(field)) != _plain(before.get(field)) for field in STAYS):
		frappe.throw(
			_("{file} stays as it was filed. File the new one beside it, then remove this one.").format(
				file=frappe.utils.escape_html(before.file_name or before.name)
			),
			FiledFileError,
		)


def validate(doc, method: str | None = None) -> None:
	"""Hook: nobody else's File has the address of a filed one, in the spelling that Frappe has settled on."""
	if not is_guarded(doc) and _is_taken(doc):
		frappe.throw(
			_("This file belongs to the record of an office. Choose the file itself, from your device."),
			FiledFileError,
		)


def after_insert(doc, method: str | None = None) -> None:
	"""Hook: the document of a folder notes what was filed under it."""
	if doc.attached_to_doctype == "Folder Item":
		filing.note_files(doc.attached_to_name)


def on_trash(doc, method: str | None = None) -> None:
	"""Hook before a File is deleted: what a handover lists that was approved stays, and its own papers."""
	handover = None
	if doc.attached_to_doctype == "Handover":
		handover = frappe.db.get_value("Handover", {"name": doc.attached_to_name, "docstatus": ("!=", 0)})
	elif doc.attached_to_doctype == "Folder Item":
		listed = frappe.get_all(
			"Handover Item",
			filters={
				"folder_item": doc.attached_to_name,
				"docstatus": ("!=", 0),
				"files": ("like", f'%"{doc.name}"%'),
			},
			pluck="parent",
			limit=1,
		)
		handover = listed[0] if listed else None
	elif doc.attached_to_doctype == "Directive":
		_refuse_issued(doc)
	elif doc.attached_to_doctype == "Cell Import":
		_refuse_imported(doc)
	elif doc.attached_to_doctype == "Inspection":
		_refuse_concluded(doc)
	elif doc.attached_to_doctype == "Cell Meeting":
		_refuse_minuted(doc)
	if handover:
		frappe.throw(
			_("{file} is part of handover {handover} and stays. File a newer one beside it.").format(
				file=frappe.utils.escape_html(doc.file_name), handover=handover
			),
			FiledFileError,
		)
	if is_guarded(doc) and not doc.is_folder:
		path = Path(doc.get_full_path())
		# Not before the row is gone for good: a failing request must not lose what it did not delete.
		frappe.db.after_commit.add(lambda: path.unlink(missing_ok=True))


def _refuse_issued(doc) -> None:
	"""The text of a directive stays as it was put into the folders, also when it is no longer in force."""
	if frappe.db.exists("Directive", {"name": doc.attached_to_name, "docstatus": 1}):
		frappe.throw(
			_("{file} belongs to an issued directive and stays. File a newer one beside it.").format(
				file=frappe.utils.escape_html(doc.file_name)
			),
			FiledFileError,
		)


def _refuse_concluded(doc) -> None:
	"""What an inspection was concluded on, photos and papers of the village, stays with its minutes."""
	if frappe.db.exists("Inspection", {"name": doc.attached_to_name, "docstatus": ("!=", 0)}):
		frappe.throw(
			_("{file} belongs to a concluded inspection and stays. File a newer one beside it.").format(
				file=frappe.utils.escape_html(doc.file_name)
			),
			FiledFileError,
		)


def _refuse_minuted(doc) -> None:
	"""What a meeting was concluded with stays with its minutes."""
	if frappe.db.exists("Cell Meeting", {"name": doc.attached_to_name, "docstatus": ("!=", 0)}):
		frappe.throw(
			_("{file} belongs to a concluded meeting and stays. File a newer one beside it.").format(
				file=frappe.utils.escape_html(doc.file_name)
			),
			FiledFileError,
		)


def _refuse_imported(doc) -> None:
	"""What was imported, and what it changed, stays on record."""
	if frappe.db.exists("Cell Import", {"name": doc.attached_to_name, "state": "Imported"}):
		frappe.throw(
			_("{file} belongs to an import that is carried out, and stays.").format(
				file=frappe.utils.escape_html(doc.file_name)
			),
			FiledFileError,
		)


def after_delete(doc, method: str | None = None) -> None:
	"""Hook: the document of a folder forgets what was removed from it."""
	if doc.attached_to_doctype == "Folder Item" and frappe.db.exists("Folder Item", doc.attached_to_name):
		filing.note_files(doc.attached_to_name)


def has_permission(doc, user: str | None = None, ptype: str | None = None, **kwargs) -> bool:
	"""Hook ``has_permission`` of File: by the record it hangs on; else as Frappe decides.

	A new File that names an address instead of bringing a content asks for a File there that the user
	may read: Frappe does not ask, and would hand over the content.
	"""
	user = user or frappe.session.user
	if user == "Administrator":
		return True
	stored = frappe.db.get_value("File", doc.name, STAYS, as_dict=True) if doc.name else None
	if not stored:
		if doc.file_url and not doc.get("content") and not _may_read_at(doc, user):
			return False
		return bool(frappes_has_permission(doc, ptype, user))
	if not is_guarded(stored):
		return bool(frappes_has_permission(doc, ptype, user)) and not is_guarded(doc)
	if not frappe.db.exists(stored.attached_to_doctype, stored.attached_to_name):
		return False
	right = "read" if ptype in permissions.READING else "write"
	record = frappe.get_doc(stored.attached_to_doctype, stored.attached_to_name)
	return bool(record.has_permission(right, user=user))


def conditions(user: str | None = None, doctype: str | None = None) -> str:
	"""Hook ``permission_query_conditions`` of File: those of our records only where the record is seen.

	Frappe's own condition stands before this one, without brackets, and ends in "or attached to a
	DocType that the user may read": this narrows exactly that.
	"""
	return permissions.attached("File", user or frappe.session.user)


def is_guarded(doc) -> bool:
	"""Whether a File hangs on a record whose rows are guarded."""
	return doc.get("attached_to_doctype") in permissions.GUARDED


def _keep_apart(doc) -> None:
	"""Gives a File that is being inserted a private place on the disk that it shares with no other.

	Frappe has written or found the content by now. A filed File has no hash of its content, by which
	Frappe leads a later upload of the same to this place, and by which it deletes the content at once
	and not when the transaction ends; the SHA-256 stands on the document.
	"""
	first, was_public = doc.file_url, not doc.is_private
	others = {"file_url": first, "name": ("!=", doc.name or "")}
	if was_public or frappe.db.exists("File", others):
		path = Path(doc.get_full_path())
		# Read here and not by File.get_content, which may decode what is no text.
		content = path.read_bytes()
		doc.file_url, doc.is_private = None, 1
		doc.save_file(content=content, ignore_existing_file_check=True)
		if was_public and not frappe.db.exists("File", others):
			path.unlink(missing_ok=True)
	doc.content_hash = None


def _is_taken(doc) -> bool:
	"""Whether the place on the disk belongs to a File of one of our records, however it is spelled."""
	url = _address(doc)
	return bool(url) and bool(
		frappe.db.exists(
			"File",
			{
				"file_url": url,
				"attached_to_doctype": ("in", sorted(permissions.GUARDED)),
				"name": ("!=", doc.name or ""),
			},
		)
	)


def _may_read_at(doc, user: str) -> bool:
	"""Whether there is nothing private at the address, or a File that the user may read."""
	url = _address(doc)
	if not url:
		return True
	names = frappe.get_all("File", filters={"file_url": url}, pluck="name")
	return any(has_permission(frappe.get_doc("File", name), user, "read") for name in names)


def _address(doc) -> str | None:
	"""The private address of a File in its only spelling; None for what is not private or not here."""
	if not doc.file_url or doc.is_folder:
		return None
	try:
		path = os.path.realpath(doc.get_full_path())
	except (frappe.ValidationError, AttributeError):
		# No path of this site; Frappe's own checks speak about it.
		return None
	root = os.path.realpath(get_files_path(is_private=1))
	return PRIVATE + os.path.relpath(path, root) if path.startswith(root + os.sep) else None


def _plain(value) -> str:
	return str(cint(value)) if isinstance(value, bool | int) else str(value or "")
