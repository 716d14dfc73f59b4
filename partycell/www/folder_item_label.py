"""The page to which the QR code on a label leads: /folder-item/<item>."""

from urllib.parse import quote

import frappe

from partycell.folder import labelled
from partycell.rules.handover import MARKS

no_cache = 1


def get_context(context):
	"""Asks a guest to log in, whatever the address; then shows the document, if it is for this user."""
	item = str(frappe.form_dict.get("item") or "")
	if frappe.session.user == "Guest":
		frappe.local.flags.redirect_location = f"/login?redirect-to={quote('/folder-item/' + item)}"
		raise frappe.Redirect
	context.no_cache = 1
	context.show_sidebar = False
	context.title = frappe._("Document of a Folder")
	context.found = labelled.look_up(item)
	context.marks = MARKS
	context.csrf_token = frappe.sessions.get_csrf_token()
	return context
