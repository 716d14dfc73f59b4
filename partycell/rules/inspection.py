"""The inspection of a cell as a sequence of acts: whose turn it is, and what each may write.

::

    Planned ──start──> In Progress ──send──> With Cell ──conclude──> Concluded
       │                    │                 │     ^
       │                    │               return  │ send
       │                    │                 v     │
       │                    │               Returned ┘
       └────withdraw────────┴──────────> Withdrawn
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from partycell.rules import workflow
from partycell.rules.problems import Problem, _

PLANNED = "Planned"
IN_PROGRESS = "In Progress"
WITH_CELL = "With Cell"
RETURNED = "Returned"
CONCLUDED = "Concluded"
WITHDRAWN = "Withdrawn"

OPEN_STATES = (PLANNED, IN_PROGRESS, WITH_CELL, RETURNED)
RUNNING_STATES = (IN_PROGRESS, WITH_CELL, RETURNED)
SCORED_STATES = (IN_PROGRESS, RETURNED)

LEAD = "lead"
TEAM = "team"
CELL = "cell"
UPPER_LEVEL = "upper level"

AGREES = "Agrees"
OBJECTS = "Objects"
ANSWERS = (AGREES, OBJECTS)

STRENGTH = "Strength"
WEAKNESS = "Weakness"
CAUSE = "Cause"
# A document of the folder that was looked at and is in order; not printed one by one.
SEEN = "Seen"
FINDINGS = (STRENGTH, WEAKNESS, CAUSE, SEEN)
# How a document is found by whoever scans its label, and the words for it on the papers.
FOUND = {
	"Present": "Đã đối chiếu",
	"Missing": "Không có trong cặp",
	"Damaged": "Bị hư hỏng",
	"Outdated": "Đã hết hiệu lực, còn lưu trong cặp",
}

# (from, to): which parts may.
MOVES = {
	(PLANNED, IN_PROGRESS): frozenset({LEAD, TEAM}),
	(IN_PROGRESS, WITH_CELL): frozenset({LEAD}),
	(RETURNED, WITH_CELL): frozenset({LEAD}),
	(WITH_CELL, RETURNED): frozenset({LEAD, UPPER_LEVEL}),
	(WITH_CELL, CONCLUDED): frozenset({UPPER_LEVEL}),
	(PLANNED, WITHDRAWN): frozenset({UPPER_LEVEL}),
	(IN_PROGRESS, WITHDRAWN): frozenset({UPPER_LEVEL}),
}

_TEAM_WRITES = frozenset(
	"started_on venue cell_attended summary scores.score scores.scored scores.change_reason scores.remark "
	"findings.kind findings.criterion findings.text findings.remedy findings.responsible findings.due_on "
	"findings.earlier_action findings.folder_item".split()
)
_PLAN_WRITES = frozenset("planned_on lead team.user team.position withdrawn_reason".split())
_CELL_WRITES = frozenset("cell_answer cell_opinion scores.objection".split())
# What whoever makes one by hand may send with it; the checklist and the names follow.
OPENS_WITH = frozenset({"cell", "criteria_set", "planned_on", "lead", "team", "workflow_state"})
# Tables to which lines may be added, by whom their cells may be written.
GROWING = ("findings", "team")
WRITES = {
	PLANNED: {UPPER_LEVEL: _PLAN_WRITES},
	IN_PROGRESS: {
		LEAD: _TEAM_WRITES,
		TEAM: _TEAM_WRITES,
		UPPER_LEVEL: frozenset({"withdrawn_reason"}),
	},
	WITH_CELL: {
		CELL: _CELL_WRITES,
		LEAD: frozenset({"scores.objection_reply", "returned_reason"}),
		UPPER_LEVEL: frozenset({"scores.objection_reply", "returned_reason"}),
	},
	RETURNED: {
		LEAD: _TEAM_WRITES | {"scores.objection_reply"},
		TEAM: _TEAM_WRITES | {"scores.objection_reply"},
	},
}


@dataclass(frozen=True)
class Score:
	"""What matters of one line: its title, the proposal if there is one, the score, and the reasons."""

	title: str
	proposed: float | None = None
	score: float | None = None
	change_reason: str = ""
	objection: str = ""
	reply: str = ""


def roles_of(
	user: str, *, lead: str | None, team: Iterable[str], secretary: str | None, upper_level: bool
) -> frozenset[str]:
	"""The parts a user has in an inspection. Nobody inspects or concludes about the cell he leads."""
	if secretary and user == secretary:
		return frozenset({CELL})
	parts = set()
	if lead and user == lead:
		parts |= {LEAD, TEAM}
	if user in set(team):
		parts.add(TEAM)
	if upper_level:
		parts.add(UPPER_LEVEL)
	return frozenset(parts)


def may_write(state: str, parts: Iterable[str]) -> frozenset[str]:
	"""The fields (``scores.x`` for a line's) that someone with these parts may change in a state."""
	return workflow.writable(WRITES, state, parts)


def ways_on(state: str, parts: Iterable[str]) -> tuple[str, ...]:
	"""The states to which someone with these parts may bring an inspection, in the order of ``MOVES``."""
	return workflow.ways_on(MOVES, state, parts)


def changed_problems(scores: Iterable[Score]) -> Iterator[Problem]:
	"""Scores other than proposed and without a reason."""
	for one in scores:
		if one.proposed is None or one.score is None or one.score == one.proposed:
			continue
		if not one.change_reason.strip():
			yield Problem(
				"score",
				_("{criterion}: {proposed} points were proposed and {score} given. Say why."),
				{"criterion": one.title, "proposed": one.proposed, "score": one.score},
			)


def answer_problems(answer: str | None, scores: Iterable[Score]) -> Iterator[Problem]:
	"""An objection names what it is about and says why; an agreement has none that is not decided."""
	objected = [one for one in scores if one.objection.strip()]
	if answer == OBJECTS and not objected:
		yield Problem("answer", _("Say at a criterion what the cell objects to, and why."))
	undecided = [one for one in objected if not one.reply.strip()]
	if answer == AGREES and undecided:
		yield Problem(
			"answer",
			_("The cell agrees and yet objects to {criterion}. Take the objection back, or object."),
			{"criterion": undecided[0].title},
		)


def conclude_problems(
	*, answered: bool, answer_due_on: date | None, today: date, scores: Iterable[Score]
) -> Iterator[Problem]:
	"""What keeps an inspection from being concluded: the cell's answer or its deadline, and its objections."""
	if not answered and (answer_due_on is None or today <= answer_due_on):
		yield Problem(
			"answer",
			_("The cell has not answered and has until {day}. Wait for the answer, or for the day after."),
			{"day": answer_due_on.strftime("%d/%m/%Y") if answer_due_on else "…"},
		)
	yield from undecided_problems(scores)


def undecided_problems(scores: Iterable[Score]) -> Iterator[Problem]:
	"""Objections of the cell to which nobody has said what becomes of them."""
	for one in scores:
		if one.objection.strip() and not one.reply.strip():
			yield Problem(
				"answer",
				_("{criterion}: the cell objects. Write what becomes of the objection."),
				{"criterion": one.title},
			)


def document_finding(mark: str, name: str) -> tuple[str, str]:
	"""The kind and the words of what was found of a document; ``mark`` is a key of ``FOUND``."""
	return (SEEN if mark == "Present" else WEAKNESS), f"{FOUND[mark]}: {name}"


def finding_problems(
	number: int, kind: str, text: str, *, remedy: str, due_on: date | None
) -> Iterator[Problem]:
	"""A finding says something; what must be put right has a date, and is a weakness."""
	if kind not in FINDINGS or not text.strip():
		yield Problem(
			"inspection", _("Finding {number} says nothing. Write it, or remove it."), {"number": number}
		)
	if remedy.strip() and not due_on:
		yield Problem(
			"inspection", _("Finding {number} must be put right: say until when."), {"number": number}
		)
	if (remedy.strip() or due_on) and kind != WEAKNESS:
		yield Problem("inspection", _("Finding {number}: only a weakness is put right."), {"number": number})
