"""Papers in the party's form, with the margins and type that the office has set: as PDF and as print formats."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import frappe
from frappe import _

from partycell.errors import PrintError
from partycell.framework import settings
from partycell.papers import pdf
from partycell.rules.page import PageSetup


def page_setup() -> PageSetup:
	"""Paper and type as the office has set them."""
	office = settings.get()
	return PageSetup(
		margin_top=office.margin_top,
		margin_bottom=office.margin_bottom,
		margin_left=office.margin_left,
		margin_right=office.margin_right,
		font_family=office.font_family,
		body_pt=office.body_size,
	)


def drawn(doc, template: str, context: dict, page: PageSetup | None = None, **options) -> bytes:
	"""A paper of a document as a PDF.

	context: what the template is rendered with; page: if it is not the office's own; options: those of
	``pdf.make``. PrintError where no PDF can be made; the reason is in the error log, with the document.
	"""
	page = page or page_setup()
	with refusing(doc):
		return pdf.make(pdf.render(template, page, **context), page, **options)


@contextmanager
def refusing(doc) -> Iterator[None]:
	"""Within: a paper of this document is drawn, and a failure is logged with it and refused in people's words."""
	try:
		yield
	except pdf.PdfError as error:
		frappe.log_error("A paper could not be printed", str(error), doc.doctype, doc.name)
		frappe.throw(
			_("The PDF could not be made. Ask an administrator to look into the error log."), PrintError
		)


def for_print(doctype: str, doc, context: Callable) -> dict:
	"""What a print format's template is rendered with: ``context`` of the stored document, and the page.

	The print view also prints a document as the browser sends it; a paper says what the record says.
	"""
	stored = frappe.get_doc(doctype, doc.name)
	stored.check_permission("read")
	return {**context(stored), "page": page_setup().for_template()}
