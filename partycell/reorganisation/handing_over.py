"""The handover of a cell that closes: from its secretary to the successor's, signed by the upper level.

Nobody of the two parties acts in it: the decision does. So the receiver's signature stays empty, the documents
are marked as the giver's folder has them, and the minutes say that they were not counted piece by piece.
"""

import frappe
from frappe import _

from partycell.rules import handover, wording
from partycell.rules import reorganisation as rules
from partycell.rules.completeness import MISSING


def hand_over(doc, one: rules.Concerned, into: str | None, receiver: str):
	"""Makes, seals and approves the handover of a closing cell's folder; returns it.

	into: the cell that takes the folder over; None where the committee keeps it
	"""
	basis = wording.decision(doc.decision_number, frappe.utils.getdate(doc.decided_on))
	into_name = frappe.db.get_value("Cell", into, "cell_name") if into else None
	made = frappe.new_doc("Handover")
	made.update(
		{
			"cell": one.cell,
			"reason": "Split or Merger",
			"reason_detail": wording.reorganisation(doc.kind, into_name),
			"basis": basis,
			"receiver": receiver,
			"on_behalf": 1,
			"acting_reason": basis,
		}
	)
	# Only the session that carries out the act can set this: it never comes with a request.
	made.flags.reorganisation = {
		"reorganisation": doc.name,
		"to_cell": into,
		"day": frappe.utils.getdate(doc.takes_effect_on),
	}
	made.insert()
	for row in made.items:
		row.received_state = row.delivered_state if row.delivered_state in handover.MARKS else MISSING
		if row.received_state == "Damaged":
			row.received_remark = row.remark or _("As the giver's folder says.")
	made.giver_signature = made.witness_signature = doc.signature
	made.receiver_commitment = wording.NOT_COUNTED
	made.workflow_state = handover.APPROVED
	made.submit()
	return made
