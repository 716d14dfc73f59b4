"""What keeps cells from being rearranged as an act says, each problem with what to do about it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from partycell.rules import cells as cell_rules
from partycell.rules.problems import Problem, _
from partycell.rules.reorganisation import (
	DISSOLVE,
	MERGE,
	MOVE_CELLS,
	MOVE_COMMITTEE,
	SPLIT,
	Act,
	Concerned,
	Successor,
	closing,
	members_after,
	receiver,
)


def problems(act: Act) -> Iterator[Problem]:
	"""Everything that keeps an act from being carried out today, each with what to do."""
	if act.day > act.today:
		yield Problem(
			"reorganisation",
			_("It takes effect on {day}. Carry it out on that day or later."),
			{"day": _day(act.day)},
		)
	if act.decided_on > act.today:
		yield Problem(
			"reorganisation", _("The decision bears a date that has not come yet. Correct the date.")
		)
	if act.kind == MOVE_COMMITTEE:
		yield from _move_committee(act)
		return
	yield from _cells(act)
	if act.kind == MOVE_CELLS:
		yield from _move_cells(act)
		return
	yield from _shape(act)
	for one in closing(act):
		yield from _closing(act, one)
	for one in act.successors:
		yield from _successor(act, one)
	yield from _receiving(act)


def _cells(act: Act) -> Iterator[Problem]:
	if not act.cells:
		yield Problem("reorganisation", _("Choose the cells concerned."))
	seen = set()
	for one in act.cells:
		if one.cell in seen:
			yield Problem(
				"reorganisation", _("{cell} is listed twice. Take one of the lines out."), {"cell": one.title}
			)
		seen.add(one.cell)
		if one.status != cell_rules.ACTIVE:
			yield Problem(
				"reorganisation", _("{cell} is closed already. Take it out of the list."), {"cell": one.title}
			)
		if not one.below:
			yield Problem(
				"reorganisation",
				_(
					"{cell} does not stand below the committee that decides. Choose a committee above all cells."
				),
				{"cell": one.title},
			)
		if one.established_on and one.established_on > act.day:
			yield Problem(
				"reorganisation",
				_("{cell} was established on {day}, after the act takes effect. Correct the day."),
				{"cell": one.title, "day": _day(one.established_on)},
			)


def _shape(act: Act) -> Iterator[Problem]:
	"""How many cells go in and come out."""
	listed = {one.cell for one in act.cells}
	if act.kind == MERGE:
		if len(listed) < 2:
			yield Problem("reorganisation", _("A merger needs two cells or more. Add the others."))
		if len(act.successors) != 1:
			yield Problem(
				"reorganisation",
				_("A merger makes one cell. Name it in one line: an existing cell or a new one."),
			)
		for one in act.successors:
			if one.cell and one.cell not in listed:
				yield Problem(
					"reorganisation",
					_("{cell} is not among the cells that merge. Add it to them."),
					{"cell": one.title},
				)
	elif act.kind == SPLIT:
		if len(listed) != 1:
			yield Problem("reorganisation", _("One cell is split at a time. List only that one."))
		if len(act.successors) < 2:
			yield Problem(
				"reorganisation", _("A split makes two cells or more. Name each in a line of its own.")
			)
		for one in act.successors:
			if one.cell and one.cell not in listed:
				yield Problem(
					"reorganisation",
					_("{cell} exists already. A split makes new cells; only the cell itself may stay."),
					{"cell": one.title},
				)
		yield from _split_members(act)
		if closing(act) and sum(one.takes_folder for one in act.successors) != 1:
			yield Problem("reorganisation", _("Tick the one cell that takes the folder over."))
	elif act.kind == DISSOLVE:
		if len(act.successors) > 1:
			yield Problem(
				"reorganisation", _("One cell takes over what dissolved cells leave. Keep one line.")
			)
		for one in act.successors:
			if not one.cell:
				yield Problem(
					"reorganisation", _("An existing cell takes over what a dissolved one leaves. Choose it.")
				)
			elif one.cell in listed:
				yield Problem(
					"reorganisation",
					_("{cell} cannot take over from itself. Choose another cell."),
					{"cell": one.title},
				)


def _split_members(act: Act) -> Iterator[Problem]:
	if len(act.cells) != 1 or not act.successors:
		return
	cell, after = act.cells[0], members_after(act)
	if sum(members for members, _full_ones in after) != cell.count("members"):
		yield Problem(
			"reorganisation",
			_("The cells have {sum} members together, but {cell} has {count}. Correct the numbers."),
			{
				"sum": sum(members for members, _full_ones in after),
				"cell": cell.title,
				"count": cell.count("members"),
			},
		)
	if any(full > members for members, full in after):
		yield Problem(
			"reorganisation", _("There cannot be more full members than members. Correct one of the numbers.")
		)


def _closing(act: Act, one: Concerned) -> Iterator[Problem]:
	"""What must be settled in a cell before it closes."""
	if one.handover:
		yield Problem(
			"reorganisation",
			_("{cell} has handover {handover} under way. Have it approved, or withdraw it, first."),
			{"cell": one.title, "handover": one.handover},
		)
	if one.count("running_inspections"):
		yield Problem(
			"reorganisation",
			_("{cell} is being inspected. Conclude the inspection, or withdraw it, first."),
			{"cell": one.title},
		)
	if one.count("held_meetings"):
		yield Problem(
			"reorganisation",
			_("{cell} has held a meeting whose minutes are not closed. Close them first."),
			{"cell": one.title},
		)
	if not one.secretary and one.count("documents"):
		yield Problem(
			"reorganisation",
			_(
				"{cell} has no secretary in office, so nobody can hand its folder over. Open a term for whoever "
				"keeps the folder."
			),
			{"cell": one.title},
		)
	if one.term_since and one.term_since > act.day:
		yield Problem(
			"reorganisation",
			_("The secretary of {cell} took office on {day}, after the act takes effect. Correct the day."),
			{"cell": one.title, "day": _day(one.term_since)},
		)
	if one.secretary and one.secretary == act.user:
		yield Problem(
			"reorganisation",
			_("You are the secretary of {cell}; another officer must carry this out."),
			{"cell": one.title},
		)


def _successor(act: Act, one: Successor) -> Iterator[Problem]:
	if one.cell:
		if one.status != cell_rules.ACTIVE:
			yield Problem(
				"reorganisation", _("{cell} is closed already. Choose an active cell."), {"cell": one.title}
			)
		if one.handover:
			yield Problem(
				"reorganisation",
				_("{cell} has handover {handover} under way. Have it approved, or withdraw it, first."),
				{"cell": one.title, "handover": one.handover},
			)
		if one.holder and one.secretary and one.secretary != one.holder:
			yield Problem(
				"reorganisation",
				_("{cell} has a secretary in office. Leave the field empty; a change goes by a handover."),
				{"cell": one.title},
			)
	elif not one.title.strip():
		yield Problem("reorganisation", _("Give each new cell a name."))
	elif not one.cell_type:
		yield Problem("reorganisation", _("Choose the type of {cell}."), {"cell": one.title})
	if not one.committee_below:
		yield Problem(
			"reorganisation",
			_("{cell} would not stand below the committee that decides. Choose another committee for it."),
			{"cell": one.title},
		)
	if not (one.holder or one.secretary):
		yield Problem("reorganisation", _("Name the secretary of {cell}."), {"cell": one.title})
	elif not one.enabled:
		yield Problem(
			"reorganisation",
			_("The account of the secretary of {cell} is disabled. Ask an administrator to enable it."),
			{"cell": one.title},
		)


def _receiving(act: Act) -> Iterator[Problem]:
	handing_over = [one for one in closing(act) if one.secretary]
	who = receiver(act)
	if act.kind == DISSOLVE and not act.successors and handing_over and not who:
		yield Problem(
			"reorganisation",
			_("Name a cell that takes the folders over, or who receives them for the committee."),
		)
	if handing_over and who == act.user:
		yield Problem(
			"reorganisation", _("You receive the folders yourself; another officer must carry this out.")
		)
	if act.kind == DISSOLVE and not act.successors and who in {one.secretary for one in handing_over}:
		yield Problem(
			"reorganisation",
			_("The secretary of a dissolved cell cannot keep its folder. Name somebody else."),
		)


def _move_cells(act: Act) -> Iterator[Problem]:
	if not act.target:
		yield Problem("reorganisation", _("Choose the committee under which they come."))
		return
	if not act.target_below:
		yield Problem(
			"reorganisation",
			_("{committee} does not stand below the committee that decides. Choose a committee above both."),
			{"committee": act.target_title},
		)
	if act.target_level not in cell_rules.LEVELS_WITH_CELLS:
		yield Problem(
			"reorganisation",
			_(
				"A committee of level {level} has no cells of its own. Choose the committee directly above it."
			),
			{"level": act.target_level or ""},
		)
	for one in act.cells:
		if one.in_target:
			yield Problem(
				"reorganisation",
				_("{cell} is under this committee already. Take it out of the list."),
				{"cell": one.title},
			)
		if one.handover:
			yield Problem(
				"reorganisation",
				_("{cell} has handover {handover} under way. Have it approved, or withdraw it, first."),
				{"cell": one.title, "handover": one.handover},
			)


def _move_committee(act: Act) -> Iterator[Problem]:
	if not act.moved or not act.target:
		yield Problem("reorganisation", _("Choose the committee to move, and the one under which it comes."))
		return
	if not (act.moved_below and act.target_below):
		yield Problem(
			"reorganisation",
			_("{committee} does not stand below the committee that decides. Choose a committee above both."),
			{"committee": act.target_title if act.moved_below else act.moved_title},
		)
	if act.moved in act.path_of_target:
		yield Problem(
			"reorganisation",
			_("{committee} cannot come under itself. Choose another committee."),
			{"committee": act.moved_title},
		)
	elif act.moved_parent == act.target:
		yield Problem(
			"reorganisation",
			_("{committee} is under this committee already."),
			{"committee": act.moved_title},
		)
	problem = cell_rules.parent_problem(act.moved_level or "", act.target_level)
	if problem:
		yield replace(problem, kind="reorganisation")


def _day(day: date) -> str:
	return f"{day:%d/%m/%Y}"
