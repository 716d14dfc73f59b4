"""The roles that come with an office. Which rows they open is for ``partycell.permissions``."""

import frappe

SECRETARY = "Cell Secretary"
BY_FUNCTION = {"Officer": "Committee Officer", "Inspector": "Inspector"}


def grant(user: str, role: str) -> bool:
	"""Gives a user a role; returns whether it was missing."""
	if frappe.db.exists("Has Role", {"parenttype": "User", "parent": user, "role": role}):
		return False
	account = frappe.get_doc("User", user)
	# An officer approves the handover but may not edit users: the office, not the officer, gives this
	# one role, and only the callers in custody, terms and committees name it.
	account.flags.ignore_permissions = True
	account.add_roles(role)
	return True


def revoke(user: str, role: str) -> None:
	"""Takes a role from a user who has it."""
	account = frappe.get_doc("User", user)
	# As in grant: what the office gave, the office takes back.
	account.flags.ignore_permissions = True
	account.remove_roles(role)
