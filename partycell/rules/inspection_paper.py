"""The record of an inspection laid out on paper: minutes, notice of conclusions, and the blank checklist.

Headings after the guidance on inspection minutes (team and cell, content, result of each criterion,
strengths, weaknesses and causes, recommendations with deadlines, the cell's opinion, signatures); the form
of the date and of the number is that of HD 36-HD/VPTW 2018. The record ``m`` is plain data, dates and times
in ISO 8601. The words are printed as they stand, in every language of the desk.
"""

from partycell.rules import minutes

ANSWERS = {"Agrees": "Chi bộ nhất trí với kết quả kiểm tra.", "Objects": "Chi bộ có ý kiến khác."}
NO_ANSWER = "Chi bộ không có ý kiến trả lời trong thời hạn."
KINDS = {"minutes": "BB", "notice": "TB", "checklist": "BCĐ"}


def context(m: dict, paper: str) -> dict:
	"""What the templates are rendered with, beside ``page``; ``paper`` is a key of ``KINDS``."""
	m = minutes.composed(m)
	concluded = m["status"] == "concluded"
	return {
		"m": m,
		"v": {
			"mark": mark(m, paper),
			"to_fill_in": paper == "checklist",
			"number": f"{m.get('number') or minutes.BLANK}-{KINDS[paper]}/{m.get('symbol') or 'ĐU'}",
			"place_and_date": f"{m.get('place') or minutes.BLANK}, {minutes.day_in_words(m.get('date'))}",
			"opening": f"{minutes.clock(m.get('started_at'))}, {minutes.day_in_words(m.get('started_at'))}",
			"basis": [line.rstrip(".;") for line in m.get("basis") or []],
			"blocks": [_block(block) for block in m["blocks"]],
			"points": points(m.get("points")) if concluded or m.get("scored") else "……",
			"maximum": points(m.get("maximum")),
			"percent": points(m.get("percent")),
			"rating": m.get("rating") or "……",
			"changed": [
				line for block in m["blocks"] for line in map(_line, block["lines"]) if line["changed"]
			],
			"objections": [
				line for block in m["blocks"] for line in map(_line, block["lines"]) if line["objection"]
			],
			"actions": [
				{**action, "due": minutes.short_day(action.get("due_on"))}
				for action in m.get("actions") or []
			],
			"answer": _answer(m),
			"digest": minutes.in_fours(m.get("digest")),
		},
	}


def mark(m: dict, paper: str) -> str | None:
	"""The words across the pages of a paper that does not hold yet; None on a checklist to be filled in."""
	return None if m.get("status") == "concluded" or paper == "checklist" else "DỰ THẢO"


def points(value: float | None) -> str:
	"""Points as they are written in Vietnamese: ``12,5``, ``8``; empty for none."""
	if value is None:
		return ""
	return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")


def fact_text(unit: str | None, value: float | None) -> str:
	"""The value of a live fact in words: ``92,5 %``, ``3``, ``có``."""
	if value is None:
		return ""
	if unit == "yes or no":
		return "có" if value else "không"
	return f"{points(value)} %" if unit == "percent" else points(value)


def _block(block: dict) -> dict:
	lines = [_line(line) for line in block["lines"]]
	given = [line["score"] for line in block["lines"] if line.get("score") is not None]
	return {
		"name": f"{block['code']}. {block['title']}",
		"lines": lines,
		"points": points(sum(given)) if given else "",
		"maximum": points(sum(line["maximum"] for line in block["lines"])),
	}


def _line(line: dict) -> dict:
	proposed, score = line.get("proposed"), line.get("score")
	notes = [line.get("remark") or ""]
	if proposed is not None:
		notes.append(f"Số liệu: {line.get('fact_text') or ''}; gợi ý {points(proposed)} điểm")
	changed = proposed is not None and score is not None and score != proposed
	if changed:
		notes.append(f"Lý do chấm khác: {line.get('change_reason') or minutes.BLANK}")
	return {
		"title": line["title"],
		"guidance": line.get("guidance") or "",
		"maximum": points(line["maximum"]),
		"score": points(score),
		"proposed": points(proposed),
		"reason": line.get("change_reason") or "",
		"changed": changed,
		"less": score is not None and score < line["maximum"],
		"objection": line.get("objection") or "",
		"reply": line.get("reply") or "",
		"notes": "; ".join(filter(None, notes)),
	}


def _answer(m: dict) -> str:
	if m.get("answer") in ANSWERS:
		return ANSWERS[m["answer"]]
	return NO_ANSWER if m["status"] == "concluded" else minutes.BLANK
