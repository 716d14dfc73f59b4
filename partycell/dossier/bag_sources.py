"""Reading a bag from a folder or from a zip, with no trust in what lies in it. Never imports frappe."""

import os
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from partycell.refusal import Refusal
from partycell.rules import bag
from partycell.rules.problems import _

BLOCK = 1024 * 1024
LARGEST_TEXT = 256 * 1024 * 1024  # bytes of a manifest or a record; 500 documents have about 300,000
MOST_FILES = 1_000_000
# A zip that claims to hold more than this many times its size is made to fill a disk.
MOST_TIMES = 200
SMALL = 64 * 1024 * 1024


class Source:
	"""The files of a bag by their paths from its top, with ``/``, and what is no plain file of it."""

	parallel = True
	"""Whether several files can be read at the same time."""

	def __init__(self) -> None:
		self.sizes: dict[str, int] = {}
		self.strange: list[str] = []

	@contextmanager
	def open(self, path: str) -> Iterator[BinaryIO]:
		"""A file's content, to be read from the beginning."""
		raise NotImplementedError
		yield

	def close(self) -> None:
		"""Gives up what was held open."""

	def text(self, path: str) -> str:
		"""A tag file's text. Refusal where it is absurdly large, UnicodeDecodeError where it is no UTF-8."""
		return self.small(path).decode("utf-8-sig")

	def small(self, path: str) -> bytes:
		"""A file that is read as a whole."""
		if self.sizes[path] > LARGEST_TEXT:
			raise Refusal(_("{path} is too large to be what it says it is."), path=path)
		with self.open(path) as stream:
			# Its own size, not the most there may be: an unbuffered read takes that much memory at once.
			return stream.read(self.sizes[path] + 1)


class Folder(Source):
	"""A bag that lies in a folder. Links are never followed."""

	def __init__(self, top: Path):
		super().__init__()
		self.top = top
		self._walk(top, "")

	def _walk(self, folder: Path, prefix: str) -> None:
		with os.scandir(folder) as entries:
			for entry in sorted(entries, key=lambda one: one.name):
				path = prefix + entry.name
				if entry.is_dir(follow_symlinks=False):
					self._walk(Path(entry.path), path + "/")
				elif entry.is_file(follow_symlinks=False) and not bag.unsafe(path):
					self.sizes[path] = entry.stat(follow_symlinks=False).st_size
				else:
					self.strange.append(path)
		if len(self.sizes) > MOST_FILES:
			raise Refusal(_("{path} holds more than {count} files."), path=self.top, count=MOST_FILES)

	@contextmanager
	def open(self, path: str) -> Iterator[BinaryIO]:
		# A folder on the way may have become a link since the walk.
		flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
		with open(os.open(self.top / path, flags), "rb", buffering=0) as stream:
			if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
				raise OSError(f"{path} is no plain file")
			yield stream


class Zip(Source):
	"""A bag in a zip, read without unpacking it."""

	parallel = False

	def __init__(self, path: Path):
		super().__init__()
		try:
			self._zip = zipfile.ZipFile(path)
		except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError) as error:
			raise Refusal(_("{path} cannot be read as a zip: {error}"), path=path, error=error) from error
		self._entries: dict[str, zipfile.ZipInfo] = {}
		entries = self._zip.infolist()
		total = sum(entry.file_size for entry in entries)
		if len(entries) > MOST_FILES or total > max(SMALL, MOST_TIMES * path.stat().st_size):
			self._zip.close()
			raise Refusal(
				_("{path} would unpack to {total} bytes, far more than a dossier. It was not opened."),
				path=path,
				total=total,
			)
		top = self._top(entries)
		for entry in entries:
			if entry.is_dir():
				continue
			name = entry.filename.removeprefix(top)
			kind = stat.S_IFMT(entry.external_attr >> 16)
			plain = kind in (0, stat.S_IFREG) and not entry.flag_bits & 1
			if bag.unsafe(name) or not plain or name in self._entries or not entry.filename.startswith(top):
				self.strange.append(entry.filename)
				continue
			self._entries[name], self.sizes[name] = entry, entry.file_size

	@staticmethod
	def _top(entries: list[zipfile.ZipInfo]) -> str:
		"""The folder within the zip in which the bag lies, with a slash; empty for the zip itself."""
		found = [
			entry.filename.removesuffix(bag.DECLARATION)
			for entry in entries
			if entry.filename == bag.DECLARATION or entry.filename.endswith(f"/{bag.DECLARATION}")
		]
		outer = min(found, key=len, default="")
		return outer if outer.count("/") <= 1 else ""

	@contextmanager
	def open(self, path: str) -> Iterator[BinaryIO]:
		with self._zip.open(self._entries[path]) as stream:
			yield stream

	def close(self) -> None:
		self._zip.close()


@contextmanager
def source(path: Path) -> Iterator[Source]:
	"""The bag at a path: a folder, or a zip. Refusal where there is none."""
	if path.is_dir():
		opened: Source = Folder(path)
	elif path.is_file():
		opened = Zip(path)
	else:
		raise Refusal(_("There is nothing at {path}. Name the folder or the zip of a dossier."), path=path)
	try:
		if bag.DECLARATION not in opened.sizes and not any(map(bag.manifest_kind, opened.sizes)):
			raise Refusal(
				_("{path} is no dossier: it has neither {declaration} nor a manifest."),
				path=path,
				declaration=bag.DECLARATION,
			)
		yield opened
	finally:
		opened.close()
