"""Drawn signatures: PNG pictures as data URIs, the form in which Frappe's signature field keeps them."""

import base64
import binascii

import frappe
from frappe import _

from partycell.errors import UnsignedError

PREFIX = "data:image/png;base64,"
PNG = b"\x89PNG\r\n\x1a\n"
LARGEST = 300_000  # bytes; a drawn signature has about 10,000


def refuse_missing(value: str | None) -> None:
	"""Refuses an act whose signature is not there, or is no picture that the minutes can print."""
	if not value:
		frappe.throw(_("Sign in the field first."), UnsignedError)
	try:
		picture = base64.b64decode(value.removeprefix(PREFIX), validate=True)
	except (ValueError, binascii.Error):
		picture = b""
	if not value.startswith(PREFIX) or not picture.startswith(PNG) or len(picture) > LARGEST:
		frappe.throw(_("The signature could not be read. Sign again in the field."), UnsignedError)
