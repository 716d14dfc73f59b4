"""What closes, and what takes its place: successors made, folders handed over, what is live carried over.

History stays under the old names: a closed cell keeps its terms, approved handovers, inspections, meetings
and answered questions. Its documents, open questions, own notes and open corrective actions go to the cell
that takes its folder over. Documents of directives stay: the successor has its own slot for each directive in
force, and takes note of it itself.
"""

import frappe
from frappe import _
from frappe.utils import cint, getdate

from partycell.corrective.actions import PENDING
from partycell.folder import completeness
from partycell.framework import bulk
from partycell.handbook import questions
from partycell.organisation import members, terms
from partycell.reorganisation import handing_over, record
from partycell.rules import directives as directive_rules
from partycell.rules import handbook, inspection, meetings
from partycell.rules import reorganisation as rules
from partycell.rules.completeness import EXPECTED, NOT_APPLICABLE
from partycell.rules.text import search_text

CELL_FIELDS = "status merged_into closed_on members full_members".split()
ITEM_FIELDS = (
	"cell source section sort_order period_label required due_on search_text origin_cell state"
).split()
# What a document becomes when it is carried over.
CARRIED = (
	"cell source origin_cell sort_order period_label required due_on search_text modified modified_by"
).split()
AFTER_OWN = 10_000
"""Added to the order of a document that came over, so that it follows the successor's own ones."""
LONGEST_SOURCE = 140


def carry_out(doc, act: rules.Act, before: record.Before) -> None:
	"""Makes the successors, hands the folders over, closes the cells."""
	closing = rules.closing(act)
	gone = [one.cell for one in closing]
	before.note("Cell", {*gone, *(row.cell for row in doc.successors if row.cell)}, CELL_FIELDS)
	_note_live(gone, before)
	for row, one, after in _pairs(doc, act):
		_establish(doc, row, one, after, before)
	heir = _heir_line(doc, act)
	into = heir.became if heir else None
	lines = {row.cell: row for row in doc.cells}
	for one in closing:
		if one.secretary:
			made = handing_over.hand_over(doc, one, into, rules.receiver(act))
			lines[one.cell].db_set("handover", made.name, update_modified=False)
			before.made["Handover"].append(made.name)
	if gone:
		_settle_plans(doc, gone)
		if into:
			_carry_over(gone, into, {one.cell: one.title for one in closing})
		else:
			_end_matters(doc, gone)
		if doc.kind == rules.MERGE:
			# Of a split or a dissolution nobody can say from here who goes where.
			day = getdate(doc.takes_effect_on)
			before.made[members.MEMBER] += members.go_over(gone, into, day)
	for one in closing:
		_close(one.cell, rules.CLOSED_AS[doc.kind], into if doc.kind == rules.MERGE else None, doc)
		lines[one.cell].db_set("closed", 1, update_modified=False)
	completeness.refresh([row.became for row in doc.successors])


def _pairs(doc, act: rules.Act):
	"""Each line of a successor, with what the rules know of it and its members after the act."""
	after = rules.members_after(act) or [None] * len(act.successors)
	return zip(doc.successors, act.successors, after, strict=True)


def _heir_line(doc, act: rules.Act):
	one = rules.heir(act)
	return doc.successors[list(act.successors).index(one)] if one else None


def _establish(doc, row, one: rules.Successor, after, before: record.Before) -> None:
	"""A successor as the act says: made anew, or an existing cell with its new number of members."""
	if one.cell:
		if after:
			cell = frappe.get_doc("Cell", one.cell)
			cell.update({"members": after[0], "full_members": after[1]})
			cell.save()
	else:
		first = frappe.db.get_value(
			"Cell", doc.cells[0].cell, ["committee", "folder_template", "meeting_day"], as_dict=True
		)
		cell = frappe.new_doc("Cell")
		cell.update(
			{
				"cell_name": one.title,
				"cell_type": one.cell_type,
				"committee": row.committee or first.committee,
				"members": after[0],
				"full_members": after[1],
				"folder_template": first.folder_template,
				"meeting_day": first.meeting_day,
				"established_on": doc.takes_effect_on,
				"kept_from": getdate(doc.takes_effect_on).replace(day=1),
			}
		).insert()
		before.made["Cell"].append(cell.name)
	row.db_set("became", one.cell or cell.name, update_modified=False)
	if not one.holder:
		term = terms.open_term(row.became, one.secretary, getdate(doc.takes_effect_on), None)
		before.made["Secretary Term"].append(term.name)


def _note_live(gone: list[str], before: record.Before) -> None:
	"""Keeps how everything was that the act carries over or calls off."""
	for doctype, filters, fields in (
		("Folder Item", {}, ITEM_FIELDS),
		("Corrective Action", {"workflow_state": ("in", PENDING)}, ["cell"]),
		(
			"Handbook Note",
			{"workflow_state": ("in", handbook.PENDING)},
			["cell", "committee", "awaiting", "workflow_state"],
		),
		(
			"Inspection",
			{"workflow_state": inspection.PLANNED},
			["workflow_state", "withdrawn_reason", "open_key", "awaiting"],
		),
		("Cell Meeting", {"status": meetings.PLANNED}, ["status", "cancelled_reason", "plan_key"]),
		("Assigned Member", {}, ["to_date"]),
		(members.MEMBER, {}, ["to_date"]),
	):
		names = frappe.get_all(doctype, filters={"cell": ("in", gone), **filters}, pluck="name")
		before.note(doctype, names, fields)


def _settle_plans(doc, gone: list[str]) -> None:
	"""Inspections and meetings that are only planned will not be; assignments end with the cell."""
	reason = _("The cell was closed by decision {number}.").format(number=doc.decision_number)
	planned = {"cell": ("in", gone)}
	record.write(
		"Inspection",
		frappe.get_all("Inspection", filters=planned | {"workflow_state": inspection.PLANNED}, pluck="name"),
		workflow_state=inspection.WITHDRAWN,
		withdrawn_reason=reason,
		open_key=None,
		awaiting=None,
	)
	record.write(
		"Cell Meeting",
		frappe.get_all("Cell Meeting", filters=planned | {"status": meetings.PLANNED}, pluck="name"),
		status=meetings.CANCELLED,
		cancelled_reason=reason,
		plan_key=None,
	)
	assigned = frappe.get_all(
		"Assigned Member",
		filters=planned | {"from_date": ("<=", doc.takes_effect_on)},
		or_filters=[["to_date", "is", "not set"], ["to_date", ">", doc.takes_effect_on]],
		pluck="name",
	)
	record.write("Assigned Member", assigned, to_date=getdate(doc.takes_effect_on))


def _carry_over(gone: list[str], into: str, titles: dict[str, str]) -> None:
	"""Documents, open questions, own notes and what must be put right, to the cell that takes them over."""
	_carry_documents(gone, into, titles)
	pending = {"cell": ("in", gone), "workflow_state": ("in", PENDING)}
	actions = frappe.get_all("Corrective Action", filters=pending, pluck="name")
	record.write("Corrective Action", actions, cell=into)
	pending["workflow_state"] = ("in", handbook.PENDING)
	notes = frappe.get_all(questions.DOCTYPE, filters=pending, pluck="name")
	record.write(questions.DOCTYPE, notes, cell=into)
	returned = frappe.get_all(
		questions.DOCTYPE,
		filters={"name": ("in", notes or [""]), "workflow_state": handbook.RETURNED},
		pluck="name",
	)
	holder = frappe.db.get_value("Secretary Term", terms.current(into), "user")
	record.write(questions.DOCTYPE, returned, awaiting=holder)
	word = frappe.qb.DocType("Handbook Word")
	if notes:
		frappe.qb.update(word).set(word.cell, into).where(word.note.isin(notes)).run()
		questions.lay_anew([into])


def _carry_documents(gone: list[str], into: str, titles: dict[str, str]) -> None:
	"""The folder's documents into that of the successor, each saying where it came from.

	What was never filed and is not on the minutes as missing stays behind, and so do the slots of directives.
	"""
	rows = frappe.get_all(
		"Folder Item",
		filters={"cell": ("in", gone), "state": ("not in", (EXPECTED, NOT_APPLICABLE))},
		fields=[
			"name",
			"cell",
			"source",
			"sort_order",
			"period_label",
			"title",
			"number_symbol",
			"origin_cell",
		],
	)
	stamp, user = frappe.utils.now(), frappe.session.user
	carried = {}
	for row in rows:
		if row.source.startswith(directive_rules.SOURCE_PREFIX):
			continue
		label = ", ".join(filter(None, [row.period_label, titles[row.cell]]))[:140]
		carried[row.name] = (
			into,
			came_from(row.cell, row.source, row.name),
			row.origin_cell or row.cell,
			cint(row.sort_order) + AFTER_OWN,
			label,
			0,
			None,
			search_text(row.title, label, row.number_symbol),
			stamp,
			user,
		)
	bulk.update("Folder Item", CARRIED, carried)


def came_from(cell: str, source: str, name: str) -> str:
	"""The key of a document in its successor's folder, where no slot of the folder's own has it."""
	key = f"from:{cell}:{source}"
	return key if len(key) <= LONGEST_SOURCE else f"from:{cell}:item:{name}"


def _end_matters(doc, gone: list[str]) -> None:
	"""Where no cell takes over, what is pending ends with the cell, and says why."""
	reason = _("The cell was closed by decision {number}.").format(number=doc.decision_number)
	pending = {"cell": ("in", gone), "workflow_state": ("in", PENDING)}
	actions = frappe.get_all("Corrective Action", filters=pending, pluck="name")
	state = {"workflow_state": "Written Off", "written_off_reason": reason}
	record.write("Corrective Action", actions, **state)
	pending["workflow_state"] = ("in", handbook.PENDING)
	notes = frappe.get_all(questions.DOCTYPE, filters=pending, pluck="name")
	state = {"workflow_state": handbook.WITHDRAWN, "act_remark": reason, "awaiting": None, "due_on": None}
	record.write(questions.DOCTYPE, notes, **state)


def _close(name: str, status: str, into: str | None, doc) -> None:
	"""The record of the cell says what became of it; a term without a folder to hand over ends too."""
	day = getdate(doc.takes_effect_on)
	if term := terms.current(name):
		terms.close(term, day, None)
	cell = frappe.get_doc("Cell", name)
	cell.update({"status": status, "merged_into": into, "closed_on": day})
	cell.flags.by_reorganisation = True
	cell.save()
