"""The acts of a handover, each by the user who carries it out; for tests of what they bring."""

import frappe

from partycell.api import handovers
from partycell.folder import completeness
from tests.site import factories as make


def by(user: str, act, *args, **kwargs):
	"""Carries out an act as a user, who stays the session's user."""
	frappe.set_user(user)
	return act(*args, **kwargs)


def fill(cell: str, all_but: int = 2) -> list[str]:
	"""All required documents present on paper but the last few, in one statement; returns these."""
	required = [slot.name for slot in make.slots(cell, required=1)]
	present = required[: len(required) - all_but]
	frappe.db.set_value("Folder Item", {"name": ("in", present)}, {"state": "Present", "copies": 1})
	completeness.refresh([cell])
	return required[len(present) :]


def handover(name: str):
	"""A handover as the database has it now."""
	return frappe.get_doc("Handover", name)


def rows(name: str, **values) -> list:
	"""The lines of a handover that have these values."""
	return [
		row for row in handover(name).items if all(row.get(key) == value for key, value in values.items())
	]


def receive(world, name: str, marks: dict | None = None) -> str:
	"""The receiver marks, the rest as present, and signs."""
	if marks:
		by(world.receiver, handovers.mark, name, marks)
	by(world.receiver, handovers.mark_rest_present, name)
	by(world.receiver, handovers.receive, name, make.SIGNATURE)
	return name


def pass_on(world, cell: str, giver: str, receiver: str) -> str:
	"""One whole handover of a cell from one person to the next; returns its name."""
	frappe.set_user(giver)
	doc = (
		frappe.new_doc("Handover").update({"cell": cell, "reason": "Transfer", "receiver": receiver}).insert()
	)
	by(giver, handovers.deliver, doc.name, make.SIGNATURE)
	by(receiver, handovers.mark_rest_present, doc.name)
	by(receiver, handovers.receive, doc.name, make.SIGNATURE)
	by(world.officer, handovers.approve, doc.name)
	return doc.name
