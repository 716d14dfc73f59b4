"""The secretary's page on the phone: /my-cell. Holds nothing personal, so that a phone may keep it."""

import frappe
from frappe import _

from partycell.my_cell import page_parts

no_cache = 1


def get_context(context):
	"""The page's frame; whoever is not logged in goes to the login page and comes back."""
	if frappe.session.user == "Guest":
		frappe.local.flags.redirect_location = "/login?redirect-to=/my-cell"
		raise frappe.Redirect
	context.no_cache = 1
	context.lang = frappe.local.lang
	context.title = _("My Cell")
	context.update(page_parts.of("my_cell"))
	return context
