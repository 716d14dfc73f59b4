"""Who may see and change which rows: one place, derived from ``partycell.access.scope``.

A role says what kind of thing a user deals with (DocPerm). These hooks say which rows: in lists,
counts, links and reports by ``conditions_*`` (SQL that uses an index), for one document by
``has_permission``. Both answer from the same reach, so a list never shows what a form refuses.

A document's own fields come from whoever sends it, so an existing one is judged by what the
database holds, and by what was sent as well.
"""

from collections.abc import Callable

import frappe
from frappe.query_builder import Criterion

from partycell.access import (
	addressed,
	handbook_access,
	inspection_access,
	issuing_access,
	meeting_access,
	member_access,
	reorganisation_access,
	review_access,
	scope,
)
from partycell.access.guarded import CHILDREN, GUARDED
from partycell.access.row_conditions import BY_DEPUTY, BY_PART, visible
from partycell.rules import handover

READING = frozenset({"read", "select", "print", "email", "export", "report"})
NOTHING = "1 = 0"
# What a cell does not write of itself.
BY_OFFICERS = frozenset({"Secretary Term", "Assigned Member"})
APP_ROLES = frozenset({"Cell Secretary", "Committee Officer", "Inspector", "Partycell Manager"})


def conditions(user: str | None = None, doctype: str | None = None) -> str:
	"""Hook ``permission_query_conditions`` for every DocType of ours that has rows to guard.

	Returns SQL for the where clause; empty for one who sees every row.
	"""
	reach = scope.of(user or frappe.session.user)
	if reach.everything:
		return ""
	if doctype in CHILDREN:
		parent = visible(CHILDREN[doctype], reach)
		if parent is None:
			return NOTHING
		table = frappe.qb.DocType(doctype)
		query = frappe.qb.from_(frappe.qb.DocType(CHILDREN[doctype])).select("name").where(parent)
		return _sql(table.parent.isin(query) & (table.parenttype == CHILDREN[doctype]), doctype)
	return _sql(visible(doctype, reach), doctype)


def narrowed(query, doctype: str, user: str | None = None):
	"""A query on a DocType's table, for the rows that the user may see: for reports that group.

	The table must be in the query under its own name.
	"""
	reach = scope.of(user or frappe.session.user)
	if reach.everything:
		return query
	seen = visible(doctype, reach)
	return query.where(seen if seen is not None else frappe.qb.DocType(doctype).name.isnull())


def attached(doctype: str, user: str) -> str:
	"""SQL for rows of another DocType that hang on ours by ``attached_to_doctype`` and ``attached_to_name``.

	Leaves out those whose record the user does not see; says nothing about the rest.
	"""
	reach = scope.of(user)
	if reach.everything:
		return ""
	row = frappe.qb.DocType(doctype)
	ways = [row.attached_to_doctype.isnull(), row.attached_to_doctype.notin(sorted(GUARDED))]
	for record in sorted(GUARDED):
		seen = visible(record, reach)
		if seen is not None:
			names = frappe.qb.from_(frappe.qb.DocType(record)).select("name").where(seen)
			ways.append((row.attached_to_doctype == record) & row.attached_to_name.isin(names))
	return _sql(Criterion.any(ways), doctype)


def cells_seen(table, user: str) -> Criterion | None:
	"""The condition for a cell to be seen by a user, written on its table; None for one who sees all."""
	reach = scope.of(user)
	if reach.everything:
		return None
	seen = visible("Cell", reach)
	return table.name.isnull() if seen is None else seen


def has_permission(doc, user: str | None = None, ptype: str | None = None, **kwargs) -> bool:
	"""Hook ``has_permission`` for the DocTypes whose rows are guarded.

	Always answers True or False, for None means yes on Frappe 15 and no on 16.
	"""
	if ptype == "share":
		# Rows are given by office only; ``sharing`` refuses what Frappe lets through without asking here.
		return False
	user = user or frappe.session.user
	reach = scope.of(user)
	if reach.everything and not (doc.doctype in BY_PART and ptype in ("submit", "write")):
		return True
	judge = {
		"Party Committee": _committee,
		"Cell": _cell,
		"Handover": _handover,
		"Directive": addressed.may,
		"Folder Issue": issuing_access.may,
		"Reorganisation": reorganisation_access.may,
		"Programme Review": review_access.may,
		"Cell Meeting": meeting_access.may,
		**dict.fromkeys(member_access.DOCTYPES, member_access.may),
		"Inspection": inspection_access.may,
		"Inspection Plan": inspection_access.may_plan,
		"Handbook Note": handbook_access.may,
		"Handbook Word": handbook_access.may_see_word,
		**dict.fromkeys(("Sent Request", "Cell Import"), lambda *_asked: False),
	}.get(doc.doctype, _row_of_cell)
	return bool(judge(doc, user, ptype or "read", reach))


def of_row(row, frappes_answer: Callable, ptype: str = "read", **kwargs) -> bool:
	"""Whether a user may read or write one row of a table that is asked for by itself.

	Frappe answers by the DocType of its document and not by the document, so that whoever has a role
	would read every row whose name he knows.
	"""
	# Where our own code has passed over permissions already, with its reason, this does not stand in the way.
	if row.flags.ignore_permissions:
		return True
	if not frappes_answer(ptype, **kwargs):
		return False
	stored = frappe.db.get_value(row.doctype, row.name, ["parenttype", "parent"])
	parenttype, parent = stored or (row.parenttype, row.parent)
	return bool(frappe.has_permission(parenttype, ptype, doc=parent, user=kwargs.get("user")))


def uses_app() -> bool:
	"""Hook ``add_to_apps_screen``: whether the user finds the app on the screen, by a role of it or of the site."""
	return bool((APP_ROLES | {"System Manager"}) & set(frappe.get_roles()))


def _sql(criterion: Criterion | None, doctype: str) -> str:
	"""The criterion as the text Frappe puts in a where clause, columns named with their table."""
	if criterion is None:
		return NOTHING
	quote = {"quote_char": "`", "secondary_quote_char": "'", "with_namespace": True}
	return f"({criterion.get_sql(**quote)})"


def _committee(doc, user: str, ptype: str, reach: scope.Scope) -> bool:
	"""Read along one's subtrees and above one's cells; changing the tree is for managers."""
	if ptype not in READING:
		return False
	if scope.within(doc.name, reach.ranges):
		return True
	own = reach.named_cells
	return bool(own and frappe.db.exists("Cell", {"name": ("in", sorted(own)), "committee": doc.name}))


def _cell(doc, user: str, ptype: str, reach: scope.Scope) -> bool:
	if doc.is_new():
		return scope.within(doc.committee, reach.officer)
	if ptype in READING:
		return scope.reads_cell(doc.name, reach) or doc.name in reach.named_cells
	if ptype == "write" and doc.name in reach.held:
		return True
	# Moving a cell asks for the right over the place it leaves and the place it goes to.
	return scope.officer_of(doc.name, reach) and scope.within(doc.committee, reach.officer)


def _row_of_cell(doc, user: str, ptype: str, reach: scope.Scope) -> bool:
	"""Secretary Term, Folder Item, Corrective Action: by their cell."""
	owning = {doc.cell} if doc.is_new() else {doc.cell, _stored(doc, "cell")}
	if ptype in READING:
		if all(scope.reads_cell(cell, reach) for cell in owning):
			return True
		if doc.doctype in BY_DEPUTY and owning <= reach.deputised:
			return True
		return doc.doctype == "Folder Item" and (
			_listed_for_receiver(doc.name, reach) or _stored(doc, "origin_cell") in reach.left
		)
	if (doc.doctype, ptype) == ("Directive Acknowledgement", "create") and owning <= reach.deputised:
		return True
	by_office = doc.doctype not in BY_OFFICERS and owning <= reach.held
	return by_office or all(scope.officer_of(cell, reach) for cell in owning)


def _handover(doc, user: str, ptype: str, reach: scope.Scope) -> bool:
	if doc.is_new():
		# Whoever opens one is checked against the cell's term by the controller as well.
		return reach.everything or doc.cell in reach.held or scope.officer_of(doc.cell, reach)
	stored = frappe.db.get_value(
		"Handover", doc.name, ["cell", "workflow_state", "giver", "receiver", "on_behalf"], as_dict=True
	)
	if not stored:
		return False
	receiving = {name for name, _cell in reach.receiving}
	seen = reach.everything or doc.name in receiving or scope.reads_cell(stored.cell, reach)
	if ptype in READING or not seen:
		# Whoever may not read has no part either: an answer to a write shows the whole record.
		return seen
	parts = parts_in(stored, user, reach)
	if ptype in ("submit", "cancel"):
		wanted = handover.UPPER_LEVEL if ptype == "submit" else handover.MANAGER
		return wanted in parts
	if ptype == "write" and stored.workflow_state == handover.APPROVED:
		# The parties have signed; what is added now (the paper as it was signed) is for those above.
		return bool(parts & {handover.UPPER_LEVEL, handover.MANAGER})
	return ptype == "write" and bool(parts) and stored.workflow_state in handover.OPEN_STATES


def parts_in(stored, user: str, reach: scope.Scope | None = None) -> frozenset[str]:
	"""The parts a user has in a handover (``rules.handover``), by what the database holds of it."""
	reach = reach or scope.of(user)
	upper = reach.everything or scope.officer_of(stored.cell, reach)
	parties = handover.Parties(stored.giver, stored.receiver, bool(stored.on_behalf))
	return handover.roles_of(user, parties, upper_level=upper, manager=reach.everything)


def _listed_for_receiver(item: str, reach: scope.Scope) -> bool:
	received = sorted(name for name, _cell in reach.receiving)
	return bool(received) and bool(
		frappe.db.exists("Handover Item", {"parent": ("in", received), "folder_item": item})
	)


def _stored(doc, field: str):
	return frappe.db.get_value(doc.doctype, doc.name, field)
