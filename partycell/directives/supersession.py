"""Supersession: what is no longer in force is marked in every folder, and stays readable.

A directive that supersedes others marks them from the day it is in force; one that is withdrawn, or whose
time is over, is marked without a successor. What was marked leaves the question by which it was found, so
that it is safe to run twice and goes on where it was cut short.
"""

import frappe
from frappe import _
from frappe.utils import today

from partycell.directives import messages
from partycell.errors import DirectiveError
from partycell.folder import completeness
from partycell.framework import locking
from partycell.rules import directives as rules
from partycell.rules.completeness import DAMAGED, EXPECTED, MISSING, OUTDATED, PRESENT

CHUNK = 2000
HOOK = "partycell_directive_outdated"
"""Each names a function that takes ``directive`` and ``successor`` (None where there is none)."""
VALID = (EXPECTED, PRESENT, MISSING, DAMAGED)
ENDED = (rules.WITHDRAWN, rules.EXPIRED)


def pending() -> list[str]:
	"""The directives that have something to mark today."""
	table = frappe.qb.DocType("Directive")
	due = (table.in_force_from <= today()) & (table.status != rules.ISSUING)
	query = (
		frappe.qb.from_(table)
		.select(table.name)
		.where((table.docstatus == 1) & (table.takes_effect_pending == 1))
		.where(due | table.status.isin(list(ENDED)))
	)
	return [name for (name,) in query.orderby(table.in_force_from).orderby(table.name).run()]


def carry_out(directive: str, keep: bool = True) -> int:
	"""Marks what a directive supersedes, or the directive itself where it ended; returns how many items.

	Does nothing before the day it is in force, and nothing that is done already.
	keep: each chunk is kept as it is done.
	"""
	if directive not in pending():
		return 0
	status = frappe.db.get_value("Directive", directive, "status")
	if status in ENDED:
		marked = _mark(directive, None, keep)
		_tell_hooks(directive, None)
	else:
		marked = 0
		for old in _superseded_by(directive):
			_end(old, directive)
			marked += _mark(old, directive, keep)
			_tell_hooks(old, directive)
	frappe.db.set_value("Directive", directive, "takes_effect_pending", 0, update_modified=False)
	if keep:
		# The end of what was kept chunk by chunk.
		frappe.db.commit()
	return marked


def withdraw(directive: str, reason: str) -> None:
	"""Takes a directive back, with a reason; its text stays readable. The caller has checked the right to."""
	if not (reason or "").strip():
		frappe.throw(_("Say why the directive is withdrawn."), DirectiveError)
	locking.take("Directive", name=directive)
	doc = frappe.get_doc("Directive", directive)
	if doc.status not in (rules.ISSUED, rules.ISSUING):
		frappe.throw(
			_("{directive} is {status}: only what is in force can be withdrawn.").format(
				directive=frappe.utils.escape_html(doc.number_symbol), status=_(doc.status)
			),
			DirectiveError,
		)
	values = {
		"status": rules.WITHDRAWN,
		"withdrawn_on": today(),
		"withdrawn_reason": reason.strip(),
		"takes_effect_pending": 1,
	}
	frappe.db.set_value("Directive", directive, values)
	doc.add_comment("Info", _("Withdrawn: {reason}").format(reason=frappe.utils.escape_html(reason.strip())))


def expire() -> None:
	"""Daily: what was in force until yesterday has ended."""
	for name in frappe.get_all(
		"Directive",
		filters={"docstatus": 1, "status": rules.ISSUED, "in_force_until": ("<", today())},
		pluck="name",
	):
		frappe.db.set_value("Directive", name, {"status": rules.EXPIRED, "takes_effect_pending": 1})


def _superseded_by(directive: str) -> list[str]:
	return frappe.get_all(
		"Directive Change",
		filters={"parent": directive, "parenttype": "Directive", "effect": rules.SUPERSEDES},
		order_by="idx asc",
		pluck="directive",
	)


def _end(old: str, successor: str) -> None:
	"""The superseded directive names what took its place, from the day that is in force."""
	since = frappe.db.get_value("Directive", successor, "in_force_from")
	table = frappe.qb.DocType("Directive")
	(
		frappe.qb.update(table)
		.set(table.status, rules.SUPERSEDED)
		.set(table.superseded_by, successor)
		.set(table.superseded_on, since)
		.where((table.name == old) & table.status.isin([rules.ISSUED, rules.ISSUING]))
	).run()
	frappe.clear_document_cache("Directive", old)


def _mark(old: str, successor: str | None, keep: bool) -> int:
	"""Marks a directive's items chunk by chunk, and measures the folders anew; returns how many."""
	marked, number = 0, frappe.db.get_value("Directive", old, "number_symbol")
	while rows := _unmarked(old, successor):
		names, cells = [row.name for row in rows], sorted({row.cell for row in rows})
		_write(names, old, successor)
		completeness.refresh(cells)
		messages.directive_ended(old, number, successor, cells)
		marked += len(rows)
		if keep:
			# A chunk is whole by itself: what was marked is not marked again.
			frappe.db.commit()
	return marked


def _unmarked(old: str, successor: str | None) -> list:
	"""Items of the directive that are not marked yet, and those that it had succeeded itself."""
	item = frappe.qb.DocType("Folder Item")
	own = item.directive == old
	if successor:
		found = (own & (item.successor.isnull() | (item.successor == ""))) | (item.successor == old)
	else:
		found = (own & item.state.isin(VALID)) | ((item.successor == old) & (item.required == 1))
	query = frappe.qb.from_(item).select(item.name, item.cell).where(found)
	return query.orderby(item.cell).limit(CHUNK).run(as_dict=True)


def _write(names: list[str], old: str, successor: str | None) -> None:
	"""Three statements a chunk: the state, from when it counts, and what took its place."""
	item = frappe.qb.DocType("Folder Item")
	among = item.name.isin(names)
	valid = among & (item.directive == old) & item.state.isin(VALID)
	late = item.due_on.isnull() | (item.due_on > today())
	frappe.qb.update(item).set(item.due_on, today()).where(valid & late).run()
	frappe.qb.update(item).set(item.state, OUTDATED).where(valid).run()
	if successor:
		frappe.qb.update(item).set(item.successor, successor).where(among).run()
	else:
		# Nothing is to be filed in its place, so the folder lacks nothing.
		frappe.qb.update(item).set(item.required, 0).where(among).run()


def _tell_hooks(directive: str, successor: str | None) -> None:
	for method in frappe.get_hooks(HOOK):
		frappe.get_attr(method)(directive=directive, successor=successor)
