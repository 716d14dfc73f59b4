"""The handbook's entries: what each type is, by whom it is moved, what each may write, what an act demands.

::

    Guidance  Draft ──review──> In Review ──publish──> Published ──new version──> Superseded
                ^                  │                       │
                └────send back─────┘                       └──withdraw──> Withdrawn

    Question  Draft ──ask──> Asked ──escalate──> Escalated ⟲   (one level up each time)
                              │ │                 │ │
                              │ └────answer──> Answered ──publish──> Published (with a Guidance)
                              └─────return───> Returned ──ask──> Asked

    Note      Draft ──withdraw──> Withdrawn      (a cell's own note needs nobody's consent)
"""

from collections.abc import Iterable, Iterator
from datetime import date

from partycell.rules import workflow
from partycell.rules.problems import Problem, _

GUIDANCE, NOTE, QUESTION = TYPES = ("Guidance", "Note", "Question")

DRAFT = "Draft"
IN_REVIEW = "In Review"
ASKED = "Asked"
ESCALATED = "Escalated"
ANSWERED = "Answered"
RETURNED = "Returned"
PUBLISHED = "Published"
SUPERSEDED = "Superseded"
WITHDRAWN = "Withdrawn"

# What a cell may read of guidance: what holds, and what once held.
SHOWN = (PUBLISHED, SUPERSEDED, WITHDRAWN)
# Somebody above owes an answer.
UNANSWERED = (ASKED, ESCALATED)
# What goes over to the next secretary: also what came back, and what nobody sent yet.
PENDING = (DRAFT, *UNANSWERED, RETURNED)

CELL = "cell"
OFFICER = "officer"
APPROVER = "approver"

MOVES = {
	GUIDANCE: {
		(DRAFT, IN_REVIEW): frozenset({OFFICER}),
		(IN_REVIEW, DRAFT): frozenset({OFFICER}),
		(IN_REVIEW, PUBLISHED): frozenset({APPROVER}),
		(DRAFT, WITHDRAWN): frozenset({OFFICER}),
		(PUBLISHED, WITHDRAWN): frozenset({OFFICER}),
		# By the publishing of the next version, and nobody by hand.
		(PUBLISHED, SUPERSEDED): frozenset(),
	},
	NOTE: {(DRAFT, WITHDRAWN): frozenset({CELL})},
	QUESTION: {
		(DRAFT, ASKED): frozenset({CELL}),
		(RETURNED, ASKED): frozenset({CELL}),
		(ASKED, ESCALATED): frozenset({OFFICER}),
		(ASKED, ANSWERED): frozenset({OFFICER}),
		(ESCALATED, ANSWERED): frozenset({OFFICER}),
		(ASKED, RETURNED): frozenset({OFFICER}),
		(ESCALATED, RETURNED): frozenset({OFFICER}),
		(ANSWERED, PUBLISHED): frozenset({OFFICER}),
		(DRAFT, WITHDRAWN): frozenset({CELL}),
		(ASKED, WITHDRAWN): frozenset({CELL}),
		(RETURNED, WITHDRAWN): frozenset({CELL}),
	},
}
# Acts that say why, beside the record: (type, new state).
WITH_REASON = frozenset(
	{
		(GUIDANCE, DRAFT),
		(GUIDANCE, WITHDRAWN),
		(QUESTION, RETURNED),
		(QUESTION, ESCALATED),
		(QUESTION, WITHDRAWN),
	}
)

_TEXT = frozenset({"title", "topic", "body", "basis"})
_ENTRY = _TEXT | {"common_mistakes", "effective_from", "effective_until"}
_GUIDANCE = _ENTRY | {"committee", "cell_types"}
# Whoever opens one may send these; all else comes from the acts.
OPENS_WITH = _GUIDANCE | {"note_type", "cell", "workflow_state"}
WRITES = {
	GUIDANCE: {
		DRAFT: {OFFICER: _GUIDANCE},
		IN_REVIEW: {OFFICER: _GUIDANCE},
		PUBLISHED: {},
	},
	NOTE: {DRAFT: {CELL: _ENTRY}},
	QUESTION: {
		DRAFT: {CELL: _TEXT},
		RETURNED: {CELL: _TEXT},
		ASKED: {OFFICER: frozenset({"answer", "topic"})},
		ESCALATED: {OFFICER: frozenset({"answer", "topic"})},
		ANSWERED: {},
	},
}
LONGEST = 60_000
"""Characters of a text; more is a document, to be filed and referred to."""


def parts(
	note_type: str, *, holds_cell: bool, officer: bool, is_author: bool, answers: bool, manager: bool
) -> frozenset[str]:
	"""The parts a user has in an entry.

	holds_cell: holds the office of its cell; officer: acts today for its committee or one above
	answers: the guidance is the answer to a question: it was decided when it was answered, so its author
	may publish it; other guidance needs a second person
	manager: has every part, so that nothing can be stuck
	"""
	if manager:
		return frozenset({CELL, OFFICER, APPROVER})
	found = set()
	if holds_cell and note_type != GUIDANCE:
		found.add(CELL)
	if officer and note_type != NOTE:
		found.add(OFFICER)
		if note_type == GUIDANCE and (answers or not is_author):
			found.add(APPROVER)
	return frozenset(found)


def may_write(note_type: str, state: str, mine: Iterable[str]) -> frozenset[str]:
	"""The fields that someone with these parts may change in a state."""
	return workflow.writable(WRITES[note_type], state, mine)


def ways_on(note_type: str, state: str, mine: Iterable[str]) -> tuple[str, ...]:
	"""The states to which someone with these parts may bring an entry, in the order of ``MOVES``.

	An escalated question can be escalated again, as long as there is somebody above.
	"""
	mine = frozenset(mine)
	ways = workflow.ways_on(MOVES[note_type], state, mine)
	again = (note_type, state) == (QUESTION, ESCALATED) and OFFICER in mine
	return (ESCALATED, *ways) if again else ways


def in_force(state: str, since: date | None, until: date | None, day: date) -> bool:
	"""Whether guidance holds on a day. One that is superseded holds until its successor begins."""
	if state not in (PUBLISHED, SUPERSEDED):
		return False
	return (since is None or since <= day) and (until is None or day <= until)


def type_lines(cell_types: str | None) -> str:
	"""Types of cell as written by people: one a line, in order, each once, without blanks."""
	return "\n".join(sorted({line.strip() for line in (cell_types or "").splitlines() if line.strip()}))


def problems(
	*,
	note_type: str,
	title: str | None,
	text: str,
	cell: str | None,
	since: date | None,
	until: date | None,
	unknown_types: Iterable[str] = (),
) -> Iterator[Problem]:
	"""What is wrong with an entry as written. ``text`` is the body without its layout."""
	if note_type not in TYPES:
		yield Problem("handbook", _("Choose whether this is guidance, a note or a question."))
	if not (title or "").strip():
		yield Problem("handbook", _("Give the entry a title by which others will find it."))
	if note_type == GUIDANCE and cell:
		yield Problem("handbook", _("Guidance is for the cells below a committee, not for one cell."))
	if note_type in (NOTE, QUESTION) and not cell:
		yield Problem("handbook", _("Choose the cell whose handbook this belongs to."))
	if len(text) > LONGEST:
		yield Problem(
			"handbook",
			_("The text has more than {count} characters. File the document and refer to it here."),
			{"count": LONGEST},
		)
	if since and until and until < since:
		yield Problem("handbook", _("The entry ends before it begins. Correct one of the dates."))
	for name in unknown_types:
		yield Problem("handbook", _("There is no type of cell named {name}."), {"name": name})


def act_problems(
	note_type: str, new: str, *, text: str, answer: str, remark: str | None
) -> Iterator[Problem]:
	"""What an act still lacks. ``text`` and ``answer`` without their layout."""
	reason = (remark or "").strip()
	if (note_type, new) in WITH_REASON and not reason:
		if new == ESCALATED:
			yield Problem("handbook", _("Give your opinion, so that the level above need not begin anew."))
		else:
			yield Problem("handbook", _("Say why, so that others can follow it."))
	if new in (ASKED, IN_REVIEW, PUBLISHED) and not text.strip():
		yield Problem("handbook", _("Write the text first."))
	if new == ANSWERED and not answer.strip():
		yield Problem("handbook", _("Write the answer first."))
