"""Messages in Vietnamese or English: the app's catalogue, read without tools that compile it."""

import ast
import os
import re
from functools import cache
from pathlib import Path

from partycell.rules.problems import Problem

LOCALE = Path(__file__).parents[1] / "locale"
LANGUAGES = ("vi", "en")
_QUOTED = re.compile(r'(msgctxt|msgid|msgstr)?\s*(".*")\s*')

_chosen = "en"


def choose(language: str | None = None) -> str:
	"""Sets and returns the language: the one given, else that of the environment, else English."""
	global _chosen
	if not language:
		wished = next(
			filter(None, (os.environ.get(name) for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"))), ""
		)
		language = "vi" if wished.lower().startswith("vi") else "en"
	_chosen = language
	return language


def gettext(text: str) -> str:
	"""The text in the language that was chosen; the text itself where the catalogue does not have it."""
	return _catalogue(_chosen).get(text, text) if _chosen != "en" else text


def say(problem: Problem) -> str:
	"""A problem in the language that was chosen."""
	values = {
		key: gettext(value) if isinstance(value, str) else value for key, value in problem.values.items()
	}
	return gettext(problem.text).format(**values)


@cache
def _catalogue(language: str) -> dict[str, str]:
	"""Message to translation, of the po file; messages with a context are the desk's and left out."""
	try:
		text = (LOCALE / f"{language}.po").read_text(encoding="utf-8")
	except OSError:
		return {}
	found = {}
	for entry in text.split("\n\n"):
		parts: dict[str, str] = {}
		part = ""
		fuzzy = False
		for line in entry.splitlines():
			fuzzy = fuzzy or (line.startswith("#,") and "fuzzy" in line)
			match = _QUOTED.fullmatch(line)
			if match and not line.startswith("#"):
				part = match[1] or part
				# A po file quotes as C does, which Python reads.
				parts[part] = parts.get(part, "") + ast.literal_eval(match[2])
		if parts.get("msgid") and parts.get("msgstr") and "msgctxt" not in parts and not fuzzy:
			found[parts["msgid"]] = parts["msgstr"]
	return found
