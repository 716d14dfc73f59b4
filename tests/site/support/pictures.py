"""Photographs as a phone takes them."""

import io

from PIL import Image


def photograph(width: int = 300, height: int = 400, turned: bool = False, kind: str = "JPEG") -> bytes:
	"""A picture whose upper half is black; ``turned``: as a phone held sideways writes it."""
	picture = Image.new("RGB", (width, height), "white")
	picture.paste("black", (0, 0, width, height // 2))
	exif = Image.Exif()
	if turned:
		picture = picture.transpose(Image.Transpose.ROTATE_90)
		exif[0x0112] = 6
	exif[0x8825] = {1: "N"}
	written = io.BytesIO()
	picture.save(written, kind, exif=exif)
	return written.getvalue()
