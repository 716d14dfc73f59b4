"""`partycell check`: what of the folder is there, what is missing, of which period."""

from partycell.offline.folder import Folder
from partycell.offline.words import gettext as _
from partycell.offline.words import say
from partycell.rules import completeness, shelf
from partycell.rules.completeness import SlotState

MISSING, THERE, LATER = "missing", "there", "not due"


def report(found: Folder) -> dict:
	"""Everything that ``--json`` says, in plain values."""
	slots = [
		SlotState(one.section, one.required, one.due_on, shelf.state(one, found.copies(one)))
		for one in found.shelves
	]
	total, sections = completeness.measure(slots, found.day)
	return {
		"cell": found.cell["cell.code"],
		"name": found.cell["cell.name"],
		"day": found.day.isoformat(),
		"completeness": _measure(total),
		"sections": [
			{"section": code, "title": title, **_measure(sections.get(code, completeness.Measure()))}
			for code, title in found.cell.sections.items()
		],
		"items": [_item(found, one, slot) for one, slot in zip(found.shelves, slots, strict=True)],
		"notes": [say(problem) for problem in found.notes],
	}


def _measure(one: completeness.Measure) -> dict:
	return {"due": one.due, "present": one.present, "percent": one.percent}


def _item(found: Folder, one: shelf.Shelved, slot: SlotState) -> dict:
	if slot.state == completeness.PRESENT:
		status = THERE
	else:
		status = MISSING if completeness.counts(slot, found.day) else LATER
	return {
		"item": one.item,
		"code": one.code,
		"section": one.section,
		"title": one.title,
		"period": one.period_label,
		"required": one.required,
		"due_on": one.due_on.isoformat() if one.due_on else None,
		"status": status,
		"files": list(one.files),
		"bytes": sum(found.files[path] for path in one.files),
		"copies": found.copies(one),
	}


def section_rows(made: dict) -> list[list[str]]:
	"""The table of sections, the whole folder last."""
	rows = [
		[f"{one['section']}. {one['title']}", str(one["due"]), str(one["present"]), f"{one['percent']:.1f} %"]
		for one in made["sections"]
	]
	whole = made["completeness"]
	return [*rows, [_("Folder"), str(whole["due"]), str(whole["present"]), f"{whole['percent']:.1f} %"]]


def item_rows(made: dict) -> list[list[str]]:
	"""The table of documents."""
	words = {THERE: _("there"), MISSING: _("MISSING"), LATER: _("not due")}
	return [
		[
			one["item"] if one["code"] else "—",
			one["title"],
			one["period"],
			words[one["status"]],
			str(len(one["files"]) or ""),
			str(one["copies"] or ""),
		]
		for one in made["items"]
	]
