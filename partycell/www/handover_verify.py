"""The page to which the QR code on the minutes leads: /handover/verify/<digest>."""

import frappe
from frappe.utils import formatdate

from partycell.handover import verifying
from partycell.rules.minutes import in_fours

no_cache = 1


def get_context(context):
	"""What the page shows; for anybody, at a limited rate."""
	answer = verifying.look_up_limited(digest=str(frappe.form_dict.get("digest") or ""))
	context.no_cache = 1
	context.show_sidebar = False
	context.title = frappe._("Check a Handover")
	context.answer = answer
	context.groups = in_fours(answer.digest)
	context.day = formatdate(answer.day, "dd/MM/yyyy") if answer.day else ""
	context.annulled_day = formatdate(answer.annulled_on, "dd/MM/yyyy") if answer.annulled_on else ""
	return context
