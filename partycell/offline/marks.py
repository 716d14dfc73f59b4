"""What the receiver found of each document: from a CSV file, or asked one by one."""

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from partycell.offline.words import gettext
from partycell.refusal import Refusal
from partycell.rules import completeness, handover, minutes
from partycell.rules.problems import _
from partycell.rules.text import normalise

COLUMNS = ("item", "state", "remark", "remedy", "responsible", "due_on")
_STATES = {
	**{normalise(state): state for state in handover.MARKS},
	**{normalise(minutes.STATES[state]): state for state in handover.MARKS},
	"co": completeness.PRESENT,
	"hong": completeness.DAMAGED,
}
_KEYS = {
	"p": completeness.PRESENT,
	"m": completeness.MISSING,
	"d": completeness.DAMAGED,
	"o": completeness.OUTDATED,
}


@dataclass(frozen=True)
class Mark:
	"""One document as the receiver found it; what is to be done about it, if he knows."""

	state: str
	remark: str = ""
	remedy: str = ""
	responsible: str = ""
	due_on: str = ""


def read(path: Path, items: Iterable[str]) -> dict[str, Mark]:
	"""A marks file: item to mark. Columns item, state, remark; Vietnamese or English states.

	Refusal that names the line for what cannot be read or is not in the folder.
	"""
	known = {normalise(item).replace(" ", "/"): item for item in items}
	try:
		text = path.read_text(encoding="utf-8-sig")
	except OSError as error:
		raise Refusal(_("{path} cannot be read: {error}"), path=path, error=error.strerror) from error
	except UnicodeDecodeError as error:
		raise Refusal(_("{path} is not written in UTF-8. Save it as UTF-8."), path=path) from error
	first = text.splitlines()[0] if text.strip() else ""
	rows = csv.DictReader(text.splitlines(), delimiter=";" if first.count(";") > first.count(",") else ",")
	columns = [(name or "").strip().lower() for name in rows.fieldnames or ()]
	if not {"item", "state"} <= set(columns) or set(columns) - set(COLUMNS):
		raise Refusal(
			_(
				"{path}: the first line names the columns: item,state,remark (also: remedy,responsible,due_on)"
			),
			path=path,
		)
	rows.fieldnames = columns
	found: dict[str, Mark] = {}
	for row in rows:
		values = {key: (value or "").strip() for key, value in row.items() if key}
		if not any(values.values()):
			continue
		where = {"path": path, "line": rows.line_num}
		item = known.get(normalise(values["item"]).replace(" ", "/"))
		if item is None:
			raise Refusal(
				_("{path}, line {line}: {item} is not on the inventory. Names are as in: partycell check"),
				**where,
				item=values["item"],
			)
		if item in found:
			raise Refusal(_("{path}, line {line}: {item} stands twice."), **where, item=item)
		state = _STATES.get(normalise(values["state"]))
		if state is None:
			raise Refusal(
				_("{path}, line {line}: {state} is no state. Write one of: {states}"),
				**where,
				state=values["state"],
				states=", ".join(handover.MARKS),
			)
		if values.get("due_on"):
			try:
				date.fromisoformat(values["due_on"])
			except ValueError as error:
				raise Refusal(
					_("{path}, line {line}: {day} is no date. Write it as 2026-11-23."),
					**where,
					day=values["due_on"],
				) from error
		found[item] = Mark(state, *(values.get(name, "") for name in COLUMNS[2:]))
	return found


def ask(title: str, foreseen: str | None, answer: Callable[[str], str]) -> Mark:
	"""Asks for one document; ``answer`` shows a question and returns what was typed."""
	default = foreseen or completeness.PRESENT
	choice = ", ".join(f"{key} = {gettext(state)}" for key, state in _KEYS.items())
	while True:
		typed = normalise(answer(f"{title} [{choice}; Enter = {gettext(default)}]: "))
		state = default if not typed else _KEYS.get(typed) or _STATES.get(typed)
		if state:
			break
	remark = ""
	while state != completeness.PRESENT and not remark:
		remark = answer(f"{gettext(_('What is wrong, in a few words'))}: ").strip()
		if state != completeness.DAMAGED:
			break
	return Mark(state, remark)
