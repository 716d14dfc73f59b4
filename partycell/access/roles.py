"""The roles that come with an office. Which rows they open is for ``partycell.access.permissions``."""

import frappe
from frappe import _

from partycell.errors import PartycellError

SECRETARY = "Cell Secretary"
BY_FUNCTION = {"Officer": "Committee Officer", "Inspector": "Inspector"}


def grant(user: str, role: str) -> bool:
	"""Gives a user a role; returns whether it was missing.

	Refuses the accounts that are nobody: as Guest, a folder would be open to whoever knows the address.
	"""
	if user in frappe.STANDARD_USERS:
		frappe.throw(
			_("{user} is no person. Choose the account of a person.").format(user=user), PartycellError
		)
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
