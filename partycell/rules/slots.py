"""Which slots a cell's folder must have: the template applied to one cell on one day."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from partycell.rules import periods
from partycell.rules.problems import Problem, _

SOURCE_PREFIX = "template:"
# What a line of a template can be filled with by itself.
HANDOVER_MINUTES = "Handover Minutes"
# MariaDB takes Á1, a1 and A1 for the same key, and one of their slots would never be made.
CODE = re.compile("[A-Z]+[0-9]*")
# Days; more is a slip of the pen (a date written as a number), and dates end at the year 9999.
LATEST_DUE = 3650


@dataclass(frozen=True)
class TemplateItem:
	"""One line of a folder template.

	due_at, due_days: a slot is due so many days after its period's ``Start`` or ``End``; a slot
	without a calendar period, after the day it begins
	cell_types: the types of cell it is for; empty means every type
	"""

	code: str
	title: str = ""
	frequency: str = periods.ONLY_ONCE
	required: bool = True
	due_at: str = "End"
	due_days: int = 0
	cell_types: frozenset[str] = frozenset()
	needs_cell_committee: bool = False


@dataclass(frozen=True)
class CellFacts:
	"""What of a cell decides its slots.

	kept_from: the first day whose documents the folder must hold
	term: name of the open Secretary Term and the day it began, or None
	"""

	cell_type: str
	has_cell_committee: bool
	kept_from: date
	term: tuple[str, date] | None = None


@dataclass(frozen=True)
class Slot:
	"""One place in a folder: ``(source, period)`` is unique within a cell."""

	source: str
	period: str
	due_on: date | None
	required: bool
	item: TemplateItem = field(compare=False)


def source_of(code: str) -> str:
	"""The source of a slot that comes from the template line with this code."""
	return SOURCE_PREFIX + code


def applies(item: TemplateItem, cell: CellFacts) -> bool:
	"""Whether a template line is for this cell at all."""
	if item.needs_cell_committee and not cell.has_cell_committee:
		return False
	return not item.cell_types or cell.cell_type in item.cell_types


def wanted(items: Iterable[TemplateItem], cell: CellFacts, today: date) -> Iterator[Slot]:
	"""Every slot that the folder has by today, in the template's order.

	A period's slot is there from the day the period begins; it is due later. As-needed lines have
	one slot that is never due and never required: there may be nothing to file.
	"""
	for item in items:
		if not applies(item, cell):
			continue
		source = source_of(item.code)
		if item.frequency in periods.CALENDAR:
			for period in periods.periods(item.frequency, cell.kept_from, today):
				start = period.start if item.due_at == "Start" else period.end
				yield Slot(source, period.key, _later(start, item.due_days), item.required, item)
		elif item.frequency == periods.PER_TERM:
			if cell.term:
				name, began = cell.term
				due = _later(began, item.due_days)
				yield Slot(source, periods.TERM_PREFIX + name, due, item.required, item)
		elif item.frequency == periods.AS_NEEDED:
			yield Slot(source, periods.ONCE, None, False, item)
		else:
			yield Slot(source, periods.ONCE, _later(cell.kept_from, item.due_days), item.required, item)


def template_problems(items: Iterable[TemplateItem], sections: Iterable[str]) -> Iterator[Problem]:
	"""What is wrong with a template: codes twice, unknown frequencies, lines outside a section."""
	known = set(sections)
	seen = set()
	for item in items:
		values = {"code": item.code}
		if not CODE.fullmatch(item.code):
			yield Problem(
				"template", _("Write code {code} in capital letters A to Z, then digits, as in B2."), values
			)
			continue
		if item.code in seen:
			yield Problem("template", _("Code {code} stands twice. Give each document its own code."), values)
		seen.add(item.code)
		if item.frequency not in periods.FREQUENCIES:
			yield Problem("template", _("Choose how often document {code} is filed."), values)
		if section_of(item.code) not in known:
			yield Problem(
				"template",
				_("Document {code} lies in no section. Add its section, or begin the code with one."),
				values,
			)
		if item.due_days < 0:
			yield Problem("template", _("Document {code} cannot be due before its period begins."), values)
		if item.due_days > LATEST_DUE:
			yield Problem(
				"template",
				_("Document {code} cannot be due more than {days} days later. Write fewer days."),
				values | {"days": LATEST_DUE},
			)


def section_of(code: str) -> str:
	"""The section letters a code begins with: ``C`` for ``C12``."""
	return code.rstrip("0123456789")


def _later(day: date, days: int) -> date:
	return day + timedelta(days=days)
