"""Written text without its layout: for printing, searching and comparing what a rich text field holds."""

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

PARAGRAPH, HEADING, NUMBERED, BULLET = "paragraph", "heading", "numbered", "bullet"
SAME, GONE, NEW = "same", "gone", "new"
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ENDS = frozenset({"p", "div", "li", "ul", "ol", "blockquote", "pre", "tr", "table", "br", *_HEADINGS})
_SILENT = frozenset({"script", "style", "head", "title"})


@dataclass(frozen=True)
class Block:
	"""One paragraph of a text. ``number`` counts the items of a numbered list from 1; else it is 0."""

	kind: str
	text: str
	number: int = 0


@dataclass(frozen=True)
class Change:
	"""One paragraph as compared: SAME, GONE or NEW."""

	how: str
	text: str


class _Reader(HTMLParser):
	def __init__(self):
		super().__init__(convert_charrefs=True)
		self.blocks: list[Block] = []
		self.words: list[str] = []
		self.kind, self.silent = PARAGRAPH, 0
		self.lists: list[list] = []  # of [kind, how many items]

	def handle_starttag(self, tag, attrs):
		if tag in _SILENT:
			self.silent += 1
		if tag in _ENDS:
			self.close_block()
		if tag in _HEADINGS:
			self.kind = HEADING
		elif tag in ("ol", "ul"):
			self.lists.append([NUMBERED if tag == "ol" else BULLET, 0])
		elif tag == "li":
			# The desk's editor writes bullets as an ordered list whose items say that they are none.
			bullet = dict(attrs).get("data-list") == "bullet"
			self.kind = BULLET if bullet or not self.lists else self.lists[-1][0]

	def handle_endtag(self, tag):
		if tag in _SILENT:
			self.silent = max(0, self.silent - 1)
		if tag in _ENDS:
			self.close_block()
			self.kind = PARAGRAPH
		if tag in ("ol", "ul") and self.lists:
			self.lists.pop()

	def handle_data(self, data):
		if not self.silent:
			self.words.append(data)

	def close_block(self):
		text = " ".join("".join(self.words).split())
		self.words = []
		if not text:
			return
		number = 0
		if self.kind == NUMBERED and self.lists:
			self.lists[-1][1] += 1
			number = self.lists[-1][1]
		self.blocks.append(Block(self.kind, text, number))


def blocks(html: str | None) -> list[Block]:
	"""The paragraphs of a text, in order; empty ones, scripts, pictures and all layout left out."""
	reader = _Reader()
	reader.feed(html or "")
	reader.close()
	reader.close_block()
	return reader.blocks


def plain(html: str | None) -> str:
	"""The text alone, a paragraph a line."""
	return "\n".join(block.text for block in blocks(html))


def lines(text: str | None) -> list[str]:
	"""The lines of a text field, blank ones left out."""
	return [line.strip() for line in (text or "").splitlines() if line.strip()]


def compare(before: Iterable[str], after: Iterable[str]) -> list[Change]:
	"""What became of each paragraph, in reading order: what is gone stands before what is new in its place."""
	old, new = list(before), list(after)
	found: list[Change] = []
	for how, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
		if how == "equal":
			found += (Change(SAME, text) for text in old[i:j])
		else:
			found += (Change(GONE, text) for text in old[i:j])
			found += (Change(NEW, text) for text in new[k:m])
	return found


def changed(changes: Iterable[Change]) -> Iterator[Change]:
	"""Those that are not the same."""
	return (change for change in changes if change.how != SAME)
