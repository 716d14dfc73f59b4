"""`partycell new`: the section folders of a cell, and its cell.toml."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from partycell.dossier import bagging
from partycell.offline import cellfile
from partycell.refusal import Refusal
from partycell.rules import names
from partycell.rules.problems import _

DEFAULT = "default"


@dataclass(frozen=True)
class Made:
	"""What was made: the folders, and whether a cell.toml was written."""

	folders: list[str]
	wrote: bool


def make(top: Path, *, template: str, code: str, name: str, day: date, secretary: str) -> Made:
	"""Makes the folders; writes cell.toml unless there is one, which is read instead and kept.

	template: ``default``, or the path of a cell.toml that an office has exported
	day: from which on the folder holds documents, of a new cell.toml
	"""
	if top.exists() and not top.is_dir():
		raise Refusal(_("{path} is no folder."), path=top)
	path, wrote = top / cellfile.NAME, False
	if path.exists():
		cell = cellfile.read(top)
	else:
		text = _text(template, code, name, day, secretary)
		cell = cellfile.parse(text, path)
		with bagging.beside(path) as draft:
			draft.write_text(text, encoding="utf-8")
		wrote = True
	made = []
	for section, title in cell.sections.items():
		folder = top / names.safe(f"{section} {title}")
		if not folder.exists():
			folder.mkdir()
			made.append(folder.name)
	return Made(made, wrote)


def _text(template: str, code: str, name: str, day: date, secretary: str) -> str:
	if template == DEFAULT:
		values = {
			"cell": {"code": code, "name": name, "type": "Residential", "kept_from": day},
			"term": {"secretary": secretary, "since": day},
		}
		return cellfile.text_of(values, cellfile.default_sections())
	path = Path(template)
	try:
		text = path.read_text(encoding="utf-8")
	except (OSError, UnicodeDecodeError) as error:
		raise Refusal(
			_("There is no template {template}: write default, or the path of a cell.toml."),
			template=template,
		) from error
	cellfile.parse(text, path)
	return text
