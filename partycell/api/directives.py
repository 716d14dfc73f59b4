"""What the desk and the phone call about directives: one function an act."""

import json

import frappe
from frappe import _

from partycell.access import scope
from partycell.directives import acknowledgement, coverage, distribution, supersession, targeting
from partycell.directives import records as directives
from partycell.errors import DirectiveError


@frappe.whitelist()
def preview(issuer: str, targets: str | list) -> dict:
	"""Whom a directive would reach, before it is issued; for officers of its issuer.

	targets: lines as the form has them. Returns ``{count, by_type, sample}``.
	"""
	user = frappe.session.user
	low_high = frappe.db.get_value("Party Committee", issuer, ["lft", "rgt"])
	if not low_high or not (scope.sees_everything(user) or scope.within(issuer, scope.of(user).officer)):
		raise frappe.PermissionError(issuer)
	rows = directives.of_rows(json.loads(targets) if isinstance(targets, str) else targets)
	return targeting.preview(directives.targets(rows), within=low_high)


@frappe.whitelist(methods=["POST"])
def withdraw(directive: str, reason: str) -> dict:
	"""Takes a directive back, with a reason; for officers of its issuer."""
	doc = frappe.get_doc("Directive", directive)
	doc.check_permission("write")
	supersession.withdraw(directive, reason)
	distribution.follow_up(directive, frappe.session.user)
	return {"status": frappe.db.get_value("Directive", directive, "status")}


@frappe.whitelist(methods=["POST"])
def go_on(directive: str) -> None:
	"""Goes on with an issue that was cut short; for officers of its issuer."""
	doc = frappe.get_doc("Directive", directive)
	doc.check_permission("write")
	if doc.status != "Issuing" and directive not in supersession.pending():
		frappe.throw(_("This directive has reached every folder already."), DirectiveError)
	distribution.enqueue(directive, frappe.session.user)


@frappe.whitelist(methods=["POST"])
def acknowledge(directives: str | list, remark: str | None = None, filed: bool | str = False) -> dict:
	"""The secretary takes note of these directives, for each cell whose office is held.

	filed: the text lies in the folder. Returns ``{recorded, left}``.
	"""
	names = json.loads(directives) if isinstance(directives, str) else directives
	return acknowledgement.acknowledge(names, remark, frappe.utils.sbool(str(filed)) is True)


@frappe.whitelist(methods=["POST"])
def acknowledge_on_behalf(
	directive: str, cells: str | list, paper_date: str | None = None, remark: str | None = None
) -> dict:
	"""An officer above records the papers of cells without connection. Returns ``{recorded}``."""
	names = json.loads(cells) if isinstance(cells, str) else cells
	return {"recorded": acknowledgement.on_behalf(directive, names, paper_date, remark)}


@frappe.whitelist()
def progress(directives: str | list) -> dict:
	"""How far directives are acknowledged in the cells that the user sees; only those the user may read.

	``{directive: {reached, in_time, late, open, overdue, percent}}``
	"""
	names = json.loads(directives) if isinstance(directives, str) else directives
	seen = frappe.get_list("Directive", filters={"name": ("in", names)}, pluck="name", limit_page_length=0)
	return {name: found.as_dict() for name, found in coverage.of(seen).items()}
