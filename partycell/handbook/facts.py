"""The live facts that the handbook gives to inspections: what a cell wrote down, and what it sent upward."""

from collections.abc import Sequence
from datetime import date

import frappe
from frappe import _
from frappe.query_builder.functions import Count
from frappe.utils import add_months, getdate

from partycell.inspections.live_facts import COUNT, Fact, Source
from partycell.rules import handbook

DOCTYPE = "Handbook Note"
MONTHS = 12


def facts() -> list[Fact]:
	"""Hook ``partycell_live_facts``: of the last twelve months, and what waits for an answer today."""
	return [
		Fact("notes_written", _("Notes written in the last twelve months"), COUNT, _written, _notes),
		Fact(
			"questions_sent", _("Questions sent upward in the last twelve months"), COUNT, _sent, _questions
		),
		Fact(
			"questions_unanswered",
			_("Questions sent upward and not answered yet"),
			COUNT,
			_unanswered,
			lambda cell: Source(DOCTYPE, _of(cell, handbook.QUESTION, ["in", list(handbook.UNANSWERED)])),
		),
	]


def _written(cells: Sequence[str], day: date) -> dict[str, float | None]:
	return _counted(cells, handbook.NOTE, without=(handbook.WITHDRAWN,), since=_a_year_before(day))


def _sent(cells: Sequence[str], day: date) -> dict[str, float | None]:
	"""Also those that came back or were answered since; not what is only drafted, or was taken back."""
	return _counted(
		cells, handbook.QUESTION, without=(handbook.DRAFT, handbook.WITHDRAWN), since=_a_year_before(day)
	)


def _unanswered(cells: Sequence[str], day: date) -> dict[str, float | None]:
	"""However old: it waits until somebody answers."""
	return _counted(cells, handbook.QUESTION, only=handbook.UNANSWERED)


def _notes(cell: str) -> Source:
	return Source(DOCTYPE, _of(cell, handbook.NOTE, ["!=", handbook.WITHDRAWN]) | _since())


def _questions(cell: str) -> Source:
	states = ["not in", [handbook.DRAFT, handbook.WITHDRAWN]]
	return Source(DOCTYPE, _of(cell, handbook.QUESTION, states) | _since())


def _of(cell: str, note_type: str, state: list) -> dict:
	return {"cell": cell, "note_type": note_type, "workflow_state": state}


def _since() -> dict:
	return {"creation": [">=", str(_a_year_before(getdate()))]}


def _a_year_before(day: date) -> date:
	return getdate(add_months(day, -MONTHS))


def _counted(
	cells: Sequence[str],
	note_type: str,
	*,
	only: Sequence[str] = (),
	without: Sequence[str] = (),
	since: date | None = None,
) -> dict[str, float | None]:
	"""Entries of one type for each cell, by state and the day they were written; none is 0."""
	note = frappe.qb.DocType(DOCTYPE)
	query = (
		frappe.qb.from_(note)
		.select(note.cell, Count("*"))
		.where(note.cell.isin(list(cells)) & (note.note_type == note_type))
		.groupby(note.cell)
	)
	if only:
		query = query.where(note.workflow_state.isin(list(only)))
	if without:
		query = query.where(note.workflow_state.notin(list(without)))
	if since:
		query = query.where(note.creation >= str(since))
	return dict.fromkeys(cells, 0) | dict(query.run())
