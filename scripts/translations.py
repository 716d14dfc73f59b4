#!/usr/bin/env python3
"""What people see, and whether Vietnamese has it: reads the app's source, no Frappe needed (babel is).

  scripts/translations.py --missing    messages without a translation in partycell/locale/vi.po
  scripts/translations.py --unused     translations that no message of the app needs
  scripts/translations.py --update     write main.pot, bring vi.po in line with it (new ones stay empty)

Exits with 1 where something is missing or unused.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.jslexer import unquote_string
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
APP = ROOT / "partycell"
LOCALE = APP / "locale"
POT, PO = LOCALE / "main.pot", LOCALE / "vi.po"

Key = tuple[str | None, str]
"""A message: its context or None, and the English text."""

PYTHON_MARKS = {"_", "_lt", "frappe._", "frappe._lt"}
IN_TEMPLATE = re.compile(r"""(?<![\w.])__?\(\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""")
SCRIPT_CALL = re.compile(r"(?<![\w.$])__\(")
SCRIPT_PIECE = re.compile(r""""(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`|\S""")
# Keys of the desk's records that are shown, by DocType of the record.
SHOWN = {
	"DocType": ("name", "description"),
	"Workspace": ("label", "title"),
	"Workspace Sidebar": ("name", "title"),
	"Desktop Icon": ("label",),
	"Report": ("report_name",),
	"Number Card": ("label",),
	"Dashboard Chart": ("chart_name",),
	"Dashboard": ("dashboard_name",),
	"Print Format": ("name",),
	"Notification": ("name",),
	"Page": ("title",),
	"Role": ("name",),
	"Workflow State": ("name",),
	"Workflow Action Master": ("name",),
	"Module Onboarding": ("title", "subtitle", "success_message"),
	"Onboarding Step": ("title", "action_label", "description"),
	"Form Tour": ("title",),
}
ROWS = {
	"links": ("label", "description", "group"),
	"shortcuts": ("label", "format"),
	"number_cards": ("label",),
	"charts": ("label",),
	"quick_lists": ("label",),
	"items": ("label",),
	"columns": ("label",),
	"filters": ("label",),
	"steps": ("title", "description"),
	"actions": ("label", "group"),
	"states": ("title",),
}
SKIPPED_TYPES = {"Column Break"}


def messages() -> dict[Key, set[str]]:
	"""Every message of the app, with the files it stands in."""
	found: dict[Key, set[str]] = defaultdict(set)
	readers = {".py": of_python, ".js": of_script, ".html": of_template, ".json": of_records}
	for path in sorted(APP.rglob("*")):
		if path.suffix in readers and path.is_file():
			for context, text in readers[path.suffix](path.read_text(encoding="utf-8")):
				if re.search("[A-Za-z]", text):
					found[context, text].add(path.relative_to(ROOT).as_posix())
	return found


def of_python(source: str) -> Iterator[Key]:
	"""Literals given to ``_``. SyntaxError for a text that is put together before it is translated."""
	for node in ast.walk(ast.parse(source)):
		if not (isinstance(node, ast.Call) and ast.unparse(node.func) in PYTHON_MARKS and node.args):
			continue
		text = node.args[0]
		if isinstance(text, ast.Constant) and isinstance(text.value, str):
			context = [word.value.value for word in node.keywords if word.arg == "context"]
			yield (context[0] if context else None), text.value
		elif _is_put_together(text):
			raise SyntaxError(f"line {node.lineno}: translate first, fill in afterwards: {ast.unparse(node)}")


def _is_put_together(node: ast.AST) -> bool:
	"""Whether a text is filled in before it is translated; ``_(doc.get("state"))`` is a word of the app."""
	filled_in = (
		isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format"
	)
	return filled_in or isinstance(node, ast.JoinedStr | ast.BinOp)


def of_script(source: str) -> Iterator[Key]:
	"""Literals given to ``__``, with the context that may be the third argument.

	Calls are looked for in the text as it is: whoever reads tokens misses those in a template string
	within a template string.
	"""
	for call in SCRIPT_CALL.finditer(source):
		line = source[source.rfind("\n", 0, call.start()) + 1 : call.start()]
		if not line.lstrip().startswith(("//", "*")):
			arguments = _arguments(source, call.end())
			if arguments and arguments[0]:
				yield (arguments[2] if len(arguments) > 2 else None), arguments[0]


def _arguments(source: str, place: int) -> list[str | None]:
	"""The arguments of the call whose bracket opens before ``place``: literals, also joined, as text;
	None for anything else."""
	arguments: list[str | None] = []
	parts, depth, literal = [], 0, True
	for piece in SCRIPT_PIECE.finditer(source, place):
		text = piece.group()
		if depth == 0 and text in (",", ")"):
			arguments.append("".join(parts) if literal and parts else None)
			parts, literal = [], True
			if text == ")":
				break
		elif text[0] in "\"'`" and len(text) > 1:
			parts.append(unquote_string(text))
			literal = literal and (text[0] != "`" or "${" not in text)
		else:
			depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(text, 0)
			literal = literal and text in ("+", ",")
	return arguments


def of_template(source: str) -> Iterator[Key]:
	"""Literals given to ``_`` or ``__`` in a template."""
	for match in IN_TEMPLATE.finditer(source):
		yield None, ast.literal_eval(match.group(1))


def of_records(source: str) -> Iterator[Key]:
	"""What is shown of DocTypes, fixtures and the desk's records."""
	content = json.loads(source)
	for record in content if isinstance(content, list) else [content]:
		if not isinstance(record, dict) or record.get("doctype") not in SHOWN:
			continue
		for text in filter(None, _of_record(record)):
			yield None, text


def _of_record(record: dict) -> Iterator[str | None]:
	kind = record["doctype"]
	yield from (record.get(key) for key in SHOWN.get(kind, ()))
	if kind == "DocType":
		for field in record.get("fields", []):
			yield from _of_field(field)
	for table, keys in ROWS.items():
		for row in record.get(table) or []:
			yield from (row.get(key) for key in keys)
	if kind == "Workspace":
		for block in json.loads(record.get("content") or "[]"):
			if block["type"] in ("header", "paragraph"):
				# The desk translates what stands between the tags.
				yield re.sub(r"<[^>]*>", "", block["data"]["text"])
	if kind == "Notification":
		for key in ("subject", "message"):
			yield from (text for _context, text in of_template(record.get(key) or ""))


def _of_field(field: dict) -> Iterator[str | None]:
	if field["fieldtype"] in SKIPPED_TYPES:
		return
	yield field.get("label")
	yield field.get("description")
	if field["fieldtype"] == "Select":
		yield from (option for option in (field.get("options") or "").split("\n") if not option.isdigit())


def catalogue(path: Path = PO) -> Catalog:
	"""A catalogue as it lies on the disk."""
	with path.open("rb") as file:
		return read_po(file, locale=path.stem if path.suffix == ".po" else None)


def missing() -> list[Key]:
	"""Messages that Vietnamese does not have, or only guesses (fuzzy)."""
	there = {
		(message.context, message.id)
		for message in catalogue()
		if message.id and message.string and not message.fuzzy
	}
	return sorted(messages().keys() - there, key=str)


def unused() -> list[Key]:
	"""Translations whose message is gone."""
	there = {(message.context, message.id) for message in catalogue() if message.id}
	return sorted(there - messages().keys(), key=str)


def update() -> None:
	"""Writes main.pot; vi.po keeps its translations, gets what is new and loses what is gone."""
	old = catalogue()
	template = Catalog(
		project=old.project,
		version=old.version,
		copyright_holder=old.copyright_holder,
		msgid_bugs_address=old.msgid_bugs_address,
		creation_date=old.creation_date,
		charset="utf-8",
	)
	for (context, text), files in sorted(messages().items(), key=str):
		template.add(text, context=context, locations=[(file, None) for file in sorted(files)])
	old.update(template, no_fuzzy_matching=True)
	old.obsolete.clear()
	for path, one in ((POT, template), (PO, old)):
		with path.open("wb") as file:
			write_po(file, one, width=0, sort_output=True, include_lineno=False, ignore_obsolete=True)


def main() -> int:
	"""Do what was asked for."""
	parser = argparse.ArgumentParser(
		description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
	)
	for name in ("missing", "unused", "update"):
		parser.add_argument(f"--{name}", action="store_true")
	options = parser.parse_args()
	if options.update:
		update()
	found = [
		*(("missing", key) for key in (missing() if options.missing or not options.unused else ())),
		*(("unused", key) for key in (unused() if options.unused or not options.missing else ())),
	]
	for what, (context, text) in found:
		print(f"{what}: {text}" + (f"  [{context}]" if context else ""))
	return int(bool(found))


if __name__ == "__main__":
	sys.exit(main())
