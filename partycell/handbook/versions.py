"""Versions of guidance: the next one, what it changed, an answer that becomes one, what needs another look."""

import frappe
from frappe import _
from frappe.utils import cstr

from partycell.access import handbook_access
from partycell.errors import HandbookTurnError, VersionError
from partycell.framework import locking
from partycell.handbook import entries, questions
from partycell.rules import handbook as rules
from partycell.rules import prose

DOCTYPE = entries.DOCTYPE
# What a new version takes over from the one before.
COPIED = "title topic committee cell_types body common_mistakes".split()
TEXTS = ("title", "body", "common_mistakes", "basis")


def new_version(name: str) -> str:
	"""A draft of the next version of guidance in force, with the same text; returns its name."""
	locking.take(DOCTYPE, name=name)
	before = frappe.get_doc(DOCTYPE, name)
	before.check_permission("read")
	if (before.note_type, before.workflow_state) != (rules.GUIDANCE, rules.PUBLISHED):
		frappe.throw(_("Only guidance that is in force gets a new version."), HandbookTurnError)
	if frappe.db.exists(DOCTYPE, {"draft_key": before.entry}):
		frappe.throw(entries.second_version(), VersionError)
	doc = frappe.new_doc(DOCTYPE)
	doc.update({field: before.get(field) for field in COPIED} | {"note_type": rules.GUIDANCE})
	_copy_basis(before, doc)
	doc.flags.carried = {"entry": before.entry, "version": before.version + 1, "replaces": before.name}
	return doc.insert().name


def publish_answer(name: str, title: str | None = None, body: str | None = None) -> str:
	"""An answered question becomes guidance of the level that answered it, in one step; returns the guidance."""
	locking.take(DOCTYPE, name=name)
	question = frappe.get_doc(DOCTYPE, name)
	question.check_permission("read")
	if (question.note_type, question.workflow_state) != (rules.QUESTION, rules.ANSWERED):
		frappe.throw(_("Only an answered question is published."), HandbookTurnError)
	if rules.OFFICER not in handbook_access.parts(question, frappe.session.user):
		frappe.throw(_("Only the level that answered publishes the answer."), HandbookTurnError)
	guidance = frappe.new_doc(DOCTYPE)
	guidance.update(
		{
			"note_type": rules.GUIDANCE,
			"title": title or question.title,
			"topic": question.topic,
			"committee": question.committee,
			"body": body or question.answer,
		}
	)
	_copy_basis(question, guidance)
	guidance.flags.carried = {"from_question": question.name}
	guidance.insert()
	for state in (rules.IN_REVIEW, rules.PUBLISHED):
		guidance.workflow_state = state
		guidance.save()
	question.workflow_state, question.flags.published_as = rules.PUBLISHED, guidance.name
	question.save()
	return guidance.name


def confirm_review(name: str) -> None:
	"""Somebody of those who give the guidance has looked at it again: it stands as it is."""
	locking.take(DOCTYPE, name=name)
	doc = frappe.get_doc(DOCTYPE, name)
	doc.check_permission("read")
	if rules.OFFICER not in handbook_access.parts(doc, frappe.session.user):
		frappe.throw(_("Only those who give the guidance confirm it."), HandbookTurnError)
	doc.db_set({"needs_review": 0, "review_reason": None, "is_template": 0})
	doc.add_comment("Info", _("Reviewed: it stands as it is."))


def directive_outdated(directive: str, successor: str | None = None) -> int:
	"""Hook ``partycell_directive_outdated``: flags the guidance that rests on it; returns how many entries."""
	basis = frappe.qb.DocType("Handbook Basis")
	resting = frappe.qb.from_(basis).select(basis.parent).where(basis.directive == directive)
	note = frappe.qb.DocType(DOCTYPE)
	live = (note.note_type == rules.GUIDANCE) & note.workflow_state.isin(
		(rules.DRAFT, rules.IN_REVIEW, rules.PUBLISHED)
	)
	found = frappe.qb.from_(note).select(note.name, note.author).where(live & note.name.isin(resting)).run()
	if not found:
		return 0
	directive, successor = (_number(one) for one in (directive, successor))
	reason = (
		_("{directive}, on which it rests, was superseded by {successor}.").format(
			directive=directive, successor=successor
		)
		if successor
		else _("{directive}, on which it rests, is no longer in force.").format(directive=directive)
	)
	names = [name for name, _author in found]
	frappe.qb.update(note).set(note.needs_review, 1).set(note.review_reason, reason).where(
		note.name.isin(names)
	).run()
	for author in sorted({author for _name, author in found if author}):
		theirs = [name for name, by in found if by == author]
		questions.tell(
			author,
			_("{count} entries of the handbook need review").format(count=len(theirs)),
			theirs[0],
			reason,
		)
	return len(names)


def changes(name: str) -> list[dict]:
	"""What a version changed of the one it replaced: ``[{field, lines: [{how, text}]}]``; empty for the first.

	Only fields in which something changed; ``how`` as ``rules.prose`` has it.
	"""
	doc = frappe.get_doc(DOCTYPE, name)
	if not doc.replaces:
		return []
	before, found = frappe.get_doc(DOCTYPE, doc.replaces), []
	for field in TEXTS:
		lines = prose.compare(_lines(before, field), _lines(doc, field))
		if any(prose.changed(lines)):
			found.append(
				{
					"field": doc.meta.get_label(field),
					"lines": [{"how": line.how, "text": line.text} for line in lines],
				}
			)
	return found


def _number(directive: str | None) -> str | None:
	"""The number by which people know a directive."""
	return directive and (frappe.db.get_value("Directive", directive, "number_symbol") or directive)


def _copy_basis(source, target) -> None:
	for row in source.basis:
		target.append("basis", {field.fieldname: row.get(field.fieldname) for field in row.meta.fields})


def _lines(doc, field: str) -> list[str]:
	if field == "basis":
		return [" · ".join(filter(None, (row.document, row.clause))) for row in doc.basis]
	if field == "body":
		return [block.text for block in prose.blocks(doc.body)]
	return prose.lines(cstr(doc.get(field)))
