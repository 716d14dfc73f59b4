"""The minutes of a handover (*Biên bản bàn giao*): what they say, as HTML and as a PDF."""

import frappe
from frappe.utils import cint, get_url, getdate

from partycell.framework import settings
from partycell.papers import party_form, plain, qr
from partycell.rules import minutes as rules
from partycell.rules import wording
from partycell.rules.completeness import PRESENT
from partycell.rules.handover import ANNULLED, APPROVED
from partycell.rules.terms import congress_term

TEMPLATE = "handover_minutes.html"


def file_name(doc) -> str:
	"""The minutes' file name: ASCII, so that every system keeps it."""
	return f"bien-ban-ban-giao-{doc.name}.pdf"


def pdf_of(doc) -> bytes:
	"""The minutes as a PDF, numbered from page 2; marked where they do not hold."""
	content = rules.context(content_of(doc))
	return party_form.drawn(doc, TEMPLATE, content, mark=rules.mark(content["m"]))


def context_for_print(doc) -> dict:
	"""Jinja method for the print format: what the template of the minutes is rendered with."""
	return party_form.for_print("Handover", doc, lambda stored: rules.context(content_of(stored)))


def content_of(doc) -> dict:
	"""The minutes' content in plain values, as ``rules.minutes`` takes them."""
	cell = frappe.db.get_value(
		"Cell", doc.cell, ["cell_name", "name", "symbol", "folder_number", "folder_issued_on"], as_dict=True
	)
	committee = frappe.db.get_value(
		"Party Committee", doc.committee, ["committee_name", "place", "has_seal"], as_dict=True
	)
	titles = {row.section: row.section_title or row.section for row in doc.items if row.section}
	items = [_item(row) for row in doc.items]
	sections = rules.in_sections(items, titles)
	numbers = {item["key"]: item["no"] for section in sections for item in section["items"]}
	return {
		"number": f"{cint(doc.minutes_number):02d}" if doc.minutes_number else None,
		"symbol": f"BB/{cell.symbol or 'CB'}",
		"superior": wording.organisation(committee.committee_name).upper(),
		"organisation": cell.cell_name.upper(),
		"has_seal": bool(committee.has_seal),
		"place": committee.place,
		"date": plain.day(doc.handover_date),
		"cell": {
			"name": cell.cell_name,
			"code": cell.name,
			"folder_number": cell.folder_number,
			"folder_issued_on": plain.day(cell.folder_issued_on),
		},
		**_terms(doc),
		"basis": [line.strip() for line in (doc.basis or "").splitlines() if line.strip()],
		"reason": wording.reason(doc.reason),
		"reason_detail": doc.reason_detail,
		"started_at": plain.minute(doc.giver_signed_on),
		"ended_at": plain.minute(doc.approved_on),
		"venue": doc.venue,
		**_people(doc),
		"sections": sections,
		"totals": rules.totals(items),
		"dues": doc.dues,
		"assets": doc.assets,
		"open_matters": [
			{
				"kind": wording.matter(row.kind),
				"title": row.title,
				"responsible": row.responsible,
				"due_on": plain.day(row.due_on),
			}
			for row in doc.open_matters
		],
		"discrepancies": _discrepancies(doc, numbers),
		"commitments": {
			"giver": doc.giver_commitment,
			"receiver": doc.receiver_commitment,
			"witness": doc.witness_commitment,
		},
		"copies_made": settings.get().copies_made,
		"digest": doc.digest,
		"qr": qr.picture(qr.leads_to(get_url(), doc.digest)) if doc.digest else None,
		"status": {APPROVED: "approved", ANNULLED: "annulled"}.get(doc.workflow_state, "draft"),
		"annulled": {"on": plain.minute(doc.annulled_on), "reason": doc.annulled_reason}
		if doc.workflow_state == ANNULLED
		else None,
	}


def _terms(doc) -> dict:
	"""The congress terms (nhiệm kỳ) in which the giver took office and the receiver takes it."""
	office = settings.get()
	began = frappe.db.get_value("Secretary Term", doc.giver_term, "from_date")
	passes = doc.handover_date or frappe.utils.today()
	labels = [
		# No-break spaces: on paper a term stands on one line.
		"{}\u00a0-\u00a0{}".format(*congress_term(getdate(day), office.term_first_year, office.term_years))
		for day in (began or passes, passes)
	]
	return dict(zip(("term_from", "term_to"), labels, strict=True))


def _people(doc) -> dict:
	acting = frappe.db.get_value("User", doc.acting_officer, "full_name") if doc.acting_officer else None
	return {
		"giver": {
			"name": doc.giver_name,
			"position": doc.giver_position or wording.SECRETARY,
			"signed_at": plain.minute(doc.giver_signed_on),
			"signature": doc.giver_signature,
			"on_behalf": bool(doc.on_behalf),
			"acting_name": acting,
			"acting_position": wording.OFFICER,
			"acting_reason": doc.acting_reason,
		},
		"receiver": {
			"name": doc.receiver_name,
			"position": wording.SECRETARY,
			"signed_at": plain.minute(doc.receiver_signed_on),
			"signature": doc.receiver_signature,
		},
		"witness": {
			"name": doc.approved_by_name or doc.witness,
			"position": doc.approved_by_position or wording.OFFICER,
			"signed_at": plain.minute(doc.approved_on),
			"signature": doc.witness_signature,
		},
	}


def _item(row) -> dict:
	remarks = [text for text in (row.remark, row.received_remark) if text]
	return {
		"key": row.folder_item,
		"section": row.section or "—",
		"code": row.code,
		"title": row.title,
		"number_symbol": row.number_symbol,
		"dated": plain.day(row.dated),
		"period": row.period_label or None,
		"copies": cint(row.copies),
		"pages": cint(row.pages),
		"place": row.paper_place,
		"files": cint(row.file_count),
		"delivered": row.delivered_state,
		"received": row.received_state or None,
		"remark": "; ".join(remarks) or None,
	}


def _discrepancies(doc, numbers: dict[str, int]) -> list[dict]:
	wrong = [row for row in doc.items if row.received_state and row.received_state != PRESENT]
	people = {row.responsible for row in wrong if row.responsible}
	names = dict(
		frappe.get_all(
			"User", filters={"name": ("in", list(people))}, fields=["name", "full_name"], as_list=True
		)
		if people
		else ()
	)
	return [
		{
			"no": numbers[row.folder_item],
			"title": wording.titled(row.title, row.period_label),
			"state": row.received_state,
			"remark": row.received_remark or row.remark,
			"remedy": row.remedy,
			"responsible": names.get(row.responsible, row.responsible),
			"due_on": plain.day(row.due_on),
		}
		for row in wrong
	]
