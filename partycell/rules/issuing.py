"""Folders that are issued: their numbers, and what may become of one."""

import re
from collections.abc import Iterable, Iterator, Sequence

from partycell.rules.problems import Problem, _

# What has become of an issued folder. The first two are with the cell, the others are history.
ISSUED, RECEIVED, REPLACED, RETURNED = "Given Out", "Received", "Replaced", "Returned"
STATES = (ISSUED, RECEIVED, REPLACED, RETURNED)
HELD = frozenset({ISSUED, RECEIVED})
REASONS = ("Lost", "Damaged")
LONGEST = 8
_RUN = re.compile(r"#+")


def pattern_problems(pattern: str, first: int) -> Iterator[Problem]:
	"""What is wrong with the pattern of an office's folder numbers, and with the first of them."""
	runs = _RUN.findall(pattern)
	if len(runs) != 1 or len(runs[0]) > LONGEST:
		yield Problem(
			"issue",
			_("Write the pattern with one run of # for the number, as in {one} or {other}."),
			{"one": "CTL-###", "other": "###/{year}"},
		)
	if first < 1:
		yield Problem("issue", _("Numbers of folders begin at 1 or higher."))


def number_of(pattern: str, count: int, year: int) -> str:
	"""A folder's number: ``number_of("CTL-###", 7, 2026)`` is ``CTL-007``; ``{year}`` is the year of issue.

	A count with more digits than the pattern has places is written whole.
	"""
	written = _RUN.sub(lambda run: str(count).zfill(len(run[0])), pattern)
	return written.replace("{year}", str(year))


def key(number: str) -> str:
	"""What two numbers have in common that people take for the same: case and spaces do not count."""
	return "".join(number.split()).casefold()


def assign(
	kept: Sequence[str | None], pattern: str, first: int, year: int, taken: Iterable[str]
) -> list[str]:
	"""The numbers of a batch of folders, one for each of ``kept``, in that order.

	kept: the number that a cell's folder bears already, or None; it stays, where no other folder has it
	taken: the keys of numbers given before, which are never given again
	"""
	used, found = set(taken), []
	for own in kept:
		free = bool(own) and key(own) not in used
		found.append(own if free else None)
		if free:
			used.add(key(own))
	count = first
	for place, own in enumerate(found):
		while own is None:
			number, count = number_of(pattern, count, year), count + 1
			if key(number) not in used:
				used.add(key(number))
				own = found[place] = number
	return found


def end_problem(status: str) -> Problem | None:
	"""A folder is replaced or returned while the cell has it."""
	if status in HELD:
		return None
	return Problem(
		"issue", _("This folder has been replaced or returned already. Choose the one that the cell has now.")
	)
