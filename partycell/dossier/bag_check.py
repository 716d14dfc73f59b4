"""Verifying a bag: every file, every manifest, the record, the digest. Never imports frappe.

Files are read in blocks, each once for all algorithms; what is kept is their names and digests.
"""

import hashlib
import json
import os
import zipfile
import zlib
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from partycell.dossier.bag_sources import BLOCK, Source
from partycell.refusal import Refusal
from partycell.rules import bag, dossier, names, record
from partycell.rules.bag import Finding

Progress = Callable[[int], None]
"""Told how many bytes have been read since it was last told."""

_BROKEN = (OSError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError)


@dataclass
class Report:
	"""What became of a verification.

	findings: what is wrong, none where the bag is whole
	digest: of the record, where there is one; files, size: of the payload, size in bytes
	record: as it lies in the bag, None where it cannot be read
	"""

	findings: list[Finding] = field(default_factory=list)
	digest: str | None = None
	files: int = 0
	size: int = 0
	info: dict[str, str] = field(default_factory=dict)
	record: dict | None = None

	@property
	def whole(self) -> bool:
		"""Whether nothing is wrong."""
		return not self.findings


def verify(source: Source, *, digest: str | None = None, progress: Progress = lambda size: None) -> Report:
	"""Checks a bag; ``digest`` is the one on the paper, 64 hexadecimal digits, spaces allowed."""
	report = Report()
	say = report.findings.append
	for path in source.strange:
		say(Finding("unsafe", path))
	for one, other in names.clashes(source.sizes):
		say(Finding("clash", one, other))
	payload, tags = _manifests(source, say)
	digests = _digests(source, _algorithms(payload, tags), progress, say)
	_compare(source, payload, tags, digests, say)
	report.files = sum(path.startswith(bag.PAYLOAD) for path in source.sizes)
	report.size = sum(size for path, size in source.sizes.items() if path.startswith(bag.PAYLOAD))
	report.info = _info(source, report, say)
	if bag.RECORD in source.sizes:
		_record(source, report, digests, say)
	elif bag.DIGEST_LABEL in report.info or digest:
		say(Finding("no_record", bag.RECORD))
	if digest and report.digest and _plain(digest) != report.digest:
		say(Finding("given_digest", bag.RECORD, report.digest))
	return report


def hashed(stream, algorithms, progress: Progress = lambda size: None) -> tuple[dict[str, str], int]:
	"""The digests of what a stream holds, and its size in bytes."""
	made = [hashlib.new(algorithm, usedforsecurity=False) for algorithm in algorithms]
	size = 0
	while block := stream.read(BLOCK):
		for one in made:
			one.update(block)
		size += len(block)
		progress(len(block))
	return {algorithm: one.hexdigest() for algorithm, one in zip(algorithms, made, strict=True)}, size


def _manifests(source: Source, say) -> tuple[dict[str, dict], dict[str, dict]]:
	"""Manifest name to {path: digest}: of the payload, and of the tag files."""
	payload, tags = {}, {}
	for name in sorted(source.sizes):
		kind = bag.manifest_kind(name)
		if not kind:
			continue
		try:
			found, wrong = bag.read_manifest(source.text(name), name, kind[1])
		except (*_BROKEN, UnicodeDecodeError) as error:
			say(Finding("unreadable", name, str(error)))
			found, wrong = {}, []
		for problem in wrong:
			say(Finding("manifest", name, str(problem)))
		(tags if kind[0] else payload)[name] = found
	return payload, tags


def _algorithms(*manifests: Mapping[str, dict]) -> tuple[str, ...]:
	used = {bag.manifest_kind(name)[1] for group in manifests for name in group}
	# The record is sealed by its SHA-256.
	return tuple(sorted(used | {"sha256"}))


def _digests(source: Source, algorithms: tuple[str, ...], progress: Progress, say) -> dict[str, dict]:
	def read(path: str):
		try:
			with source.open(path) as stream:
				return path, hashed(stream, algorithms, progress)[0]
		except _BROKEN as error:
			return path, error

	digests = {}
	for path, found in _each(read, sorted(source.sizes), source.parallel):
		if isinstance(found, Exception):
			say(Finding("unreadable", path, str(found)))
			found = {}
		digests[path] = found
	return digests


def _each(read, paths: list[str], parallel: bool) -> Iterator:
	"""In the order of the paths, with at most a few read ahead."""
	workers = min(4, os.cpu_count() or 1)
	if not parallel or workers == 1:
		yield from map(read, paths)
		return
	with ThreadPoolExecutor(workers) as pool:
		waiting = deque()
		for path in paths:
			waiting.append(pool.submit(read, path))
			if len(waiting) > 4 * workers:
				yield waiting.popleft().result()
		while waiting:
			yield waiting.popleft().result()


def _compare(source: Source, payload: dict, tags: dict, digests: dict, say) -> None:
	listed = _by_path(payload)
	there = {path: found for path, found in digests.items() if path.startswith(bag.PAYLOAD)}
	unread = {path for path, found in digests.items() if not found}
	for finding in bag.differences(listed, there):
		if finding.path not in unread:
			say(finding)
	for name, found in payload.items():
		for path in sorted(listed.keys() - found.keys()):
			say(Finding("unlisted", path, name))
	sealed = _by_path(tags)
	# A manifest of tag files is not listed anywhere: it would have to hold its own digest.
	loose = {
		path: found
		for path, found in digests.items()
		if not path.startswith(bag.PAYLOAD) and not (bag.manifest_kind(path) or (False,))[0]
	}
	if sealed:
		# Files beside data/ that no tag manifest lists are allowed (RFC 8493, 2.2.4), yet of a dossier
		# of ours every one is known.
		for finding in bag.differences(sealed, loose):
			if finding.kind != "added" or _is_ours(source):
				say(finding)
	if _is_ours(source):
		# Nothing holds the digest of a tag manifest. Of a dossier of ours its only spelling is known.
		for name, found in tags.items():
			spelt = hashlib.sha256(bag.manifest(found.items()).encode()).hexdigest()
			if digests[name].get("sha256") != spelt or found.keys() != set(bag.SEALED_TAG_FILES):
				say(Finding("altered", name))
	for required in (bag.DECLARATION, *(bag.OWN_TAG_FILES if _is_ours(source) else ())):
		if required not in source.sizes and required not in sealed:
			say(Finding("removed", required))


def _by_path(manifests: dict[str, dict]) -> dict[str, dict]:
	"""path: {algorithm: digest}, from all of them."""
	made: dict[str, dict] = {}
	for name, found in manifests.items():
		for path, digest in found.items():
			made.setdefault(path, {})[bag.manifest_kind(name)[1]] = digest
	return made


def _is_ours(source: Source) -> bool:
	return bag.RECORD in source.sizes


def _info(source: Source, report: Report, say) -> dict[str, str]:
	if bag.INFO not in source.sizes:
		return {}
	try:
		found = bag.read_info(source.text(bag.INFO))
	except (*_BROKEN, UnicodeDecodeError) as error:
		say(Finding("unreadable", bag.INFO, str(error)))
		return {}
	total = found.get("Payload-Oxum")
	if total is not None and total != f"{report.size}.{report.files}":
		say(Finding("total", bag.INFO, f"{report.size}.{report.files}"))
	return found


def _record(source: Source, report: Report, digests: dict, say) -> None:
	try:
		data = source.small(bag.RECORD)
		found = json.loads(data)
		# RecursionError: brackets within brackets, by the thousand
	except (*_BROKEN, ValueError, RecursionError, Refusal) as error:
		say(Finding("record", bag.RECORD, str(error)))
		return
	report.digest = hashlib.sha256(data).hexdigest()
	sealed = report.info.get(bag.DIGEST_LABEL)
	if sealed is not None and sealed != report.digest:
		say(Finding("digest", bag.INFO, report.digest))
	if wrong := list(dossier.problems(found)):
		say(Finding("record", bag.RECORD, str(wrong[0])))
		return
	report.record = found
	if record.canonical(found) != data:
		say(Finding("record_form", bag.RECORD))
	payload = {
		path: (found["sha256"], source.sizes[path])
		for path, found in digests.items()
		if path.startswith(bag.PAYLOAD) and path not in bag.OURS and found
	}
	for finding in bag.record_differences(report.record, payload):
		say(finding)


def _plain(digest: str) -> str:
	return "".join(digest.split()).lower()
