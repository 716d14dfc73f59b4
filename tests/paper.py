"""Paper read as people and phones read it: a PDF's pages as pictures, and the QR codes on them."""

import pytest

DPI = 150
POINTS = 72


def pictures(paper: bytes) -> list:
	"""The pages as PIL pictures, at a copier's coarse setting."""
	pdfium = pytest.importorskip("pypdfium2", reason="pages cannot be drawn: pypdfium2 is not installed")
	with pdfium.PdfDocument(paper) as opened:
		return [page.render(scale=DPI / POINTS).to_pil().convert("L") for page in opened]


def codes(paper: bytes) -> list[str]:
	"""What the QR codes of a PDF say, in the order of its pages."""
	zxing = pytest.importorskip("zxingcpp", reason="QR codes cannot be read: zxing-cpp is not installed")
	return [code.text for picture in pictures(paper) for code in zxing.read_barcodes(picture)]
