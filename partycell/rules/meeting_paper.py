"""The papers of a cell's meeting: minutes (*Biên bản*), resolution (*Nghị quyết*), score sheet.

The order of the minutes is that of the meeting: opening, content, closing, as the agenda has them. The record
``m`` is plain data, dates and times in ISO 8601. The words are printed as they stand, in every language.
"""

from partycell.rules import inspection_paper, minutes

KINDS = {"minutes": "BB", "resolution": "NQ", "score_sheet": "BCĐ"}


def context(m: dict, paper: str) -> dict:
	"""What the templates are rendered with, beside ``page``; ``paper`` is a key of ``KINDS``."""
	made = inspection_paper.context(m, "minutes")
	m = made["m"]
	ended = minutes.clock(m.get("ended_at")) if m.get("ended_at") else None
	return {
		"m": m,
		"v": {
			**made["v"],
			"number": f"{m.get('number') or minutes.BLANK}-{KINDS[paper]}/{m.get('symbol') or 'CB'}",
			"rate": f"{inspection_paper.points(m.get('rate'))} %",
			"parts": parts(m.get("agenda") or []),
			"ending": ended or minutes.clock(None),
			"tasks": [
				{**task, "due": minutes.short_day(task.get("due_on"))} for task in m.get("tasks") or []
			],
		},
	}


def mark(m: dict) -> str | None:
	"""The words across the pages of a paper that does not hold yet."""
	return None if m.get("status") == "concluded" else "DỰ THẢO"


def parts(agenda: list[dict]) -> list[dict]:
	"""The agenda's points by part, in their order: ``[{name, points: [{title, said}]}]``."""
	found: list[dict] = []
	for point in agenda:
		name = point.get("part") or ""
		if not found or found[-1]["name"] != name:
			found.append({"name": name, "points": []})
		found[-1]["points"].append({"title": point["title"], "said": point.get("said") or []})
	return found
