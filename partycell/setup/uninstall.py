"""What is taken away with the app: what Frappe does not know to be ours."""

import frappe

ROLES = ("Cell Secretary", "Committee Officer", "Inspector", "Partycell Manager")
WORKFLOWS = ("Handover", "Corrective Action", "Inspection", "Handbook Note")
SETTINGS = "Partycell Settings"
# Frappe makes these itself; another workflow of the site may count on them.
FRAPPES_STATES = ("Approved", "Pending", "Rejected")
FRAPPES_ACTIONS = ("Approve", "Reject", "Review")


def before_uninstall() -> None:
	"""Removes workflows, their states and actions, and the roles, where nothing else uses them.

	Also mails of our reports, and the settings: Frappe leaves them, and they name a template that is gone when the app comes back.
	"""
	ours = frappe.get_all("Workflow", filters={"document_type": ("in", WORKFLOWS)}, pluck="name")
	states = frappe.get_all("Workflow Document State", filters={"parent": ("in", ours)}, pluck="state")
	actions = frappe.get_all("Workflow Transition", filters={"parent": ("in", ours)}, pluck="action")
	for name in ours:
		_delete("Workflow", name)
	for state in sorted(set(states) - set(FRAPPES_STATES)):
		if not frappe.db.exists("Workflow Document State", {"state": state}):
			_delete("Workflow State", state)
	for action in sorted(set(actions) - set(FRAPPES_ACTIONS)):
		if not frappe.db.exists("Workflow Transition", {"action": action}):
			_delete("Workflow Action Master", action)
	reports = frappe.get_all("Report", filters={"module": "Partycell"}, pluck="name")
	for name in frappe.get_all("Auto Email Report", filters={"report": ("in", reports)}, pluck="name"):
		_delete("Auto Email Report", name)
	for role in ROLES:
		frappe.db.delete("Has Role", {"role": role})
		for permission in ("DocPerm", "Custom DocPerm"):
			frappe.db.delete(permission, {"role": role})
		_delete("Role", role)
	frappe.db.delete("Singles", {"doctype": SETTINGS})
	frappe.clear_cache()


def _delete(doctype: str, name: str) -> None:
	if frappe.db.exists(doctype, name):
		# Uninstalling is the site administrator's act; nothing is left to check permissions against.
		frappe.delete_doc(doctype, name, force=True, ignore_permissions=True)
