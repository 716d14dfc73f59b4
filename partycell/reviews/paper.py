"""The report of a programme review (*Báo cáo sơ kết, tổng kết*), as HTML and as PDF."""

import frappe
from frappe.utils import cint, cstr, getdate

from partycell.papers import party_form
from partycell.reviews import reviewing
from partycell.rules import review_paper as rules
from partycell.rules import wording

TEMPLATE = "programme_review.html"


def file_name(doc) -> str:
	"""The report's file name: ASCII, so that every system keeps it."""
	return f"bao-cao-{doc.name}.pdf"


def pdf_of(doc) -> bytes:
	"""The report as a PDF, numbered from page 2; marked while it is a draft."""
	content = rules.context(content_of(doc))
	return party_form.drawn(doc, TEMPLATE, content, mark=rules.mark(content["m"]))


def review_for_print(doc) -> dict:
	"""Jinja method for the print format: what its template is rendered with."""
	return party_form.for_print("Programme Review", doc, lambda stored: rules.context(content_of(stored)))


def content_of(doc) -> dict:
	"""The report's content in plain values, as ``rules.review_paper`` takes them."""
	committee = frappe.db.get_value(
		"Party Committee",
		doc.committee,
		["committee_name", "symbol", "place", "level", "parent_party_committee"],
		as_dict=True,
	)
	above = committee.parent_party_committee and frappe.db.get_value(
		"Party Committee", committee.parent_party_committee, "committee_name"
	)
	return {
		"status": "finished" if doc.docstatus.is_submitted() else "draft",
		"superior": wording.organisation(above).upper() if above else "",
		"organisation": committee.committee_name.upper(),
		"whole": wording.organisation(committee.committee_name),
		"level": committee.level,
		"symbol": committee.symbol,
		"place": committee.place,
		"number": f"{cint(doc.minutes_number):02d}" if doc.minutes_number else None,
		"date": getdate(doc.finished_on).isoformat() if doc.finished_on else None,
		"kind": doc.kind,
		"since": getdate(doc.from_date).isoformat(),
		"until": getdate(doc.to_date).isoformat(),
		# A period that still runs has been measured until the day its figures were taken.
		"as_of": min(getdate(doc.to_date), getdate(doc.taken_on)).isoformat(),
		"basis": _lines(doc.basis),
		"figures": [
			{
				"key": one.key,
				"label": one.label,
				"group": one.group,
				"unit": one.unit,
				"value": one.value,
				"before": one.before,
				"of_day": one.of_day,
			}
			for one in reviewing.figures(doc)
		],
		"series": reviewing.series(doc),
		**{name: _lines(doc.get(name)) for name in reviewing.rules.TEXTS},
		"signer": doc.finished_by_name,
		"position": doc.finished_by_position,
		"digest": doc.digest,
	}


def _lines(text: str | None) -> list[str]:
	return [line.strip() for line in cstr(text).splitlines() if line.strip()]
