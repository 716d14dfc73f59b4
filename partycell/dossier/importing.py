"""Taking a dossier, or a cell's folder from a disk, into the folder of a cell on the site.

Each document is taken in whole or not at all; what is there already is left alone, so it can be run again.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import frappe
from frappe import _
from frappe.utils import cint, getdate, today

from partycell.dossier import bag_check, bag_sources
from partycell.errors import DossierError
from partycell.offline import folder as folders
from partycell.refusal import Refusal
from partycell.rules import bag, completeness, documents

TAKEN, THERE, NEW, FAILED = "taken in", "already there", "new document", "refused"
MARKED = (completeness.MISSING, completeness.DAMAGED, completeness.OUTDATED)


@dataclass(frozen=True)
class Brought:
	"""One document that is brought: its place in the folder, its papers and its files.

	state: what the receiver found, where it was not present; files: (name, SHA-256, how to read it)
	"""

	code: str | None
	section: str
	title: str
	period: str
	copies: int = 0
	pages: int = 0
	place: str = ""
	state: str | None = None
	files: list[tuple[str, str, Callable[[], bytes]]] = field(default_factory=list)


@dataclass(frozen=True)
class Result:
	"""What became of one document."""

	title: str
	what: str
	files: int = 0
	why: str = ""


def run(path: Path, cell: str, *, dry_run: bool = False) -> list[Result]:
	"""Takes in what lies at a path: a dossier that verifies, or a folder with a cell.toml.

	DossierError where there is neither, or the dossier is not whole. With ``dry_run`` nothing is written.
	"""
	if not frappe.db.exists("Cell", cell):
		frappe.throw(_("There is no cell {cell}.").format(cell=cell), DossierError)
	try:
		with _brought(path) as found:
			slots, hashes = _slots(cell)
			return [_take(one, cell, slots, hashes, dry_run=dry_run) for one in found]
	except Refusal as refusal:
		frappe.throw(_(refusal.problem.text).format(**refusal.problem.values), DossierError)


@contextmanager
def _brought(path: Path) -> Iterator[list[Brought]]:
	if path.is_dir() and (path / folders.cellfile.NAME).exists():
		yield _of_folder(path)
		return
	with bag_sources.source(path) as source:
		report = bag_check.verify(source)
		if report.findings or not report.record:
			first = str(report.findings[0]) if report.findings else bag.RECORD
			frappe.throw(
				_("The dossier is not whole, so nothing was taken in: {first}").format(first=first),
				DossierError,
			)
		yield _of_record(source, report.record)


def _of_folder(path: Path) -> list[Brought]:
	found = folders.read(path, getdate(today()))
	made = []
	for one in found.shelves:
		paper = found.papers(one.item)
		if one.files or paper:
			files = []
			for name in one.files:
				sha256, _size = folders.fingerprints(path, [name])[name]
				files.append((name.rpartition("/")[2], sha256, lambda name=name: _read(path, name)))
			made.append(
				Brought(
					one.code,
					one.section,
					one.title,
					one.period_label,
					paper.copies if paper else 0,
					paper.pages if paper else 0,
					paper.place if paper else "",
					files=files,
				)
			)
	return made


def _read(top: Path, name: str) -> bytes:
	with folders.opened(top, name) as stream:
		return stream.read()


def _of_record(source: bag_sources.Source, record: dict) -> list[Brought]:
	by_hash = {}
	for path in source.sizes:
		if path.startswith(bag.PAYLOAD) and path not in bag.OURS:
			with source.open(path) as stream:
				by_hash[bag_check.hashed(stream, ("sha256",))[0]["sha256"]] = path
	return [
		Brought(
			line["code"],
			line["section"] or "",
			line["title"],
			line["period"] or "",
			line["copies"],
			line["pages"],
			line["paper_place"] or "",
			line["received"] if line["received"] in MARKED else None,
			[
				(file["name"], file["sha256"], lambda path=by_hash[file["sha256"]]: source.small(path))
				for file in line["files"]
			],
		)
		for line in record["items"]
	]


def _slots(cell: str) -> tuple[dict[tuple, str], dict[str, set[str]]]:
	"""(code, period), or (None, title) of an own document, to the name; and the SHA-256 of its files."""
	rows = frappe.get_all(
		"Folder Item",
		filters={"cell": cell},
		fields=["name", "code", "period_label", "title", "source"],
		order_by="creation asc",
	)
	slots = {}
	for row in rows:
		own = row.source.startswith(documents.OWN_PREFIX)
		# Of several terms' slots the newest counts.
		slots[(None, row.title) if own else (row.code, row.period_label or "")] = row.name
	hashes = defaultdict(set)
	for row in frappe.get_all(
		"Folder Item File",
		filters={"parenttype": "Folder Item", "parent": ("in", list(slots.values()))},
		fields=["parent", "sha256"],
	):
		hashes[row.parent].add(row.sha256)
	return slots, hashes


def _take(one: Brought, cell: str, slots: dict, hashes: dict, *, dry_run: bool) -> Result:
	title = " ".join(filter(None, (one.code, one.title, one.period)))
	name = slots.get((one.code, one.period)) or slots.get((None, one.title))
	new = [file for file in one.files if file[1] not in hashes.get(name, ())]
	if name and not new and not _paper_changes(name, one):
		return Result(title, THERE)
	if dry_run:
		return Result(title, TAKEN if name else NEW, len(new))
	files: list[Path] = []
	point = f"import_{hashlib.sha256(title.encode()).hexdigest()[:12]}"
	frappe.db.savepoint(point)
	try:
		item = frappe.get_doc("Folder Item", name) if name else _begin(one, cell)
		for file_name, sha256, content in new:
			files.append(_attach(item.name, file_name, sha256, content()))
		_write_paper(item.name, one)
	except (frappe.ValidationError, frappe.PermissionError, OSError) as error:
		frappe.db.rollback(save_point=point)
		for path in files:
			# The rows are gone; without them nobody would ever find the contents.
			with suppress(OSError):
				path.unlink()
		return Result(title, FAILED, why=frappe.utils.strip_html(str(error)))
	return Result(title, TAKEN if name else NEW, len(new))


def _begin(one: Brought, cell: str):
	item = frappe.new_doc("Folder Item")
	item.update({"cell": cell, "title": one.title[:140], "section": one.section})
	return item.insert()


def _attach(item: str, name: str, sha256: str, content: bytes) -> Path:
	if hashlib.sha256(content).hexdigest() != sha256:
		frappe.throw(_("{file} changed while it was being read.").format(file=name), DossierError)
	file = frappe.get_doc(
		{
			"doctype": "File",
			"attached_to_doctype": "Folder Item",
			"attached_to_name": item,
			"file_name": name,
			"content": content,
			"is_private": 1,
		}
	).insert()
	return Path(file.get_full_path())


def _paper_changes(name: str, one: Brought) -> bool:
	there = frappe.db.get_value("Folder Item", name, ["state", "copies"], as_dict=True)
	return bool(
		(one.state and there.state != one.state) or (one.copies and not cint(there.copies) and not one.files)
	)


def _write_paper(name: str, one: Brought) -> None:
	item = frappe.get_doc("Folder Item", name)
	if one.copies and not cint(item.copies):
		item.update({"copies": one.copies, "pages": one.pages, "paper_place": one.place})
		if item.state in (completeness.EXPECTED, completeness.MISSING):
			item.state = completeness.PRESENT
	if one.state:
		item.state = one.state
	item.save()
