"""A dossier as a BagIt bag (RFC 8493): what lies where, what its tag files say, what differs from them."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from partycell.rules import dossier, names
from partycell.rules.problems import Problem, _

DECLARATION = "bagit.txt"
DECLARED = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
INFO = "bag-info.txt"
ALGORITHMS = ("sha256", "sha512")
# Those that others' bags may have; md5 and sha1 find accidents, not forgers.
HEX_DIGITS = {"md5": 32, "sha1": 40, "sha224": 56, "sha256": 64, "sha384": 96, "sha512": 128}
PAYLOAD = "data/"
RECORD = "data/record.json"
MINUTES = "data/bien-ban-ban-giao.pdf"
INDEX = "data/index.html"
OURS = (RECORD, MINUTES, INDEX)
DIGEST_LABEL = "Partycell-Record-SHA256"

_MANIFEST = re.compile(r"(tag)?manifest-([a-z0-9]+)\.txt")
_ESCAPES = {"%": "%25", "\r": "%0D", "\n": "%0A"}

Digests = Mapping[str, str]
"""Algorithm to hexadecimal digest."""


def manifest_name(algorithm: str, *, of_tags: bool = False) -> str:
	"""``manifest-sha256.txt``, or the one that lists the tag files."""
	return f"{'tag' if of_tags else ''}manifest-{algorithm}.txt"


def manifest_kind(name: str) -> tuple[bool, str] | None:
	"""Whether a file's name is that of a manifest: (of tag files, algorithm); None for other files."""
	found = _MANIFEST.fullmatch(name)
	return (bool(found[1]), found[2]) if found and found[2] in HEX_DIGITS else None


SEALED_TAG_FILES = (DECLARATION, INFO, *(manifest_name(algorithm) for algorithm in ALGORITHMS))
"""What the tag manifests of a dossier of ours list."""

OWN_TAG_FILES = (*SEALED_TAG_FILES, *(manifest_name(algorithm, of_tags=True) for algorithm in ALGORITHMS))
"""What a dossier of ours always has beside its payload."""


def places(record: dict, sections: Mapping[str, str]) -> list[str]:
	"""Where each file of a record lies in the bag, in the order of ``dossier.files_of``.

	sections: section code to title. Names are safe on every system and no two are alike.
	"""
	wanted = []
	for line, file in dossier.files_of(record):
		section = line["section"] or ""
		folder = names.safe(" ".join(filter(None, (section, sections.get(section))))) if section else "_"
		name = file["name"]
		if line["code"] and not names.key(name).startswith(names.key(line["code"])):
			name = f"{line['code']} {name}"
		wanted.append(f"{PAYLOAD}{folder}/{names.safe(name)}")
	taken = [*OURS]
	return names.distinct([*taken, *wanted])[len(taken) :]


def manifest(entries: Iterable[tuple[str, str]]) -> str:
	"""A manifest's text from (path, digest), by path."""
	return "".join(f"{digest}  {_escaped(path)}\n" for path, digest in sorted(entries))


def read_manifest(text: str, name: str, algorithm: str) -> tuple[dict[str, str], list[Problem]]:
	"""A manifest as {path: digest}, and what is wrong with it. Lines that are wrong are left out."""
	found: dict[str, str] = {}
	wrong = []
	for number, line in enumerate(text.splitlines(), 1):
		if not line.strip():
			continue
		values = {"manifest": name, "line": number}
		parts = line.split(None, 1)
		if len(parts) != 2 or not re.fullmatch(f"[0-9a-fA-F]{{{HEX_DIGITS[algorithm]}}}", parts[0]):
			wrong.append(Problem("dossier", _("Line {line} of {manifest} cannot be read."), values))
			continue
		# Some tools mark binary files with a star, as sha256sum does, and write "./" before the path.
		path = _unescaped(parts[1].removeprefix("*").removeprefix("./"))
		if unsafe(path):
			values["path"] = path
			wrong.append(
				Problem("dossier", _("Line {line} of {manifest} leads out of the bag, to {path}."), values)
			)
		elif found.setdefault(path, parts[0].lower()) != parts[0].lower():
			wrong.append(
				Problem("dossier", _("{manifest} lists {path} twice, differently."), {**values, "path": path})
			)
	return found, wrong


def unsafe(path: str) -> bool:
	"""Whether a path could lead out of the folder that it is read in."""
	if not path or path.startswith(("/", "~")) or "\\" in path or "\0" in path or re.match("[A-Za-z]:", path):
		return True
	return any(part in ("", ".", "..") for part in path.split("/"))


def info(values: Iterable[tuple[str, object]]) -> str:
	"""The text of bag-info.txt; empty values are left out, line ends become spaces."""
	return "".join(
		f"{label}: {' '.join(str(value).split())}\n" for label, value in values if value not in (None, "")
	)


def read_info(text: str) -> dict[str, str]:
	"""bag-info.txt as {label: value}, the first of each label; continued lines are joined."""
	found: dict[str, str] = {}
	label = None
	for line in text.splitlines():
		if line[:1] in (" ", "\t") and label:
			found[label] += " " + line.strip()
		elif ":" in line:
			name, value = line.split(":", 1)
			label = name.strip()
			if label in found:
				label = None
			else:
				found[label] = value.strip()
	return found


@dataclass(frozen=True)
class Finding:
	"""One thing in a bag that is not as its manifests or its record say.

	kind: a key of ``WORDS``
	path: which file; other: the second one, where two are concerned
	"""

	kind: str
	path: str
	other: str = ""

	@property
	def text(self) -> str:
		"""The finding in English, with ``{path}`` and ``{other}`` to be filled in."""
		return WORDS[self.kind]

	def __str__(self) -> str:
		return self.text.format(path=self.path, other=self.other)


WORDS = {
	"added": _("Added: {path}"),
	"removed": _("Removed: {path}"),
	"altered": _("Altered: {path}"),
	"renamed": _("Renamed: {path} is now {other}"),
	"swapped": _("Swapped: {path} and {other} have each other's content"),
	"replaced": _("Replaced: {path} has the content of {other}"),
	"contradicted": _("The manifests contradict each other about {path}: {other}"),
	"unlisted": _("Not listed in every manifest: {path} is not in {other}"),
	"unreadable": _("Cannot be read: {path} ({other})"),
	"unsafe": _("Not a plain file of the bag: {path}"),
	"clash": _("Names that differ only in case or in Unicode form: {path} and {other}"),
	"manifest": _("{path}: {other}"),
	"total": _("{path} counts other bytes or files than are there: {other}"),
	"record": _("{path} is not the record of a handover: {other}"),
	"record_form": _("{path} is not written in the canonical form"),
	"digest": _("The digest of the record is {other}, which is not the one in {path}"),
	"given_digest": _("The digest of the record is {other}, not the one on the paper"),
	"no_record": _("There is no {path}, so the digest on the paper cannot be compared"),
	"not_in_record": _("{path} is listed in the manifests, but the sealed record does not know it"),
	"not_in_bag": _("The sealed record lists {path}, which is not in the bag: {other}"),
}


def differences(listed: Mapping[str, Digests], there: Mapping[str, Digests]) -> Iterator[Finding]:
	"""What differs between what the manifests list and what is there, each thing said once.

	A file's digests agree when those of every algorithm do. A path that is there in another Unicode
	form is the same path: some systems keep names in a form of their own.
	"""
	there = dict(there)
	by_form = {unicodedata.normalize("NFC", path): path for path in there}
	gone, changed = {}, {}
	met = set()
	for path, digests in listed.items():
		name = path if path in there else by_form.get(unicodedata.normalize("NFC", path))
		if name is None or name in met:
			gone[path] = digests
			continue
		met.add(name)
		if not _agree(digests, there[name]):
			if any(there[name].get(algorithm) == digest for algorithm, digest in digests.items()):
				other = ", ".join(
					manifest_name(one) for one, digest in digests.items() if there[name].get(one) != digest
				)
				yield Finding("contradicted", path, other)
			else:
				changed[path] = there[name]
	new = {path: digests for path, digests in there.items() if path not in met}
	yield from _renamed(gone, new)
	yield from _exchanged(changed, listed)
	yield from (Finding("removed", path) for path in gone)
	yield from (Finding("added", path) for path in new)


def _renamed(gone: dict, new: dict) -> Iterator[Finding]:
	"""Takes what was renamed out of both."""
	for path, digests in list(gone.items()):
		to = next((one for one, found in new.items() if _agree(digests, found)), None)
		if to is not None:
			del gone[path], new[to]
			yield Finding("renamed", path, to)


def _exchanged(changed: Mapping[str, Digests], listed: Mapping[str, Digests]) -> Iterator[Finding]:
	owners = defaultdict(list)
	for path, digests in listed.items():
		owners[_key(digests)].append(path)
	said = set()
	for path, found in changed.items():
		if path in said:
			continue
		sources = [
			one for one in owners.get(_key({a: found.get(a) for a in listed[path]}), []) if one != path
		]
		partner = next(
			(one for one in sources if one in changed and _agree(listed[path], changed[one])), None
		)
		if partner:
			said |= {path, partner}
			yield Finding("swapped", path, partner)
		elif sources:
			yield Finding("replaced", path, sources[0])
		else:
			yield Finding("altered", path)


def record_differences(record: dict, payload: Mapping[str, tuple[str, int]]) -> Iterator[Finding]:
	"""What a record and a bag's payload say differently.

	payload: {path: (SHA-256, bytes)} of everything under ``data/``, without our own three files
	"""
	wanted = Counter((file["sha256"], file["size"]) for _line, file in dossier.files_of(record))
	for path, key in sorted(payload.items()):
		if wanted[key]:
			wanted[key] -= 1
		else:
			yield Finding("not_in_record", path)
	for line, file in dossier.files_of(record):
		key = (file["sha256"], file["size"])
		if wanted[key]:
			wanted[key] -= 1
			yield Finding("not_in_bag", file["name"], " ".join(filter(None, (line["code"], line["title"]))))


def _agree(listed: Digests, found: Digests) -> bool:
	return all(found.get(algorithm) == digest for algorithm, digest in listed.items())


def _key(digests: Digests) -> tuple:
	return tuple(sorted((algorithm, digest or "") for algorithm, digest in digests.items()))


def _escaped(path: str) -> str:
	return re.sub("[%\r\n]", lambda found: _ESCAPES[found[0]], path)


def _unescaped(path: str) -> str:
	# RFC 8493 escapes these three and nothing else.
	return re.sub("%(25|0[AaDd])", lambda found: chr(int(found[1], 16)), path)
