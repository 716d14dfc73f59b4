"""Two years of inspections of the demo's cells: each half year one set, scored, answered and concluded.

What lies in the past cannot be carried out by the acts, which write today's date; it is made as the acts
would have left it, by the same rules: the scores, the rating, the numbers of the minutes, the digest. The
running half year is planned by a plan and carried to different states by the acts themselves.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import frappe
from frappe.utils import add_days, cint, getdate, now, today

from partycell.api import inspections
from partycell.inspections import concluding, criteria, planning, prefilling
from partycell.papers import numbering
from partycell.rules import inspection as rules
from partycell.rules import record, sampling, scoring
from partycell.setup.demo import plan
from partycell.setup.demo.people import Work, acting

ROUNDS = 4
MONTHS = 6
PREFIX = "INS-DEMO-"
CHUNK = 30
# How many of the running half year are in each state.
RUNNING = ((rules.WITH_CELL, 4), (rules.IN_PROGRESS, 3))
FINDINGS = (
	("Sổ biên bản ghi chưa đủ ý kiến phát biểu của đảng viên", "Ghi đủ ý kiến, thông qua trước khi kết thúc"),
	("Còn văn bản hết hiệu lực trong cặp tài liệu", "Rà soát, đưa văn bản hết hiệu lực ra khỏi cặp"),
	("Sổ tay bí thư ghi chép chưa thường xuyên", "Ghi chép sau mỗi kỳ sinh hoạt"),
	("Nghị quyết tháng chưa phân công rõ người thực hiện", "Phân công người, thời hạn từng việc"),
)
STRENGTHS = (
	"Tài liệu sắp xếp đúng ngăn, đúng danh mục.",
	"Sinh hoạt đúng ngày, đúng trình tự, đảng viên phát biểu sôi nổi.",
	"Bí thư nắm chắc nội dung, chuẩn bị dự thảo nghị quyết đầy đủ.",
)


@dataclass(frozen=True)
class Round:
	"""One half year of the past, inspected by one set."""

	number: int
	first: date
	last: date
	criteria_set: str


def make(demo: plan.Plan, work: Work) -> int:
	"""Makes the past inspections that are missing, and the running plan; returns how many records."""
	made = 0
	there = set(frappe.get_all("Inspection", filters={"name": ("like", f"{PREFIX}%")}, pluck="name"))
	for one in rounds():
		missing = [cell for cell in demo.cells if _name(one, cell) not in there and _inspected(one, cell)]
		for start in work("Inspections", list(range(0, len(missing), CHUNK))):
			made += _past(demo, one, missing[start : start + CHUNK])
			# Each few are whole; a demo that is cut short goes on where it stopped.
			frappe.db.commit()
	if not frappe.db.exists("Inspection Plan", {"committee": plan.TOWN}):
		made += _running(demo)
		frappe.db.commit()  # likewise
	return made


def rounds() -> Iterator[Round]:
	"""The half years before the running one, oldest first, by both sets in turn."""
	sets = frappe.get_all("Criteria Set", filters={"disabled": 0}, order_by="creation asc", pluck="name")
	for number in range(ROUNDS):
		last = sampling.months_before(getdate(today()), MONTHS * (ROUNDS - 1 - number)) - timedelta(days=20)
		first = sampling.months_before(last, MONTHS - 1)
		yield Round(number, first, last, sets[number % len(sets)])


def _inspected(one: Round, cell: plan.Cell) -> bool:
	"""Not every cell is inspected each half year; a few never are."""
	return cell.number % 15 != 0 and plan.draw("inspected", one.number, cell.number).random() < 0.75


def _name(one: Round, cell: plan.Cell) -> str:
	return f"{PREFIX}{one.number}-{cell.number:03d}"


def _past(demo: plan.Plan, one: Round, cells: list[plan.Cell]) -> int:
	days = sampling.spread(len(demo.cells), one.first, one.last)
	filled = prefilling.rows(one.criteria_set, [cell.docname for cell in cells])
	_criteria, bands, _step = criteria.read(one.criteria_set)
	named = frappe.db.get_value("Criteria Set", one.criteria_set, "set_name")
	lead = next(function for function in demo.committees[0].functions if function.function == "Inspector")
	officer = demo.committees[0].functions[0]
	for cell in cells:
		began = datetime.combine(days[cell.number - 1], time(8, 0))
		lines = [_scored(one, cell, line) for line in filled[cell.docname]]
		checklist = [scoring.Line(row["code"], row["block"], row["maximum"], row["score"]) for row in lines]
		whole, rating = scoring.total(checklist), scoring.rate(checklist, bands)
		doc = frappe.new_doc("Inspection")
		doc.update(
			{
				"name": _name(one, cell),
				"cell": cell.docname,
				"criteria_set": one.criteria_set,
				"committee": plan.TOWN,
				"planned_on": began.date(),
				"lead": lead.person.login,
				"lead_name": lead.person.name,
				"title": f"{cell.name}: {named}"[:255],
				"workflow_state": rules.CONCLUDED,
				"docstatus": 1,
				"points": whole.points,
				"maximum": whole.maximum,
				"percent": whole.percent,
				"rating": rating.label,
				"started_on": began,
				"venue": "Nhà văn hóa",
				"sent_on": began + timedelta(days=1),
				"answer_due_on": (began + timedelta(days=8)).date(),
				"cell_answer": rules.AGREES,
				"answered_by": cell.terms[-1].person.login,
				"answered_by_name": cell.terms[-1].person.name,
				"answered_on": began + timedelta(days=4),
				"concluded_on": began + timedelta(days=6),
				"concluded_by": officer.person.login,
				"concluded_by_name": officer.person.name,
				"concluded_by_position": officer.position,
			}
		)
		doc.append(
			"team", {"user": lead.person.login, "full_name": lead.person.name, "position": lead.position}
		)
		for row in lines:
			doc.append("scores", row)
		_write_findings(one, cell, doc, began)
		numbering.take(doc, "committee", getdate(doc.concluded_on))
		doc.digest = record.digest(concluding.sealed(doc))
		_insert(doc)
		_actions(one, cell, doc, officer.person.login)
	return len(cells)


def _scored(one: Round, cell: plan.Cell, line: dict) -> dict:
	"""A score as an inspector gave it then: by how the cell is kept, a little better each half year."""
	chance = plan.draw("score", one.number, cell.number, line["code"])
	share = min(1.0, 0.35 + 0.5 * cell.level + 0.06 * one.number + chance.uniform(-0.15, 0.2))
	if chance.random() < 0.3:
		share = 1.0
	score = round(line["maximum"] * share * 2) / 2
	# What the records say today is not what they said then.
	return line | {"score": score, "scored": 1, "fact_known": 0, "fact_value": 0, "proposed": 0}


def _write_findings(one: Round, cell: plan.Cell, doc, began: datetime) -> None:
	chance = plan.draw("findings", one.number, cell.number)
	doc.append("findings", {"kind": rules.STRENGTH, "text": chance.choice(STRENGTHS)})
	if doc.percent < 88:
		text, remedy = chance.choice(FINDINGS)
		due = (began + timedelta(days=36)).date()
		doc.append("findings", {"kind": rules.WEAKNESS, "text": text, "remedy": remedy, "due_on": due})
		doc.append("findings", {"kind": rules.CAUSE, "text": "Chưa phân công người theo dõi cụ thể."})


def _insert(doc) -> None:
	"""Writes the rows without the acts' checks, which would put today's date on them."""
	doc.creation = doc.modified = now()
	doc.owner = doc.modified_by = doc.concluded_by
	doc.set_parent_in_children()
	doc.db_insert()
	for idx, row in enumerate(doc.get_all_children(), 1):
		row.idx, row.docstatus = row.idx or idx, 1
		row.name = frappe.generate_hash(length=14)
		row.db_insert()


def _actions(one: Round, cell: plan.Cell, doc, officer: str) -> None:
	"""What the conclusion asked for: mostly done in time, some late, some of the last round still open."""
	row = next((row for row in doc.findings if row.due_on), None)
	if not row:
		return
	chance = plan.draw("action", one.number, cell.number)
	recent = one.number == ROUNDS - 1
	state = "Open" if chance.random() < (0.5 if recent else 0.06) else "Effective"
	done = row.due_on + timedelta(days=chance.randint(-12, 9)) if state == "Effective" else None
	action = frappe.new_doc("Corrective Action")
	action.update(
		{
			"subject": row.text,
			"cell": cell.docname,
			"inspection": doc.name,
			"remedy": row.remedy,
			"responsible": cell.terms[-1].person.login,
			"due_on": row.due_on,
		}
	)
	with acting(officer):
		action.insert()
	values = {"workflow_state": state}
	if done:
		values |= {
			"done_on": done,
			"evidence": "Đã khắc phục, báo cáo chi bộ.",
			"effect_checked_by": officer,
			"effect_checked_on": done + timedelta(days=7),
		}
	action.db_set(values, update_modified=False)
	row.db_set("corrective_action", action.name, update_modified=False)


def _running(demo: plan.Plan) -> int:
	"""The plan of the running half year: a sample, made in one go, some of it under way."""
	town = demo.committees[0]
	officer = town.functions[0].person.login
	inspectors = [function for function in town.functions if function.function == "Inspector"]
	with acting(officer):
		doc = frappe.new_doc("Inspection Plan")
		doc.update(
			{
				"plan_name": "Kiểm tra việc sử dụng cặp tài liệu sinh hoạt chi bộ",
				"committee": plan.TOWN,
				"criteria_set": list(rounds())[1].criteria_set,
				"basis": "Chương trình công tác kiểm tra, giám sát của Ban Thường vụ",
				"from_date": add_days(today(), -15),
				"to_date": add_days(today(), 75),
				"lead": inspectors[0].person.login,
				"selection": planning.SAMPLE,
				"sample_size": 24,
				"seed": plan.SEED,
				"recurrence": sampling.HALF_YEARLY,
			}
		)
		doc.append("members", {"user": inspectors[1].person.login, "position": inspectors[1].position})
		doc.insert()
		made = planning.make(doc.name)
	names = frappe.get_all(
		"Inspection", filters={"plan": doc.name}, order_by="planned_on, name", pluck="name"
	)
	turn = iter(names)
	with acting(inspectors[0].person.login):
		for state, count in RUNNING:
			for name in (next(turn) for _number in range(count)):
				inspections.start(name)
				if state == rules.WITH_CELL:
					_score_and_send(name)
	return made + 1


def _score_and_send(name: str) -> None:
	doc = frappe.get_doc("Inspection", name)
	given = {
		row.name: {"score": round(row.maximum * plan.draw("now", name, row.code).uniform(0.6, 1.0) * 2) / 2}
		for row in doc.scores
		if not cint(row.scored)
	}
	inspections.save_scores(name, given)
	inspections.send(name)
