"""The four questions of the first hour: the committee, the template, the cells, the officers."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from partycell.rules.cells import LEVELS
from partycell.rules.problems import Problem, _

OFFICER, INSPECTOR = "Officer", "Inspector"
FUNCTIONS = (OFFICER, INSPECTOR)
IMPORT, ENTER, LATER = "Import", "Enter", "Later"
CELLS = (IMPORT, ENTER, LATER)
"""What becomes of the cells: from a spreadsheet now, one by one now, or another time."""
MOST_OFFICERS = 30
LONGEST_NAME = 140
ADDRESS = re.compile(r"[^@\s<>\"',;]+@[^@\s<>\"',;]+\.[^@\s<>\"',;.]{2,}")


@dataclass(frozen=True)
class Officer:
	"""Somebody who will act for the committee. ``name`` may be empty where the account exists."""

	email: str
	name: str
	function: str
	position: str


@dataclass(frozen=True)
class Answers:
	"""What an office has answered. ``template`` names a folder template, ``cells`` is one of ``CELLS``."""

	committee: str
	level: str
	template: str
	cells: str
	officers: Sequence[Officer] = ()


@dataclass(frozen=True)
class Site:
	"""What the answers are held against: e-mail addresses in small letters."""

	committees: int
	templates: Collection[str]
	accounts: Collection[str]
	disabled: Collection[str] = ()


def problems(answers: Answers, site: Site) -> Iterator[Problem]:
	"""What keeps the answers from being carried out, question by question."""
	if site.committees:
		yield Problem(
			"committee",
			_("This site has committees already. Add further ones in the tree of committees."),
		)
	if not answers.committee:
		yield Problem("committee", _("Enter the name of the committee as it stands on papers."))
	if len(answers.committee) > LONGEST_NAME:
		yield Problem("committee", _("The name of the committee is too long. Shorten it to 140 letters."))
	if answers.level not in LEVELS:
		yield Problem("committee", _("Choose the level of the committee."))
	if answers.template not in site.templates:
		yield Problem("template", _("Choose one of the folder templates."))
	if answers.cells not in CELLS:
		yield Problem("cell", _("Choose whether the cells are entered now or later."))
	if len(answers.officers) > MOST_OFFICERS:
		yield Problem(
			"committee",
			_("More than {most} officers at once. Enter the first of them here and the others afterwards."),
			{"most": MOST_OFFICERS},
		)
	yield from _officer_problems(answers.officers, site)


def _officer_problems(officers: Sequence[Officer], site: Site) -> Iterator[Problem]:
	seen: set[tuple[str, str]] = set()
	for number, one in enumerate(officers, 1):
		if not is_address(one.email):
			yield Problem(
				"committee",
				_("Line {line}: enter the e-mail address with which the officer logs in."),
				{"line": number},
			)
			continue
		if one.function not in FUNCTIONS:
			yield Problem("committee", _("{email}: choose Officer or Inspector."), {"email": one.email})
		if (one.email, one.function) in seen:
			yield Problem("committee", _("{email} stands twice. Take one line out."), {"email": one.email})
		seen.add((one.email, one.function))
		if one.email in site.disabled:
			yield Problem(
				"committee",
				_("The account {email} is disabled. Let an administrator enable it first."),
				{"email": one.email},
			)
		elif one.email not in site.accounts and not one.name:
			yield Problem(
				"committee",
				_("{email} has no account on this site yet. Enter the full name, so that one can be made."),
				{"email": one.email},
			)


def is_address(text: str) -> bool:
	"""Whether a text looks like one e-mail address, in small letters and without a name beside it."""
	return bool(ADDRESS.fullmatch(text)) and text == text.lower() and ".." not in text
