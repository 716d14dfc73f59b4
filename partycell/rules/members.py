"""Members of a cell by name: their order, whether an entry can be, who is excused too often.

Attendance by name is an office's choice; without it a meeting only counts.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date

from partycell.rules.problems import Problem, _

FULL, PROBATIONARY = "Full", "Probationary"
KINDS = (FULL, PROBATIONARY)
PRESENT, EXCUSED, ABSENT, EXEMPT = "Attending", "Excused", "Absent", "Exempt"
MARKS = (PRESENT, EXCUSED, ABSENT, EXEMPT)

EXCUSED_RUNNING = 3
"""How many times running in a year a member may be excused: local guidance on the quality of meetings."""

# The order of Vietnamese dictionaries; f, j, w and z, which names of other peoples have, stand as in Latin.
_LETTERS = {letter: f"{number:02d}" for number, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz", 1)}
# No tone, huyền, hỏi, ngã, sắc, nặng.
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_LONGEST = 140


def order_key(full_name: str) -> str:
	"""What sorts names the Vietnamese way: by the given name, which is written last, then family and middle.

	ASCII, so that every database sorts it alike: two digits a letter, then the tone of the word.
	"""
	words = unicodedata.normalize("NFC", full_name).casefold().split()
	return " ".join(map(_word, [*words[-1:], *words[:-1]]))[:_LONGEST]


def problems(since: date, until: date | None, admitted: date | None) -> Iterator[Problem]:
	"""What is wrong with the days of a member; all of them belong to the stretch they bound."""
	if until and until < since:
		yield Problem("meeting", _("The member leaves the cell before coming to it. Correct the dates."))
	if admitted and until and admitted > until:
		yield Problem("meeting", _("The member left the cell before being admitted. Correct the dates."))


def too_often_excused(marks: Iterable[tuple[str, date, str]], most: int = EXCUSED_RUNNING) -> set[str]:
	"""Who was excused more than ``most`` times running: (member, day of the meeting, mark) of one year.

	A meeting from which one is exempt neither counts nor breaks the run.
	"""
	running: dict[str, int] = {}
	found = set()
	for member, _day, mark in sorted(marks, key=lambda one: one[1]):
		if mark == EXEMPT:
			continue
		running[member] = running.get(member, 0) + 1 if mark == EXCUSED else 0
		if running[member] > most:
			found.add(member)
	return found


def _word(word: str) -> str:
	letters, tone = [], "0"
	for letter in word:
		parts = unicodedata.normalize("NFD", letter)
		tone = next((_TONES[mark] for mark in parts if mark in _TONES), tone)
		plain = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in _TONES))
		base = plain if plain in _LETTERS else parts[0]
		letters.append(_LETTERS.get(base, ""))
	return "".join(letters) + tone
