"""Photographs of a paper, joined into one PDF: upright, on A4, small enough for a slow connection.

Never imports frappe.
"""

import io
from collections.abc import Sequence

from PIL import Image, ImageOps, UnidentifiedImageError

from partycell.refusal import Refusal
from partycell.rules.problems import _

LONGEST = 2000
"""Pixels of a page's longer side: 170 to the inch on A4, at which print of 8 pt is read."""
QUALITY = 72
MOST_PAGES = 60
MOST_PIXELS = 60_000_000
"""A phone's best camera has 50 million; more is no photograph of a paper."""
KINDS = frozenset({"JPEG", "PNG", "WEBP"})
A4_INCHES = 11.69


def joined(pages: Sequence[bytes]) -> bytes:
	"""One PDF with a page for each photograph, in their order.

	Turned as the camera says; what tells where and with what it was taken is left out.
	Refusal for no pages, too many, and for what is no photograph.
	"""
	if not pages:
		raise Refusal(_("Photograph at least one page."))
	if len(pages) > MOST_PAGES:
		raise Refusal(_("At most {most} pages go into one document."), most=MOST_PAGES)
	drawn = [_page(content, number) for number, content in enumerate(pages, 1)]
	written = io.BytesIO()
	resolution = max(max(page.size) for page in drawn) / A4_INCHES
	drawn[0].save(
		written, "PDF", save_all=True, append_images=drawn[1:], resolution=resolution, quality=QUALITY
	)
	return written.getvalue()


def _page(content: bytes, number: int) -> Image.Image:
	try:
		with Image.open(io.BytesIO(content)) as picture:
			if picture.format not in KINDS or picture.width * picture.height > MOST_PIXELS:
				raise Refusal(_("Page {number} is no photograph. Take it again."), number=number)
			# A JPEG is read small at once, so that a large one does not fill the memory.
			picture.draft("RGB", (LONGEST, LONGEST))
			upright = ImageOps.exif_transpose(picture).convert("RGB")
	except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
		raise Refusal(_("Page {number} is no photograph. Take it again."), number=number) from error
	upright.thumbnail((LONGEST, LONGEST))
	return upright
