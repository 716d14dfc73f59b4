"""File names that every system keeps, Vietnamese letters among them."""

import re
import unicodedata
from collections.abc import Iterable

# Windows takes none of these; percent signs are escapes in a bag's manifest.
_FORBIDDEN = re.compile(r'[<>:"/\\|?*%]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
# Bytes; most systems take 255, and Windows 260 characters for a whole path.
LONGEST = 120
_LONGEST_ENDING = 20


def safe(name: str) -> str:
	"""The name as every system can keep it: composed letters, nothing forbidden, at most LONGEST bytes.

	The ending (``.pdf``) stays. A name that is safe already is left as it is.
	"""
	text = unicodedata.normalize("NFC", name)
	text = "".join(" " if letter in "\t\r\n" else letter for letter in text)
	# Cc, Cf, Cs, Co, Cn: what nobody sees, and what turns the reading direction round.
	text = "".join(letter for letter in text if not unicodedata.category(letter).startswith("C"))
	text = re.sub(r"\s+", " ", _FORBIDDEN.sub("_", text)).strip(" ")
	text = _shortened(text.rstrip(". "))
	if text.startswith((".", "~")):
		text = "_" + text[1:]
	if not text or _RESERVED.fullmatch(text):
		text = "_" + text
	return text


def key(name: str) -> str:
	"""What two names have in common that some system cannot tell apart: by case, or by Unicode form."""
	return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def distinct(paths: Iterable[str]) -> list[str]:
	"""The same paths, those that a system could not tell apart numbered: ``a.pdf``, ``A (2).pdf``."""
	taken: set[str] = set()
	made = []
	for path in paths:
		one, number = path, 1
		while key(one) in taken:
			number += 1
			stem, dot, ending = path.rpartition(".")
			one = f"{stem} ({number}).{ending}" if dot and "/" not in ending else f"{path} ({number})"
		taken.add(key(one))
		made.append(one)
	return made


def clashes(paths: Iterable[str]) -> list[tuple[str, str]]:
	"""Pairs of paths that differ only in case or in Unicode form."""
	seen: dict[str, str] = {}
	found = []
	for path in paths:
		known = seen.setdefault(key(path), path)
		if known != path:
			found.append((known, path))
	return found


def _shortened(text: str) -> str:
	if len(text.encode()) <= LONGEST:
		return text
	stem, dot, ending = text.rpartition(".")
	if not dot or len(ending.encode()) > _LONGEST_ENDING:
		stem, ending = text, ""
	room = LONGEST - len((dot + ending).encode() if ending else b"")
	# A letter that is cut in two is left out; so is a mark that has lost its letter.
	cut = stem.encode()[:room].decode("utf-8", errors="ignore").rstrip(". ")
	return f"{cut}.{ending}" if ending else cut
