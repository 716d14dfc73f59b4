"""The first hour of an office: four questions, and a desk that is of use when they are answered.

On a bench that runs for years the framework's own setup wizard has long been answered, so the questions are
asked on a page of the desk, while there is no committee. Everything is written in the caller's transaction.
"""

import frappe
from frappe import _
from frappe.utils import cint, getdate, today

from partycell.errors import refuse
from partycell.framework import locking
from partycell.rules import first_hour as rules
from partycell.setup.demo import plan

MAY = frozenset({"Partycell Manager", "System Manager"})
DATES = "dd/mm/yyyy"
NEXT = {rules.IMPORT: "cell-import/new", rules.ENTER: "cell/new", rules.LATER: "partycell"}
COMMITTEE = "Party Committee"


def may(user: str | None = None) -> bool:
	"""Whether a user may answer the questions: who sees every record of the app."""
	return bool(MAY & set(frappe.get_roles(user)))


def is_due() -> bool:
	"""Whether the questions are to be asked of this user: nobody has answered them, nor made a committee."""
	return may() and not frappe.db.count(COMMITTEE)


def state() -> dict:
	"""For the page: the templates to choose from, whether the office's committee exists, what it may change.

	``dates`` is whether the user may set the site's form of dates and it is another than 31/12/2026.
	"""
	_only_those_who_may()
	return {
		"done": bool(_own_committees()),
		"templates": frappe.get_all(
			"Folder Template",
			filters={"disabled": 0},
			fields=["name", "template_name", "is_default"],
			order_by="is_default desc, template_name asc",
		),
		"dates": bool(frappe.has_permission("System Settings", "write"))
		and frappe.db.get_single_value("System Settings", "date_format") != DATES,
	}


def set_up(
	committee: str,
	level: str,
	template: str,
	cells: str,
	officers: list[dict],
	symbol: str = "",
	place: str = "",
	dates: bool = False,
) -> dict:
	"""Carries the answers out: committee, default template, officers with their accounts.

	officers: lines with ``email``, ``full_name``, ``function``, ``position``; empty ones are passed over
	dates: write the site's dates as 31/12/2026; only whoever may write the System Settings

	Returns ``committee``, ``next`` (where the desk goes on), ``invited`` (accounts made, with a
	letter that leads to choosing a password) and ``unsent`` (accounts made to which no letter could be sent).
	"""
	_only_those_who_may()
	# One at a time: two managers would make two committees.
	locking.take("DocType", name=COMMITTEE)
	lines = [line for line in map(_line, officers) if line.email or line.name]
	answers = rules.Answers((committee or "").strip(), level, template, cells, lines)
	accounts = _accounts({line.email for line in lines})
	refuse(rules.problems(answers, _site(accounts)))
	new = []
	for line in lines:
		if line.email not in accounts:
			accounts[line.email] = (_account(line), 1)
			new.append(line.email)
	doc = frappe.new_doc(COMMITTEE)
	doc.update({"committee_name": answers.committee, "level": level, "is_group": 1})
	doc.update({"symbol": symbol.strip(), "place": place.strip()})
	for line in lines:
		row = {"user": accounts[line.email][0], "function": line.function, "position": line.position}
		doc.append("users", {**row, "from_date": getdate(today())})
	doc.insert()
	_choose(template)
	if dates:
		_write_dates()
	invited = [email for email in new if _letter(accounts[email][0])]
	return {
		"committee": doc.name,
		"next": NEXT[cells],
		"invited": invited,
		"unsent": [email for email in new if email not in invited],
	}


def _only_those_who_may() -> None:
	if not may():
		frappe.throw(_("Only a Partycell Manager can set the office up."), frappe.PermissionError)


def _line(row: dict) -> rules.Officer:
	values = {key: str(row.get(key) or "").strip() for key in ("email", "full_name", "function", "position")}
	return rules.Officer(
		values["email"].lower(), values["full_name"], values["function"] or rules.OFFICER, values["position"]
	)


def _site(accounts: dict[str, tuple[str, int]]) -> rules.Site:
	return rules.Site(
		committees=len(_own_committees()),
		templates=frozenset(frappe.get_all("Folder Template", filters={"disabled": 0}, pluck="name")),
		accounts=frozenset(accounts),
		disabled=frozenset(email for email, (_name, enabled) in accounts.items() if not enabled),
	)


def _own_committees() -> list[str]:
	"""Committees of the office; those of the sample data are none."""
	return frappe.get_all(
		COMMITTEE, filters={"name": ("not like", f"{plan.COMMITTEE}%")}, pluck="name", limit_page_length=1
	)


def _accounts(emails: set[str]) -> dict[str, tuple[str, int]]:
	"""E-mail in small letters: the user and whether it is enabled, for those that exist."""
	found = {}
	for by in ("email", "name"):
		for row in frappe.get_all(
			"User", filters={by: ("in", sorted(emails))}, fields=["name", "email", "enabled"]
		):
			found.setdefault(str(row[by]).lower(), (row.name, cint(row.enabled)))
	return {email: found[email] for email in emails if email in found}


def _account(line: rules.Officer) -> str:
	"""An account for an officer who has none. Its role comes with the function, when the committee is saved."""
	account = frappe.new_doc("User")
	account.update(
		{
			"email": line.email,
			"first_name": line.name,
			"language": frappe.local.lang,
			"user_type": "System User",
			"send_welcome_email": 0,
		}
	)
	account.flags.no_welcome_mail = True
	said = len(frappe.local.message_log)
	# A manager of the app edits no users: the first hour makes this kind of account and no other.
	name = account.insert(ignore_permissions=True).name
	# Frappe says that the account has no role, which is so for a moment only.
	del frappe.local.message_log[said:]
	return name


def _letter(user: str) -> bool:
	"""Sends the framework's letter with a link to choose a password; whether it could.

	A letter that cannot be written must not undo the office: the manager is told, and gives a password.
	"""
	if not frappe.db.exists("Email Account", {"enable_outgoing": 1, "default_outgoing": 1}):
		return False
	try:
		frappe.get_doc("User", user).send_welcome_mail_to_user()
	except Exception:
		frappe.log_error(title="partycell first hour: letter to a new officer")
		return False
	return True


def _choose(template: str) -> None:
	doc = frappe.get_doc("Folder Template", template)
	if not doc.is_default:
		doc.is_default = 1
		doc.save()


def _write_dates() -> None:
	"""The office agreed to it on the page; it holds for the whole site."""
	doc = frappe.get_doc("System Settings")
	doc.check_permission("write")
	doc.date_format = DATES
	# Language and time zone are the setup wizard's, which may not have been answered yet.
	doc.flags.ignore_mandatory = True
	doc.save()
