"""What the desk's forms are told beside the record itself: what this user may do, and who is meant.

A form asks here instead of knowing a rule; what it shows is decided again when it is carried out.
"""

import frappe

from partycell.access import permissions, scope
from partycell.desk import cell_home
from partycell.folder import completeness
from partycell.handover import custody
from partycell.organisation import deputies, terms
from partycell.rules import handover as rules

LISTED = 30
"""Documents that are named on a cell's form; the rest is in the list behind it."""


def handover(doc, user: str | None = None) -> dict:
	"""For the form of a handover.

	parts: the user's parts in it (``rules.handover``)
	acts: the states to which the user may bring it now
	writable: the fields, ``items.x`` for those of a line, that the user may change now
	my_turn: whether the next act is the user's
	names: full names of the users that the record names
	"""
	user = user or frappe.session.user
	_party, awaited = custody.whose_turn(doc)
	parts, acts, writable = frozenset(), (), frozenset()
	if frappe.has_permission("Handover", "write", doc=doc, user=user):
		parts = permissions.parts_in(doc, user)
		acts = rules.ways_on(doc.workflow_state, parts)
		writable = rules.may_write(doc.workflow_state, parts)
	named = {doc.giver, doc.receiver, doc.acting_officer, doc.annulled_by, *awaited}
	return {
		"parts": sorted(parts),
		"acts": list(acts),
		"writable": sorted(writable),
		"my_turn": user in awaited,
		"awaited": awaited,
		"names": _full_names(named | {row.responsible for row in doc.items}),
	}


def opening(cell: str, user: str | None = None) -> dict:
	"""For the form of a handover that is not saved yet: what will stand on it, and who may open it.

	as_giver, as_upper_level: whether the user may open it as the one or the other
	running: the handover that is under way already, with its state; None where there is none
	"""
	user = user or frappe.session.user
	term = terms.current(cell)
	holder = (
		frappe.db.get_value("Secretary Term", term, ["user", "full_name", "position"], as_dict=True)
		if term
		else frappe._dict()
	)
	running = frappe.db.get_value(
		"Handover", {"open_key": cell}, ["name", "title", "workflow_state"], as_dict=True
	)
	return {
		"committee": frappe.db.get_value("Cell", cell, "committee"),
		"giver_term": term,
		"giver": holder.user,
		"giver_name": holder.full_name,
		"giver_position": holder.position,
		"as_giver": bool(term) and holder.user == user,
		"as_upper_level": holder.user != user
		and (scope.sees_everything(user) or scope.acts_above(user, cell)),
		"running": running,
	}


def cell(doc, user: str | None = None) -> dict:
	"""For the form of a cell: the office now, the handover under way, what its folder lacks, what else there is."""
	user = user or frappe.session.user
	office = opening(doc.name, user)
	since = (
		frappe.db.get_value("Secretary Term", office["giver_term"], "from_date")
		if office["giver_term"]
		else None
	)
	lacking = completeness.lacking(doc.name, LISTED)
	return {
		"deputies": deputies.acting(office["giver_term"]),
		"may_name_deputies": bool(office["giver_term"]) and deputies.may_name(doc.name, user),
		"term": office["giver_term"],
		"secretary": office["giver_name"],
		"position": office["giver_position"],
		"since": since,
		"running": office["running"],
		"may_open": doc.status == "Active"
		and not office["running"]
		and (office["as_giver"] or (office["as_upper_level"] and bool(office["giver_term"]))),
		**cell_home.of(doc.name, user),
		"lacking": lacking,
		"lacking_count": max(len(lacking), (doc.required_due or 0) - (doc.required_present or 0)),
	}


def _full_names(users: set[str | None]) -> dict[str, str]:
	rows = frappe.get_all(
		"User", filters={"name": ("in", sorted(filter(None, users)))}, fields=["name", "full_name"]
	)
	return {row.name: row.full_name or row.name for row in rows}
