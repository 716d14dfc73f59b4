"""The demo's handovers of 2016 to 2019: most of them whole, some with documents missing that were put right."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import frappe

from partycell.framework import bulk, settings
from partycell.handover import sealing
from partycell.rules import handover
from partycell.rules.completeness import DAMAGED, MISSING, PRESENT
from partycell.rules.terms import CLOSED, congress_term
from partycell.setup.demo import plan

FROM = 61
"""The first of the cells that change hands in those years; the earlier ones have a history of their own."""
HANDOVERS = 36
FREE_SINCE = date(2020, 1, 5)
REASONS = ("Congress", "Congress", "Transfer", "Retirement", "Appointment")
COPIED = "code title section section_title period_label number_symbol dated copies pages paper_place".split()
SPAN = (date(2016, 6, 20), date(2019, 11, 20))
WHOLE = 0.75


@dataclass(frozen=True)
class Told:
	"""One handover of those years."""

	number: int
	cell: plan.Cell
	signed: datetime
	took: int
	giver: plan.Person
	receiver: plan.Person
	officer: plan.Person
	reason: str

	@property
	def docname(self) -> str:
		"""The name of its record."""
		return f"HO-DEMO-{self.number:03d}"

	@property
	def approved(self) -> datetime:
		"""When it was approved: after the days it took."""
		return self.signed + timedelta(days=self.took, hours=2)


def make(demo: plan.Plan) -> int:
	"""Writes the handovers with their terms, documents and what was put right; returns how many records."""
	told = list(_told(demo))
	_accounts(told)
	terms, lines, actions, acts = [], [], [], []
	slots = _slots([one.cell.docname for one in told])
	for one in told:
		own = _lines(one, slots[one.cell.docname])
		terms += _terms(one)
		lines += own
		actions += _actions(one, own)
		acts.append(_handover(one, own))
	for doctype, rows in (
		("Secretary Term", terms),
		("Handover", acts),
		("Handover Item", lines),
		("Corrective Action", actions),
	):
		_write(doctype, rows)
	digests = {
		one.docname: {"digest": sealing.digest(frappe.get_doc("Handover", one.docname))} for one in told
	}
	frappe.db.bulk_update("Handover", digests, update_modified=False)
	return len(terms) + len(acts) + len(actions)


def _told(demo: plan.Plan):
	stories = {story["cell"] for story in plan.read("handovers")["stories"]}
	free = [
		cell
		for cell in demo.cells[FROM - 1 :]
		if cell.terms[0].since >= FREE_SINCE and cell.number not in stories
	]
	for number, cell in enumerate(free[:HANDOVERS], 1):
		chance = plan.draw("history", cell.number)
		day = SPAN[0] + timedelta(days=chance.randint(0, (SPAN[1] - SPAN[0]).days))
		yield Told(
			number,
			cell,
			datetime.combine(day, time(8, 30)),
			min(30, int(chance.expovariate(1 / 4)) + 1),
			plan.person(f"cuu.{cell.number:03d}.1", None),
			plan.person(f"cuu.{cell.number:03d}.2", None),
			demo.officer_of(cell),
			chance.choice(REASONS),
		)


def _accounts(told: list[Told]) -> None:
	"""Of people who have left: nobody can log in with them."""
	rows = []
	for one in told:
		for person in (one.giver, one.receiver):
			rows.append(
				{
					"name": person.login,
					"email": person.login,
					"first_name": person.family,
					"last_name": person.given,
					"full_name": person.name,
					"enabled": 0,
					"language": "vi",
					"user_type": "System User",
				}
			)
	_write("User", rows)


def _terms(one: Told) -> list[dict]:
	cell, day = one.cell.docname, one.approved.date()
	name = f"{plan.TERM}{one.cell.number:03d}-"
	began = day - timedelta(days=900)
	return [
		{
			"name": f"{name}A",
			"cell": cell,
			"user": one.giver.login,
			"full_name": one.giver.name,
			"from_date": began,
			"to_date": day,
			"status": CLOSED,
			"closed_by": one.docname,
		},
		{
			"name": f"{name}B",
			"cell": cell,
			"user": one.receiver.login,
			"full_name": one.receiver.name,
			"from_date": day,
			"to_date": one.cell.terms[0].since,
			"status": CLOSED,
			"opened_by": one.docname,
		},
	]


def _slots(cells: list[str]) -> dict[str, list]:
	"""The documents that lie in a folder for good: those it had then, too."""
	found: dict[str, list] = {cell: [] for cell in cells}
	for row in frappe.get_all(
		"Folder Item",
		filters={"cell": ("in", cells), "frequency": ("in", ["Once", "As Needed"])},
		fields=["name", "cell", *COPIED],
		order_by="cell asc, section asc, sort_order asc, name asc",
	):
		found[row.cell].append(row)
	return found


def _lines(one: Told, slots: list) -> list[dict]:
	chance = plan.draw("wanting", one.cell.number)
	wrong = set() if chance.random() < WHOLE else set(chance.sample(range(len(slots)), min(2, len(slots))))
	rows = []
	for place, slot in enumerate(slots):
		state = chance.choice((MISSING, DAMAGED)) if place in wrong else PRESENT
		rows.append(
			{field: slot.get(field) for field in COPIED}
			| {
				"name": frappe.generate_hash(length=14),
				"parent": one.docname,
				"parenttype": "Handover",
				"parentfield": "items",
				"idx": place + 1,
				"docstatus": 1,
				"folder_item": slot.name,
				"delivered_state": PRESENT,
				"received_state": state,
				"dated": None,
				"number_symbol": None,
				"copies": 1,
				"pages": 4 + place,
				"received_remark": None if state == PRESENT else "Chi bộ bổ sung, báo cáo cấp ủy",
				"files": "[]",
			}
		)
	return rows


def _actions(one: Told, lines: list[dict]) -> list[dict]:
	due = one.approved.date() + timedelta(days=30)
	rows = []
	for number, line in enumerate((line for line in lines if line["received_state"] != PRESENT), 1):
		done = due + timedelta(days=plan.draw("done", one.cell.number, number).randint(-20, 6))
		name = f"CA-DEMO-{one.number:03d}-{number}"
		line |= {"corrective_action": name, "due_on": due, "responsible": one.receiver.login}
		rows.append(
			{
				"name": name,
				"subject": f"Bổ sung tài liệu: {line['title']}"[:140],
				"cell": one.cell.docname,
				"responsible": one.receiver.login,
				"responsible_name": one.receiver.name,
				"workflow_state": "Effective",
				"due_on": due,
				"done_on": done,
				"evidence": "Đã bổ sung, cấp ủy xác nhận.",
				"effect_checked_by": one.officer.login,
				"effect_checked_on": done + timedelta(days=5),
				"handover": one.docname,
				"folder_item": line["folder_item"],
				"found_state": line["received_state"],
				"times_found": 1,
				"creation": one.approved,
			}
		)
	return rows


def _handover(one: Told, lines: list[dict]) -> dict:
	office, day = settings.get(), one.approved.date()
	first, last = congress_term(day, office.term_first_year, office.term_years)
	states = [line["received_state"] for line in lines]
	name = f"{plan.TERM}{one.cell.number:03d}-"
	return {
		"name": one.docname,
		"creation": one.signed,
		"docstatus": 1,
		"cell": one.cell.docname,
		"committee": one.cell.committee,
		"reason": one.reason,
		"workflow_state": handover.APPROVED,
		"handover_date": day,
		"venue": "Nơi sinh hoạt của chi bộ",
		"giver": one.giver.login,
		"giver_name": one.giver.name,
		"giver_term": f"{name}A",
		"giver_signed_by": one.giver.name,
		"giver_signed_on": one.signed,
		"receiver": one.receiver.login,
		"receiver_name": one.receiver.name,
		"receiver_term": f"{name}B",
		"receiver_signed_on": one.signed + timedelta(hours=3),
		"approved_by": one.officer.login,
		"approved_by_name": one.officer.name,
		"approved_on": one.approved,
		"minutes_number": 1,
		"congress_term": f"{first}–{last}",
		"title": f"{one.cell.name}: {one.giver.name} → {one.receiver.name}"[:140],
		"count_total": len(lines),
		"count_present": states.count(PRESENT),
		"count_missing": states.count(MISSING),
		"count_damaged": states.count(DAMAGED),
		"count_outdated": 0,
		"count_unmarked": 0,
	}


def _write(doctype: str, rows: list[dict]) -> None:
	"""Rows by one statement; what a row does not say is empty, or 0 where that is a number."""
	if not rows:
		return
	given = {key for row in rows for key in row}
	stamp = f"{SPAN[1]} 08:00:00"
	common = {"creation": stamp, "owner": "Administrator", "modified_by": "Administrator"}
	common |= {"docstatus": 0, "idx": 0}
	columns = sorted(given | set(common) | {"modified"})
	values = []
	for row in rows:
		whole = common | row
		whole["modified"] = whole["creation"]
		values.append([whole.get(column) for column in columns])
	bulk.insert(doctype, columns, values)
