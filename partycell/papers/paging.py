"""Where pages break, for a browser that cannot keep a table's rows whole.

Debian's and Ubuntu's wkhtmltopdf cuts rows in two at the end of a page and does not repeat a table's head.
So the document is drawn once onto a single endless page with every block painted in a colour of its own;
where the colours lie says how tall each block is; then breaks are written into the HTML, and into a table
together with its head.

A document names its blocks with an attribute, none within another:

``data-block``         is kept whole
``data-block="lead"``  is kept whole and with the block after it: headings, the first and last rows
``data-block="head"``  the row of a table's ``<thead>``: like lead, and repeated after a break

Such an element has no ``style`` of its own. A table with blocks is ``<table class="list">``, its rows of
``<tbody>`` directly follow ``</thead>``.
"""

import io
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from pypdf import PdfReader

_BLOCK = re.compile(r'<(?P<tag>\w+)(?P<before>[^<>]*?)\sdata-block(?:="(?P<kind>\w*)")?(?P<after>[^<>]*)>')
# A colour no document has, and the block's number in its lower two parts; then the rectangle it fills.
_RED = 254
_FILLED = re.compile(
	rb"0\.9960\d* (0|0?\.\d+|1) (0|0?\.\d+|1) scn\s[^f]{0,120}? cm\s+(\S+) (\S+) (\S+) (\S+) re\s+f\b"
)


class Block(NamedTuple):
	"""One block on the endless page: its kind, whether it is a table's row, its top and bottom.

	Lengths are in any one unit.
	"""

	kind: str
	row: bool
	top: float
	bottom: float


def plan(blocks: Sequence[Block], height: float) -> list[int]:
	"""The numbers of the blocks that begin a page, on pages of this height.

	A block taller than a page begins one and runs on over the next.
	"""
	breaks, start, head, first = [], 0.0, 0.0, 0
	for number, block in enumerate(blocks):
		if block.kind == "head":
			head = block.bottom - block.top
		if block.kind in ("lead", "head") and number + 1 < len(blocks):
			continue
		# blocks first..number stay together
		begins = blocks[first]
		if block.bottom - start > height and first > 0 and first not in breaks:
			breaks.append(first)
			# What stands above it on the new page: the repeated head, or its own margin.
			above = head if _repeats_head(begins) else begins.top - blocks[first - 1].bottom
			start = begins.top - above
		while block.bottom - start > height:
			start += height
		first = number + 1
	return breaks


def _repeats_head(block: Block) -> bool:
	return block.row and block.kind != "head"


def with_breaks(html: str, height: float, draw: Callable[[str], bytes]) -> str | None:
	"""The HTML with page breaks before the blocks that begin a page.

	height: of a page between its margins, in units of the drawing (see measure)
	draw: gives the PDF of some HTML on one page that is long enough for all of it

	None for a document without blocks, or whose blocks are not found in the drawing.
	"""
	found = list(_BLOCK.finditer(html))
	if not found:
		return None
	places = measure(draw(_painted(html)))
	if set(places) != set(range(len(found))):
		return None
	blocks = [
		Block(match["kind"] or "", match["tag"] == "tr", *places[number])
		for number, match in enumerate(found)
	]
	for number in reversed(plan(blocks, height)):
		html = _broken(html, found[number], _repeats_head(blocks[number]))
	return html


def measure(drawing: bytes) -> dict[int, tuple[float, float]]:
	"""The top and bottom of every painted block by its number, in pixels of the drawing."""
	places: dict[int, tuple[float, float]] = {}
	for sheet in PdfReader(io.BytesIO(drawing)).pages:
		contents = sheet.get_contents()
		for parts in _FILLED.findall(b"" if contents is None else contents.get_data()):
			green, blue, _, top, _, tall = map(float, parts)
			number = round(green * 255) * 256 + round(blue * 255)
			upper, lower = places.get(number, (top, top + tall))
			places[number] = min(upper, top), max(lower, top + tall)
	return places


def _painted(html: str) -> str:
	count = iter(range(1 << 16))

	def paint(match):
		colour = f"#{_RED:02x}{next(count):04x}"
		return f'<{match["tag"]}{match["before"]} style="background-color: {colour}"{match["after"]}>'

	return _BLOCK.sub(paint, html)


def _broken(html: str, block: re.Match, row: bool) -> str:
	before, after = html[: block.start()], html[block.start() :]
	style = ' style="page-break-before: always; margin-top: 0"'
	if not row:
		return f"{before}<{block['tag']}{style}{after[len(block['tag']) + 1 :]}"
	table = html.rindex("<table", 0, block.start())
	opening = html[table : html.index("</thead>", table)] + "</thead>"
	opening = "<table" + style + opening.removeprefix("<table")
	return f"{before}</tbody></table>{opening}<tbody>{after}"
