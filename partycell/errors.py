"""Every refusal of partycell, by name.

::

    frappe.ValidationError
    └── PartycellError
        ├── ByOfficeError             a right that only an office gives
        ├── RowAloneError             a line changed without its document
        ├── CommitteeError            a committee that cannot stand where it is put
        ├── CellError                 a cell written wrongly
        │   └── ClosedCellError       a merged, split or dissolved cell receives nothing any more
        ├── ReorganisationError       cells that cannot be rearranged as an act says
        ├── TermError                 terms of office that contradict each other
        ├── TemplateError             a folder template that cannot be followed
        ├── FolderItemError           a document written or filed wrongly
        │   ├── ClassifiedFileError   a file for a document that must stay on paper
        │   └── FiledFileError        a file that is filed stays as and where it is
        ├── DirectiveError            a directive written wrongly, or an act it does not allow
        │   ├── DirectiveNumberError  the number of another directive
        │   └── AcknowledgementError  an acknowledgement that cannot be recorded
        ├── IssueError                an issue of folders, or what becomes of one, that cannot be
        ├── ReviewError               a review of the programme written wrongly, or not to be finished yet
        ├── AssignedError             a committee member assigned where he cannot be
        ├── MeetingError              a meeting written wrongly, or an act it does not allow
        ├── PrintError                a paper that could not be made
        ├── PhotographError           a photograph or page that cannot be filed
        ├── SentRequestError          a request of a phone that cannot be told from another
        │   └── SentAgainError        it came a second time while the first was still at work
        ├── CriteriaError             a criteria set that cannot be scored by
        ├── PlanError                 a plan that inspects nothing, or the wrong ones
        ├── InspectionError           an inspection written wrongly, or out of turn
        │   ├── ScoreError            points that cannot be given, or are wanting
        │   └── AnswerError           the cell's answer, or what becomes of it, is wanting
        ├── DossierError              a sealed dossier that cannot be made or taken in
        ├── CellImportError           a spreadsheet that cannot be imported
        ├── HandbookError             an entry of the handbook written wrongly
        │   ├── HandbookTurnError     this person, or this state, does not allow the act
        │   └── VersionError          somebody else has another version of the entry in work
        └── HandoverError             a handover written wrongly
            ├── HandoverOpenError     the cell has another handover under way
            ├── NotYourTurnError      this person, or this state, does not allow the act
            ├── UnsignedError         an act without its signature
            ├── UnmarkedError         documents that the receiver has not marked
            ├── InventoryChangedError the folder is no longer as it was signed for
            └── AlreadyDoneError      somebody else has just carried out the act
"""

from collections.abc import Iterable

import frappe
from frappe import _

from partycell.rules.problems import Problem


class PartycellError(frappe.ValidationError):
	"""What all refusals of partycell have in common."""


class ByOfficeError(PartycellError):
	"""A right that only an office gives."""


class RowAloneError(PartycellError):
	"""A line changed without its document."""


class CommitteeError(PartycellError):
	"""A committee that cannot stand where it is put."""


class CellError(PartycellError):
	"""A cell written wrongly."""


class ClosedCellError(CellError):
	"""A merged, split or dissolved cell receives nothing any more."""


class ReorganisationError(PartycellError):
	"""Cells that cannot be rearranged as an act says."""


class TermError(PartycellError):
	"""Terms of office that contradict each other."""


class TemplateError(PartycellError):
	"""A folder template that cannot be followed."""


class FolderItemError(PartycellError):
	"""A document written or filed wrongly."""


class ClassifiedFileError(FolderItemError):
	"""A file for a document that must stay on paper."""


class DirectiveError(PartycellError):
	"""A directive written wrongly, or an act that it does not allow."""


class DirectiveNumberError(DirectiveError):
	"""The number of another directive."""


class AcknowledgementError(DirectiveError):
	"""An acknowledgement that cannot be recorded."""


class PhotographError(PartycellError):
	"""A photograph or page that cannot be filed."""


class SentRequestError(PartycellError):
	"""A request of a phone that cannot be told from another."""


class SentAgainError(SentRequestError):
	"""It came a second time while the first was still at work: the phone waits and asks again."""

	http_status_code = 409


class IssueError(PartycellError):
	"""An issue of folders, or what becomes of one, that cannot be."""


class AssignedError(PartycellError):
	"""A committee member assigned where he cannot be."""


class MeetingError(PartycellError):
	"""A meeting written wrongly, or an act that it does not allow."""


class PrintError(PartycellError):
	"""A paper that could not be made."""


class DossierError(PartycellError):
	"""A sealed dossier that cannot be made or taken in."""


class CellImportError(PartycellError):
	"""A spreadsheet that cannot be imported."""


class HandbookError(PartycellError):
	"""An entry of the handbook written wrongly."""


class HandbookTurnError(HandbookError):
	"""This person, or this state, does not allow the act."""


class VersionError(HandbookError):
	"""Somebody else has another version of the entry in work."""


class FiledFileError(FolderItemError):
	"""A file that is filed stays as and where it is."""


class CriteriaError(PartycellError):
	"""A criteria set that cannot be scored by."""


class PlanError(PartycellError):
	"""A plan that inspects nothing, or the wrong ones."""


class ReviewError(PartycellError):
	"""A review of the programme written wrongly, or not to be finished yet."""


class InspectionError(PartycellError):
	"""An inspection written wrongly, or out of turn."""


class ScoreError(InspectionError):
	"""Points that cannot be given, or are wanting."""


class AnswerError(InspectionError):
	"""The cell's answer, or what becomes of it, is wanting."""


class HandoverError(PartycellError):
	"""A handover written wrongly."""


class HandoverOpenError(HandoverError):
	"""The cell has another handover under way."""


class NotYourTurnError(HandoverError):
	"""This person, or this state, does not allow the act."""


class UnsignedError(HandoverError):
	"""An act without its signature."""


class UnmarkedError(HandoverError):
	"""Documents that the receiver has not marked."""


class InventoryChangedError(HandoverError):
	"""The folder is no longer as it was signed for."""


class AlreadyDoneError(HandoverError):
	"""Somebody else has just carried out the act."""


KINDS: dict[str, type[PartycellError]] = {
	"committee": CommitteeError,
	"cell": CellError,
	"closed_cell": ClosedCellError,
	"reorganisation": ReorganisationError,
	"term": TermError,
	"template": TemplateError,
	"folder_item": FolderItemError,
	"classified": ClassifiedFileError,
	"criteria": CriteriaError,
	"plan": PlanError,
	"inspection": InspectionError,
	"score": ScoreError,
	"answer": AnswerError,
	"handover": HandoverError,
	"directive": DirectiveError,
	"acknowledgement": AcknowledgementError,
	"unmarked": UnmarkedError,
	"inventory_changed": InventoryChangedError,
	"dossier": DossierError,
	"issue": IssueError,
	"meeting": MeetingError,
	"assigned": AssignedError,
	"review": ReviewError,
	"handbook": HandbookError,
	"import": CellImportError,
}

SHOWN = 20


def say(problem: Problem) -> str:
	"""A problem in the user's language. Values that are words of the app are translated too."""
	return _(problem.text).format(**{key: _shown(value) for key, value in problem.values.items()})


def _shown(value: object) -> object:
	if isinstance(value, float):
		# Points: 20 rather than 20.0, and 20,5 where the site writes so.
		comma = ",##" in str(frappe.db.get_default("number_format") or "")
		return f"{value:g}".replace(".", "," if comma else ".")
	return _(value) if isinstance(value, str) else value


def refuse(problems: Iterable[Problem | None], title: str | None = None) -> None:
	"""Raises the first problem's error with all problems as its message; returns if there are none.

	More than ``SHOWN`` problems are cut, with a line that says how many more there are.
	"""
	found = [problem for problem in problems if problem]
	if not found:
		return
	lines = [frappe.utils.escape_html(say(problem)) for problem in found[:SHOWN]]
	if len(found) > SHOWN:
		lines.append(_("{count} more").format(count=len(found) - SHOWN))
	frappe.throw("<br>".join(lines), KINDS[found[0].kind], title=title)
