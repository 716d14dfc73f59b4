"""A handover as a sealed dossier: a zipped bag on the site's disk, streamed into it and out of it.

It lies outside the folders that Frappe serves, and is made anew whenever it is missing.
"""

import io
from collections.abc import Iterator
from pathlib import Path

import frappe
from frappe import _
from frappe.utils import get_datetime, get_url

from partycell.dossier import bagging
from partycell.dossier.bagging import Content
from partycell.errors import DossierError
from partycell.handover import inventory, minutes, sealing
from partycell.papers import pdf, qr
from partycell.refusal import Refusal
from partycell.rules import bag, dossier, reading, record
from partycell.rules.handover import ANNULLED, APPROVED
from partycell.rules.page import PageSetup

AT_ONCE = 50
"""A dossier of more files is made in the background."""


def prepare(doc) -> bool:
	"""Makes the dossier of a handover, or has it made; whether it is there now."""
	if doc.workflow_state not in (APPROVED, ANNULLED):
		frappe.throw(_("Only an approved handover has a dossier."), DossierError)
	if path_of(doc).exists():
		return True
	if sum(len(inventory.files_of(row)) for row in doc.items) <= AT_ONCE:
		build(doc.name)
		return True
	frappe.enqueue(
		"partycell.dossier.exporting.build",
		queue="long",
		timeout=3600,
		job_id=f"partycell-dossier-{doc.name}",
		deduplicate=True,
		handover=doc.name,
		user=frappe.session.user,
	)
	return False


def path_of(doc) -> Path:
	"""Where the dossier lies; annulled minutes are other ones, so that dossier is another."""
	name = f"{doc.name}-{doc.digest[:16]}-{doc.workflow_state.lower()}.zip"
	return Path(frappe.get_site_path("private", "dossiers", name))


def build(handover: str, user: str | None = None) -> None:
	"""Writes the zip, each file read once in blocks; progress goes to ``user``'s desk."""
	doc = frappe.get_doc("Handover", handover)
	sealed = sealing.of(doc)
	if record.digest(sealed) != doc.digest:
		frappe.throw(
			_(
				"The record of {handover} no longer gives the digest on its minutes. Ask an administrator."
			).format(handover=doc.name),
			DossierError,
		)
	target = path_of(doc)
	contents = _contents(doc, sealed)
	total, done = sum(content.size or 0 for content in contents), 0

	def told(size: int) -> None:
		nonlocal done
		before, done = done, done + size
		if user and total and 20 * before // total != 20 * done // total:
			# To the session's user, who is the one that queued the job.
			frappe.publish_progress(100 * done / total, title=_("Sealing the dossier"))

	try:
		with bagging.beside(target) as draft:
			sink = bagging.ZipSink(draft, f"ban-giao-{doc.name}", get_datetime(doc.approved_on))
			try:
				bagging.write(sink, contents, _info(doc), progress=told)
			finally:
				sink.close()
	except FileNotFoundError as error:
		frappe.throw(
			_("{file} is not on the disk any more. Restore it from a backup.").format(
				file=frappe.utils.escape_html(Path(error.filename or "").name)
			),
			DossierError,
		)
	except Refusal as refusal:
		frappe.throw(
			_("A file is no longer as it was filed: {reason}").format(
				reason=frappe.utils.escape_html(str(refusal))
			),
			DossierError,
		)


def read(doc) -> Iterator[bytes]:
	"""The dossier's zip in blocks."""
	with path_of(doc).open("rb") as stream:
		while block := stream.read(bagging.BLOCK):
			yield block


def _contents(doc, sealed: dict) -> list[Content]:
	titles = {row.section: row.section_title or row.section for row in doc.items if row.section}
	places = bag.places(sealed, titles)
	cell = frappe.db.get_value("Cell", doc.cell, ["cell_name", "folder_number"], as_dict=True)
	office = reading.Office(
		cell=cell.cell_name,
		cell_code=doc.cell,
		folder_number=cell.folder_number,
		sections=titles,
		qr=qr.picture(qr.leads_to(get_url(), doc.digest)),
	)
	index = pdf.render(
		"dossier_index.html", PageSetup(), **reading.index_of(sealed, doc.digest, places, office)
	)
	paths = _paths(doc)
	made = [
		_content(bag.RECORD, record.canonical(sealed)),
		_content(bag.MINUTES, minutes.pdf_of(doc)),
		_content(bag.INDEX, index.encode()),
	]
	for place, path, (_line, file) in zip(places, paths, dossier.files_of(sealed), strict=True):
		made.append(
			Content(place, lambda path=path: path.open("rb"), file["sha256"], file["size"], file["name"])
		)
	return made


def _paths(doc) -> list[Path]:
	"""Where the files of the inventory lie on the disk, in its order."""
	names = [file["file"] for row in doc.items for file in inventory.files_of(row)]
	urls = dict(
		frappe.get_all("File", filters={"name": ("in", names)}, fields=["name", "file_url"], as_list=True)
		if names
		else ()
	)
	# A filed File is always private (see files.py).
	return [
		Path(frappe.get_site_path((urls.get(name) or f"private/files/{name}").lstrip("/"))) for name in names
	]


def _content(path: str, data: bytes) -> Content:
	return Content(path, lambda: io.BytesIO(data), size=len(data))


def _info(doc) -> list[tuple[str, object]]:
	return [
		("Source-Organization", frappe.db.get_value("Party Committee", doc.committee, "committee_name")),
		("External-Description", frappe.db.get_value("Cell", doc.cell, "cell_name")),
		("External-Identifier", doc.name),
		("Bagging-Date", str(doc.handover_date)),
		(bag.DIGEST_LABEL, doc.digest),
	]
