"""A sealed record laid out for people: as minutes, and as the index that lies in the dossier."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from partycell.rules import completeness, dossier, minutes, wording
from partycell.rules.terms import congress_term


@dataclass(frozen=True)
class Office:
	"""What stands on the papers and is not in the record, because it may change without the facts changing.

	sections: section code to title, in order
	term_first_year, term_years: see ``terms.congress_term``; giver_since: the giver's first day, ISO
	qr: what the QR code on the minutes is, a ``data:`` URI
	"""

	cell: str
	cell_code: str
	superior: str = ""
	place: str | None = None
	symbol: str = "CB"
	folder_number: str | None = None
	folder_issued_on: str | None = None
	has_seal: bool = False
	copies_made: int = 3
	giver_since: str | None = None
	term_first_year: int = 2025
	term_years: int = 5
	sections: Mapping[str, str] = field(default_factory=dict)
	qr: str | None = None


def minutes_of(record: dict, digest: str, office: Office) -> dict:
	"""The content of the minutes, as ``minutes.context`` takes it, of an approved handover off a site."""
	items = [_item(line) for line in record["items"]]
	sections = minutes.in_sections(items, dict(office.sections))
	numbers = {item["key"]: item["no"] for section in sections for item in section["items"]}
	giver, receiver, approver = record["giver"], record["receiver"], record["approver"]
	return {
		"number": f"{record['number']:02d}" if record["number"] else None,
		"symbol": f"BB/{office.symbol}",
		"superior": wording.organisation(office.superior).upper(),
		"organisation": office.cell.upper(),
		"has_seal": office.has_seal,
		"place": office.place,
		"date": record["date"],
		"cell": {
			"name": office.cell,
			"code": office.cell_code,
			"folder_number": office.folder_number,
			"folder_issued_on": office.folder_issued_on,
		},
		**_terms(record, office),
		"basis": _lines(record["basis"]),
		"reason": wording.reason(record["reason"]),
		"reason_detail": record["reason_detail"],
		"started_at": giver["signed_on"],
		"ended_at": approver["approved_on"],
		"venue": record["venue"],
		"giver": {
			"name": giver["name"],
			"position": giver["position"] or wording.SECRETARY,
			"on_behalf": giver["on_behalf"],
			"acting_name": giver["acting_officer"],
			"acting_position": wording.OFFICER,
			"acting_reason": giver["acting_reason"],
		},
		"receiver": {"name": receiver["name"], "position": wording.SECRETARY},
		"witness": {
			"name": approver["name"] or approver["witness"],
			"position": approver["position"] or wording.OFFICER,
		},
		"sections": sections,
		"totals": minutes.totals(items),
		"dues": record["dues"],
		"assets": record["assets"],
		"open_matters": [
			{
				"kind": wording.matter(matter["kind"]),
				"title": matter["title"],
				"responsible": matter["responsible"],
				"due_on": matter["due_on"],
			}
			for matter in record["open_matters"]
		],
		"discrepancies": [_discrepancy(line, numbers) for line in record["items"] if _is_wrong(line)],
		"commitments": {
			"giver": giver["statement"],
			"receiver": receiver["statement"],
			"witness": approver["statement"],
		},
		"copies_made": office.copies_made,
		"digest": digest,
		"status": "approved",
		"annulled": None,
		"qr": office.qr,
	}


def index_of(record: dict, digest: str, places: list[str], office: Office) -> dict:
	"""What the index of a dossier is rendered with; ``places`` are those of ``bag.places``, in its order.

	Its links lead to files beside it, so it is read without a site and without a connection.
	"""
	where = iter(places)
	sections: dict[str, list[dict]] = {code: [] for code in office.sections}
	for number, line in enumerate(record["items"], 1):
		links = [{"name": file["name"], "href": next(where).removeprefix("data/")} for file in line["files"]]
		found = line["received"] or line["delivered"]
		sections.setdefault(line["section"] or "", []).append(
			{
				"no": number,
				"title": wording.titled(line["title"], line["period"]),
				"code": line["code"] or "",
				"symbol": line["number_symbol"] or "",
				"state": minutes.state(found),
				"wrong": found != completeness.PRESENT,
				"remark": "; ".join(filter(None, (line["remark"], line["received_remark"]))),
				"place": line["paper_place"] or "",
				"files": links,
			}
		)
	return {
		"cell": office.cell,
		"folder_number": office.folder_number,
		"handover": record["handover"],
		"date": minutes.short_day(record["date"]),
		"reason": wording.reason(record["reason"]),
		"giver": record["giver"]["name"] or "",
		"receiver": record["receiver"]["name"] or "",
		"approver": record["approver"]["name"] or record["approver"]["witness"] or "",
		"summary": minutes.summary(minutes.totals(_item(line) for line in record["items"])),
		"sections": [
			{
				"name": " ".join(filter(None, (f"{code}." if code else "", office.sections.get(code, "")))),
				"rows": rows,
			}
			for code, rows in sections.items()
			if rows
		],
		"digest": minutes.in_fours(digest),
		"files": sum(1 for _file in dossier.files_of(record)),
		"qr": minutes.picture(office.qr),
	}


def _item(line: dict) -> dict:
	remarks = [text for text in (line["remark"], line["received_remark"]) if text]
	return {
		"key": line["item"],
		"section": line["section"] or "—",
		"code": line["code"],
		"title": line["title"],
		"number_symbol": line["number_symbol"],
		"dated": line["dated"],
		"period": line["period"],
		"copies": line["copies"],
		"pages": line["pages"],
		"place": line["paper_place"],
		"files": len(line["files"]),
		"delivered": line["delivered"],
		"received": line["received"],
		"remark": "; ".join(remarks) or None,
	}


def _is_wrong(line: dict) -> bool:
	return bool(line["received"]) and line["received"] != completeness.PRESENT


def _discrepancy(line: dict, numbers: Mapping[str, int]) -> dict:
	return {
		"no": numbers[line["item"]],
		"title": wording.titled(line["title"], line["period"]),
		"state": line["received"],
		"remark": line["received_remark"] or line["remark"],
		"remedy": line["remedy"],
		"responsible": line["responsible"],
		"due_on": line["due_on"],
	}


def _terms(record: dict, office: Office) -> dict:
	passes = record["date"]
	labels = [
		# No-break spaces: on paper a term stands on one line.
		"{}\u00a0-\u00a0{}".format(
			*congress_term(date.fromisoformat(day), office.term_first_year, office.term_years)
		)
		for day in (office.giver_since or passes, passes)
	]
	return dict(zip(("term_from", "term_to"), labels, strict=True))


def _lines(text: str | None) -> list[str]:
	return [line.strip() for line in (text or "").splitlines() if line.strip()]
