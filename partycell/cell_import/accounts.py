"""Accounts of the secretaries whom an import brings: disabled, with one role, many of them at once.

Frappe makes an account in four statements and two jobs; for 10,000 of them that is minutes, and more jobs than
its queue takes. They are written as rows here, and Frappe does the rest (the person's contact, share and
settings) when a manager saves an account to enable it.
"""

from collections.abc import Iterable

import frappe
from frappe.utils import now
from frappe.utils.html_utils import sanitize_html

from partycell.access import roles
from partycell.framework import bulk
from partycell.rules.import_plan import Plan

CHUNK = 500
ROLE_COLUMNS = (
	"name creation modified owner modified_by docstatus idx parent parenttype parentfield role".split()
)


def make(plan: Plan) -> dict[str, tuple[str, str]]:
	"""The accounts of those whose terms are opened, made where there is none; e-mail: (user, full name)."""
	emails = sorted({str(line.record.values["secretary_email"]) for line in plan.lines if line.opens})
	_write([email for email in emails if email in plan.accounts], plan)
	people = _there(emails)
	users = {user for user, _full_name in people.values()}
	for user in sorted(users - _secretaries(users)):
		roles.grant(user, roles.SECRETARY)
	return people


def _write(emails: list[str], plan: Plan) -> None:
	"""A manager of the app edits no users: an import makes this kind of account and no other, disabled."""
	if not emails:
		return
	columns = frappe.get_meta("User").get_valid_columns()
	stamp, me = now(), frappe.session.user
	accounts, given = [], []
	for email in emails:
		values = plan.accounts[email].values
		# As Frappe cleans it: the name is shown on many pages.
		name = sanitize_html(str(values["secretary_name"]), always_sanitize=True)
		account = frappe.new_doc("User")
		account.update({"name": email, "email": email, "first_name": name, "full_name": name})
		account.update({"phone": values.get("secretary_phone"), "enabled": 0, "user_type": "System User"})
		account.update({"creation": stamp, "modified": stamp, "owner": me, "modified_by": me})
		account.send_welcome_email = account.docstatus = account.idx = 0
		row = account.get_valid_dict()
		accounts.append([row.get(column) for column in columns])
		role = {"name": frappe.generate_hash(length=14), "creation": stamp, "modified": stamp, "owner": me}
		role |= {"modified_by": me, "idx": 1, "parent": email, "parenttype": "User", "parentfield": "roles"}
		given.append([(role | {"role": roles.SECRETARY}).get(column, 0) for column in ROLE_COLUMNS])
	bulk.insert("User", columns, accounts)
	bulk.insert("Has Role", ROLE_COLUMNS, given)


def _there(emails: list[str]) -> dict[str, tuple[str, str]]:
	people: dict[str, tuple[str, str]] = {}
	for some in _chunks(emails):
		for by in ("email", "name"):
			for row in frappe.get_all(
				"User", filters={by: ("in", some)}, fields=["name", "email", "full_name"]
			):
				people.setdefault(row[by].lower(), (row.name, row.full_name))
	return people


def _secretaries(users: set[str]) -> set[str]:
	"""Those of these users who have the role already."""
	return {
		user
		for some in _chunks(sorted(users))
		for user in frappe.get_all(
			"Has Role",
			filters={"parenttype": "User", "role": roles.SECRETARY, "parent": ("in", some)},
			pluck="parent",
		)
	}


def _chunks(values: list[str]) -> Iterable[list[str]]:
	return (values[start : start + CHUNK] for start in range(0, len(values), CHUNK))
