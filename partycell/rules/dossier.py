"""The record of a handover: which facts it holds, of which kind, on a site and off it.

The record is what is sealed. Its canonical form lies in a dossier as ``data/record.json``, and the SHA-256
of that file is the digest on the paper.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime

from partycell.rules import completeness
from partycell.rules.problems import Problem, _

SCHEMA = "partycell/handover/1"

DAY = re.compile(r"\d{4}-\d\d-\d\d")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
SHA256 = re.compile(r"[0-9a-f]{64}")


def _text(value) -> bool:
	return isinstance(value, str) and bool(value)


def _count(value) -> bool:
	return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _truth(value) -> bool:
	return isinstance(value, bool)


def _day(value) -> bool:
	return isinstance(value, str) and bool(DAY.fullmatch(value)) and _is(date, value)


def _moment(value) -> bool:
	return isinstance(value, str) and bool(MOMENT.fullmatch(value)) and _is(datetime, value)


def _sha256(value) -> bool:
	return isinstance(value, str) and bool(SHA256.fullmatch(value))


def _state(value) -> bool:
	return value in completeness.STATES


def _is(kind, value: str) -> bool:
	try:
		kind.fromisoformat(value)
	except ValueError:
		return False
	return True


def _maybe(kind):
	def check(value) -> bool:
		return value is None or kind(value)

	return check


_TEXT, _DAY, _MOMENT, _SHA256 = _maybe(_text), _maybe(_day), _maybe(_moment), _maybe(_sha256)
_FACTS = {
	"handover": _text,
	"cell": _text,
	"committee": _TEXT,
	"reason": _text,
	"reason_detail": _TEXT,
	"basis": _TEXT,
	"venue": _TEXT,
	"date": _DAY,
	"number": _count,
	"congress_term": _TEXT,
	"giver": {
		"user": _TEXT,
		"name": _TEXT,
		"position": _TEXT,
		"term": _TEXT,
		"signed_by": _TEXT,
		"signed_on": _MOMENT,
		"signature": _SHA256,
		"statement": _TEXT,
		"on_behalf": _truth,
		"acting_officer": _TEXT,
		"acting_reason": _TEXT,
	},
	"receiver": {
		"user": _TEXT,
		"name": _TEXT,
		"signed_on": _MOMENT,
		"signature": _SHA256,
		"statement": _TEXT,
	},
	"approver": {
		"user": _TEXT,
		"name": _TEXT,
		"position": _TEXT,
		"approved_on": _MOMENT,
		"signature": _SHA256,
		"statement": _TEXT,
		"witness": _TEXT,
	},
	"dues": _TEXT,
	"assets": _TEXT,
	"items": [
		{
			"item": _text,
			"code": _TEXT,
			"section": _TEXT,
			"title": _text,
			"period": _TEXT,
			"number_symbol": _TEXT,
			"dated": _DAY,
			"copies": _count,
			"pages": _count,
			"paper_place": _TEXT,
			"delivered": _state,
			"received": _maybe(_state),
			"remark": _TEXT,
			"received_remark": _TEXT,
			"remedy": _TEXT,
			"responsible": _TEXT,
			"due_on": _DAY,
			"files": [{"name": _text, "sha256": _sha256, "size": _count}],
		}
	],
	"open_matters": [
		{"kind": _text, "title": _text, "responsible": _TEXT, "due_on": _DAY, "reference": _TEXT}
	],
}
_SHAPE = {
	"schema": lambda value: value == SCHEMA,
	**_FACTS,
	"discrepancies": [
		{
			"item": _text,
			"state": _state,
			"remark": _TEXT,
			"remedy": _TEXT,
			"responsible": _TEXT,
			"due_on": _DAY,
		}
	],
}


def record(facts: dict) -> dict:
	"""The sealed record of these facts: the form is named, blanks are None, discrepancies are listed.

	facts: plain values as ``_FACTS`` has them; dates ``2026-11-23``, times ``2026-11-23T10:15:00``.
	ValueError for facts of another shape: whoever calls is wrong, not a person.
	"""
	made = {"schema": SCHEMA, **_blanks_as_none(facts)}
	made["discrepancies"] = [
		{
			"item": line["item"],
			"state": line["received"],
			"remark": line["received_remark"] or line["remark"],
			"remedy": line["remedy"],
			"responsible": line["responsible"],
			"due_on": line["due_on"],
		}
		for line in made["items"]
		if line["received"] and line["received"] != completeness.PRESENT
	]
	if wrong := list(_wrong(made, _SHAPE, "")):
		raise ValueError(f"not the facts of a handover: {', '.join(wrong[:5])}")
	return made


def problems(found: object) -> Iterator[Problem]:
	"""What is wrong with a record that was read from somewhere, by place; nothing where it is one."""
	for place in _wrong(found, _SHAPE, ""):
		yield Problem(
			"dossier",
			_("The record is not one of a handover: {place} is missing or wrong."),
			{"place": place or "/"},
		)


def files_of(found: dict) -> Iterator[tuple[dict, dict]]:
	"""Each file of a record with the line it belongs to: ``(line, {name, sha256, size})``."""
	for line in found["items"]:
		for file in line["files"]:
			yield line, file


def _wrong(value, shape, place: str) -> Iterator[str]:
	if isinstance(shape, dict):
		if not isinstance(value, dict):
			yield place
			return
		for key in sorted(shape.keys() | value.keys(), key=str):
			inner = f"{place}/{key}"
			if key not in shape or key not in value:
				yield inner
			else:
				yield from _wrong(value[key], shape[key], inner)
	elif isinstance(shape, list):
		if not isinstance(value, list):
			yield place
			return
		for number, entry in enumerate(value):
			yield from _wrong(entry, shape[0], f"{place}/{number}")
	elif not shape(value):
		yield place


def _blanks_as_none(value):
	if value == "" and isinstance(value, str):
		return None
	if isinstance(value, dict):
		return {key: _blanks_as_none(entry) for key, entry in value.items()}
	return [_blanks_as_none(entry) for entry in value] if isinstance(value, list) else value
