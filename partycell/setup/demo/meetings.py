"""A year of meetings of some of the demo's cells, the plan for the others, and who is assigned to attend.

What lies in the past is written as the acts would have left it, in a few statements. The newest meeting of
the first cell is held and concluded by its secretary, and its papers go into the folder by themselves.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import frappe
from frappe.utils import cint, getdate, today

from partycell.api import meetings as api_meetings
from partycell.framework import bulk, settings
from partycell.inspections import criteria
from partycell.meetings import filing, holding, planning
from partycell.organisation import assigned
from partycell.rules import meetings as rules
from partycell.rules import periods, sampling, scoring
from partycell.rules.terms import congress_term
from partycell.setup.demo import plan
from partycell.setup.demo.people import Work, acting

PREFIX, ASSIGNED = "MEET-DEMO-", "AM-DEMO-"
MONTHS = 12
ASSIGNED_FOR = 400  # days
# The first cell is that of the screenshots; the others lie below different committees.
CELLS = (1, 2, 3, 10, 11, 20, 30, 40, 50, 60, 91, 92, 100, 110)
WITHOUT = frozenset({3, 40})
"""Cells that did not meet each month: the frame has something to say of them."""
CHUNK = 4


def make(demo: plan.Plan, work: Work) -> int:
	"""Makes what is missing; returns how many records."""
	made = _assign(demo)
	there = set(frappe.get_all("Cell Meeting", filters={"name": ("like", f"{PREFIX}%")}, pluck="name"))
	missing = [
		demo.cell(number) for number in CELLS if not any(name.startswith(_prefix(number)) for name in there)
	]
	for start in work("Meetings", list(range(0, len(missing), CHUNK))):
		made += _past(missing[start : start + CHUNK])
		# Each few cells are whole; a demo that is cut short goes on where it stopped.
		frappe.db.commit()
	made += _plan_on(demo)
	made += _by_acts(demo.cell(CELLS[0]))
	frappe.db.commit()  # the plan and the meeting held last, likewise
	return made


def _assign(demo: plan.Plan) -> int:
	"""Officers of the committee above each of these cells attend its meetings; one has followed another."""
	begin = getdate(today()) - timedelta(days=ASSIGNED_FOR)
	made = 0
	for number in CELLS:
		cell, name = demo.cell(number), f"{ASSIGNED}{number:03d}"
		if frappe.db.exists(assigned.DOCTYPE, name):
			continue
		above = next(one for one in demo.committees if one.docname == cell.committee)
		town = demo.committees[0].functions[number % 2].person
		if number % 4 == 2:
			_assignment(f"{name}-T", cell, town, plan.TOWN, begin, begin + timedelta(days=199))
			_assignment(name, cell, above.functions[0].person, above.docname, begin + timedelta(days=200))
			made += 1
		elif number % 4 == 3:
			_assignment(name, cell, town, plan.TOWN, begin)
		else:
			_assignment(name, cell, above.functions[-1].person, above.docname, begin)
		made += 1
	return made


def _assignment(
	name: str, cell: plan.Cell, who: plan.Person, committee: str, since: date, until=None
) -> None:
	doc = frappe.new_doc(assigned.DOCTYPE)
	doc.update({"cell": cell.docname, "user": who.login, "committee": committee})
	doc.update({"from_date": since, "to_date": until, "decision": f"{17 + cell.number}-QĐ/ĐU"})
	doc.insert(set_name=name)


def _past(cells: list[plan.Cell]) -> int:
	"""The meetings of these cells in the twelve months before this one: two queries a cell, four inserts in all."""
	rows: dict[str, list] = {}
	made = 0
	chosen = _criteria_set()
	for cell in cells:
		numbers: dict[str, int] = {}
		for count, (kind, month, day) in enumerate(_days(cell)):
			doc = _meeting(cell, kind, month, day, chosen, count)
			if doc.status == rules.CONCLUDED:
				numbers[doc.congress_term] = doc.minutes_number = numbers.get(doc.congress_term, 0) + 1
			for one in [doc, *doc.get_all_children()]:
				rows.setdefault(one.doctype, []).append(one)
			made += 1
	for doctype, docs in rows.items():
		columns = frappe.get_meta(doctype).get_valid_columns()
		values = [[row.get(column) for column in columns] for row in (one.get_valid_dict() for one in docs)]
		bulk.insert(doctype, columns, values)
	return made


def _days(cell: plan.Cell) -> Iterator[tuple[str, date, date]]:
	this = getdate(today()).replace(day=1)
	first = sampling.months_before(this, MONTHS)
	for year in range(first.year, this.year + 1):
		for one in rules.plan(year, cell.meeting_day, first):
			if one.month < this:
				yield one.meeting_type, one.month, one.day


def _meeting(cell: plan.Cell, kind: str, month: date, day: date, chosen: str, count: int):
	"""One meeting as its acts would have left it: concluded, or called off where the cell did not meet."""
	chance, data = plan.draw("meeting", cell.number, kind, month), plan.read("meetings")
	doc = frappe.new_doc("Cell Meeting")
	doc.name = f"{_prefix(cell.number)}{count:02d}"
	doc.update({"cell": cell.docname, "meeting_type": kind, "planned_on": day, "month": month})
	doc.title = rules.title(kind, month, cell.name)
	doc.period_label = periods.label(rules.month_key(month))
	doc.on_roll = cell.members
	secretary = next(
		term.person for term in reversed(cell.terms) if term.since <= day or term is cell.terms[0]
	)
	if cell.number in WITHOUT and chance.random() < 0.35:
		doc.status, doc.cancelled_reason = rules.CANCELLED, data["cancelled"]
		return _stamped(doc, secretary.login, day)
	doc.update({"status": rules.CONCLUDED, "docstatus": 1, "held_on": day, "venue": "Nhà văn hóa"})
	doc.plan_key = rules.plan_key(cell.docname, kind, month)
	doc.topic = chance.choice(data["topics"]) if kind == rules.THEMATIC else None
	begun = timedelta(hours=19)
	doc.from_time, doc.to_time = begun, begun + timedelta(minutes=chance.choice((75, 95, 100, 110, 120)))
	doc.chair, doc.minute_taker = secretary.name, plan.person(f"thuky.{cell.number:03d}", None).name
	doc.cell_committee_met, doc.draft_ready = int(chance.random() < 0.9), int(chance.random() < 0.85)
	_attendance(doc, cell, chance)
	_member(doc, chance, day)
	for part, title in holding.agenda_for(kind):
		doc.append(
			"agenda", {"part": part, "title": title, "said": chance.choice(data["said"].get(title, [""]))}
		)
	doc.resolution = chance.choice(data["resolutions"])
	doc.votes_for, doc.votes_against = doc.present, 0
	for task in chance.sample(data["tasks"], 2):
		due = day + timedelta(days=chance.randint(10, 25))
		who = plan.person(f"dangvien.{cell.number:03d}.{chance.randint(1, 4)}", None).name
		doc.append("tasks", {"task": task, "responsible": f"Đồng chí {who}", "due_on": due, "done_on": due})
	if kind == rules.REGULAR:
		_score(doc, chosen, cell, chance)
	office = settings.get()
	doc.congress_term = "–".join(map(str, congress_term(day, office.term_first_year, office.term_years)))
	# Their papers were filed on paper; the daily job looks back only some days.
	doc.concluded_on = doc.filed_on = datetime.combine(day + timedelta(days=1), time(8, 30))
	return _stamped(doc, secretary.login, day)


def _attendance(doc, cell: plan.Cell, chance) -> None:
	doc.exempt = cell.members // 12
	away = min(cell.members - doc.exempt - 1, chance.choice((0, 0, 1, 1, 2, 3)))
	doc.absent = int(away and chance.random() < 0.15)
	doc.excused = away - doc.absent
	doc.present = cell.members - doc.exempt - away
	doc.attendance_rate = holding.attendance_of(doc).rate
	reasons = plan.read("meetings")["absences"]
	doc.absence_reasons = "\n".join(
		f"{plan.person(f'dangvien.{cell.number:03d}.{one}', None).name}: {chance.choice(reasons)}"
		for one in range(doc.excused)
	)


def _member(doc, chance, day: date) -> None:
	"""The assigned member comes to about half of the meetings, guides, and clears what he can."""
	who = assigned.current(doc.cell, day) if chance.random() < 0.55 else None
	if not who:
		return
	data = plan.read("meetings")
	doc.member_present, doc.member_name = 1, who.full_name
	doc.guidance = chance.choice(data["guidance"])
	if chance.random() < 0.4:
		doc.difficulty, doc.difficulty_cleared = chance.choice(data["difficulties"])


def _score(doc, chosen: str, cell: plan.Cell, chance) -> None:
	doc.criteria_set = chosen
	shown = frappe.get_cached_doc("Criteria Set", chosen)
	titles = {row.code: row.title for row in shown.blocks}
	for row in shown.criteria:
		share = 1 if chance.random() < 0.55 else min(1, 0.6 + 0.4 * cell.level)
		values = {"code": row.code, "block": row.block, "block_title": titles[row.block], "title": row.title}
		score = round(row.maximum * share * 2) / 2
		doc.append("scores", values | {"maximum": row.maximum, "score": score, "scored": 1})
	lines = criteria.lines_of(doc)
	whole = scoring.total(lines)
	doc.points, doc.maximum, doc.percent = whole.points, whole.maximum, whole.percent
	doc.rating = scoring.rate(lines, criteria.read(chosen)[1]).label


def _stamped(doc, user: str, day: date):
	"""Names and marks of the rows, as Frappe would have written them that day."""
	doc.creation = doc.modified = datetime.combine(day, time(21, 30))
	doc.owner = doc.modified_by = user
	doc.set_parent_in_children()
	for row in doc.get_all_children():
		row.name = frappe.generate_hash(length=14)
		row.update({field: doc.get(field) for field in ("creation", "modified", "owner", "modified_by")})
		row.docstatus = doc.docstatus
	return doc


def _plan_on(demo: plan.Plan) -> int:
	"""The town's officer plans what is left of this year, and the next one, for every cell."""
	this = getdate(today()).year
	if frappe.db.exists("Cell Meeting", {"cell": demo.cells[-1].docname, "status": rules.PLANNED}):
		return 0
	with acting(demo.committees[0].functions[0].person.login):
		return sum(planning.plan_year(year, committee=plan.TOWN) for year in (this, this + 1))


def _by_acts(cell: plan.Cell) -> int:
	"""This month's regular meeting of a cell, held and concluded by its secretary."""
	name = frappe.db.get_value(
		"Cell Meeting",
		{
			"cell": cell.docname,
			"meeting_type": rules.REGULAR,
			"month": getdate(today()).replace(day=1),
			"status": rules.PLANNED,
		},
	)
	if not name:
		return 0
	chance, data, secretary = (
		plan.draw("meeting now", cell.number),
		plan.read("meetings"),
		cell.terms[-1].person,
	)
	with acting(secretary.login):
		doc = frappe.get_doc("Cell Meeting", name)
		doc.update({"venue": "Nhà văn hóa", "from_time": "19:00:00", "to_time": "20:45:00"})
		doc.update({"chair": secretary.name, "cell_committee_met": 1, "draft_ready": 1})
		doc.minute_taker = plan.person(f"thuky.{cell.number:03d}", None).name
		_attendance(doc, cell, chance)
		doc.held_on = min(getdate(doc.planned_on), getdate(today()))
		doc.save()  # gives it its agenda
		for row in doc.agenda:
			row.said = chance.choice(data["said"].get(row.title, [""]))
		doc.resolution, doc.votes_for = data["resolutions"][0], doc.present
		doc.append("tasks", {"task": data["tasks"][0], "responsible": f"Đồng chí {doc.minute_taker}"})
		doc.criteria_set = _criteria_set()
		doc.save()
		for row in doc.scores:
			row.update({"score": row.maximum, "scored": 1})
		doc.save()
		api_meetings.hold(name)
		api_meetings.conclude(name)
		filing.file(name)
	return 1


def _criteria_set() -> str:
	"""The set by which meetings are scored: the first that the site has."""
	return frappe.get_all("Criteria Set", filters={"disabled": 0}, order_by="creation asc", pluck="name")[0]


def _prefix(number: int) -> str:
	return f"{PREFIX}{number:03d}-"


def figures() -> tuple[int, int]:
	"""How many of the demo's meetings were held, and how many are planned."""
	of_cells = {"cell": ("like", f"{plan.CELL}%")}
	held = frappe.db.count("Cell Meeting", {**of_cells, "status": ("in", rules.TOOK_PLACE)})
	return cint(held), cint(frappe.db.count("Cell Meeting", {**of_cells, "status": rules.PLANNED}))
