"""The demo's directives: two chains of supersession, one that supersedes two, acknowledged in every way."""

from datetime import date, timedelta

import frappe
from frappe.utils import getdate, now

from partycell.directives import acknowledgement
from partycell.folder import completeness
from partycell.framework import bulk
from partycell.rules import directives as rules
from partycell.rules.completeness import EXPECTED, OUTDATED, PRESENT
from partycell.setup.demo import plan
from partycell.setup.demo.people import Work, acting

UNREAD = 20
"""Days for which a secretary's notification of a new directive is still there."""


def make(demo: plan.Plan, today: date, work: Work) -> int:
	"""Issues the directives that are missing, oldest first; returns how many."""
	there = set(frappe.get_all("Directive", filters={"name": ("like", f"{plan.DIRECTIVE}%")}, pluck="name"))
	lines = [line for line in plan.read("directives")["directives"] if name_of(line) not in there]
	for line in work("Directives", lines):
		_issue(demo, line, today)
		# A directive is whole by itself, with all its folders; a demo cut short begins the next one.
		frappe.db.commit()
	if lines:
		completeness.refresh([cell.docname for cell in demo.cells])
		frappe.db.commit()  # what was measured, for it follows from what is kept
	return len(lines)


def name_of(line: dict) -> str:
	"""The name of a directive's record."""
	return plan.DIRECTIVE + line["key"]


def _issue(demo: plan.Plan, line: dict, today: date) -> None:
	issuer, issued_on = demo.committees[line["issuer"]], today - timedelta(days=line["days_ago"])
	with acting(issuer.functions[0].person.login):
		doc = frappe.new_doc("Directive")
		doc.update(
			{
				"subject": line["subject"],
				"kind": line["kind"],
				"number_symbol": line["number"],
				"issued_on": issued_on,
				"issuer": issuer.docname,
				"issuer_name": line["issuer_name"] or None,
				"acknowledge_within": line["within"],
			}
		)
		doc.append("targets", {"committee": issuer.docname, "cell_type": line.get("cell_type")})
		for key in line["supersedes"]:
			doc.append("changes", {"effect": rules.SUPERSEDES, "directive": plan.DIRECTIVE + key})
		doc.insert(set_name=name_of(line))
		# The demo's command waits for it: there may be no worker.
		doc.flags.at_once = True
		doc.submit()
	_date_back(doc.name, issued_on, line["within"], today)
	_acknowledge(demo, doc.name, issued_on, today)


def _date_back(name: str, issued_on: date, within: int, today: date) -> None:
	"""It came into the folders on its own day."""
	item = frappe.qb.DocType("Folder Item")
	(
		frappe.qb.update(item)
		.set(item.reached_on, issued_on)
		.set(item.due_on, issued_on + timedelta(days=within))
		.where(item.directive == name)
	).run()
	outdated = (item.state == OUTDATED) & (item.directive.like(f"{plan.DIRECTIVE}%")) & (item.copies == 0)
	frappe.qb.update(item).set(item.copies, 1).where(outdated).run()
	frappe.db.set_value("Directive", name, "distributed_on", issued_on, update_modified=False)
	if (today - issued_on).days > UNREAD:
		ours = {"document_type": "Directive", "document_name": ("like", f"{plan.DIRECTIVE}%")}
		frappe.db.delete("Notification Log", ours)


def _acknowledge(demo: plan.Plan, name: str, issued_on: date, today: date) -> None:
	"""As thorough as the cell is otherwise: in time, late, or not at all."""
	by_name, rows, filed = {cell.docname: cell for cell in demo.cells}, [], []
	for row in acknowledgement.pending(list(by_name)):
		cell = by_name[row.cell]
		chance = plan.draw("directive", cell.number, row.directive)
		if row.directive != name or not row.term:
			continue
		if cell.level == 1 or chance.random() < cell.level:
			filed.append(row.item)
		since = max(issued_on, getdate(row.from_date))
		in_time = chance.random() < max(cell.level, 0.5)
		day = (
			since + timedelta(days=chance.randint(1, 9))
			if in_time
			else row.due_on + timedelta(days=chance.randint(1, 12))
		)
		if day <= today and chance.random() < cell.level + 0.1:
			rows.append(_row(row, day))
	item = frappe.qb.DocType("Folder Item")
	if filed:
		present = frappe.qb.update(item).set(item.state, PRESENT).set(item.copies, 1)
		present.where(item.name.isin(filed) & (item.state == EXPECTED)).run()
	if rows:
		bulk.insert(acknowledgement.DOCTYPE, acknowledgement.COLUMNS, rows)


def _row(row: dict, day: date) -> list:
	stamp = now()
	values = {
		"name": frappe.generate_hash(length=14),
		"creation": stamp,
		"modified": stamp,
		"owner": row.user,
		"modified_by": row.user,
		"directive": row.directive,
		"cell": row.cell,
		"term": row.term,
		"acknowledged_on": day,
		"due_on": row.due_on,
		"late": int(day > row.due_on),
		"acknowledged_by": row.user,
		"remark": None,
		"paper_date": None,
	}
	return [values.get(column, 0) for column in acknowledgement.COLUMNS]
