"""A folder on a disk read as a cell's folder: which file belongs to which slot, by its name.

A file's name begins with the code of its document (``C1 2026-11 Biên bản.pdf``), or it lies in a folder
whose name does. Of a document that is filed by month, quarter or year the name also says which:
``2026-11``, ``11-2026``, ``2026-Q4``, ``quý IV-2026``, ``2026``.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from partycell.rules import completeness, handover, periods, slots
from partycell.rules.problems import Problem, _

OWN = "own:"
_CODE = re.compile(r"([A-Za-z]+[0-9]+)(?![A-Za-z0-9])")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_BETWEEN = r"\s*[-._/ ]\s*"
_MONTH = (
	re.compile(rf"(?<!\d)(?P<year>20\d\d)(?:{_BETWEEN}|(?=\d\d(?!\d)))(?P<part>0?[1-9]|1[0-2])(?!\d)"),
	re.compile(rf"(?<!\d)(?P<part>0?[1-9]|1[0-2]){_BETWEEN}(?P<year>20\d\d)(?!\d)"),
)
_QUARTER = (
	re.compile(rf"(?<!\d)(?P<year>20\d\d)(?:{_BETWEEN})?q(?:uý)?\s*(?P<part>[1-4]|iv|i{{1,3}})\b", re.I),
	re.compile(rf"\bq(?:uý)?\s*(?P<part>[1-4]|iv|i{{1,3}})(?:{_BETWEEN}|\s*năm\s*)(?P<year>20\d\d)", re.I),
)
_YEAR = (re.compile(r"(?<!\d)(?P<year>20\d\d)(?!\d)"),)


@dataclass(frozen=True)
class Shelved:
	"""One slot of a folder, or one document of the cell's own, with what lies in it.

	item: ``C1/2026-11``, ``A1`` for a slot without a calendar period, ``own:`` and the path for an own one
	files: the paths of its files, as they were given
	"""

	item: str
	code: str | None
	section: str
	title: str
	period: str
	required: bool
	due_on: object
	files: tuple[str, ...] = ()

	@property
	def period_label(self) -> str:
		"""The period as paper says it; empty for a slot that has none."""
		return periods.label(self.period)


def item_of(code: str, period: str) -> str:
	"""How a slot is named in a marks file: ``C1/2026-11``, ``A1``."""
	return f"{code}/{period}" if periods.parse(period) else code


def code_and_rest(parts: Iterable[str], codes: Iterable[str]) -> tuple[str | None, str]:
	"""The code that a path names, and the text of its name that may hold a period; (None, name) for none.

	parts: the folders and the name, from the top. The innermost that begins with a code counts.
	"""
	known = set(codes)
	parts = list(parts)
	name = parts[-1].rpartition(".")[0] or parts[-1]
	inner = name
	for text in [name, *reversed(parts[:-1])]:
		found = _CODE.match(text.strip())
		if found and found[1].upper() in known:
			rest = text.strip()[found.end() :]
			return found[1].upper(), rest if text is inner else f"{rest} {inner}"
	return None, name


def period_in(text: str, frequency: str) -> str | None:
	"""The key of the period of this frequency that a name tells; None where it tells none.

	A day written out (2026-11-03) tells its month and its year.
	"""
	patterns = {periods.MONTHLY: _MONTH, periods.QUARTERLY: _QUARTER, periods.YEARLY: _YEAR}[frequency]
	for pattern in patterns:
		if found := pattern.search(text):
			year = found["year"]
			if frequency == periods.MONTHLY:
				return f"{year}-{int(found['part']):02d}"
			if frequency == periods.QUARTERLY:
				part = found["part"].lower()
				return f"{year}-Q{_ROMAN.get(part) or part}"
			return year
	return None


def shelve(
	wanted: Iterable[slots.Slot], sections: Mapping[str, str], paths: Iterable[tuple[str, ...]]
) -> tuple[list[Shelved], list[Problem]]:
	"""Puts files into slots: every slot in the template's order, then the cell's own documents.

	sections: section code to title, in order
	paths: of every file, its folders and name from the top
	Returns with them what a person should look at: periodic files whose name tells no period.
	"""
	wanted = list(wanted)
	frequency = {slot.item.code: slot.item.frequency for slot in wanted}
	by_item = {item_of(slot.item.code, slot.period): slot for slot in wanted}
	files: dict[str, list[str]] = {item: [] for item in by_item}
	# A period that nobody asks for any more, or not yet, is still that document's.
	beyond: dict[str, tuple[str, str]] = {}
	own, notes = [], []
	for parts in sorted(paths):
		path = "/".join(parts)
		code, rest = code_and_rest(parts, frequency)
		item = code
		if code and frequency[code] in periods.CALENDAR:
			period = period_in(rest, frequency[code])
			if period is None:
				notes.append(
					Problem(
						"dossier",
						_("{path} does not say its period. Write it in the name, as in {code} {example}."),
						{"path": path, "code": code, "example": _EXAMPLES[frequency[code]]},
					)
				)
			item = period and item_of(code, period)
			if item and item not in files:
				beyond[item] = (code, period)
				files[item] = []
		if item is None:
			own.append(parts)
		else:
			files[item].append(path)
	return [
		*_in_slots(wanted, beyond, files),
		*(_own(parts, sections) for parts in own),
	], notes


_EXAMPLES = {periods.MONTHLY: "2026-11", periods.QUARTERLY: "2026-Q4", periods.YEARLY: "2026"}


def _in_slots(wanted: list[slots.Slot], beyond: dict, files: dict) -> Iterable[Shelved]:
	items = {slot.item.code: slot.item for slot in wanted}
	order = list(items)
	found = [
		(order.index(slot.item.code), slot.period, slot.item, slot.required, slot.due_on) for slot in wanted
	]
	found += [(order.index(code), period, items[code], False, None) for code, period in beyond.values()]
	for _place, period, item, required, due_on in sorted(found, key=lambda one: one[:2]):
		name = item_of(item.code, period)
		yield Shelved(
			name,
			item.code,
			slots.section_of(item.code),
			item.title,
			period,
			required,
			due_on,
			tuple(files[name]),
		)


def _own(parts: tuple[str, ...], sections: Mapping[str, str]) -> Shelved:
	section = next(
		(
			code
			for code in sections
			if parts[:-1] and re.match(rf"{re.escape(code)}(?![A-Za-z0-9])", parts[0])
		),
		"",
	)
	path = "/".join(parts)
	title = parts[-1].rpartition(".")[0] or parts[-1]
	return Shelved(OWN + path, None, section, title, periods.ONCE, False, None, (path,))


def state(shelved: Shelved, papers: int) -> str:
	"""How a slot stands: Present with a file or a paper in it, Expected without."""
	return completeness.PRESENT if shelved.files or papers else completeness.EXPECTED


def belongs(shelved: Shelved, papers: int, today) -> bool:
	"""Whether a slot goes on the inventory of a handover today."""
	due = shelved.due_on is not None and shelved.due_on <= today
	return handover.belongs(state(shelved, papers), shelved.required, due, len(shelved.files))
