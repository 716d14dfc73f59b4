"""What the form of a reorganisation shows: before the act what will happen, after it what came of it."""

import frappe
from frappe import _
from frappe.utils import format_date

from partycell.access import scope
from partycell.errors import say
from partycell.reorganisation import facts, undo
from partycell.rules import cells as cell_rules
from partycell.rules import reorganisation as rules
from partycell.rules import reorganisation_problems
from partycell.rules.completeness import STATES

# Shown in the table of the preview, each beside its label.
COLUMNS = (
	"members documents missing questions actions unacknowledged planned_inspections planned_meetings "
	"assigned_members issued_folders"
).split()


def of(doc) -> dict:
	"""``{preview}`` of a draft, ``{outcome}`` of an act that was carried out; and what the user may do."""
	if doc.is_new():
		return {}
	user = frappe.session.user
	told: dict = {"may_carry_out": bool(frappe.has_permission(doc.doctype, "submit", doc=doc, user=user))}
	if doc.docstatus.is_draft():
		return told | {"preview": preview(doc)}
	told["may_undo"] = doc.docstatus.is_submitted() and scope.sees_everything(user)
	return told | {"outcome": outcome(doc)}


def preview(doc) -> dict:
	"""What an act would do today.

	problems: what stops it, as sentences; steps: what will happen, as sentences
	columns: ``[{name, label}]``; cells: the figures of each cell; totals: of all together
	successors: ``[{title, new, secretary, members, full_members}]``; signs: whether folders are handed over
	"""
	act = facts.read(doc)
	found = list(reorganisation_problems.problems(act))
	closing = {one.cell for one in rules.closing(act)}
	states = facts.states([one.cell for one in act.cells])
	return {
		"problems": [say(problem) for problem in found],
		"columns": [{"name": name, "label": label} for name, label in _labels().items()],
		"cells": [
			{
				"cell": one.cell,
				"title": one.title,
				"secretary": one.secretary_name,
				"closes": one.cell in closing,
				"states": {state: states[one.cell].get(state, 0) for state in STATES},
				**{name: one.count(name) for name in COLUMNS},
			}
			for one in act.cells
		],
		"totals": rules.totals(act.cells),
		"successors": _successors(act),
		"steps": [] if found else _steps(doc, act),
		"signs": any(one.secretary for one in rules.closing(act)),
	}


def outcome(doc) -> dict:
	"""What came of an act: ``{handovers, cells, hanging}``.

	hanging: what keeps it from being undone by now, as ``[{doctype, name, title}]``
	"""
	handovers = frappe.get_list(
		"Handover",
		filters={"reorganisation": doc.name},
		fields=[
			"name",
			"title",
			"workflow_state",
			"count_total",
			"count_missing",
			"minutes_number",
			"digest",
		],
		order_by="name asc",
		limit_page_length=0,
	)
	hanging = undo.hanging(doc) if doc.docstatus.is_submitted() else []
	became = [row.became for row in doc.successors if row.became]
	names = [row.cell for row in doc.cells] + became
	cells = frappe.get_list(
		"Cell",
		filters={"name": ("in", names or [""])},
		fields=["name", "cell_name", "status", "members", "secretary_name", "closed_on"],
		limit_page_length=0,
	)
	return {
		"handovers": handovers,
		"cells": sorted(cells, key=lambda row: (row.status != cell_rules.ACTIVE, row.cell_name)),
		"hanging": [
			{"doctype": row["doctype"], "name": row["name"], "title": row["values"]["title"]}
			for row in hanging
		],
	}


def _labels() -> dict[str, str]:
	return {
		"members": _("Members"),
		"documents": _("Documents"),
		"missing": _("Lacking"),
		"questions": _("Questions and Notes"),
		"actions": _("Corrective Actions"),
		"unacknowledged": _("Directives Not Acknowledged"),
		"planned_inspections": _("Planned Inspections"),
		"planned_meetings": _("Planned Meetings"),
		"assigned_members": _("Assigned Members"),
		"issued_folders": _("Issued Folders"),
	}


def _successors(act: rules.Act) -> list[dict]:
	after = rules.members_after(act) or [None] * len(act.successors)
	users = [one.holder or one.secretary for one in act.successors]
	names = dict(
		frappe.get_all(
			"User",
			filters={"name": ("in", [user for user in users if user] or [""])},
			fields=["name", "full_name"],
			as_list=True,
		)
	)
	return [
		{
			"cell": one.cell,
			"title": one.title,
			"new": not one.cell,
			"secretary": names.get(user, user),
			"members": count[0] if count else None,
			"full_members": count[1] if count else None,
		}
		for one, user, count in zip(act.successors, users, after, strict=True)
	]


def _steps(doc, act: rules.Act) -> list[str]:
	"""What will happen, in the order in which it does, one sentence each."""
	day = format_date(act.day)
	if act.kind == rules.MOVE_CELLS:
		return _moving(
			_("{count} cells come under {committee}.").format(
				count=len(act.cells), committee=act.target_title
			)
		)
	if act.kind == rules.MOVE_COMMITTEE:
		text = _("{committee} and all below it come under {target}.")
		return _moving(text.format(committee=act.moved_title, target=act.target_title))
	closing, heir = rules.closing(act), rules.heir(act)
	sums = rules.totals(closing)
	steps = [
		_("{cell} is established as of {day}.").format(cell=one.title, day=day)
		for one in act.successors
		if not one.cell
	]
	to = heir.title if heir else _("the committee")
	steps += [
		_("The term of {person} in {cell} ends on {day}; the folder is handed over to {receiver}.").format(
			person=one.secretary_name, cell=one.title, day=day, receiver=to
		)
		for one in closing
		if one.secretary
	]
	if not closing:
		return steps
	if heir:
		steps.append(
			_(
				"{documents} documents, {questions} questions and notes and {actions} corrective actions go to "
				"{cell}; what is lacking stands on the minutes and becomes a corrective action."
			).format(cell=to, **{name: sums[name] for name in ("documents", "questions", "actions")})
		)
		steps.append(_("{cell} takes note of directives in force itself.").format(cell=to))
	else:
		steps.append(
			_(
				"{questions} questions and notes are withdrawn and {actions} corrective actions written off, "
				"with the decision as the reason."
			).format(**{name: sums[name] for name in ("questions", "actions")})
		)
	if sums["planned_inspections"] or sums["planned_meetings"]:
		steps.append(
			_(
				"{inspections} planned inspections are withdrawn and {meetings} planned meetings called off."
			).format(inspections=sums["planned_inspections"], meetings=sums["planned_meetings"])
		)
	if sums["issued_folders"]:
		steps.append(
			_(
				"{count} issued folders stay on record as they are. Record the return of each when it comes back."
			).format(count=sums["issued_folders"])
		)
	steps.append(
		_("{cells} are closed as of {day}; their history stays under their names.").format(
			cells=", ".join(one.title for one in closing), day=day
		)
	)
	return steps


def _moving(first: str) -> list[str]:
	return [
		first,
		_("Folders, secretaries and all records stay with the cells."),
		_("Who reads and approves follows from the new place at once."),
		_("Directives in force there come into the folders; nothing is taken out of them."),
		_("Questions that lie with a committee no longer above come before the nearest that is."),
	]
