"""A handover in each state, and what must be put right in some cells."""

import frappe
from frappe.utils import add_days, today

from partycell.corrective import actions as corrective
from partycell.setup.demo import acts, plan
from partycell.setup.demo.people import Work, acting


def make(demo: plan.Plan, password: str, work: Work) -> int:
	"""Opens the corrective actions and carries out the handovers that are missing; returns how many."""
	data = plan.read("handovers")
	actions = [line for line in data["actions"] if not _action(demo, line)]
	for line in actions:
		_open_action(demo, line)
	# The actions are whole by themselves; a handover cut short must not take them away.
	frappe.db.commit()
	busy = set(frappe.get_all("Handover", filters={"cell": ("like", f"{plan.CELL}%")}, pluck="cell"))
	stories = [story for story in data["stories"] if demo.cell(story["cell"]).docname not in busy]
	for story in work("Handovers", stories):
		_tell(demo, story, password)
		# A handover is whole by itself; a demo cut short begins the next one.
		frappe.db.commit()
	return len(actions) + len(stories)


def _tell(demo: plan.Plan, story: dict, password: str) -> None:
	one = acts.of(demo, demo.cell(story["cell"]), story, password)
	one.carry_to(story["state"])
	for name, state in zip(_actions_of(one.name), story.get("afterwards", ()), strict=False):
		_put_right(one, name, state)


def _action(demo: plan.Plan, line: dict) -> str | None:
	return frappe.db.exists(
		"Corrective Action", {"cell": demo.cell(line["cell"]).docname, "subject": line["subject"]}
	)


def _open_action(demo: plan.Plan, line: dict) -> None:
	"""An officer has found something and says who puts it right until when."""
	cell = demo.cell(line["cell"])
	with acting(demo.officer_of(cell).login):
		doc = frappe.new_doc("Corrective Action")
		doc.update(
			{
				"subject": line["subject"],
				"cell": cell.docname,
				"remedy": line["remedy"],
				"responsible": cell.terms[-1].person.login,
				"due_on": add_days(today(), line["days"]),
			}
		)
		doc.insert()


def _actions_of(handover: str) -> list[str]:
	return frappe.get_all(
		"Corrective Action", filters={"handover": handover}, order_by="creation asc, name asc", pluck="name"
	)


def _put_right(one: acts.Acts, name: str, state: str) -> None:
	"""The new secretary reports an action done, the officer confirms it or writes it off."""
	words = plan.read("handovers")["words"]
	if state == corrective.WRITTEN_OFF:
		_move(one.officer, name, state, written_off_reason=words["written_off"])
		return
	_move(one.receiver, name, corrective.DONE, evidence=words["evidence"])
	if state == corrective.EFFECTIVE:
		_move(one.officer, name, state)


def _move(user: str, name: str, state: str, **values) -> None:
	with acting(user):
		doc = frappe.get_doc("Corrective Action", name)
		doc.update({**values, "workflow_state": state})
		doc.save()
