"""QR codes for paper. Never imports frappe."""

import base64
import io


def picture(text: str) -> str:
	"""A QR code as a PNG ``data:`` URI, black on white with its quiet zone; it survives a quarter of damage."""
	import segno

	written = io.BytesIO()
	# Level Q: paper is folded and stamped.
	segno.make(text, error="q", micro=False).save(written, kind="png", scale=8, border=4)
	return "data:image/png;base64," + base64.b64encode(written.getvalue()).decode()


def leads_to(site: str | None, digest: str) -> str:
	"""What the QR on the minutes says: the page where the digest is looked up, or the digest itself."""
	return f"{site.rstrip('/')}/handover/verify/{digest}" if site else f"sha256:{digest}"
