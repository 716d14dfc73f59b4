"""Writing a dossier as a bag, into a folder or a zip. Never imports frappe.

Everything is streamed: each file is read once, in blocks, while it is written. What is written appears
under its name only when it is whole.
"""

import hashlib
import os
import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from partycell import __version__
from partycell.dossier.bag_sources import BLOCK
from partycell.refusal import Refusal
from partycell.rules import bag
from partycell.rules.problems import _

# What is compressed already.
STORED = frozenset("pdf png jpg jpeg gif zip docx xlsx pptx odt ods mp3 mp4 7z rar".split())


@dataclass(frozen=True)
class Content:
	"""One file for the payload.

	path: in the bag, from ``data/``
	opened: opens it for reading; sha256, size: what it must turn out to be, None for any
	shown: how people know it
	"""

	path: str
	opened: Callable[[], BinaryIO]
	sha256: str | None = None
	size: int | None = None
	shown: str = ""


class FolderSink:
	"""Writes into a folder that is there and empty."""

	def __init__(self, folder: Path):
		self.folder = folder

	@contextmanager
	def file(self, path: str) -> Iterator[BinaryIO]:
		"""A new file of the bag."""
		target = self.folder / path
		target.parent.mkdir(parents=True, exist_ok=True)
		with target.open("xb") as stream:
			yield stream

	def close(self) -> None:
		"""Nothing is held open."""


class ZipSink:
	"""Writes into a zip, in a folder ``top`` within it; ``moment`` is the time that its entries bear."""

	def __init__(self, path: Path, top: str, moment: datetime):
		self._zip = zipfile.ZipFile(path, "x", allowZip64=True)
		self._top, self._moment = top, moment

	@contextmanager
	def file(self, path: str) -> Iterator[BinaryIO]:
		"""A new file of the bag."""
		entry = zipfile.ZipInfo(f"{self._top}/{path}", self._moment.timetuple()[:6])
		stored = path.rpartition(".")[2].lower() in STORED
		entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
		entry.external_attr = 0o100644 << 16
		with self._zip.open(entry, "w", force_zip64=True) as stream:
			yield stream

	def close(self) -> None:
		"""Writes the zip's list of contents."""
		self._zip.close()


def write(
	sink: FolderSink | ZipSink,
	contents: Iterable[Content],
	info: Iterable[tuple[str, object]],
	*,
	progress: Callable[[int], None] = lambda size: None,
) -> None:
	"""Writes a whole bag: the contents, their manifests, bag-info.txt with ``info`` and the tag manifests.

	Refusal where a content turns out to be another than was announced: it changed on the way.
	"""
	listed, size = {}, 0
	for content in contents:
		digests, length = _copied(sink, content, progress)
		size += length
		listed[content.path] = digests
	tags = {}
	texts = [(bag.DECLARATION, bag.DECLARED)]
	texts += [
		(bag.manifest_name(name), bag.manifest((path, found[name]) for path, found in listed.items()))
		for name in bag.ALGORITHMS
	]
	texts.append(
		(
			bag.INFO,
			bag.info(
				[
					("Bag-Software-Agent", f"partycell {__version__}"),
					*info,
					("Payload-Oxum", f"{size}.{len(listed)}"),
				]
			),
		)
	)
	for path, text in texts:
		tags[path] = _written(sink, path, text)
	for name in bag.ALGORITHMS:
		_written(
			sink,
			bag.manifest_name(name, of_tags=True),
			bag.manifest((path, found[name]) for path, found in tags.items()),
		)


def _copied(sink, content: Content, progress) -> tuple[dict[str, str], int]:
	made = {name: hashlib.new(name) for name in bag.ALGORITHMS}
	size = 0
	with content.opened() as stream, sink.file(content.path) as target:
		while block := stream.read(BLOCK):
			for one in made.values():
				one.update(block)
			size += len(block)
			target.write(block)
			progress(len(block))
	digests = {name: one.hexdigest() for name, one in made.items()}
	if content.sha256 not in (None, digests["sha256"]) or content.size not in (None, size):
		raise Refusal(
			_("{file} changed while it was being read. Close what writes to it, then do this again."),
			file=content.shown or content.path,
		)
	return digests, size


def _written(sink, path: str, text: str) -> dict[str, str]:
	data = text.encode()
	with sink.file(path) as target:
		target.write(data)
	return {name: hashlib.new(name, data).hexdigest() for name in bag.ALGORITHMS}


@contextmanager
def beside(target: Path, *, folder: bool = False) -> Iterator[Path]:
	"""Within: a path beside ``target`` to write to; it takes the target's name at the end, or is removed.

	Refusal where the target is there already, and where the disk cannot take what is written.
	"""
	if target.exists() or target.is_symlink():
		raise Refusal(_("{path} is there already. Move it away, or choose another place."), path=target)
	target.parent.mkdir(parents=True, exist_ok=True)
	draft = target.with_name(f".{target.name}.{os.getpid()}.part")
	_remove(draft)
	try:
		if folder:
			draft.mkdir()
		yield draft
		os.rename(draft, target)
	except BaseException:
		_remove(draft)
		raise


def _remove(path: Path) -> None:
	if path.is_dir() and not path.is_symlink():
		shutil.rmtree(path, ignore_errors=True)
	else:
		with suppress(OSError):
			path.unlink(missing_ok=True)
