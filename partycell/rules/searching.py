"""Searching Vietnamese text: the words of a text and of a query, how well an entry answers, what is shown of it.

Diacritics, case and đ/d make no difference (``text.normalise``). A query's words must all occur, in any
order; the last one may still be being typed and matches by its beginning.
"""

import re
import unicodedata
from collections.abc import Collection, Sequence

from partycell.rules.text import normalise

WORD_LENGTH = 40
MOST_WORDS = 8
"""Words of a query that are looked up; a longer one says no more."""
_WORD = re.compile(r"[a-z0-9]+")


def words(text: str | None) -> list[str]:
	"""The words of a text in order, each once, in their comparable form."""
	found = (word[:WORD_LENGTH] for word in _WORD.findall(normalise(text)))
	return list(dict.fromkeys(found))


def line(*parts: str | None) -> str:
	"""One searchable line of several texts: all their words in order, without punctuation."""
	return " ".join(_WORD.findall(" ".join(normalise(part) for part in parts)))


def query_words(query: str | None) -> list[str]:
	"""The words that are looked up for a query."""
	return words(query)[:MOST_WORDS]


def matches(asked: Sequence[str], text: str) -> bool:
	"""Whether every word occurs in a text (as normalised), the last one at least by its beginning."""
	there = set(_WORD.findall(text))
	*whole, last = asked or ("",)
	return all(word in there for word in whole) and any(word.startswith(last) for word in there)


def score(asked: Sequence[str], title: str | None, text: str | None) -> float:
	"""How well an entry answers, higher is better: words in the title, then words that stand together."""
	name, whole = normalise(title), normalise(text)
	in_title = sum(bool(re.search(rf"\b{re.escape(word)}", name)) for word in asked)
	phrase = " ".join(asked)
	return 3 * in_title / max(1, len(asked)) + 2 * (phrase in name) + (phrase in whole)


def likeness(asked: Collection[str], other: Collection[str]) -> float:
	"""How much two sets of words have in common, 0 to 1: shared words over those of the shorter one."""
	if not asked or not other:
		return 0.0
	mine, theirs = set(asked), set(other)
	return len(mine & theirs) / min(len(mine), len(theirs))


def excerpt(text: str, asked: Sequence[str], length: int = 160) -> str:
	"""A piece of a text, as written, around the first word that was asked for."""
	text = unicodedata.normalize("NFC", " ".join(text.split()))
	if len(text) <= length:
		return text
	# Normalising letter by letter keeps every letter in its place.
	letters = "".join((normalise(letter) or " ")[:1] for letter in text)
	places = [found.start() for word in asked if (found := re.search(rf"\b{re.escape(word)}", letters))]
	start = max(0, min(places, default=0) - length // 3)
	start = text.rfind(" ", 0, start) + 1 if start else 0
	piece = text[start : start + length]
	if start + length < len(text):
		piece = piece[: piece.rfind(" ")] + " …"
	return ("… " if start else "") + piece
