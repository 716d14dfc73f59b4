"""cell.toml: one cell, its secretary, its office's settings and its folder template."""

import json
import sys
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from partycell.refusal import Refusal
from partycell.rules import page, periods, slots
from partycell.rules.problems import _

if sys.version_info >= (3, 11):
	import tomllib
else:
	import tomli as tomllib

NAME = "cell.toml"
DEFAULT_TEMPLATE = Path(__file__).parents[1] / "setup" / "data" / "folder_template.json"
LARGEST = 1024 * 1024  # bytes; the default template has about 8,000


@dataclass(frozen=True)
class Paper:
	"""What lies in the cupboard of one slot: copies, pages, place, number and date of the paper."""

	item: str
	copies: int = 1
	pages: int = 0
	place: str = ""
	number_symbol: str = ""
	dated: date | None = None


@dataclass(frozen=True)
class CellFile:
	"""A cell.toml that has been read and found sound; ``sections`` is code to title, in order."""

	values: dict
	sections: dict[str, str]
	items: list[slots.TemplateItem]
	papers: dict[str, Paper] = field(default_factory=dict)

	def __getitem__(self, place: str):
		"""A value by table and key, ``cell.name``; its default, or None, where it is not written."""
		table, key = place.split(".")
		found = self.values.get(table, {}).get(key)
		return _TABLES[table][key][1] if found is None else found

	def facts(self) -> slots.CellFacts:
		"""What decides the slots of the folder."""
		since = self["term.since"]
		return slots.CellFacts(
			cell_type=self["cell.type"],
			has_cell_committee=self["cell.has_cell_committee"],
			kept_from=self["cell.kept_from"],
			term=("term", since) if since else None,
		)


# Table: key: (type, default); no default means that it must be there.
_MUST = object()
_TABLES = {
	"cell": {
		"code": (str, _MUST),
		"name": (str, _MUST),
		"type": (str, "Residential"),
		"committee": (str, ""),
		"place": (str, ""),
		"symbol": (str, "CB"),
		"has_cell_committee": (bool, False),
		"has_seal": (bool, False),
		"kept_from": (date, _MUST),
		"folder_number": (str, ""),
		"folder_issued_on": (date, None),
	},
	"term": {"secretary": (str, ""), "since": (date, None)},
	"office": {
		"site": (str, ""),
		"term_first_year": (int, 2025),
		"term_years": (int, 5),
		"remedy_days": (int, 30),
		"copies_made": (int, 3),
	},
	"page": {
		"margin_top": (int, 25),
		"margin_bottom": (int, 25),
		"margin_left": (int, 35),
		"margin_right": (int, 15),
		"font_family": (str, "Times New Roman"),
		"body_pt": (int, 14),
	},
}
_SECTION = {"code": (str, _MUST), "title": (str, _MUST), "item": (list, _MUST)}
_ITEM = {
	"code": (str, _MUST),
	"title": (str, _MUST),
	"frequency": (str, periods.ONLY_ONCE),
	"required": (bool, True),
	"due_at": (str, "End"),
	"due_days": (int, 0),
	"cell_types": (list, []),
	"needs_cell_committee": (bool, False),
	"provider": (str, ""),
	"retention": (str, ""),
	"retention_years": (int, 0),
}
_PAPER = {
	"item": (str, _MUST),
	"copies": (int, 1),
	"pages": (int, 0),
	"place": (str, ""),
	"number_symbol": (str, ""),
	"dated": (date, None),
}
_KINDS = {str: "text", bool: "true or false", int: "whole number", date: "date", list: "list"}


def read(folder: Path) -> CellFile:
	"""The cell.toml of a cell's folder. Refusal that names the key and what it should be."""
	path = folder / NAME
	try:
		if path.stat().st_size > LARGEST:
			raise Refusal(_("{path} is too large to be what it says it is."), path=path)
		text = path.read_text(encoding="utf-8")
	except FileNotFoundError as error:
		raise Refusal(
			_("{folder} has no cell.toml. Make one with: partycell new {folder}"), folder=folder
		) from error
	except UnicodeDecodeError as error:
		raise Refusal(_("{path} is not written in UTF-8. Save it as UTF-8."), path=path) from error
	return parse(text, path)


def parse(text: str, path: Path) -> CellFile:
	"""A cell.toml's text; ``path`` is for messages."""
	try:
		found = tomllib.loads(text)
	except tomllib.TOMLDecodeError as error:
		raise Refusal(_("{path} cannot be read: {error}"), path=path, error=error) from error
	for name in found:
		if name not in (*_TABLES, "section", "paper"):
			_unknown(path, name, (*_TABLES, "section", "paper"))
	values = {name: _table(path, name, found.get(name, {}), shape) for name, shape in _TABLES.items()}
	sections, items = _template(path, found.get("section"))
	papers = {}
	for number, entry in enumerate(_tables(path, "paper", found.get("paper", [])), 1):
		one = Paper(**_table(path, f"paper {number}", entry, _PAPER))
		if one.copies < 0 or one.pages < 0:
			raise Refusal(
				_("{path}: copies and pages of {item} cannot be negative."), path=path, item=one.item
			)
		papers[one.item] = one
	_sound(path, values)
	return CellFile(values, sections, items, papers)


def _sound(path: Path, values: dict) -> None:
	if values["office"]["term_years"] < 1 or values["office"]["copies_made"] < 1:
		raise Refusal(_("{path}: term_years and copies_made are at least 1."), path=path)
	try:
		page.PageSetup(**values["page"])
	except ValueError as error:
		raise Refusal(_("{path}: {error}"), path=path, error=error) from error


def _template(path: Path, found) -> tuple[dict[str, str], list[slots.TemplateItem]]:
	if not found:
		raise Refusal(
			_("{path} has no template: write [[section]] tables, or make one with partycell new."), path=path
		)
	sections, items = {}, []
	for number, entry in enumerate(_tables(path, "section", found), 1):
		section = _table(path, f"section {number}", entry, _SECTION)
		sections[section["code"]] = section["title"]
		for place, line in enumerate(_tables(path, f"section {number}.item", section["item"]), 1):
			values = _table(path, f"section {number}.item {place}", line, _ITEM)
			if values["due_at"] not in ("Start", "End"):
				_wrong(path, f"section {number}.item {place}.due_at", "Start, End")
			items.append(
				slots.TemplateItem(
					code=values["code"],
					title=values["title"],
					frequency=values["frequency"],
					required=values["required"],
					due_at=values["due_at"],
					due_days=values["due_days"],
					cell_types=frozenset(map(str, values["cell_types"])),
					needs_cell_committee=values["needs_cell_committee"],
				)
			)
	for problem in slots.template_problems(items, sections):
		raise Refusal(problem.text, **problem.values)
	return sections, items


def _tables(path: Path, place: str, found) -> list[dict]:
	if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
		_wrong(path, place, f"[[{place.rpartition('.')[2]}]]")
	return found


def _table(path: Path, place: str, found, shape: dict) -> dict:
	if not isinstance(found, dict):
		_wrong(path, place, f"[{place}]")
	for key in found:
		if key not in shape:
			_unknown(path, f"{place}.{key}", shape)
	values = {}
	for key, (kind, default) in shape.items():
		if key not in found:
			if default is _MUST:
				raise Refusal(_("{path}: {key} is missing. Write it."), path=path, key=f"{place}.{key}")
			values[key] = default
			continue
		value = found[key]
		right = isinstance(value, kind)
		if (kind is int and isinstance(value, bool)) or (kind is date and isinstance(value, datetime)):
			right = False
		if not right or (default is _MUST and value == ""):
			_wrong(path, f"{place}.{key}", _KINDS[kind])
		values[key] = value
	return values


def _unknown(path: Path, key: str, known) -> None:
	raise Refusal(
		_("{path}: {key} is not known. Known here: {known}"), path=path, key=key, known=", ".join(known)
	)


def _wrong(path: Path, key: str, kind: str) -> None:
	raise Refusal(_("{path}: {key} must be: {kind}"), path=path, key=key, kind=kind)


def default_sections() -> list[dict]:
	"""The sections of the template that the app brings, as cell.toml has them."""
	return sections_from(json.loads(DEFAULT_TEMPLATE.read_text(encoding="utf-8"))["sections"])


def sections_from(sections: list[dict]) -> list[dict]:
	"""Sections with their items from JSON, kept to the keys and types of cell.toml."""
	made = []
	for section in sections:
		items = []
		for line in section["items"]:
			item = {}
			for key, (kind, default) in _ITEM.items():
				value = line.get(key)
				if value in (None, "") or value == default:
					continue
				item[key] = kind(value)
			items.append(item)
		made.append({"code": section["code"], "title": section["title"], "item": items})
	return made


def text_of(values: dict, sections: list[dict]) -> str:
	"""A cell.toml's text: tables of single values first, then the template."""
	parts = []
	for table, pairs in values.items():
		lines = [f"{key} = {_value(value)}" for key, value in pairs.items() if value is not None]
		if lines:
			parts.append("\n".join([f"[{table}]", *lines]))
	for section in sections:
		parts.append(
			"\n".join(
				["[[section]]", f"code = {_value(section['code'])}", f"title = {_value(section['title'])}"]
			)
		)
		for item in section["item"]:
			parts.append(
				"\n".join(["[[section.item]]", *(f"{key} = {_value(value)}" for key, value in item.items())])
			)
	return "\n\n".join(parts) + "\n"


def _value(value) -> str:
	if isinstance(value, bool):
		return "true" if value else "false"
	if isinstance(value, date):
		return value.isoformat()
	if isinstance(value, list):
		return f"[{', '.join(map(_value, value))}]"
	# JSON's texts and whole numbers are TOML's.
	return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
