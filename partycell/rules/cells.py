"""Cells and committees: what may hang under what, and what a cell may still do."""

from collections.abc import Iterator

from partycell.rules.problems import Problem, _

ACTIVE = "Active"
MERGED = "Merged"
SPLIT = "Split"
DISSOLVED = "Dissolved"

# Levels of committee, from the top. Town and District ended on 1 July 2025 and stay for the records.
LEVELS = ("Central", "Province", "District", "Town", "Commune", "Grassroots", "Department")
LEVELS_WITH_CELLS = frozenset({"District", "Town", "Commune", "Grassroots", "Department"})


def has_cell_committee(full_members: int, from_members: int) -> bool:
	"""Whether a cell elects a cell committee: nine full members or more, or what the office set."""
	return full_members >= from_members


def cell_problems(
	*, status: str, merged_into: str | None, members: int, full_members: int, meeting_day: int, level: str
) -> Iterator[Problem]:
	"""What is wrong with a cell as written. ``level`` is its committee's level."""
	if level not in LEVELS_WITH_CELLS:
		yield Problem(
			"cell",
			_(
				"A committee of level {level} has no cells of its own. Choose the committee directly above it."
			),
			{"level": level},
		)
	if members < 0 or full_members < 0:
		yield Problem("cell", _("The number of members cannot be negative."))
	elif full_members > members:
		yield Problem(
			"cell", _("There cannot be more full members than members. Correct one of the numbers.")
		)
	if not 0 <= meeting_day <= 31:
		yield Problem("cell", _("The meeting day is a day of the month, 1 to 31."))
	if (status == MERGED) != bool(merged_into):
		yield Problem("cell", _("A merged cell names the cell it went into; no other cell does."))


def closed_cell_problem(cell: str, status: str) -> Problem | None:
	"""A merged, split or dissolved cell receives no documents, terms or handovers any more."""
	if status == ACTIVE:
		return None
	return Problem(
		"closed_cell",
		_(
			"{cell} is no longer active, so nothing new can be filed for it. Choose the cell that succeeded it."
		),
		{"cell": cell},
	)


def parent_problem(level: str, parent_level: str | None) -> Problem | None:
	"""A committee stands under one of a higher level, or of the same level (a tree has no fixed depth)."""
	if parent_level is None or LEVELS.index(parent_level) <= LEVELS.index(level):
		return None
	return Problem(
		"committee",
		_("A committee of level {level} cannot stand under one of level {parent}. Choose a higher one."),
		{"level": level, "parent": parent_level},
	)
