"""A cell's folder on the disk: what lies in it, read with care, against what its template asks for."""

import hashlib
import os
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from partycell.dossier.bag_check import hashed
from partycell.dossier.bag_sources import MOST_FILES
from partycell.offline import cellfile
from partycell.refusal import Refusal
from partycell.rules import names, shelf, slots
from partycell.rules.problems import Problem, _

# What systems and office programs leave behind.
LITTER = frozenset({"thumbs.db", "desktop.ini", cellfile.NAME})


@dataclass(frozen=True)
class Folder:
	"""A cell's folder as it is on a day.

	files: path from the top, with ``/``: size in bytes
	shelves: the slots and the cell's own documents; notes: what a person should look at
	"""

	top: Path
	cell: cellfile.CellFile
	day: date
	files: dict[str, int]
	shelves: list[shelf.Shelved]
	notes: list[Problem]

	def papers(self, item: str) -> cellfile.Paper | None:
		"""The paper that cell.toml lists under a slot."""
		return self.cell.papers.get(item)

	def copies(self, one: shelf.Shelved) -> int:
		"""How many papers of a slot are there."""
		paper = self.papers(one.item)
		return paper.copies if paper else 0

	def belonging(self) -> list[shelf.Shelved]:
		"""What goes on the inventory of a handover on this day."""
		return [one for one in self.shelves if shelf.belongs(one, self.copies(one), self.day)]


def read(top: Path, day: date) -> Folder:
	"""A cell's folder with its cell.toml. Refusal for what could not be handed over safely."""
	if not top.is_dir():
		raise Refusal(_("{path} is no folder."), path=top)
	cell = cellfile.read(top)
	files = walk(top)
	shelves, notes = shelf.shelve(
		slots.wanted(cell.items, cell.facts(), day),
		cell.sections,
		[tuple(path.split("/")) for path in files],
	)
	known = {one.item for one in shelves}
	for item in cell.papers:
		if item not in known:
			raise Refusal(
				_("{path}: {item} is no document of this folder. Names are as in: partycell check"),
				path=cellfile.NAME,
				item=item,
			)
	for path, size in files.items():
		if not size:
			notes.append(
				Problem("dossier", _("{path} is empty. Put the document in its place."), {"path": path})
			)
	return Folder(top, cell, day, files, shelves, notes)


def walk(top: Path) -> dict[str, int]:
	"""Every file under a folder: path, with ``/``, to size. Hidden files are passed over.

	Refusal for links, devices and names that another system could not keep apart.
	"""
	found: dict[str, int] = {}

	def enter(folder: Path, prefix: str) -> None:
		with os.scandir(folder) as entries:
			for entry in sorted(entries, key=lambda one: one.name):
				path = prefix + entry.name
				if entry.name.startswith((".", "~$")) or entry.name.lower() in LITTER:
					continue
				if entry.is_symlink():
					raise Refusal(
						_("{path} is a link. Put the file itself into the folder, or take the link away."),
						path=path,
					)
				if entry.is_dir():
					enter(Path(entry.path), path + "/")
				elif entry.is_file():
					found[path] = entry.stat().st_size
				else:
					raise Refusal(_("{path} is no plain file. Take it out of the folder."), path=path)
		if len(found) > MOST_FILES:
			raise Refusal(_("{path} holds more than {count} files."), path=top, count=MOST_FILES)

	enter(top, "")
	for one, other in names.clashes(found):
		raise Refusal(
			_(
				"{one} and {other} differ only in case or in Unicode form, and not every system can keep both."
				" Rename one."
			),
			one=one,
			other=other,
		)
	return found


@contextmanager
def opened(top: Path, path: str):
	"""A file of the folder for reading. Refusal where it changes meanwhile, or has become a link."""
	flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
	with open(os.open(top / path, flags), "rb", buffering=0) as stream:
		before = os.fstat(stream.fileno())
		yield stream
		after = os.fstat(stream.fileno())
		# Programs that save anew put another file under the name.
		named = os.stat(top / path, follow_symlinks=False)
	marks = [(one.st_ino, one.st_size, one.st_mtime_ns) for one in (before, after, named)]
	if len(set(marks)) > 1:
		raise Refusal(
			_("{file} changed while it was being read. Close what writes to it, then do this again."),
			file=path,
		)


def fingerprints(
	top: Path, files: list[str], progress: Callable[[int], None] = lambda size: None
) -> dict[str, tuple[str, int]]:
	"""path: (SHA-256, bytes) of these files."""
	found = {}
	for path in files:
		with opened(top, path) as stream:
			digests, size = hashed(stream, (hashlib.sha256().name,), progress)
		if not size:
			raise Refusal(
				_("{path} is empty. Put the document in its place, or take the file away."), path=path
			)
		found[path] = (digests["sha256"], size)
	return found
