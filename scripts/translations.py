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
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.jslexer import tokenize, unquote_string
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
APP = ROOT / "partycell"
LOCALE = APP / "locale"
POT, PO = LOCALE / "main.pot", LOCALE / "vi.po"

Key = tuple[str | None, str]
"""A message: its context or None, and the English text."""

PYTHON_MARKS = {"_", "_lt", "frappe._", "frappe._lt"}
IN_TEMPLATE = re.compile(r"""(?<![\w.])__?\(\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""")
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
	"""Literals given to ``__``, with the context that may be the third argument."""
	tokens = [token for token in tokenize(source, jsx=False) if token.type != "linecomment"]
	for place, token in enumerate(tokens):
		if token.type == "template_string":
			rest = token.value
			for part in _filled_in(token.value):
				yield from of_script(part)
				rest = rest.replace(part, "")
			# Of a template within a template only one half is in this token, and its code is open-ended.
			yield from of_template(rest)
		elif token.value == "__" and [after.value for after in tokens[place + 1 : place + 2]] == ["("]:
			arguments = _arguments(tokens[place + 2 :])
			if arguments and arguments[0]:
				yield (arguments[2] if len(arguments) > 2 else None), arguments[0]


def _filled_in(template: str) -> Iterator[str]:
	"""The code in a template string: what stands in ``${…}``."""
	for start in (match.end() for match in re.finditer(r"\$\{", template)):
		depth = 1
		for place in range(start, len(template)):
			depth += {"{": 1, "}": -1}.get(template[place], 0)
			if not depth:
				yield template[start:place]
				break


def _arguments(tokens: Iterable) -> list[str | None]:
	"""A call's arguments: each literal, or joined literals, as text; None for anything else."""
	arguments: list[str | None] = []
	parts: list[str] = []
	depth, literal, empty = 0, True, True
	for token in tokens:
		if depth == 0 and token.value in (",", ")"):
			if not empty:
				arguments.append("".join(parts) if literal else None)
			if token.value == ")":
				break
			parts, literal, empty = [], True, True
			continue
		empty = False
		if token.value in ("(", "[", "{"):
			depth += 1
		elif token.value in (")", "]", "}"):
			depth -= 1
		if token.type == "string":
			parts.append(unquote_string(token.value))
		elif token.value != "+":
			literal = False
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
