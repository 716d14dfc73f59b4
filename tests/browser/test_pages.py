"""Every main page: axe finds nothing serious, it fits its screen; with SCREENSHOTS=1, its picture for docs/."""

import io
import os
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image

from tests.browser import exceptions, pages, people

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
WANTED = os.environ.get("SCREENSHOTS") == "1"
MOST = 6_000_000
"""Bytes of all pictures together."""
COLOURS = 128
GRAVE = ("serious", "critical")
CASES = [
	(page, width)
	for page in pages.PAGES
	for width in (page.widths if WANTED else page.widths[-1:])
	if WANTED or not page.picture_only
]
PAPER_WIDTH = 500


def address_of(site, page: pages.Page) -> str:
	"""The page's address, with the name of its record."""
	if not page.record:
		return page.path
	doctype, filters = page.record
	fields = "name digest" if "{digest}" in page.path else "name"
	return page.path.format(**site.row(doctype, filters, fields))


@pytest.mark.parametrize(("page", "width"), CASES, ids=[f"{page.name}-{width}" for page, width in CASES])
def test_pages_are_open_to_everybody_and_their_pictures_are_taken(opens, site, page, width):
	shown = opens(page.user, "phone" if width < 600 else "desk")
	if page.on_desk:
		people.open_desk(shown, address_of(site, page))
	else:
		shown.goto(address_of(site, page))
		if page.ready:
			shown.wait_for_selector(page.ready)
		shown.wait_for_load_state("networkidle")
	if page.act:
		page.act(shown)
	if WANTED:
		take(shown, PICTURES / f"{page.picture(width)}.png")
	if page.picture_only:
		return
	found = Axe().run(shown, options={"resultTypes": ["violations"]}).response["violations"]
	grave = [rule for rule in found if rule["impact"] in GRAVE]
	ours = exceptions.left(shown, grave, on_desk=page.on_desk)
	assert not ours, "\n".join(ours)
	wide = shown.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
	assert wide <= 0, f"{wide} px wider than the screen"


@pytest.mark.parametrize("name", pages.PAPERS if WANTED else ())
def test_papers_are_printed_and_their_pictures_are_taken(opens, site, name):
	paper, state = pages.PAPERS[name]
	inspection = site.row("Inspection", {"workflow_state": state}, order_by="planned_on desc")
	shown = opens(people.INSPECTOR, "desk")
	shown.goto("/app")
	query = f"inspection={inspection['name']}&paper={paper}"
	answer = shown.request.get(f"/api/method/partycell.api.inspections.download?{query}")
	assert answer.ok, answer.text()
	page = pdfium.PdfDocument(answer.body())[0]
	keep(page.render(scale=PAPER_WIDTH / page.get_width()).to_pil(), PICTURES / f"{name}.png")


def take(shown, path: Path) -> None:
	"""A picture of what is on the screen."""
	shown.evaluate("document.activeElement?.blur()")
	if shown.locator(".frappe-chart").count():
		# Its bars grow.
		shown.wait_for_timeout(1500)
	keep(Image.open(io.BytesIO(shown.screenshot(animations="disabled", caret="hide"))), path)


def keep(picture: Image.Image, path: Path) -> None:
	"""Written in few colours: a desk and a paper have no more."""
	taken = picture.convert("RGB")
	path.parent.mkdir(parents=True, exist_ok=True)
	taken.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


# Carried out and photographed by hand: doing it would change the demo for the pages after it.
BY_HAND = {"reorganisation-outcome"}


def test_every_picture_is_made_here():
	"""Else it would show for ever what was once."""
	made = {page.picture(width) for page in pages.PAGES for width in page.widths}
	assert {path.stem for path in PICTURES.glob("*.png")} <= made | set(pages.PAPERS) | BY_HAND


def test_pictures_stay_small():
	sizes = {path.name: path.stat().st_size for path in PICTURES.glob("*.png")}
	assert sum(sizes.values()) < MOST, sizes
