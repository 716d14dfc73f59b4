"""The record of a handover in plain values: what is sealed, and what the minutes print."""

from frappe.utils import cint

from partycell.handover import inventory
from partycell.papers import plain
from partycell.rules import dossier, record


def digest(doc) -> str:
	"""SHA-256 of the handover's canonical record: parties, inventory, states, signatures, times."""
	return record.digest(of(doc))


def of(doc) -> dict:
	"""The sealed record: whole numbers and text only, dates and times in ISO form.

	What changes later (terms opened, actions numbered, an annulment) is not in it, so the digest can
	be recomputed from the handover at any time.
	"""
	facts = {
		"handover": doc.name,
		"cell": doc.cell,
		"committee": doc.committee,
		"reason": doc.reason,
		"reason_detail": doc.reason_detail or None,
		"basis": doc.basis or None,
		"venue": doc.venue or None,
		"date": plain.day(doc.handover_date),
		"number": cint(doc.minutes_number),
		"congress_term": doc.congress_term,
		"giver": {
			"user": doc.giver,
			"name": doc.giver_name,
			"position": doc.giver_position or None,
			"term": doc.giver_term,
			"signed_by": doc.giver_signed_by,
			"signed_on": plain.second(doc.giver_signed_on),
			"signature": _signature(doc.giver_signature),
			"statement": doc.giver_commitment or None,
			"on_behalf": bool(doc.on_behalf),
			"acting_officer": doc.acting_officer if doc.on_behalf else None,
			"acting_reason": doc.acting_reason if doc.on_behalf else None,
		},
		"receiver": {
			"user": doc.receiver,
			"name": doc.receiver_name,
			"signed_on": plain.second(doc.receiver_signed_on),
			"signature": _signature(doc.receiver_signature),
			"statement": doc.receiver_commitment or None,
		},
		"approver": {
			"user": doc.approved_by,
			"name": doc.approved_by_name,
			"position": doc.approved_by_position or None,
			"approved_on": plain.second(doc.approved_on),
			"signature": _signature(doc.witness_signature),
			"statement": doc.witness_commitment or None,
			"witness": doc.witness or None,
		},
		"dues": doc.dues or None,
		"assets": doc.assets or None,
		"items": [_line(row) for row in doc.items],
		"open_matters": [
			{
				"kind": row.kind,
				"title": row.title,
				"responsible": row.responsible or None,
				"due_on": plain.day(row.due_on),
				"reference": f"{row.reference_doctype}/{row.reference_name}",
			}
			for row in doc.open_matters
		],
	}
	return dossier.record(facts)


def _line(row) -> dict:
	return {
		"item": row.folder_item,
		"code": row.code or None,
		"section": row.section or None,
		"title": row.title,
		"period": row.period_label or None,
		"number_symbol": row.number_symbol or None,
		"dated": plain.day(row.dated),
		"copies": cint(row.copies),
		"pages": cint(row.pages),
		"paper_place": row.paper_place or None,
		"delivered": row.delivered_state,
		"received": row.received_state,
		"remark": row.remark or None,
		"received_remark": row.received_remark or None,
		"remedy": row.remedy or None,
		"responsible": row.responsible or None,
		"due_on": plain.day(row.due_on),
		"files": [
			{"name": file["file_name"], "sha256": file["sha256"], "size": cint(file["file_size"])}
			for file in inventory.files_of(row)
		],
	}


def _signature(value: str | None) -> str | None:
	"""A drawn signature stands in the record by its digest; the picture stays on the handover."""
	return record.digest(value) if value else None
