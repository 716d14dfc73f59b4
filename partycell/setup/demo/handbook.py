"""The demo's handbook: guidance, cells' own notes, questions in every state; each act by its own people."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from html import escape

import frappe
from frappe.utils import getdate, now_datetime

from partycell.api import handbook
from partycell.handbook import versions
from partycell.rules import handbook as rules
from partycell.setup.demo import plan
from partycell.setup.demo.people import Work, acting

DOCTYPE = "Handbook Note"
ACTS = {
	"ask": rules.ASKED,
	"escalate": rules.ESCALATED,
	"answer": rules.ANSWERED,
	"return": rules.RETURNED,
	"withdraw": rules.WITHDRAWN,
}
MORNING = time(8, 30)


def make(demo: plan.Plan, today: date, work: Work) -> int:
	"""Makes the entries that are missing; returns how many. Each is whole, with all that was done to it."""
	there = set(frappe.get_all(DOCTYPE, filters={"name": ("like", f"{plan.NOTE}%")}, pluck="name"))
	data, topics = plan.read("handbook"), _topics()
	lines = [(_guidance, line, plan.NOTE + line["key"]) for line in data["guidance"]]
	lines += [(_note, line, f"{plan.NOTE}N{number}") for number, line in enumerate(data["notes"], 1)]
	lines += [(_question, line, plan.NOTE + line["key"]) for line in data["questions"]]
	missing = [line for line in lines if line[2] not in there]
	for act, line, name in work("Handbook", missing):
		act(demo, {**line, "topic": topics.get(line["topic"])}, name, today)
		# An entry goes with its whole path; a demo cut short begins the next one.
		frappe.db.commit()
	return len(missing)


def figures() -> dict[str, int]:
	"""How many of the demo's questions are in each state."""
	filters = {"name": ("like", f"{plan.NOTE}%"), "note_type": rules.QUESTION}
	return dict(Counter(frappe.get_all(DOCTYPE, filters=filters, pluck="workflow_state")))


def _guidance(demo: plan.Plan, line: dict, name: str, today: date) -> None:
	"""Written by one officer, published by another; a second version where the data has one."""
	committee = demo.committees[line["committee"]]
	author = committee.functions[0].person.login
	with acting(author):
		doc = _new(rules.GUIDANCE, line, committee=committee.docname, effective_from=_day(today, line))
		doc.insert(set_name=name)
	_bring(name, line["state"], author)
	_date_back(name, _day(today, line))
	if "outdated" in line:
		versions.directive_outdated(*(plan.DIRECTIVE + key for key in line["outdated"]))
	if later := line.get("next"):
		with acting(author):
			second = handbook.new_version(name)
			doc = frappe.get_doc(DOCTYPE, second)
			doc.body, doc.effective_from = _html(later["body"]), _day(today, later)
			doc.save()
		_bring(second, rules.PUBLISHED, author)
		_date_back(second, _day(today, later))


def _bring(name: str, state: str, author: str) -> None:
	"""Guidance through its workflow: to be approved by whoever it then waits for."""
	with acting(author):
		handbook.act(name, rules.IN_REVIEW)
	if state == rules.PUBLISHED:
		with acting(frappe.db.get_value(DOCTYPE, name, "awaiting").split(",")[0]):
			handbook.act(name, rules.PUBLISHED)


def _note(demo: plan.Plan, line: dict, name: str, today: date) -> None:
	cell = demo.cell(line["cell"]).docname
	with acting(_secretary(cell)):
		_new(rules.NOTE, line, cell=cell).insert(set_name=name)
	_date_back(name, _day(today, line))


def _question(demo: plan.Plan, line: dict, name: str, today: date) -> None:
	cell = demo.cell(line["cell"]).docname
	secretary, published = _secretary(cell), None
	with acting(secretary):
		_new(rules.QUESTION, line, cell=cell).insert(set_name=name)
	for act, _days_ago, words in line["acts"]:
		with acting(secretary if act in ("ask", "withdraw") else _officer(name)):
			if act == "publish":
				published = handbook.publish_answer(name, title=line["publish_as"])
			elif act == "answer":
				handbook.act(name, ACTS[act], answer=_html([words]))
			else:
				handbook.act(name, ACTS[act], remark=words or None)
	days = [today - timedelta(days=ago) for _act, ago, _words in line["acts"]]
	_date_path_back(name, days, today)
	if published:
		_date_back(published, days[-1])


def _new(note_type: str, line: dict, **values):
	doc = frappe.new_doc(DOCTYPE)
	doc.update(
		{
			"note_type": note_type,
			"title": line["title"],
			"topic": line["topic"],
			"body": _html(line["body"]),
			"common_mistakes": "\n".join(line.get("mistakes", ())),
			**values,
		}
	)
	for key, clause in line.get("basis", ()):
		doc.append("basis", {"directive": plan.DIRECTIVE + key, "clause": clause})
	return doc


def _date_back(name: str, day: date) -> None:
	"""It was written, and published, on its own day; guidance that is published held from then on."""
	table, then = frappe.qb.DocType(DOCTYPE), datetime.combine(day, MORNING)
	frappe.qb.update(table).set(table.creation, then).set(table.modified, then).where(
		table.name == name
	).run()
	published = (table.name == name) & table.published_on.isnotnull()
	frappe.qb.update(table).set(table.published_on, then).where(published).run()
	frappe.qb.update(table).set(table.effective_from, day).where(published).run()
	frappe.clear_document_cache(DOCTYPE, name)


def _date_path_back(name: str, days: list[date], today: date) -> None:
	"""Each act was done on its own day, and what it left as due is counted from that day."""
	steps = frappe.get_all(
		"Handbook Step",
		filters={"parent": name, "parenttype": DOCTYPE},
		fields=["name", "due_on"],
		order_by="idx asc",
	)
	for step, day in zip(steps, days, strict=True):
		values = {"acted_on": datetime.combine(day, MORNING)}
		if step.due_on:
			values["due_on"] = getdate(step.due_on) - (today - day)
		frappe.db.set_value("Handbook Step", step.name, values, update_modified=False)
	then = datetime.combine(days[0], MORNING) if days else now_datetime()
	values = {"creation": then, "modified": datetime.combine(days[-1], MORNING) if days else then}
	if due := frappe.db.get_value(DOCTYPE, name, "due_on"):
		values["due_on"] = getdate(due) - (today - days[-1])
	frappe.db.set_value(DOCTYPE, name, values, update_modified=False)


def _day(today: date, line: dict) -> date:
	return today - timedelta(days=line["days_ago"])


def _secretary(cell: str) -> str:
	return frappe.db.get_value("Secretary Term", {"cell": cell, "status": "Open"}, "user")


def _officer(name: str) -> str:
	"""The first of those who act for the committee with which the question lies."""
	committee = frappe.db.get_value(DOCTYPE, name, "committee")
	return frappe.db.get_value(
		"Party Committee User", {"parent": committee, "function": "Officer"}, "user", order_by="idx asc"
	)


def _html(paragraphs: list[str]) -> str:
	return "".join(f"<p>{escape(text)}</p>" for text in paragraphs)


def _topics() -> dict[str, str]:
	"""title: name. Where the office has other topics, the entries go without."""
	return dict(frappe.get_all("Handbook Topic", fields=["topic_name", "name"], as_list=True))
