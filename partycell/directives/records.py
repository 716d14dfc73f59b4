"""Directives as records: what is checked when one is written, and what its form is told."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from types import SimpleNamespace

import frappe
from frappe import _
from frappe.utils import cint, getdate, today

from partycell.errors import DirectiveError, DirectiveNumberError, refuse
from partycell.framework import locking, settings
from partycell.rules import directives as rules
from partycell.rules.slots import CODE
from partycell.rules.text import search_text

DOCTYPE = "Directive"
# Written by the acts on a directive, never by whoever saves it.
BY_ACT = (
	"status superseded_by superseded_on withdrawn_on withdrawn_reason cells_reached cells_total issued_by "
	"distributed_on takes_effect_pending"
).split()
IN_FORCE = "name number_symbol subject issuer issuer_name acknowledgement_asked acknowledge_within".split()
COURSE = "in_force_from issued_on in_force_until superseded_on withdrawn_on".split()


def begin(doc) -> None:
	"""A new directive is a draft, whatever came with it."""
	for field in BY_ACT:
		doc.set(field, None)
	doc.status = rules.DRAFT


def check(doc) -> None:
	"""Fills in what follows from the rest and refuses a directive written wrongly."""
	before = doc.get_doc_before_save()
	if before:
		for field in BY_ACT:
			doc.set(field, before.get(field))
	doc.in_force_from = doc.in_force_from or doc.issued_on
	if doc.acknowledgement_asked and doc.acknowledge_within is None:
		doc.acknowledge_within = settings.get().acknowledge_days
	doc.number_symbol = " ".join((doc.number_symbol or "").split())
	doc.number_key = rules.number_key(doc.issuer, doc.kind, doc.number_symbol)
	doc.search_text = search_text(doc.number_symbol, doc.subject, doc.summary)
	refuse(
		rules.problems(
			number=doc.number_symbol,
			issued_on=getdate(doc.issued_on),
			since=getdate(doc.in_force_from),
			until=getdate(doc.in_force_until) if doc.in_force_until else None,
			days=cint(doc.acknowledge_within),
			targets=targets(doc.targets),
			outside=_outside(doc),
		)
	)
	_refuse_double(doc)
	_check_changes(doc)


def check_kind(doc) -> None:
	"""A kind's code is plain letters: MariaDB takes Á and A for the same, and one would hide the other."""
	if not CODE.fullmatch(doc.code or ""):
		frappe.throw(
			_("Write the code in capital letters A to Z, as in QD; the abbreviation says QĐ."), DirectiveError
		)


def write_first(doc, write: Callable, *args, **kwargs) -> None:
	"""Writes the row; of two with the same number at the same instant, the second is refused by name."""
	message = _("Somebody has just written a directive with this number. Load the list again.")
	with locking.first_wins("number", DirectiveNumberError, message):
		write(*args, **kwargs)


def free_number(doc) -> None:
	"""A draft that is thrown away gives its number back."""
	doc.db_set("number_key", None, update_modified=False)


def refuse_cancel(doc) -> None:
	"""What was issued lies in folders: it is withdrawn, with a reason, or superseded."""
	frappe.throw(_("A directive is withdrawn, with a reason, and not cancelled."), DirectiveError)


def targets(rows: Iterable) -> list[rules.Target]:
	"""The lines of whom a directive is for, as the rules take them."""
	rows = list(rows)
	stretches = _stretches({row.committee for row in rows if row.committee})
	return [
		rules.Target(stretches.get(row.committee), row.cell_type or None, row.cell or None) for row in rows
	]


def course(row) -> rules.Course:
	"""The days in a directive's life, from a row with the fields of ``COURSE``."""
	days = {field: getdate(row.get(field)) if row.get(field) else None for field in COURSE}
	return rules.Course(
		days["in_force_from"] or days["issued_on"],
		days["in_force_until"],
		days["superseded_on"],
		days["withdrawn_on"],
	)


def of_rows(rows: Iterable[dict]) -> list[SimpleNamespace]:
	"""Lines as a form sends them, before they are saved."""
	return [
		SimpleNamespace(**{key: row.get(key) or None for key in ("committee", "cell_type", "cell")})
		for row in rows
	]


def label(row) -> str:
	"""How a directive is called in a sentence: its number and what it is about."""
	return f"{row.number_symbol}: {row.subject}"


def in_force_on(day, **filters) -> list[dict]:
	"""The directives in force on a day, latest first, whoever asks."""
	rows = frappe.get_all(
		DOCTYPE,
		filters={"docstatus": 1, "in_force_from": ("<=", day), **filters},
		fields=[*IN_FORCE, *COURSE],
		order_by="issued_on desc, name desc",
	)
	return [row for row in rows if rules.in_force(course(row), getdate(day))]


def for_form(doc) -> dict:
	"""For the form: what the directive is today, and what it changed and was changed by."""
	amended = frappe.get_all(
		"Directive Change",
		filters={"directive": doc.name, "docstatus": 1, "parenttype": DOCTYPE},
		fields=["parent", "effect", "clauses"],
	)
	named = {row.parent for row in amended} | {row.directive for row in doc.changes} | {doc.superseded_by}
	names = frappe.get_list(
		DOCTYPE,
		filters={"name": ("in", sorted(filter(None, named)))},
		fields=["name", "number_symbol", "subject"],
		limit_page_length=0,
	)
	return {
		"standing": rules.standing(course(doc), getdate(today())) if doc.docstatus == 1 else None,
		"changed_by": amended,
		"names": {row.name: label(row) for row in names},
	}


def _stretches(committees: Iterable[str]) -> dict[str, tuple[int, int]]:
	rows = frappe.get_all(
		"Party Committee", filters={"name": ("in", sorted(committees))}, fields=["name", "lft", "rgt"]
	)
	return {row.name: (cint(row.lft), cint(row.rgt)) for row in rows}


def _stretch(committee: str) -> tuple[int, int]:
	return _stretches([committee]).get(committee, (0, 0))


def _outside(doc) -> list[str]:
	"""Names of what the directive is for and the issuer has no say in."""
	low, high = _stretch(doc.issuer)
	committees = {row.committee for row in doc.targets if row.committee}
	cells = {row.cell for row in doc.targets if row.cell}
	places = {
		row.name: (row.cell_name, row.committee)
		for row in frappe.get_all(
			"Cell", filters={"name": ("in", sorted(cells))}, fields=["name", "cell_name", "committee"]
		)
	}
	stretches = _stretches(committees | {committee for _name, committee in places.values()})
	inside = {name for name, (lft, _rgt) in stretches.items() if low <= lft <= high}
	titles = dict(
		frappe.get_all(
			"Party Committee",
			filters={"name": ("in", sorted(committees - inside))},
			fields=["name", "committee_name"],
			as_list=True,
		)
	)
	return [
		*titles.values(),
		*(title for title, committee in places.values() if committee not in inside),
	]


def _refuse_double(doc) -> None:
	other = frappe.db.get_value(
		DOCTYPE,
		{"number_key": doc.number_key, "name": ("!=", doc.name or "")},
		["name", "number_symbol", "subject"],
		as_dict=True,
	)
	if other:
		frappe.throw(
			_(
				"{number} of this issuer is there already: {other} ({name}). Write its number, or open that one."
			).format(
				number=frappe.utils.escape_html(other.number_symbol),
				other=frappe.utils.escape_html(other.subject),
				name=other.name,
			),
			DirectiveNumberError,
		)


def _check_changes(doc) -> None:
	"""What a directive supersedes is known, in force, under the same officers, and leads in no circle."""
	changed = [row.directive for row in doc.changes]
	found = {
		row.name: row
		for row in frappe.get_all(
			DOCTYPE,
			filters={"name": ("in", changed)},
			fields=["name", "number_symbol", "subject", "status", "superseded_by", "docstatus"],
		)
	}
	for name in changed:
		if changed.count(name) > 1:
			frappe.throw(
				_("{directive} stands twice among what is changed. Leave one line.").format(
					directive=_shown(found[name])
				),
				DirectiveError,
			)
	if doc.name and (way := rules.cycle(doc.name, {doc.name: changed, **_below(changed)})):
		numbers = {row.name: row.number_symbol for row in _numbers(set(way) - {doc.name})}
		numbers[doc.name] = doc.number_symbol
		frappe.throw(
			_(
				"A directive cannot supersede itself, also not by way of others: {way}. Take one line out."
			).format(way=frappe.utils.escape_html(" → ".join(numbers.get(name, name) for name in way))),
			DirectiveError,
		)
	for row in doc.changes:
		_check_change(doc, row, found[row.directive])


def _check_change(doc, row, other) -> None:
	if row.effect == rules.SUPERSEDES and not frappe.has_permission(DOCTYPE, "write", doc=other.name):
		frappe.throw(
			_(
				"{directive} is superseded by its own issuer or one above. Write that this one amends it."
			).format(directive=_shown(other)),
			DirectiveError,
		)
	if not frappe.has_permission(DOCTYPE, "read", doc=other.name):
		raise frappe.PermissionError(other.name)
	if other.status in (rules.SUPERSEDED, rules.WITHDRAWN, rules.EXPIRED) and other.superseded_by != doc.name:
		frappe.throw(
			_("{directive} is no longer in force. Name the one that took its place.").format(
				directive=_shown(other)
			),
			DirectiveError,
		)
	if doc.docstatus == 1 and other.docstatus != 1:
		frappe.throw(
			_("{directive} has not been issued yet. Issue it first, or take its line out.").format(
				directive=_shown(other)
			),
			DirectiveError,
		)


def _below(names: Iterable[str]) -> dict[str, list[str]]:
	"""What these change, and what those change, to the end: one query a step of the chain."""
	found, step = defaultdict(list), set(names)
	while step:
		rows = frappe.get_all(
			"Directive Change",
			filters={"parent": ("in", sorted(step)), "parenttype": DOCTYPE},
			fields=["parent", "directive"],
		)
		for row in rows:
			found[row.parent].append(row.directive)
		step = {row.directive for row in rows} - set(found)
	return dict(found)


def _numbers(names: set[str]) -> list:
	return frappe.get_all(DOCTYPE, filters={"name": ("in", sorted(names))}, fields=["name", "number_symbol"])


def _shown(row) -> str:
	return frappe.utils.escape_html(label(row))
