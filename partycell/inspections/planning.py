"""Planning: which cells are inspected, when and by whom, and their inspections made in one go."""

from collections.abc import Sequence

import frappe
from frappe import _
from frappe.query_builder.functions import Max
from frappe.utils import cint, cstr, getdate, now, now_datetime, today

from partycell.access import roles
from partycell.errors import PlanError
from partycell.framework import bulk, locking, settings
from partycell.inspections import inspecting, prefilling
from partycell.rules import inspection as rules
from partycell.rules import sampling
from partycell.rules.cells import ACTIVE

ALL, SAMPLE, NOT_LATELY, LOWEST = "All", "Random Sample", "Not Inspected Lately", "Lowest Completeness"
DRAFT, MADE = "Draft", "Made"
CHUNK = 500
COLUMNS = (
	"name creation modified owner modified_by docstatus idx cell criteria_set planned_on lead lead_name committee "
	"plan workflow_state title points maximum percent awaiting open_key"
).split()
MEMBER_COLUMNS = (
	"name creation modified owner modified_by docstatus idx parent parenttype parentfield user full_name position"
).split()
FIXED = "committee criteria_set from_date to_date lead subtree cell_types selection sample_size months seed".split()


def check(doc) -> None:
	"""Refuses a plan that cannot be carried out, and a change of one whose inspections are made."""
	if doc.is_new():
		doc.status, doc.made_on, doc.made_by = DRAFT, None, None
	else:
		_keep_made(doc)
	if getdate(doc.to_date) < getdate(doc.from_date):
		frappe.throw(_("The period ends before it begins. Correct one of the dates."), PlanError)
	if doc.selection in (SAMPLE, LOWEST) and cint(doc.sample_size) < 1:
		frappe.throw(_("Say how many cells are to be chosen."), PlanError)
	if doc.selection == NOT_LATELY and cint(doc.months) < 1:
		frappe.throw(_("Say for how many months the cells have not been inspected."), PlanError)
	if doc.selection == SAMPLE and not cstr(doc.seed).strip():
		doc.seed = frappe.generate_hash(length=8)
	top = _bounds(doc.committee)
	below = _bounds(doc.subtree or doc.committee)
	if not (top[0] <= below[0] and below[1] <= top[1]):
		frappe.throw(
			_("The cells must be under the committee that inspects. Choose one below it."), PlanError
		)
	team = [doc.lead, *(row.user for row in doc.members)]
	if len(team) != len(set(team)):
		frappe.throw(_("Somebody is in the team twice. Name each person once."), PlanError)


def refuse_delete(doc) -> None:
	"""A plan whose inspections are made stays: they refer to it."""
	if doc.status == MADE:
		frappe.throw(_("The inspections of this plan are made. Withdraw those that will not be."), PlanError)


def chosen(doc) -> list[str]:
	"""The cells that a plan chooses today, in the order of their days: a fixed number of queries."""
	candidates = _candidates(doc)
	names = sorted(candidates)
	if doc.selection == SAMPLE:
		names = sampling.draw(names, cint(doc.sample_size), doc.seed)
	elif doc.selection == LOWEST:
		names = sampling.lowest(candidates, cint(doc.sample_size))
	elif doc.selection == NOT_LATELY:
		last = dict.fromkeys(names) | _last_concluded(names)
		names = sampling.not_since(last, getdate(doc.from_date), cint(doc.months))
	return names


def make(plan: str) -> int:
	"""Makes the inspections of a plan in one transaction; returns how many. Holds the plan."""
	locking.take("Inspection Plan", name=plan)
	doc = frappe.get_doc("Inspection Plan", plan)
	doc.check_permission("write")
	if doc.status == MADE:
		frappe.throw(
			_("Somebody has just made the inspections of this plan. Load the page again."), PlanError
		)
	if cint(frappe.db.get_value("Criteria Set", doc.criteria_set, "disabled")):
		frappe.throw(_("This criteria set is disabled. Choose its newest version."), PlanError)
	cells = chosen(doc)
	if not cells:
		frappe.throw(
			_(
				"The plan finds no cell to inspect. Choose another committee, other types, or fewer months; cells "
				"with an open inspection by this set are left out."
			),
			PlanError,
		)
	team = _team(doc)
	inspecting.refuse_leads_of_own({row["user"] for row in team}, cells)
	days = sampling.spread(len(cells), getdate(doc.from_date), getdate(doc.to_date))
	for start in range(0, len(cells), CHUNK):
		_insert(doc, cells[start : start + CHUNK], days[start : start + CHUNK], start, team)
	for row in team:
		roles.grant(row["user"], inspecting.INSPECTOR)
	doc.status, doc.made_on, doc.made_by = MADE, now_datetime(), frappe.session.user
	doc.flags.made = True
	doc.save()
	return len(cells)


def make_or_enqueue(plan: str) -> int | None:
	"""Makes the inspections at once when they are few; in the background, returning None, when many."""
	doc = frappe.get_doc("Inspection Plan", plan)
	doc.check_permission("write")
	if len(_candidates(doc)) < max(1, 10 * settings.get().background_from):
		return make(plan)
	frappe.enqueue(
		"partycell.inspections.planning.make",
		queue="long",
		timeout=3600,
		job_id=f"partycell-plan-{plan}",
		deduplicate=True,
		enqueue_after_commit=True,
		plan=plan,
	)
	return None


def draft_next_plans() -> int:
	"""Daily: a plan that repeats and whose period has ended gets its successor, as a draft to be looked at."""
	ended = frappe.get_all(
		"Inspection Plan",
		filters={
			"status": MADE,
			"recurrence": ("is", "set"),
			"to_date": ("<", today()),
			"next_plan": ("is", "not set"),
		},
		pluck="name",
	)
	for name in ended:
		old = frappe.get_doc("Inspection Plan", name)
		new = frappe.copy_doc(old)
		first, last = sampling.next_period(getdate(old.from_date), getdate(old.to_date), old.recurrence)
		new.from_date, new.to_date, new.seed, new.next_plan = first, last, None, None
		new.insert()
		old.db_set("next_plan", new.name, update_modified=False)
	return len(ended)


def progress(plan: str) -> dict[str, int]:
	"""How many inspections of a plan are in each state, and how many are overdue: one query."""
	rows = frappe.get_all(
		"Inspection", filters={"plan": plan}, fields=["workflow_state", "planned_on"], limit_page_length=0
	)
	found = dict.fromkeys((*rules.OPEN_STATES, rules.CONCLUDED, rules.WITHDRAWN), 0) | {"overdue": 0}
	day = getdate(today())
	for row in rows:
		found[row.workflow_state] = found.get(row.workflow_state, 0) + 1
		found["overdue"] += int(row.workflow_state == rules.PLANNED and getdate(row.planned_on) < day)
	return found | {"total": len(rows)}


def _candidates(doc) -> dict[str, float]:
	"""Active cells of the plan's subtree and types without an open inspection by its set: name: completeness."""
	low, high = _bounds(doc.subtree or doc.committee)
	cell, committee = frappe.qb.DocType("Cell"), frappe.qb.DocType("Party Committee")
	inside = (
		frappe.qb.from_(committee)
		.select(committee.name)
		.where((committee.lft >= low) & (committee.rgt <= high))
	)
	query = (
		frappe.qb.from_(cell)
		.select(cell.name, cell.completeness)
		.where((cell.status == ACTIVE) & cell.committee.isin(inside))
	)
	types = [line.strip() for line in cstr(doc.cell_types).splitlines() if line.strip()]
	if types:
		query = query.where(cell.cell_type.isin(types))
	found = {name: float(value or 0) for name, value in query.run()}
	running = frappe.get_all(
		"Inspection",
		filters={
			"criteria_set": doc.criteria_set,
			"docstatus": 0,
			"workflow_state": ("in", rules.OPEN_STATES),
		},
		pluck="cell",
	)
	for name in running:
		found.pop(name, None)
	return found


def _last_concluded(cells: Sequence[str]) -> dict:
	"""cell: the day of its last concluded inspection, by whatever set; no entry where there is none."""
	table = frappe.qb.DocType("Inspection")
	rows = (
		frappe.qb.from_(table)
		.select(table.cell, Max(table.concluded_on))
		.where(table.docstatus == 1)
		.groupby(table.cell)
	).run()
	wanted = set(cells)
	return {cell: getdate(when) for cell, when in rows if cell in wanted and when}


def _insert(doc, cells: list[str], days: list, first: int, team: list[dict]) -> None:
	stamp, user = now(), frappe.session.user
	by_cell = {cell: f"{doc.name}-{first + number:05d}" for number, cell in enumerate(cells, 1)}
	titles = dict(
		frappe.get_all("Cell", filters={"name": ("in", cells)}, fields=["name", "cell_name"], as_list=True)
	)
	named = frappe.db.get_value("Criteria Set", doc.criteria_set, "set_name")
	filled = prefilling.rows(doc.criteria_set, cells)
	common = {
		"creation": stamp,
		"modified": stamp,
		"owner": user,
		"modified_by": user,
		"criteria_set": doc.criteria_set,
		"committee": doc.committee,
		"plan": doc.name,
		"lead": doc.lead,
		"lead_name": team[0]["full_name"],
		"workflow_state": rules.PLANNED,
		"awaiting": doc.lead,
	}
	rows, members = [], []
	for cell, day in zip(cells, days, strict=True):
		row = common | {
			"name": by_cell[cell],
			"cell": cell,
			"planned_on": day,
			"title": f"{titles[cell]}: {named}"[:255],
			"open_key": inspecting.open_key(cell, doc.criteria_set),
			**prefilling.sums(filled[cell]),
		}
		rows.append([row.get(column, 0) for column in COLUMNS])
		for idx, person in enumerate(team, 1):
			line = (
				common
				| person
				| {
					"name": frappe.generate_hash(length=14),
					"idx": idx,
					"parent": by_cell[cell],
					"parenttype": "Inspection",
					"parentfield": "team",
				}
			)
			members.append([line.get(column, 0) for column in MEMBER_COLUMNS])
	bulk.insert("Inspection", COLUMNS, rows)
	bulk.insert("Inspection Team Member", MEMBER_COLUMNS, members)
	prefilling.write(by_cell, filled)


def _team(doc) -> list[dict]:
	"""Lead first: ``[{user, full_name, position}]``."""
	positions = {row.user: row.position for row in doc.members}
	users = [doc.lead, *positions]
	names = dict(
		frappe.get_all("User", filters={"name": ("in", users)}, fields=["name", "full_name"], as_list=True)
	)
	return [{"user": user, "full_name": names.get(user), "position": positions.get(user)} for user in users]


def _keep_made(doc) -> None:
	before = doc.get_doc_before_save()
	if not doc.flags.made:
		doc.status, doc.made_on, doc.made_by = before.status, before.made_on, before.made_by
	if before.status == MADE and any(cstr(doc.get(field)) != cstr(before.get(field)) for field in FIXED):
		frappe.throw(
			_(
				"The inspections of this plan are made as it was. Make another plan, or change them one by one."
			),
			PlanError,
		)


def _bounds(committee: str) -> tuple[int, int]:
	lft, rgt = frappe.db.get_value("Party Committee", committee, ["lft", "rgt"])
	return cint(lft), cint(rgt)
