"""Custody: a handover from draft to the receiver's signature.

The controller calls ``check`` before every save, whichever way it came: the form, the workflow menu,
REST or import. So no way leads around who may write what, and what each act demands. What the
approval does is in ``approval``.
"""

from collections.abc import Callable

import frappe
from frappe import _
from frappe.utils import cint, cstr, getdate, now_datetime, today

from partycell.access import permissions, roles, scope
from partycell.errors import HandoverError, HandoverOpenError, NotYourTurnError, refuse
from partycell.framework import guarding, locking
from partycell.handover import approval, inventory, open_matters, signatures
from partycell.organisation import cells, terms
from partycell.rules import handover as rules


def begin(doc) -> None:
	"""Before a handover is made, and before anything is read for it: holds the cell.

	Empties whatever came with it that only an act or the folder writes: a signature, a number, a mark.
	"""
	locking.take("Cell", name=doc.cell)
	for field in doc.meta.fields:
		if field.fieldname not in rules.OPENS_WITH:
			doc.set(field.fieldname, [] if field.fieldtype == "Table" else None)
	if doc.flags.reorganisation:
		doc.update({field: doc.flags.reorganisation[field] for field in ("reorganisation", "to_cell")})


def check(doc) -> None:
	"""Refuses what this user may not do now; carries out what the change of state brings."""
	user = frappe.session.user
	before = doc.get_doc_before_save()
	if before is None:
		_begin(doc, user)
		old = rules.DRAFT
	else:
		old = before.workflow_state
		parts = permissions.parts_in(before, user)
		if user != "Administrator" and not doc.flags.reorganisation:
			_guard_fields(doc, before, rules.may_write(old, parts))
		_guard_parties(doc, before, parts)
	new = doc.workflow_state or rules.DRAFT
	if new != old:
		_move(doc, old, new, permissions.parts_in(before or doc, user))
	_keep_up(doc)


def follow(doc) -> None:
	"""After a save: the receiver gets the role that opens the desk; its rows follow from the handover."""
	delivered = doc.workflow_state == rules.DELIVERED and doc.has_value_changed("workflow_state")
	if delivered and roles.grant(doc.receiver, roles.SECRETARY):
		doc.db_set("receiver_role_granted", 1, update_modified=False)
	if doc.workflow_state == rules.WITHDRAWN and doc.receiver_role_granted:
		_take_role_back(doc)


def whose_turn(doc) -> tuple[str, list[str]]:
	"""The party that must act next and its users; empty when nobody must."""
	state = doc.workflow_state
	if state in (rules.DRAFT, rules.CONTESTED):
		return rules.GIVER, [doc.acting_officer if doc.on_behalf and doc.acting_officer else doc.giver]
	if state == rules.DELIVERED:
		return rules.RECEIVER, [doc.receiver]
	if state == rules.RECEIVED:
		return rules.UPPER_LEVEL, [
			user for user in scope.officers_above(doc.cell) if user not in (doc.giver, doc.receiver)
		]
	return "", []


def _begin(doc, user: str) -> None:
	"""A new handover: by the office's holder, or by an officer above who says why."""
	cells.refuse_closed(doc.cell)
	if doc.workflow_state not in (None, "", rules.DRAFT):
		frappe.throw(_("A handover begins as a draft."), NotYourTurnError)
	# Frappe gives a new record its first state after this; whose turn it is must be known now.
	doc.workflow_state = rules.DRAFT
	running = frappe.db.get_value("Handover", {"open_key": doc.cell})
	if running:
		_refuse_second(doc.cell, running)
	doc.giver_term = terms.current(doc.cell)
	if not doc.giver_term:
		frappe.throw(
			_("The cell has no secretary in office, so there is nothing to hand over. Open a term instead."),
			HandoverError,
		)
	term = frappe.db.get_value(
		"Secretary Term", doc.giver_term, ["user", "full_name", "position"], as_dict=True
	)
	doc.giver, doc.giver_name, doc.giver_position = term.user, term.full_name, term.position
	doc.committee = frappe.db.get_value("Cell", doc.cell, "committee")
	doc.docstatus, doc.workflow_state = 0, rules.DRAFT
	wanted = rules.UPPER_LEVEL if doc.on_behalf else rules.GIVER
	if wanted not in permissions.parts_in(doc, user):
		frappe.throw(
			_(
				"Only the secretary opens the handover of the cell. Where the secretary cannot, an officer of a "
				"committee above opens it, ticks that the upper level acts for the giver, and says why."
			),
			NotYourTurnError,
		)
	inventory.take(doc)
	open_matters.list_on(doc)


def _guard_parties(doc, before, parts: frozenset[str]) -> None:
	if doc.on_behalf and not before.on_behalf and rules.UPPER_LEVEL not in parts:
		frappe.throw(_("Only the upper level can act for the giver."), NotYourTurnError)


def _move(doc, old: str, new: str, parts: frozenset[str]) -> None:
	"""Carries out one act; refuses a move that the order of acts does not have."""
	if doc.flags.reorganisation:
		# The decision stands for both signatures; who may carry it out was asked when it was made.
		approval.prepare(doc)
		return
	allowed = rules.MOVES.get((old, new))
	if allowed is None:
		frappe.throw(
			_("A handover does not go from {old} to {new}. Use the buttons of the form.").format(
				old=_(old), new=_(new)
			),
			NotYourTurnError,
		)
	if not allowed & parts:
		frappe.throw(_("It is not your turn in this handover."), NotYourTurnError)
	if (new == rules.APPROVED) != (doc.docstatus == 1):
		# Saved as approved without being submitted, it would pass nothing on and keep the cell.
		frappe.throw(_("A handover is approved by the button of the form."), NotYourTurnError)
	act = {
		rules.DELIVERED: _deliver,
		rules.RECEIVED: _receive,
		rules.CONTESTED: _contest,
		rules.WITHDRAWN: _withdraw,
		rules.APPROVED: approval.prepare,
	}.get(new)
	if act:
		act(doc)


def _deliver(doc) -> None:
	"""The giver signs; the inventory is taken anew and frozen."""
	if not doc.receiver:
		frappe.throw(_("Name the receiver first."), HandoverError)
	if not frappe.db.get_value("User", doc.receiver, "enabled"):
		frappe.throw(
			_("The receiver's account is disabled. Ask an administrator to enable it."), HandoverError
		)
	signatures.refuse_missing(doc.giver_signature)
	cells.refuse_closed(doc.cell)
	inventory.take(doc)
	open_matters.list_on(doc)
	doc.giver_signed_on = now_datetime()
	doc.giver_signed_by = frappe.db.get_value("User", frappe.session.user, "full_name")
	doc.handover_date = getdate(today())


def _receive(doc) -> None:
	"""The receiver has marked every document and signs; whatever is wrong gets a person and a date."""
	signatures.refuse_missing(doc.receiver_signature)
	refuse(rules.receive_problems(inventory.lines(doc)))
	doc.receiver_signed_on = now_datetime()
	approval.propose_remedies(doc)


def _contest(doc) -> None:
	"""The handover goes back with what is disputed; both signatures lapse."""
	refuse(
		rules.contest_problems(
			by_receiver=frappe.session.user == doc.receiver,
			reason=doc.contest_reason,
			disputed=sum(cint(row.disputed) for row in doc.items),
		)
	)
	doc.giver_signature = doc.giver_signed_on = doc.giver_signed_by = None
	doc.receiver_signature = doc.receiver_signed_on = None


def _withdraw(doc) -> None:
	if not cstr(doc.withdrawn_reason).strip():
		frappe.throw(_("Say why the handover is withdrawn."), HandoverError)


def _keep_up(doc) -> None:
	"""What follows from the rest at every save: names, counts, whose turn it is, the key of the open one."""
	refuse(
		rules.party_problems(
			giver=doc.giver,
			receiver=doc.receiver,
			on_behalf=bool(doc.on_behalf),
			acting_reason=doc.acting_reason,
			of_another_cell=bool(doc.flags.reorganisation and doc.to_cell),
		)
	)
	doc.receiver_name = frappe.db.get_value("User", doc.receiver, "full_name") if doc.receiver else None
	if doc.on_behalf and not doc.acting_officer:
		doc.acting_officer = frappe.session.user
	doc.title = _title(doc)
	for key, value in rules.count(inventory.lines(doc)).items():
		doc.set(f"count_{key}", value)
	party, users = whose_turn(doc)
	doc.awaiting_party, doc.awaiting = party, ",".join(users)
	doc.open_key = (
		doc.cell if doc.docstatus == 0 and doc.workflow_state in (*rules.OPEN_STATES, None) else None
	)


def _title(doc) -> str:
	"""What lists and links show: the cell, and from whom to whom."""
	cell = frappe.db.get_value("Cell", doc.cell, "cell_name")
	return f"{cell}: {doc.giver_name} → {doc.receiver_name or '…'}"[:255]


def refuse_discard(doc) -> None:
	"""Frappe 16 lets whoever may write throw a draft away; its state would stay, and keep the cell."""
	frappe.throw(_("A handover is withdrawn, with a reason, and not discarded."), NotYourTurnError)


def write_first(doc, write: Callable, *args, **kwargs) -> None:
	"""Writes the row; of two handovers opened at the same instant, the second is refused by name."""
	with locking.first_wins(
		"open",
		HandoverOpenError,
		_("Somebody has just opened a handover for this cell. Load the page again."),
	):
		write(*args, **kwargs)


def _refuse_second(cell: str, running: str) -> None:
	frappe.throw(
		_("{cell} already has handover {handover} under way. Finish or withdraw that one first.").format(
			cell=frappe.utils.escape_html(frappe.db.get_value("Cell", cell, "cell_name")), handover=running
		),
		HandoverOpenError,
	)


def _guard_fields(doc, before, writable: frozenset[str]) -> None:
	"""Refuses a change of any field that the user may not write now, naming it."""
	refused = guarding.first_refused(doc, before, writable)
	if not refused:
		return
	if refused.line_added_or_removed:
		frappe.throw(
			_("The lines of {table} come from the folder; none can be added or removed here.").format(
				table=_(refused.label)
			),
			NotYourTurnError,
		)
	frappe.throw(
		_("{field} cannot be changed by you while the handover is {state}.").format(
			field=_(refused.label), state=_(before.workflow_state)
		),
		NotYourTurnError,
	)


def _take_role_back(doc) -> None:
	"""A receiver who got the role for a handover that came to nothing loses it, unless it is needed."""
	reach = scope.of(doc.receiver)
	if not (reach.read_cells or reach.receiving):
		roles.revoke(doc.receiver, roles.SECRETARY)
	doc.db_set("receiver_role_granted", 0, update_modified=False)
