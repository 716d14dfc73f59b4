"""A cell's meeting: planned, held, concluded, or called off.

The controller calls ``check`` before every save, whichever way it came. The status moves by acts alone
(``api.meetings``); the conclusion is the document's submission, and what was concluded stays.
"""

import json
from collections.abc import Callable
from pathlib import Path

import frappe
from frappe import _
from frappe.utils import cint, cstr, flt, getdate, now_datetime, to_timedelta, today

from partycell.errors import MeetingError, refuse
from partycell.framework import locking, settings
from partycell.inspections import criteria, prefilling
from partycell.organisation import assigned, cells, members
from partycell.papers import numbering
from partycell.rules import meetings as rules
from partycell.rules import periods, scoring

AGENDAS = Path(__file__).parents[1] / "setup" / "data" / "meeting_agendas.json"
# Written by acts and never by whoever saves.
BY_ACT = "status cancelled_reason minutes_number congress_term concluded_on filed_on".split()
COPIED_LINE = "title score maximum scored code block block_title".split()


def check(doc) -> None:
	"""Completes a meeting and refuses one written wrongly; its status stays unless an act moves it."""
	before = doc.get_doc_before_save()
	if before is None:
		_begin(doc)
	elif not doc.flags.meeting_act:
		for field in BY_ACT:
			doc.set(field, before.get(field))
	if before and before.status == rules.CANCELLED:
		frappe.throw(_("This meeting was called off. Plan another one."), MeetingError)
	_complete(doc)
	members.count_into(doc)
	given = attendance_of(doc)
	if doc.status in rules.TOOK_PLACE:
		refuse(rules.attendance_problems(given))
	doc.attendance_rate = given.rate
	_score(doc)


def write_first(doc, write: Callable, *args, **kwargs) -> None:
	"""Writes the row; of two meetings of a cell of one type and month, the second is refused by name."""
	with locking.first_wins(
		"plan_key",
		MeetingError,
		_("The cell has a meeting of this type for this month already. Go on with that one."),
	):
		write(*args, **kwargs)


def hold(doc) -> None:
	"""The meeting took place: the day and the attendance are known."""
	if doc.status != rules.PLANNED:
		frappe.throw(
			_("This meeting is {status} already. Load the page again.").format(status=_(doc.status)),
			MeetingError,
		)
	if not cint(doc.on_roll):
		frappe.throw(_("Write how many members are on the roll, and who was present."), MeetingError)
	doc.held_on = doc.held_on or today()
	if getdate(doc.held_on) > getdate(today()):
		frappe.throw(_("A meeting cannot have been held on a day to come. Correct the day."), MeetingError)
	if cint(doc.member_present) and not doc.member_name:
		member = assigned.current(doc.cell, doc.held_on)
		doc.member_name = member.full_name if member else None
	doc.flags.meeting_act = True
	doc.status = rules.HELD
	doc.save()


def call_off(doc, reason: str) -> None:
	"""A planned meeting will not be held; its place in the plan is free again."""
	if doc.status != rules.PLANNED:
		frappe.throw(_("Only a planned meeting is called off; this one took place."), MeetingError)
	if not cstr(reason).strip():
		frappe.throw(_("Say why the meeting is called off."), MeetingError)
	doc.flags.meeting_act = True
	doc.status, doc.cancelled_reason = rules.CANCELLED, reason.strip()
	doc.save()


def conclude(doc) -> None:
	"""Before the submission: the minutes are whole; numbers them within the cell and its congress term."""
	if doc.status != rules.HELD:
		frappe.throw(
			_("Only a meeting that was held is concluded. Record its attendance first."), MeetingError
		)
	if doc.meeting_type != rules.EXTRAORDINARY and not cstr(doc.resolution).strip():
		frappe.throw(_("Write the resolution or conclusion of the meeting."), MeetingError)
	lines = criteria.lines_of(doc)
	if any(line.score is not None for line in lines):
		refuse(scoring.unscored_problems(lines, {row.code: row.title for row in doc.scores}))
	# Numbers run on within the cell.
	locking.take("Cell", name=doc.cell)
	numbering.take(doc, "cell", getdate(doc.held_on))
	doc.status, doc.concluded_on = rules.CONCLUDED, now_datetime()


def refuse_cancel(doc) -> None:
	"""What was concluded stays; a planned meeting is called off."""
	frappe.throw(_("A concluded meeting stays. Plan another one."), MeetingError)


def for_form(doc) -> dict:
	"""For the desk: what the frame asks of this meeting, and what the cell's year lacks."""
	if doc.is_new():
		return {}
	told = {"frame": frame_of(doc), "wanting": wanting_of(doc.cell)}
	if settings.get().members_listed and members.may_see(doc.cell):
		told |= {"listed": True, "excused_often": members.too_often_excused(doc)}
	return told


def frame_of(doc) -> list[dict]:
	"""[{label, met}] of one meeting, in the language of the session; met is None while not known."""
	office = settings.get()
	started, ended = (to_timedelta(str(time)) if time else None for time in (doc.from_time, doc.to_time))
	asked = rules.Frame(office.meeting_rate_over, office.meeting_minutes)
	one = rules.Meeting(
		attendance_of(doc),
		rules.length(started, ended),
		bool(cint(doc.cell_committee_met)),
		bool(cint(doc.draft_ready)),
		bool(doc.agenda) and all(cstr(row.said).strip() for row in doc.agenda),
	)
	checks = [{"label": _(one.label), "met": one.met} for one in rules.frame(one, asked)]
	if office.members_listed and frappe.db.exists("Meeting Attendance", {"meeting": doc.name}):
		met = not members.too_often_excused(doc)
		checks.append({"label": _("Nobody excused more than three times running"), "met": met})
	return checks


def wanting_of(cell: str) -> list[str]:
	"""The regular and thematic meetings of the last twelve months that the frame asks for and lacks."""
	day = getdate(today())
	kept = frappe.db.get_value("Cell", cell, "kept_from")
	since = max(day.replace(year=day.year - 1, day=1), getdate(kept or today()))
	rows = frappe.get_all(
		"Cell Meeting",
		filters={"cell": cell, "status": ("in", rules.TOOK_PLACE), "month": (">=", since.replace(day=1))},
		fields=["meeting_type", "month"],
	)
	lacking = rules.wanting([(row.meeting_type, getdate(row.month)) for row in rows], since, day)
	return [f"{_(kind)}: {periods.label(key)}" for kind, key in lacking]


def attendance_of(doc) -> rules.Attendance:
	"""The attendance as the rules take it."""
	return rules.Attendance(
		*(cint(doc.get(field)) for field in "on_roll exempt present excused absent".split())
	)


def agenda_for(meeting_type: str) -> list[tuple[str, str]]:
	"""The prescribed order of a meeting of this type: the office's own, or the one that ships."""
	written = settings.get().regular_agenda if meeting_type == rules.REGULAR else None
	return rules.agenda(written or json.loads(AGENDAS.read_text(encoding="utf-8"))[meeting_type])


def _begin(doc) -> None:
	"""A new meeting is planned, for a cell that is active; what acts write is empty."""
	cells.refuse_closed(doc.cell)
	for field in BY_ACT:
		doc.set(field, None)
	doc.docstatus, doc.status = 0, rules.PLANNED


def _complete(doc) -> None:
	"""What follows from the rest: month, title, agenda, members, key."""
	doc.month = getdate(doc.month or doc.planned_on).replace(day=1)
	doc.period_label = periods.label(rules.month_key(doc.month))
	named = frappe.db.get_value("Cell", doc.cell, ["cell_name", "members"], as_dict=True)
	doc.title = rules.title(doc.meeting_type, doc.month, named.cell_name)
	if not doc.agenda and doc.docstatus == 0:
		for part, title in agenda_for(doc.meeting_type):
			doc.append("agenda", {"part": part, "title": title})
	if not cint(doc.on_roll) and doc.status == rules.PLANNED:
		doc.on_roll = cint(named.members)
	called_off = doc.status == rules.CANCELLED
	doc.plan_key = None if called_off else rules.plan_key(doc.cell, doc.meeting_type, doc.month)


def _score(doc) -> None:
	"""Lines of the chosen criteria set, points and rating; without a set there are none."""
	if doc.docstatus == 0:
		_lines(doc)
	for row in doc.scores:
		row.scored = int(bool(cint(row.scored) or flt(row.score)))
	lines = criteria.lines_of(doc)
	refuse(scoring.score_problems(lines, {row.code: row.title for row in doc.scores}))
	whole = scoring.total(lines)
	doc.points, doc.maximum, doc.percent = whole.points, whole.maximum, whole.percent
	bands = criteria.read(doc.criteria_set)[1] if doc.criteria_set else []
	rating = None if whole.unscored or not lines else scoring.rate(lines, bands)
	doc.rating = rating.label if rating else None


def _lines(doc) -> None:
	if not doc.criteria_set:
		doc.set("scores", [])
		return
	wanted = prefilling.rows(doc.criteria_set, [doc.cell])[doc.cell]
	given = {row.code: row for row in doc.scores}
	changed = doc.has_value_changed("criteria_set")
	doc.set("scores", [])
	for line in wanted:
		old = None if changed and not doc.is_new() else given.get(line["code"])
		kept = {field: old.get(field) for field in ("score", "scored", "remark")} if old else {}
		doc.append("scores", {field: line[field] for field in COPIED_LINE} | kept)
