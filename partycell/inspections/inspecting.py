"""Inspecting: one cell's inspection from the plan to the cell's answer.

The controller calls ``check`` before every save, whichever way it came, so that no way leads around who
may write what and what each act demands. What the conclusion does is in ``concluding``.
"""

from collections.abc import Callable

import frappe
from frappe import _
from frappe.utils import add_days, cint, cstr, flt, getdate, now_datetime, today

from partycell.access import inspection_access, roles, scope
from partycell.errors import InspectionError, refuse
from partycell.framework import guarding, locking, settings
from partycell.inspections import concluding, criteria, prefilling
from partycell.organisation import cells
from partycell.rules import inspection as rules
from partycell.rules import scoring

INSPECTOR = roles.BY_FUNCTION["Inspector"]
# Worked out anew at every save (``_keep_up``), whatever is sent: a form that is open while the scores are saved
# beside it sends what they were.
DERIVED = frozenset({"points", "maximum", "percent", "rating", "title", "awaiting", "open_key"})


def begin(doc) -> None:
	"""Before an inspection is made by hand: holds the cell, and empties what only acts write."""
	locking.take("Cell", name=doc.cell)
	for field in doc.meta.fields:
		if field.fieldname not in rules.OPENS_WITH:
			doc.set(field.fieldname, [] if field.fieldtype == "Table" else None)


def check(doc) -> None:
	"""Refuses what this user may not do now; carries out what the change of state brings."""
	user = frappe.session.user
	before = doc.get_doc_before_save()
	if before is None:
		_begin(doc)
		old = rules.PLANNED
	else:
		old = before.workflow_state
		if user != "Administrator":
			_guard_fields(doc, before, rules.may_write(old, inspection_access.parts_in(before, user)))
	_mark_scored(doc, before)
	_note_answer(doc, before)
	new = doc.workflow_state or rules.PLANNED
	if new != old:
		_move(doc, old, new, inspection_access.parts_in(before or doc, user))
	_keep_up(doc)


def follow(doc) -> None:
	"""After a save: whoever inspects gets the role that opens the desk; the rows follow from the team."""
	for row in doc.team:
		roles.grant(row.user, INSPECTOR)


def whose_turn(doc) -> list[str]:
	"""The users who must act next; empty when nobody must."""
	state = doc.workflow_state
	if state in (rules.PLANNED, rules.IN_PROGRESS, rules.RETURNED):
		return [doc.lead]
	if state == rules.WITH_CELL and not doc.answered_on:
		return list(filter(None, [_secretary(doc.cell)]))
	if state == rules.WITH_CELL:
		return [user for user in scope.officers_above(doc.cell) if user != _secretary(doc.cell)]
	return []


def refuse_leads_of_own(users: set[str], chosen: list[str]) -> None:
	"""Nobody inspects the cell whose secretary he is: refuses a team in which one would."""
	held = frappe.get_all(
		"Secretary Term",
		filters={"user": ("in", sorted(users)), "status": "Open"},
		fields=["cell", "full_name"],
	)
	among = set(chosen)
	for row in held:
		if row.cell in among:
			frappe.throw(
				_("{person} is the secretary of {cell} and cannot inspect it. Choose somebody else.").format(
					person=frappe.utils.escape_html(row.full_name or ""),
					cell=frappe.utils.escape_html(frappe.db.get_value("Cell", row.cell, "cell_name")),
				),
				InspectionError,
			)


def write_first(doc, write: Callable, *args, **kwargs) -> None:
	"""Writes the row; of two inspections of a cell by the same set, the second is refused by name."""
	with locking.first_wins(
		"open",
		InspectionError,
		_("An inspection of this cell with this criteria set is planned or under way. Go on with that one."),
	):
		write(*args, **kwargs)


def refuse_cancel(doc) -> None:
	"""What was concluded stays; a mistake in it is put right by the next inspection."""
	frappe.throw(_("A concluded inspection stays. Plan another one."), InspectionError)


def _begin(doc) -> None:
	"""A new inspection, made by hand: an officer plans it for a cell that is active."""
	cells.refuse_closed(doc.cell)
	if doc.workflow_state not in (None, "", rules.PLANNED):
		frappe.throw(_("An inspection begins as planned."), InspectionError)
	doc.docstatus, doc.workflow_state = 0, rules.PLANNED
	if cint(frappe.db.get_value("Criteria Set", doc.criteria_set, "disabled")):
		frappe.throw(_("This criteria set is disabled. Choose its newest version."), InspectionError)
	doc.committee = doc.committee or frappe.db.get_value("Cell", doc.cell, "committee")
	prefilling.fill(doc)


def _move(doc, old: str, new: str, parts: frozenset[str]) -> None:
	"""Carries out one act; refuses a move that the order of acts does not have."""
	allowed = rules.MOVES.get((old, new))
	if allowed is None:
		frappe.throw(
			_("An inspection does not go from {old} to {new}. Use the buttons of the form.").format(
				old=_(old), new=_(new)
			),
			InspectionError,
		)
	if not allowed & parts:
		frappe.throw(_("It is not your turn in this inspection."), InspectionError)
	if (new == rules.CONCLUDED) != (doc.docstatus == 1):
		frappe.throw(_("An inspection is concluded by the button of the form."), InspectionError)
	{
		rules.IN_PROGRESS: _start,
		rules.WITH_CELL: _send,
		rules.RETURNED: _return,
		rules.WITHDRAWN: _withdraw,
		rules.CONCLUDED: concluding.prepare,
	}[new](doc)


def _start(doc) -> None:
	"""The team is in the cell: what the records say today is put on the checklist."""
	cells.refuse_closed(doc.cell)
	doc.started_on = doc.started_on or now_datetime()
	doc.previous = frappe.db.get_value(
		"Inspection",
		{"cell": doc.cell, "docstatus": 1, "name": ("!=", doc.name)},
		order_by="concluded_on desc",
	)
	prefilling.fill(doc)


def _send(doc) -> None:
	"""The team has scored everything and said why; the cell has some days to answer."""
	cells.refuse_closed(doc.cell)
	titles = {row.code: row.title for row in doc.scores}
	refuse(scoring.unscored_problems(criteria.lines_of(doc), titles))
	refuse(rules.changed_problems(criteria.scores_of(doc)))
	# Sent a second time, it says what became of what the cell objected to.
	refuse(rules.undecided_problems(criteria.scores_of(doc)))
	refuse(
		problem
		for row in doc.findings
		for problem in rules.finding_problems(
			row.idx,
			row.kind,
			cstr(row.text),
			remedy=cstr(row.remedy),
			due_on=getdate(row.due_on) if row.due_on else None,
		)
	)
	concluding.refuse_foreign_actions(doc)
	doc.sent_on = now_datetime()
	doc.answer_due_on = add_days(today(), settings.get().answer_days)
	doc.cell_answer = doc.answered_by = doc.answered_by_name = doc.answered_on = None


def _return(doc) -> None:
	if not cstr(doc.returned_reason).strip():
		frappe.throw(_("Say why the inspection goes back to the team."), InspectionError)


def _withdraw(doc) -> None:
	if not cstr(doc.withdrawn_reason).strip():
		frappe.throw(_("Say why the inspection is withdrawn."), InspectionError)


def _mark_scored(doc, before) -> None:
	"""A score that was written counts as given, also where it comes by REST; 0 is given by the tick."""
	earlier = {row.name: row for row in before.scores} if before else {}
	for row in doc.scores:
		old = earlier.get(row.name)
		if old and flt(row.score, 2) != flt(old.score, 2):
			row.scored = 1
		if not cint(row.scored):
			row.score = 0
	refuse(scoring.score_problems(criteria.lines_of(doc), {row.code: row.title for row in doc.scores}))


def _note_answer(doc, before) -> None:
	"""The cell's answer is signed with who gave it and when."""
	if (
		not before
		or cstr(doc.cell_answer) == cstr(before.cell_answer)
		or doc.workflow_state != rules.WITH_CELL
	):
		return
	if before.workflow_state != rules.WITH_CELL:
		return
	if doc.cell_answer:
		_ask_again(doc, before)
		refuse(rules.answer_problems(doc.cell_answer, criteria.scores_of(doc)))
		doc.answered_by, doc.answered_on = frappe.session.user, now_datetime()
		doc.answered_by_name = frappe.utils.get_fullname(doc.answered_by)
	else:
		doc.answered_by = doc.answered_by_name = doc.answered_on = None


def _ask_again(doc, before) -> None:
	"""What was replied to an earlier objection is no reply to a new one."""
	earlier = {row.name: cstr(row.objection) for row in before.scores}
	for row in doc.scores:
		if cstr(row.objection) != earlier.get(row.name, ""):
			row.objection_reply = None


def _keep_up(doc) -> None:
	"""What follows from the rest at every save: names, sums, the rating, whose turn it is."""
	if doc.docstatus == 0:
		_keep_team(doc)
	lines = criteria.lines_of(doc)
	whole = scoring.total(lines)
	doc.points, doc.maximum, doc.percent = whole.points, whole.maximum, whole.percent
	_criteria, bands, _step = criteria.read(doc.criteria_set)
	rating = None if whole.unscored else scoring.rate(lines, bands)
	doc.rating = rating.label if rating else None
	doc.title = _title(doc)
	doc.awaiting = ",".join(whose_turn(doc))
	running = doc.docstatus == 0 and doc.workflow_state in rules.OPEN_STATES
	doc.open_key = open_key(doc.cell, doc.criteria_set) if running else None


def open_key(cell: str, criteria_set: str) -> str:
	"""What the site must not hold twice: an open inspection of a cell by a set."""
	return f"{cell}:{criteria_set}"


def _keep_team(doc) -> None:
	"""The lead is one of the team, nobody is in it twice, and nobody inspects his own cell."""
	if doc.lead not in {row.user for row in doc.team}:
		doc.append("team", {"user": doc.lead})
	seen = set()
	for row in list(doc.team):
		if row.user in seen:
			doc.remove(row)
		seen.add(row.user)
	names = dict(
		frappe.get_all(
			"User", filters={"name": ("in", sorted(seen))}, fields=["name", "full_name"], as_list=True
		)
	)
	for row in doc.team:
		row.full_name = names.get(row.user)
	doc.lead_name = names.get(doc.lead)
	refuse_leads_of_own(seen, [doc.cell])


def _title(doc) -> str:
	cell = frappe.db.get_value("Cell", doc.cell, "cell_name")
	return f"{cell}: {frappe.db.get_value('Criteria Set', doc.criteria_set, 'set_name')}"[:255]


def _secretary(cell: str) -> str | None:
	return frappe.db.get_value("Secretary Term", {"cell": cell, "status": "Open"}, "user")


def _guard_fields(doc, before, writable: frozenset[str]) -> None:
	refused = guarding.first_refused(doc, before, writable | DERIVED, rules.GROWING)
	if not refused:
		return
	if refused.line_added_or_removed:
		text = _("The lines of {field} cannot be added or removed by you while the inspection is {state}.")
	else:
		text = _("{field} cannot be changed by you while the inspection is {state}.")
	frappe.throw(text.format(field=_(refused.label), state=_(before.workflow_state)), InspectionError)
