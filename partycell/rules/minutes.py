"""The record of a handover laid out as minutes: what the paper says where the record has codes.

The record ``m`` is plain data (text, whole numbers, lists and dicts; dates and times in ISO 8601).
Headings and wording follow the handover minutes offices use; the form of the date and of the number is
that of HD 36-HD/VPTW 2018. The words here are those of a Vietnamese official paper: they are printed as
they stand, in every language of the desk.
"""

import unicodedata
from collections.abc import Iterable
from datetime import date, datetime

from partycell.rules import completeness, wording

STATES = {
	completeness.PRESENT: "Đủ",
	completeness.MISSING: "Thiếu",
	completeness.DAMAGED: "Hư hỏng",
	completeness.OUTDATED: "Hết hiệu lực",
	completeness.EXPECTED: "Chưa có",
	completeness.NOT_APPLICABLE: "Không áp dụng",
}
COUNTED = {
	"present": completeness.PRESENT,
	"missing": completeness.MISSING,
	"damaged": completeness.DAMAGED,
	"outdated": completeness.OUTDATED,
}
MARKS = {"draft": "DỰ THẢO", "annulled": "ĐÃ HỦY"}
BLANK = "……"


def context(m: dict) -> dict:
	"""What the template ``handover_minutes.html`` is rendered with, beside ``page``.

	``m`` is the record with its text in Unicode's NFC; ``v`` holds what the paper says of it. A missing
	key counts as None. ValueError for a state, a date or a status that is not one.
	"""
	m = composed(m)
	if m.get("status") not in ("draft", "approved", "annulled"):
		raise ValueError(f"status of minutes: {m.get('status')!r}")
	return {
		"m": m,
		"v": {
			"mark": mark(m),
			"number": f"{m.get('number') or BLANK}-{m.get('symbol') or 'BB'}",
			"subject": subject(m.get("term_from"), m.get("term_to")),
			"place_and_date": f"{m.get('place') or BLANK}, {day_in_words(m.get('date'))}",
			"opening": f"{clock(m.get('started_at'))}, {day_in_words(m.get('started_at') or m.get('date'))}",
			"ending": _ending(m),
			"basis": [_basis(line) for line in m.get("basis") or []],
			"cell": _cell(m.get("cell") or {}),
			"parties": _parties(m),
			"summary": summary(m["totals"]),
			"sections": [
				{
					"name": f"{section['code']}. {section['title']}",
					"rows": [_row(item) for item in section["items"]],
					"total": _total(section["totals"]),
				}
				for section in m["sections"]
			],
			"total": _total(m["totals"]),
			"dues": _lines(m.get("dues")),
			"assets": _lines(m.get("assets")),
			"open_matters": [
				{**matter, "due": short_day(matter.get("due_on"))} for matter in m["open_matters"]
			],
			"discrepancies": [
				{**item, "state": state(item["state"]), "due": short_day(item.get("due_on"))}
				for item in m["discrepancies"]
			],
			"opinions": [
				{"party": name, "lines": _lines((m.get("commitments") or {}).get(key))}
				for key, name in (
					("giver", "Bên giao"),
					("receiver", "Bên nhận"),
					("witness", "Đại diện cấp ủy cấp trên"),
				)
			],
			"copies": f"{m.get('copies_made') or 3:02d}",
			"digest": in_fours(m.get("digest")),
			"annulled": _annulled(m.get("annulled")) if m["status"] == "annulled" else None,
			"qr": picture(m.get("qr")),
		},
	}


def mark(m: dict) -> str | None:
	"""The words across every page of minutes that do not hold: DỰ THẢO, ĐÃ HỦY; None where they hold."""
	return MARKS.get(m.get("status"))


def subject(term_from: str | None, term_to: str | None) -> str:
	"""What the minutes are about, with the terms of the one who leaves and the one who comes."""
	what = "bàn giao hồ sơ, tài liệu giữa bí thư chi bộ"
	if term_from and term_to and term_from != term_to:
		return f"{what} nhiệm kỳ {term_from} và bí thư chi bộ nhiệm kỳ {term_to}"
	term = term_to or term_from
	return f"{what} tiền nhiệm và bí thư chi bộ kế nhiệm" + (f", nhiệm kỳ {term}" if term else "")


def state(code: str | None) -> str:
	"""The Vietnamese of an item's state; empty where it is not marked yet."""
	if not code:
		return ""
	if code not in STATES:
		raise ValueError(f"state of an item: {code!r}")
	return STATES[code]


def short_day(iso: str | None) -> str:
	"""``2026-11-03`` as ``03/11/2026``; empty for none. A time of day is left out."""
	return _moment(iso).strftime("%d/%m/%Y") if iso else ""


def day_in_words(iso: str | None) -> str:
	"""``ngày 03 tháng 11 năm 2026``, dotted for none.

	Days below 10 and the months 1 and 2 get a leading zero, so that nobody writes a digit before them.
	"""
	if not iso:
		return f"ngày {BLANK} tháng {BLANK} năm {BLANK}"
	day = _moment(iso)
	month = f"{day.month:02d}" if day.month < 3 else str(day.month)
	return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def clock(iso: str | None) -> str:
	"""``08 giờ 05 phút``, dotted for none."""
	if not iso:
		return f"{BLANK} giờ {BLANK} phút"
	return _moment(iso).strftime("%H giờ %M phút")


def number(value: int) -> str:
	"""A whole number with dots between thousands, as Vietnamese writes it."""
	return f"{value:,}".replace(",", ".")


def in_fours(digest: str | None) -> list[str]:
	"""A digest in groups of four, so that two people can compare it aloud; empty for none."""
	digest = digest or ""
	return [digest[start : start + 4] for start in range(0, len(digest), 4)]


def picture(uri: str | None) -> str | None:
	"""A drawn signature's ``data:`` URI, or None for anything that is not an embedded picture."""
	embedded = ("data:image/png;base64,", "data:image/jpeg;base64,", "data:image/gif;base64,")
	return uri if uri and uri.startswith(embedded) else None


def totals(items: Iterable[dict]) -> dict[str, int]:
	"""Items, copies and pages of some items of ``m``, and how many are in each state.

	An item counts by what the receiver marked, until then by what the giver says.
	"""
	items = list(items)
	held = [item.get("received") or item.get("delivered") for item in items]
	return {
		"items": len(items),
		"copies": sum(item.get("copies") or 0 for item in items),
		"pages": sum(item.get("pages") or 0 for item in items),
		**{key: held.count(code) for key, code in COUNTED.items()},
	}


def in_sections(items: Iterable[dict], titles: dict[str, str]) -> list[dict]:
	"""The ``sections`` of ``m``: items by their ``section`` code, in the order of ``titles``.

	Codes without a title come last, under their code. Items are numbered through, from 1.
	"""
	items = list(items)
	codes = dict.fromkeys([*titles, *(item["section"] for item in items)])
	made, count = [], 0
	for code in codes:
		own = [item for item in items if item["section"] == code]
		if own:
			numbered = [{**item, "no": count + place} for place, item in enumerate(own, 1)]
			count += len(own)
			made.append(
				{"code": code, "title": titles.get(code, code), "items": numbered, "totals": totals(own)}
			)
	return made


def summary(total: dict) -> str:
	"""The sentence before the list: how much was handed over, and in what state."""
	amounts = f"{number(total['copies'])} bản, {number(total['pages'])} trang"
	states = (
		"tất cả đều đủ" if total["present"] == total["items"] > 0 else f"trong đó: {_states(total, ', ')}"
	)
	return f"{number(total['items'])} tài liệu ({amounts}), {states}"


def _states(total: dict, between: str) -> str:
	return between.join(
		f"{STATES[code].lower()} {number(total[key])}"
		for key, code in COUNTED.items()
		if total[key] or key == "present"
	)


def _total(total: dict) -> dict:
	return {
		"items": number(total["items"]),
		"amount": f"{number(total['copies'])} / {number(total['pages'])}",
		"states": _states(total, "; "),
	}


def _row(item: dict) -> dict:
	received, delivered = state(item.get("received")), state(item.get("delivered"))
	notes = [item.get("remark"), item.get("place"), f"{item['files']} tệp" if item.get("files") else None]
	title = wording.titled(item["title"], item.get("period"))
	return {
		"no": item["no"],
		"title": f"{item['code']}. {title}" if item.get("code") else title,
		"symbol": item.get("number_symbol") or "",
		"dated": short_day(item.get("dated")),
		"amount": _amount(item.get("copies") or 0, item.get("pages") or 0),
		"state": received or delivered,
		# Where the two disagree, the paper says what each of them found.
		"delivered": delivered if received and received != delivered else "",
		"wrong": bool(item.get("received")) and item["received"] != completeness.PRESENT,
		"notes": "; ".join(note.strip() for note in notes if note and note.strip()),
	}


def _amount(copies: int, pages: int) -> str:
	# Of what is not there, and of what is there as a file only, no paper is counted.
	return f"{number(copies)} / {number(pages)}" if copies or pages else ""


def _basis(line: str) -> str:
	# However the office wrote it, with or without the words that the minutes put before it.
	return line.strip("-–;. ").removeprefix("Căn cứ ").removeprefix("căn cứ ")


def _cell(cell: dict) -> str:
	folder = cell.get("folder_number")
	if not folder:
		return cell.get("name") or BLANK
	issued = f", cấp ngày {short_day(cell['folder_issued_on'])}" if cell.get("folder_issued_on") else ""
	return f"{cell.get('name') or BLANK} (Cặp tài liệu sinh hoạt chi bộ số {folder}{issued})"


def _parties(m: dict) -> list[dict]:
	giver, receiver, witness = (m.get(key) or {} for key in ("giver", "receiver", "witness"))
	behalf = bool(giver.get("on_behalf"))
	acting = {
		"name": giver.get("acting_name") or BLANK,
		"position": giver.get("acting_position") or BLANK,
		"reason": (giver.get("acting_reason") or BLANK).rstrip(". "),
	}
	seal = "ký, đóng dấu, ghi rõ họ tên" if m.get("has_seal") else "ký, ghi rõ họ tên"
	made = []
	for role, head, party, how in (
		("Bên giao", "BÊN GIAO", giver, "ký, ghi rõ họ tên"),
		("Bên nhận", "BÊN NHẬN", receiver, "ký, ghi rõ họ tên"),
		("Đại diện cấp ủy cấp trên chứng kiến", "ĐẠI DIỆN CẤP ỦY", witness, seal),
	):
		instead = acting if behalf and party is giver else None
		made.append(
			{
				"role": role,
				"head": head,
				"how": how,
				"name": party.get("name") or BLANK,
				"position": party.get("position") or BLANK,
				"acting": instead,
				"signer": instead["name"] if instead else party.get("name") or "",
				"signature": picture(party.get("signature")),
				"signed": _signed(party.get("signed_at")),
			}
		)
	return made


def _signed(iso: str | None) -> str:
	return f"Ký lúc {_moment(iso).strftime('%H:%M')}, ngày {short_day(iso)}" if iso else ""


def _ending(m: dict) -> str:
	ended, started = m.get("ended_at"), m.get("started_at") or m.get("date")
	same = not ended or (started and _moment(started).date() == _moment(ended).date())
	return f"{clock(ended)} {'cùng ngày' if same else day_in_words(ended)}"


def _annulled(annulled: dict | None) -> dict:
	annulled = annulled or {}
	return {"day": day_in_words(annulled.get("on")), "reason": annulled.get("reason") or BLANK}


def _lines(text: str | None) -> list[str]:
	return [line.strip() for line in (text or "").splitlines() if line.strip()]


def _moment(iso: str) -> date | datetime:
	return datetime.fromisoformat(iso)


def composed(value):
	"""Plain data with its text in Unicode's NFC."""
	# An engine draws a letter and its loose accent with two fonts.
	if isinstance(value, str):
		return unicodedata.normalize("NFC", value)
	if isinstance(value, list):
		return [composed(entry) for entry in value]
	if isinstance(value, dict):
		return {key: composed(entry) for key, entry in value.items()}
	return value
