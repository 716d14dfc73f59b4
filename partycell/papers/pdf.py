"""The one module that makes PDFs, on a Frappe site and off it.

`render` turns a template of ``templates/print`` into HTML, `make` turns HTML into a PDF::

        page = PageSetup()
        html = render("handover_minutes.html", page, **rules.minutes.context(m))
        data = make(html, page, mark="DỰ THẢO")

wkhtmltopdf draws by default, through Frappe's own call on a site and through pdfkit off it. Where it is
not on the system, WeasyPrint draws the same HTML to the same pages. Page numbers and marks are stamped
afterwards, by the same code for both, because the wkhtmltopdf of Debian and Ubuntu draws no headers.

::

	PdfError
	├── NoEngine         neither wkhtmltopdf nor WeasyPrint is there
	├── OutsideResource  the HTML asks for something that is not embedded in it
	└── EngineFailed     the engine was there and did not give a PDF
"""

import functools
import io
import shutil
import subprocess
import sys
from html import escape
from pathlib import Path

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject

from partycell.papers import embedding, paging
from partycell.rules.page import PAPERS, PageSetup

WKHTMLTOPDF = "wkhtmltopdf"
WEASYPRINT = "weasyprint"

PT_PER_MM = 72 / 25.4
# From the edge of the paper to the top of the number (HD 36-HD/VPTW 2018).
NUMBER_FROM_TOP_MM = 10
# Of Times, in thousandths of its size.
_DIGIT_WIDTH, _DIGIT_HEIGHT = 500, 676

# Debian's wkhtmltopdf knows no --zoom; it lays a page out wider and shrinks it to the paper, by a factor
# between 1.25 and 2 that it picks so that the widest content fits, and it rounds type to whole pixels.
# At 1.5 a point is two pixels: whole and half points come out exact, and the factor lies in the range.
_UNPATCHED_ZOOM = 1.5
# Two pixels a point, less what rounding may cost over a page.
_PIXELS_PER_MM = 2 * PT_PER_MM * 0.995
_ENDLESS_MM = 20_000
_SPARE_MM = 20

_TEMPLATES = "partycell/templates/print/"


class PdfError(Exception):
	"""A PDF could not be made; the message says why and what to do."""


class NoEngine(PdfError):
	"""Neither wkhtmltopdf nor WeasyPrint is on the system."""


class OutsideResource(PdfError):
	"""The HTML refers to something outside itself. Pictures are embedded as data: URIs instead."""


class EngineFailed(PdfError):
	"""The engine did not give a PDF."""


def render(template: str, page: PageSetup, **context) -> str:
	"""The HTML of a template of ``templates/print``, by its file name.

	Frappe's own environment gives the same HTML for the same names (``page`` is
	``page.for_template()``): the templates escape every value themselves.
	"""
	return _environment().get_template(_TEMPLATES + template).render(page=page.for_template(), **context)


@functools.lru_cache(maxsize=1)
def _environment():
	import jinja2

	loader = jinja2.PrefixLoader({"partycell": jinja2.FileSystemLoader(Path(__file__).parents[1])})
	return jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined)


def make(
	html: str,
	page: PageSetup | None = None,
	*,
	mark: str | None = None,
	engine: str | None = None,
	numbered: bool = True,
) -> bytes:
	"""A PDF of a whole HTML document, numbered from its second page unless said otherwise.

	html: has a ``<head>``; everything it shows is in it, pictures as ``data:`` URIs
	mark: large pale words across every page, such as DỰ THẢO
	engine: WKHTMLTOPDF or WEASYPRINT; without it, the first of them that is there

	NoEngine, OutsideResource or EngineFailed when there is no PDF.
	"""
	page = page or PageSetup()
	draw = {WKHTMLTOPDF: _wkhtmltopdf, WEASYPRINT: _weasyprint}[engine or available_engine()]
	_refuse_outside(html)
	marking = draw(_mark_html(mark, page), page) if mark else None
	return _stamped(draw(html, page), page, marking, numbered)


def available_engine() -> str:
	"""WKHTMLTOPDF where it is on the system, else WEASYPRINT; NoEngine without both."""
	if shutil.which("wkhtmltopdf"):
		return WKHTMLTOPDF
	try:
		import weasyprint  # noqa: F401
	except (ImportError, OSError) as error:
		# OSError: the package is there and its system libraries (Pango) are not
		raise NoEngine(
			"No PDF can be made: neither wkhtmltopdf nor WeasyPrint works on this machine. Install the"
			" system's package wkhtmltopdf, or the Python package weasyprint with the system's Pango"
			f" library. ({error})"
		) from error
	return WEASYPRINT


def _wkhtmltopdf(html: str, page: PageSetup) -> bytes:
	# The width is said once, so that nothing else decides how far the page is shrunk.
	zoom = 1 if _is_patched() else _UNPATCHED_ZOOM
	style = f"html, body {{ margin: 0; padding: 0 }} body {{ zoom: {zoom}; width: {page.text_width}mm }}"
	html = _with_style(html, style)
	options = {
		"page-size": page.paper,
		"margin-top": f"{page.margin_top}mm",
		"margin-bottom": f"{page.margin_bottom}mm",
		"margin-left": f"{page.margin_left}mm",
		"margin-right": f"{page.margin_right}mm",
		"dpi": "96",
		"encoding": "UTF-8",
		"print-media-type": "",
		"disable-javascript": "",
		"disable-local-file-access": "",
		"disable-smart-shrinking": "",
		# Nothing is fetched: what slips through the check meets a closed port.
		"proxy": "http://127.0.0.1:9",
		"quiet": "",
	}
	try:
		if not _is_patched():
			height = page.text_height * _PIXELS_PER_MM
			if planned := paging.with_breaks(html, height, lambda draft: _endless(draft, page, options)):
				# The browser guesses where a row will lie and stretches one that it thinks crosses the end
				# of the page. With room below the last line it never thinks so.
				html, options["margin-bottom"] = planned, f"{max(0, page.margin_bottom - _SPARE_MM)}mm"
		return _frappe_pdf(html, options) if _on_site() else _pdfkit_pdf(html, options)
	except OSError as error:
		raise EngineFailed(f"wkhtmltopdf gave no PDF: {error}") from error


def _endless(html: str, page: PageSetup, options: dict) -> bytes:
	# Not through Frappe, which gives every page a size it knows.
	sheet = {"page-width": f"{PAPERS[page.paper][0]}mm", "page-height": f"{_ENDLESS_MM}mm"}
	return _pdfkit_pdf(html, {name: value for name, value in options.items() if name != "page-size"} | sheet)


def _on_site() -> bool:
	# Not imported here: off a site, Frappe need not be there, and importing it is slow.
	local = getattr(sys.modules.get("frappe"), "local", None)
	if not getattr(local, "site", None):
		return False
	# Where no assets were built, Frappe's call stumbles over its own style sheet, which we do not use.
	return Path(local.sites_path, "assets", "assets.json").exists()


def _frappe_pdf(html: str, options: dict) -> bytes:
	from frappe.utils.pdf import get_pdf

	# Frappe sets margins of its own, and lets only this rule override them.
	margins = (f"{name}: {value}" for name, value in options.items() if name.startswith("margin-"))
	return get_pdf(_with_style(html, f".print-format {{ {'; '.join(margins)} }}"), options=options)


def _pdfkit_pdf(html: str, options: dict) -> bytes:
	import pdfkit

	return pdfkit.from_string(html, options=options)


@functools.lru_cache(maxsize=1)
def _is_patched() -> bool:
	said = subprocess.run(
		["wkhtmltopdf", "--version"], capture_output=True, text=True, check=False, timeout=30
	)
	return "patched qt" in said.stdout.lower()


def _weasyprint(html: str, page: PageSetup) -> bytes:
	try:
		import weasyprint
	except (ImportError, OSError) as error:
		raise NoEngine(f"WeasyPrint does not work on this machine: {error}") from error

	margins = f"{page.margin_top}mm {page.margin_right}mm {page.margin_bottom}mm {page.margin_left}mm"
	style = f"@page {{ size: {page.paper}; margin: {margins} }} html, body {{ margin: 0; padding: 0 }}"
	html = _with_style(html, style)
	try:
		return weasyprint.HTML(string=html, url_fetcher=_only_embedded(weasyprint)).write_pdf()
	except (ValueError, OSError) as error:
		raise EngineFailed(f"WeasyPrint gave no PDF: {error}") from error


def _only_embedded(weasyprint):
	if fetcher := getattr(weasyprint.urls, "URLFetcher", None):
		return fetcher(allowed_protocols=["data"])

	# Before WeasyPrint 66 a fetcher was a function.
	def fetch(url, *args, **kwargs):
		if not url.startswith("data:"):
			raise ValueError(f"not embedded in the document: {url[:80]}")
		return weasyprint.default_url_fetcher(url, *args, **kwargs)

	return fetch


def _with_style(html: str, style: str) -> str:
	before, end, after = html.partition("</head>")
	if not end:
		raise ValueError("a PDF is made of a whole HTML document, with a <head>")
	return f"{before}<style>{style}</style>{end}{after}"


def _refuse_outside(html: str) -> None:
	if found := embedding.outside(html):
		raise OutsideResource(
			"The document asks for something that is not embedded in it; put pictures in as data: URIs"
			f" (PNG, JPEG or GIF). Found: {found[0][:80]}"
		)


def _mark_html(mark: str, page: PageSetup) -> str:
	turn = "transform: rotate(-35deg)"
	return (
		f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{escape(mark)}</title></head><body>"
		f"<div style='font: bold 80pt {page.for_template()['fonts']}; color: #e4e4e4; margin-top: 95mm;"
		f" white-space: nowrap; text-align: center; -webkit-{turn}; {turn}'>{escape(mark)}</div></body></html>"
	)


def _stamped(data: bytes, page: PageSetup, marking: bytes | None, numbered: bool = True) -> bytes:
	"""The PDF with the mark across every page, and with page numbers from the second page if wanted."""
	writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
	mark = _darkening(marking) if marking else None
	font = writer._add_object(_names(Type="Font", Subtype="Type1", BaseFont="Times-Roman"))
	for number, sheet in enumerate(writer.pages, 1):
		if mark:
			sheet.merge_page(mark)
		if numbered and number > 1:
			_number(writer, sheet, number, page, font)
	written = io.BytesIO()
	writer.write(written)
	return written.getvalue()


def _darkening(marking: bytes):
	# wkhtmltopdf paints every page white, so a mark goes on top; multiplied, it leaves the text its black.
	mark = PdfReader(io.BytesIO(marking)).pages[0]
	states = _under(mark["/Resources"].get_object(), "/ExtGState")
	states[NameObject("/Darken")] = _names(Type="ExtGState", BM="Multiply")
	drawn = DecodedStreamObject()
	drawn.set_data(b"/Darken gs\n" + mark.get_contents().get_data())
	mark[NameObject("/Contents")] = drawn
	return mark


def _names(**entries: str) -> DictionaryObject:
	return DictionaryObject(
		{NameObject(f"/{key}"): NameObject(f"/{value}") for key, value in entries.items()}
	)


def _under(resources: DictionaryObject, kind: str) -> DictionaryObject:
	return resources.setdefault(NameObject(kind), DictionaryObject()).get_object()


def _number(writer: PdfWriter, sheet, number: int, page: PageSetup, font) -> None:
	# In the middle of the text, not of the paper: "cách đều hai mép phải, trái của phần có chữ".
	middle = (page.margin_left + page.text_width / 2) * PT_PER_MM
	left = middle - len(str(number)) * _DIGIT_WIDTH / 1000 * page.page_number_pt / 2
	height = float(sheet.mediabox.height)
	base = height - NUMBER_FROM_TOP_MM * PT_PER_MM - _DIGIT_HEIGHT / 1000 * page.page_number_pt
	_under(sheet["/Resources"].get_object(), "/Font")[NameObject("/PageNumber")] = font

	def stream(text):
		made = DecodedStreamObject()
		made.set_data(text.encode("ascii"))
		return writer._add_object(made)

	drawn = sheet["/Contents"]
	parts = (
		drawn.get_object() if isinstance(drawn.get_object(), ArrayObject) else [sheet.raw_get("/Contents")]
	)
	# The engine's own drawing is closed off, so that its scale and colours do not reach the number.
	text = f"\nQ q 0 g BT /PageNumber {page.page_number_pt} Tf {left:.2f} {base:.2f} Td ({number}) Tj ET Q"
	sheet[NameObject("/Contents")] = ArrayObject([stream("q\n"), *parts, stream(text)])
