"""What the desk calls about programme reviews."""

import frappe

from partycell.reviews import paper, reviewing


@frappe.whitelist(methods=["POST"])
def take_figures(review_name: str) -> None:
	"""Takes the figures of a draft afresh; for officers of its committee and above."""
	reviewing.take(review_name)


@frappe.whitelist(methods=["GET"])
def download(review_name: str) -> None:
	"""The report of a review as a PDF; for whoever may read it."""
	doc = frappe.get_doc("Programme Review", review_name)
	doc.check_permission("print")
	frappe.local.response.update(
		{
			"type": "download",
			"filename": paper.file_name(doc),
			"filecontent": paper.pdf_of(doc),
			"display_content_as": "inline",
		}
	)
