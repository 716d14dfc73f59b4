"""The party's form for papers, with the margins and type that the office has set."""

from partycell.framework import settings
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
