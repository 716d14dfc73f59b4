"""A site that nobody has set up yet answers every login with Frappe's setup wizard: here it is answered."""

import frappe

from partycell.framework import compat

OURS = {"frappe", "partycell"}


def set_up() -> bool:
	"""Answers the wizard for Vietnam, by Frappe's own function; returns whether it had to.

	A site that is set up is left as it is, and so is one with other apps, which ask more.
	"""
	if compat.is_set_up() or set(frappe.get_installed_apps()) - OURS:
		return False
	from frappe.desk.page.setup_wizard.setup_wizard import setup_complete

	language = frappe.db.get_value("Language", "vi", "language_name")
	setup_complete(
		{
			"language": language,
			"lang": language,
			"country": "Vietnam",
			"timezone": "Asia/Ho_Chi_Minh",
			"currency": "VND",
			"enable_telemetry": 0,
		}
	)
	# Frappe's choice for Vietnam has dashes; papers and people write 25/11/2026.
	frappe.db.set_single_value("System Settings", "date_format", "dd/mm/yyyy")
	frappe.db.set_default("date_format", "dd/mm/yyyy")
	return True
