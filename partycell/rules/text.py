"""Vietnamese text made comparable: the form that is searched and sorted."""

import re
import unicodedata
from functools import lru_cache

_STROKES = str.maketrans({"đ": "d", "Đ": "D"})


def normalise(text: str | None) -> str:
	"""The search form of a text: lower case ASCII letters, no diacritics, single spaces.

	``Hòa``, ``Hoà`` and ``HOA`` become ``hoa``; ``Đảng`` becomes ``dang``. ``đ`` has no canonical
	decomposition in Unicode, so it is mapped by name.
	"""
	decomposed = unicodedata.normalize("NFD", (text or "").translate(_STROKES))
	plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
	return re.sub(r"\s+", " ", plain.casefold()).strip()


@lru_cache(maxsize=8192)
def search_text(*parts: str | None) -> str:
	"""One searchable line of several fields, each normalised, empty ones left out."""
	return " ".join(filter(None, map(normalise, parts)))


def in_number_order(text: str | None) -> list[tuple[int, str]]:
	"""A key that sorts numbers within a text by their value: ``9-NQ/ĐU`` before ``10-NQ/ĐU``."""
	parts = re.split(r"([0-9]+)", text or "")
	return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts if part]
