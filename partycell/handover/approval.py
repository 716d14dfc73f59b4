"""The approval: one transaction that closes a term, opens the next and seals the record.

Nothing here commits. Either all of it is kept or none of it, also when the process is killed.
"""

import frappe
from frappe import _
from frappe.utils import add_days, cstr, getdate, now, now_datetime, today

from partycell.access import scope
from partycell.corrective import actions
from partycell.errors import AlreadyDoneError, HandoverError, NotYourTurnError, refuse
from partycell.folder import completeness, provisioning
from partycell.framework import locking, settings
from partycell.handover import inventory, minutes_filing, sealing, signatures
from partycell.organisation import terms
from partycell.papers import numbering
from partycell.rules import handover as rules
from partycell.rules import wording
from partycell.rules.completeness import PRESENT
from partycell.rules.terms import OPEN


def hold(handover: str, cell: str) -> None:
	"""Holds a cell, its folder and the handover, before any of them is read for an approval."""
	locking.take("Cell", name=cell)
	locking.take("Handover", name=handover)
	locking.take("Folder Item", cell=cell)


def propose_remedies(doc) -> None:
	"""Gives each discrepancy a person and a date: the giver, who knows where it is, and the days set.

	Where the upper level acts for the giver, the receiver. The approving officer may change both. When cells are
	rearranged nobody writes what is to be done, and the usual is said.
	"""
	due = add_days(today(), settings.get().remedy_days)
	for row in doc.items:
		if row.received_state != PRESENT:
			row.responsible = row.responsible or (doc.receiver if doc.on_behalf else doc.giver)
			row.due_on = row.due_on or due
			if doc.flags.reorganisation:
				row.remedy = row.remedy or wording.REMEDIES.get(row.received_state)


def prepare(doc) -> None:
	"""Before the handover is submitted: checks that the signatures still stand, numbers and seals it."""
	hold(doc.name, doc.cell)
	if doc.flags.reorganisation:
		_sign_for_the_giver(doc)
	else:
		_refuse_overtaken(doc)
		refuse(
			inventory.differences(doc),
			title=_(
				"The folder has changed since it was signed for. Send the handover back, to be signed anew."
			),
		)
	propose_remedies(doc)
	if doc.witness_signature:
		signatures.refuse_missing(doc.witness_signature)
	user = frappe.session.user
	doc.approved_by, doc.approved_on = user, now_datetime()
	doc.approved_by_name = frappe.db.get_value("User", user, "full_name")
	doc.approved_by_position = scope.position_above(doc.cell, user)
	doc.handover_date = getdate(today())
	numbering.take(doc, "cell", doc.handover_date)
	doc.digest = sealing.digest(doc)


def guard_submit(doc) -> None:
	"""Refuses a submit that jumps the order of acts, however it was called."""
	before = doc.get_doc_before_save()
	if doc.flags.reorganisation and before and before.workflow_state == rules.DRAFT:
		return
	if not before or before.workflow_state != rules.RECEIVED or doc.workflow_state != rules.APPROVED:
		frappe.throw(
			_("A handover is approved after it was delivered and received, by the button of the form."),
			NotYourTurnError,
		)


def carry_out(doc) -> None:
	"""On submit: the office, the documents' states and what must be put right pass over."""
	reorganised = doc.flags.reorganisation
	day = reorganised["day"] if reorganised else getdate(doc.handover_date)
	terms.close(doc.giver_term, day, doc.name)
	if not reorganised:
		term = terms.open_term(doc.cell, doc.receiver, day, doc.name).name
	else:
		# The office of this cell ends; the successor's is open already, or the committee keeps the folder.
		term = terms.current(doc.to_cell) if doc.to_cell else None
	doc.db_set("receiver_term", term, update_modified=False)
	_give_states(doc, {row.folder_item: row.received_state for row in doc.items})
	by_item = {line.item for line in rules.discrepancies(inventory.lines(doc))}
	if reorganised:
		by_item &= actions.put_right_elsewhere(doc)
	for row in doc.items:
		if row.folder_item in by_item:
			row.db_set("corrective_action", actions.open_for(doc, row), update_modified=False)
	completeness.refresh([doc.cell])
	minutes_filing.enqueue(doc.name)


def guard_annul(doc) -> None:
	"""Before an approved handover is annulled: only the cell's latest, with a reason, none under way."""
	if not cstr(doc.annulled_reason).strip():
		frappe.throw(_("Say why the handover is annulled."), HandoverError)
	if doc.reorganisation and not doc.flags.by_reorganisation:
		frappe.throw(
			_("This handover is part of reorganisation {name}. Undo that one.").format(
				name=doc.reorganisation
			),
			HandoverError,
		)
	hold(doc.name, doc.cell)
	later = frappe.get_all(
		"Handover",
		filters={
			"cell": doc.cell,
			"docstatus": 1,
			"name": ("!=", doc.name),
			"approved_on": (">=", doc.approved_on),
		},
		pluck="name",
		limit=1,
	)
	if later:
		frappe.throw(
			_("Only the latest handover of a cell can be annulled; {handover} came after it.").format(
				handover=later[0]
			),
			HandoverError,
		)
	running = frappe.db.get_value("Handover", {"open_key": doc.cell})
	if running:
		frappe.throw(
			_("Handover {handover} is under way. Withdraw it before annulling this one.").format(
				handover=running
			),
			HandoverError,
		)
	doc.workflow_state = rules.ANNULLED
	doc.annulled_by, doc.annulled_on = frappe.session.user, now_datetime()


def take_back(doc) -> None:
	"""On cancel: the terms and states go back. Nothing is deleted; what changed since stays."""
	actions.write_off_of(doc.name, doc.annulled_reason)
	if doc.reorganisation:
		# The documents, and the successor's term, are put back by whoever takes the whole act back.
		terms.reopen(doc.giver_term)
		return
	terms.annul(doc.receiver_term, today())
	terms.reopen(doc.giver_term)
	received = {row.folder_item: row.received_state for row in doc.items}
	unchanged = {
		row.name
		for row in frappe.get_all(
			"Folder Item", filters={"name": ("in", list(received))}, fields=["name", "state"]
		)
		if row.state == received[row.name]
	}
	_give_states(
		doc, {row.folder_item: row.delivered_state for row in doc.items if row.folder_item in unchanged}
	)
	provisioning.provision([doc.cell])


def _sign_for_the_giver(doc) -> None:
	"""An act by decision: the upper level signs in the giver's place, and nobody for the receiver."""
	signatures.refuse_missing(doc.giver_signature)
	refuse(rules.receive_problems(inventory.lines(doc)))
	doc.giver_signed_on = now_datetime()
	doc.giver_signed_by = frappe.db.get_value("User", frappe.session.user, "full_name")


def _refuse_overtaken(doc) -> None:
	"""The handover must still be as it was read, and the giver in office: somebody may have been faster."""
	state = frappe.db.get_value("Handover", doc.name, "workflow_state")
	if state != rules.RECEIVED:
		frappe.throw(
			_("Somebody was faster: the handover is {state} now. Load the page again.").format(
				state=_(state)
			),
			AlreadyDoneError,
		)
	if frappe.db.get_value("Secretary Term", doc.giver_term, "status") != OPEN:
		frappe.throw(
			_("The giver's term is closed already; another handover of this cell was approved."),
			AlreadyDoneError,
		)
	refuse(rules.receive_problems(inventory.lines(doc)))


def _give_states(doc, states: dict[str, str]) -> None:
	"""Writes the documents' states, one statement a state."""
	item = frappe.qb.DocType("Folder Item")
	for state in sorted(set(states.values())):
		names = [name for name, given in states.items() if given == state]
		# modified moves too, so that a form opened before cannot write its old state over this one.
		(
			frappe.qb.update(item)
			.set(item.state, state)
			.set(item.modified, now())
			.set(item.modified_by, frappe.session.user)
			.where(item.name.isin(names))
		).run()
