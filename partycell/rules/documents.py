"""One document in a folder: what may be written of it."""

from collections.abc import Iterator
from datetime import date

from partycell.rules import completeness, periods
from partycell.rules.problems import Problem, _

OWN_PREFIX = "own:"


def problems(
	*,
	title: str,
	state: str,
	copies: int,
	pages: int,
	files: int,
	classified: bool,
	period: str,
	dated: date | None,
) -> Iterator[Problem]:
	"""What is wrong with a document as written.

	dated: the day on the paper; a calendar period's document may be written after the period, never
	before it begins
	"""
	values = {"title": title}
	if state not in completeness.STATES:
		yield Problem("folder_item", _("Choose the state of {title} from the list."), values)
	if copies < 0 or pages < 0:
		yield Problem(
			"folder_item", _("Copies and pages of {title} cannot be negative. Count them again."), values
		)
	if classified and files:
		yield Problem(
			"classified",
			_("{title} is classified: its text stays on paper. Remove the file; write where the paper lies."),
			values,
		)
	if periods.frequency_of(period) is None:
		yield Problem(
			"folder_item", _("{title} has no valid period. Write it as 2026, 2026-Q4 or 2026-11."), values
		)
		return
	span = periods.parse(period)
	if span and dated and dated < span.start:
		values |= {"period": periods.label(period)}
		yield Problem(
			"folder_item",
			_("The date of {title} lies before {period}. Correct the date, or file it under its own period."),
			values,
		)


def filed_state(state: str, files: int, files_before: int, copies: int) -> str:
	"""The state after files came or went.

	An expected or missing document that has been filed is present. One whose last file was removed,
	and of which there is no paper, is expected again.
	"""
	if files > files_before and state in (completeness.EXPECTED, completeness.MISSING):
		return completeness.PRESENT
	if files_before and not files and not copies and state in completeness.HELD:
		return completeness.EXPECTED
	return state


def copies_held(state: str, copies: int, files: int) -> int:
	"""A document said to be there, with neither file nor count, is one paper."""
	return 1 if state in completeness.HELD and copies == 0 and files == 0 else copies
