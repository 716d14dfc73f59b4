"""How a cell's handbook is laid out as a book: topics, entries, numbers, the pages they begin on."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from partycell.rules import prose
from partycell.rules.handbook import GUIDANCE

WITHOUT_TOPIC = "Nội dung khác"
OWN_NOTES = "Ghi chép của chi bộ"
DIRECTIVES = "Văn bản cấp trên còn hiệu lực"


def in_order(rows: Sequence[Mapping], topics: Mapping[str, tuple[int, str]]) -> list[dict]:
	"""Entries in the order of the book: by topic, in a topic by title; the cell's own notes last.

	topics: name: (order, title)
	"""
	entries = []
	for row in rows:
		order, topic = topics.get(row["topic"] or "", (9_999, WITHOUT_TOPIC))
		if row["note_type"] != GUIDANCE:
			order, topic = 10_000, OWN_NOTES
		entries.append((order, topic, row["title"], _entry(row) | {"topic": topic}))
	entries.sort(key=lambda entry: entry[:3])
	return [entry | {"no": number} for number, (*_key, entry) in enumerate(entries, 1)]


def context(
	*,
	cell: str,
	superior: str,
	place: str | None,
	day: date,
	entries: Sequence[dict],
	directives: Sequence[dict] = (),
) -> dict:
	"""What ``handbook.html`` is rendered with, before the pages are known.

	directives: ``directive_line`` of each directive in force for the cell
	"""
	topics: list[dict] = []
	for entry in entries:
		if not topics or topics[-1]["title"] != entry["topic"]:
			topics.append({"title": entry["topic"], "entries": []})
		topics[-1]["entries"].append(entry)
	return {
		"cell": cell,
		"superior": superior,
		"place_and_date": f"{place + ', ' if place else ''}ngày {day:%d} tháng {day:%m} năm {day:%Y}",
		"as_of": f"{day:%d/%m/%Y}",
		"topics": topics,
		"entries": list(entries),
		"templates": sum(entry["template"] for entry in entries),
		"directives": list(directives),
		"directives_title": DIRECTIVES,
		"by_itself": False,
		"pages": {},
	}


def only_directives(content: Mapping) -> dict:
	"""The same book with nothing in it but the list of directives."""
	return {**content, "entries": [], "topics": [], "templates": 0, "by_itself": True}


def directive_line(row: Mapping, state: str | None) -> dict:
	"""One directive in the list of those in force. ``state`` is how it lies in the folder, as people read it."""
	return {
		"number": row["number_symbol"],
		"dated": _day(row["issued_on"]),
		"subject": row["subject"],
		"issuer": row["issuer_name"] or "",
		"until": _day(row["in_force_until"]) if row["in_force_until"] else "",
		"state": state or "",
		"place": row.get("paper_place") or "",
	}


def heading(entry: Mapping) -> str:
	"""The line with which an entry begins."""
	return f"{entry['no']}. {entry['title']}"


def pages(entries: Sequence[Mapping], texts: Sequence[str]) -> dict[int, int]:
	"""On which page, from 1, each entry begins: the last page that has its heading; the table has it first.

	Key 0 is the list of directives, which has no number.

	texts: what each page says. Spaces do not count: engines put them where they like. An entry that is not
	found is left out.
	"""
	solid = ["".join(text.split()) for text in texts]
	found = {}
	for entry in entries:
		wanted = "".join(heading(entry).split())
		there = [number for number, text in enumerate(solid, 1) if wanted in text]
		if there:
			found[entry["no"]] = there[-1]
	wanted = "".join(DIRECTIVES.upper().split())
	there = [number for number, text in enumerate(solid, 1) if wanted in text.upper()]
	if there:
		found[0] = there[-1]
	return found


def _entry(row: Mapping) -> dict:
	return {
		"title": row["title"],
		"blocks": [
			{"kind": block.kind, "text": block.text, "number": block.number}
			for block in prose.blocks(row["body"])
		],
		"mistakes": prose.lines(row["common_mistakes"]),
		"basis": list(row["basis"]),
		"template": bool(row["is_template"]),
		"given": _given(row),
	}


def _given(row: Mapping) -> str:
	if row["note_type"] != GUIDANCE:
		return f"{row['author_name'] or ''}, ghi ngày {_day(row['modified'])}".lstrip(", ")
	by = row.get("committee_name") or "Bản dùng chung"
	since = f", áp dụng từ {_day(row['effective_from'])}" if row["effective_from"] else ""
	return f"{by}; phiên bản {row['version']}{since}"


def _day(value: date | datetime | str) -> str:
	if isinstance(value, str):
		value = datetime.fromisoformat(value)
	return f"{value:%d/%m/%Y}"
