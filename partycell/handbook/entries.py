"""The handbook: an entry from its draft on, its versions, and what needs to be looked at again.

The controller calls ``check`` before every save, whichever way it came, so no way leads around who may
write what. What the acts of a question bring is in ``questions``.
"""

from collections.abc import Callable

import frappe
from frappe import _
from frappe.utils import add_days, cint, getdate, now_datetime, today

from partycell.access import handbook_access, scope
from partycell.errors import HandbookError, HandbookTurnError, VersionError, refuse
from partycell.framework import guarding, locking
from partycell.handbook import questions
from partycell.organisation import cells
from partycell.rules import handbook as rules
from partycell.rules import prose, searching

DOCTYPE = "Handbook Note"
LAYOUT = guarding.NO_COMPARISON - {"Table"}
SEARCHED = 20_000  # characters of the search column


def begin(doc) -> None:
	"""Before an entry is made: empties whatever came with it that only an act writes."""
	for field in doc.meta.fields:
		if field.fieldname not in rules.OPENS_WITH and field.fieldtype not in LAYOUT:
			doc.set(field.fieldname, [] if field.fieldtype == "Table" else None)
	doc.update(doc.flags.carried or {})


def check(doc) -> None:
	"""Refuses what this user may not do now; carries out what the change of state brings."""
	user, before = frappe.session.user, doc.get_doc_before_save()
	_tidy(doc)
	if before is None:
		_begin(doc, user)
		old = rules.DRAFT
	else:
		old = before.workflow_state
		if user != "Administrator":
			_guard_fields(doc, before, handbook_access.parts(before, user))
	new = doc.workflow_state or rules.DRAFT
	if new != old or doc.flags.escalates:
		_move(doc, old, new, handbook_access.parts(before or doc, user))
	_keep_up(doc)


def _tidy(doc) -> None:
	doc.committee, doc.cell = doc.committee or None, doc.cell or None
	doc.cell_types = rules.type_lines(doc.cell_types) or None
	for row in doc.basis:
		if row.directive and not row.document:
			row.document = _cited(row.directive)


def _cited(directive: str) -> str:
	"""A directive as an entry cites it: its number and symbol, then what it is about."""
	return ": ".join(filter(None, frappe.db.get_value("Directive", directive, ["number_symbol", "subject"])))[
		:255
	]


def _begin(doc, user: str) -> None:
	if doc.workflow_state not in (None, "", rules.DRAFT):
		frappe.throw(_("An entry begins as a draft."), HandbookTurnError)
	doc.workflow_state = rules.DRAFT
	doc.author, doc.author_name = user, questions.full_name(user)
	doc.version = cint(doc.version) or 1
	doc.entry = doc.entry or doc.name
	if doc.note_type == rules.GUIDANCE:
		if not doc.committee and not scope.sees_everything(user):
			frappe.throw(
				_("Choose the committee that gives the guidance; only a manager writes for every cell."),
				HandbookError,
			)
		return
	doc.effective_from = doc.effective_until = doc.cell_types = doc.committee = None
	if doc.cell:
		cells.refuse_closed(doc.cell)
		if doc.note_type == rules.QUESTION:
			# So that the officers who will be asked can be named on the form.
			doc.committee = scope.officers_at(frappe.db.get_value("Cell", doc.cell, "committee"))[0]


def _guard_fields(doc, before, parts: frozenset[str]) -> None:
	"""Refuses a change of any field that the user may not write now, naming it."""
	writable = rules.may_write(before.note_type, before.workflow_state, parts) | {"act_remark"}
	if "basis" in writable:
		columns = frappe.get_meta("Handbook Basis").fields
		writable |= {f"basis.{column.fieldname}" for column in columns}
	refused = guarding.first_refused(doc, before, writable, growing=("basis",))
	if refused:
		frappe.throw(
			_("{field} cannot be changed by you while the entry is {state}.").format(
				field=_(refused.label), state=_(before.workflow_state)
			),
			HandbookTurnError,
		)


def _move(doc, old: str, new: str, parts: frozenset[str]) -> None:
	"""Carries out one act; refuses a move that the order of acts does not have."""
	if new not in rules.ways_on(doc.note_type, old, parts):
		known = (old, new) in rules.MOVES[doc.note_type]
		text = (
			_("It is not for you to bring this entry from {old} to {new}.")
			if known
			else _("An entry of this type does not go from {old} to {new}. Use the buttons of the form.")
		)
		frappe.throw(text.format(old=_(old), new=_(new)), HandbookTurnError)
	refuse(
		rules.act_problems(
			doc.note_type,
			new,
			text=prose.plain(doc.body),
			answer=prose.plain(doc.answer),
			remark=doc.act_remark,
		)
	)
	if doc.note_type == rules.QUESTION:
		questions.carry_out(doc, new)
	elif new == rules.IN_REVIEW:
		_committee, users = scope.officers_at(doc.committee) if doc.committee else (None, [])
		doc.awaiting = ",".join(user for user in users if user != doc.author)
	elif new == rules.PUBLISHED:
		_publish(doc)
	else:
		doc.awaiting = doc.author if new == rules.DRAFT else None
		doc.review_reason = doc.act_remark if new == rules.DRAFT else doc.review_reason
	if doc.note_type != rules.QUESTION and new == rules.WITHDRAWN:
		doc.effective_until = min(getdate(doc.effective_until or today()), getdate(today()))
	doc.act_remark = None


def _publish(doc) -> None:
	"""Guidance comes into force; the version before it stays readable, and ends the day before."""
	doc.effective_from = getdate(doc.effective_from or today())
	doc.published_by_name, doc.published_on = questions.full_name(frappe.session.user), now_datetime()
	doc.awaiting = doc.review_reason = None
	doc.needs_review = 0
	if not doc.replaces:
		return
	earlier = frappe.get_doc(DOCTYPE, doc.replaces)
	if earlier.workflow_state != rules.PUBLISHED:
		frappe.throw(
			_(
				"Version {version} is not in force any more. Begin the new version from the one that is."
			).format(version=earlier.version),
			VersionError,
		)
	ends = add_days(doc.effective_from, -1)
	earlier.db_set(
		{
			"workflow_state": rules.SUPERSEDED,
			"live_key": None,
			"replaced_by": doc.name,
			"effective_until": min(getdate(earlier.effective_until or ends), getdate(ends)),
			"needs_review": 0,
			"review_reason": None,
		}
	)


def _keep_up(doc) -> None:
	"""What follows from the rest at every save: keys, the search column; and what is wrong with it."""
	guidance = doc.note_type == rules.GUIDANCE
	doc.live_key = doc.entry if guidance and doc.workflow_state == rules.PUBLISHED else None
	doc.draft_key = doc.entry if guidance and doc.workflow_state in (rules.DRAFT, rules.IN_REVIEW) else None
	text = prose.plain(doc.body)
	doc.search_text = searching.line(doc.title, doc.common_mistakes, text, prose.plain(doc.answer))[:SEARCHED]
	known = set(frappe.get_meta("Cell").get_field("cell_type").options.split("\n"))
	refuse(
		rules.problems(
			note_type=doc.note_type,
			title=doc.title,
			text=text,
			cell=doc.cell,
			since=getdate(doc.effective_from) if doc.effective_from else None,
			until=getdate(doc.effective_until) if doc.effective_until else None,
			unknown_types=[name for name in (doc.cell_types or "").splitlines() if name not in known],
		)
	)


def write_first(doc, write: Callable, *args, **kwargs) -> None:
	"""Writes the row; of two new versions begun at the same instant, the second is refused by name."""
	with locking.first_wins("draft", VersionError, second_version()):
		write(*args, **kwargs)


def refuse_discard(doc) -> None:
	"""Frappe 16 lets whoever may write throw a draft away; its state would stay."""
	frappe.throw(_("An entry is withdrawn, and not discarded."), HandbookTurnError)


def desk(doc, user: str | None = None) -> dict:
	"""For the form of an entry: what this user may do, and whom a question reaches next."""
	user = user or frappe.session.user
	acts, writable, parts = (), frozenset(), frozenset()
	if not doc.is_new() and frappe.has_permission(DOCTYPE, "write", doc=doc, user=user):
		parts = handbook_access.parts(doc, user)
		acts = rules.ways_on(doc.note_type, doc.workflow_state, parts)
		writable = rules.may_write(doc.note_type, doc.workflow_state, parts)
	return {
		"acts": list(acts),
		"writable": sorted(writable),
		"officer": rules.OFFICER in parts,
		"committee_name": frappe.db.get_value("Party Committee", doc.committee, "committee_name")
		if doc.committee
		else None,
		"versions": frappe.get_all(
			DOCTYPE,
			filters={"entry": doc.entry, "workflow_state": ("in", rules.SHOWN)},
			fields=["name", "version", "workflow_state", "effective_from", "effective_until"],
			order_by="version desc",
		)
		if doc.entry and doc.note_type == rules.GUIDANCE
		else [],
	}


def second_version() -> str:
	"""Why a version cannot be begun."""
	return _("Another version of this entry is in work. Finish or withdraw that one first.")
