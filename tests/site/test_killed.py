"""A process that is killed in the middle of an approval leaves the whole old state or the whole new one.

The approval runs in a forked process that is ended by SIGKILL: once at every single write, and then at
random moments. After each kill another connection looks at everything an approval changes.
"""

import os
import random
import signal
import time

import frappe
import pytest

from partycell.access import roles
from partycell.api import handovers
from partycell.handover import minutes_filing
from tests.site import factories as make

pytestmark = pytest.mark.committed

RANDOM_KILLS = 50
# What ends the approval counts too: killed just before it commits, nothing of it is there.
WRITES = ("insert", "update", "delete", "replace", "commit")


@pytest.fixture
def world():
	made = make.world()
	frappe.set_user(made.secretary)
	make.fill_folder(made.cell)
	return made


def received(world) -> str:
	"""A committed handover that waits for approval, by which the receiver gets a role he does not have."""
	name = make.received(world)
	frappe.set_user("Administrator")
	roles.revoke(world.receiver, roles.SECRETARY)
	frappe.db.commit()
	return name


def facts(handover: str, cell: str) -> dict:
	"""Everything that an approval changes, read from the database and from no cache."""
	term_fields = ["name", "user", "status", "to_date", "open_key", "closed_by", "opened_by"]
	item_fields = ["name", "state", "source", "period"]
	return {
		"handover": frappe.db.get_value(
			"Handover",
			handover,
			[
				"workflow_state",
				"docstatus",
				"digest",
				"minutes_number",
				"approved_by",
				"receiver_term",
				"open_key",
			],
		),
		"terms": frappe.get_all("Secretary Term", {"cell": cell}, term_fields, order_by="name", as_list=True),
		"folder": frappe.get_all("Folder Item", {"cell": cell}, item_fields, order_by="name", as_list=True),
		"actions": frappe.get_all("Corrective Action", {"handover": handover}, pluck="name", order_by="name"),
		"lines": frappe.get_all(
			"Handover Item",
			{"parent": handover},
			["docstatus", "corrective_action"],
			order_by="idx",
			as_list=True,
		),
		"cell": frappe.db.get_value("Cell", cell, ["secretary_name", "completeness", "required_due"]),
		"role": _has_role(frappe.db.get_value("Handover", handover, "receiver")),
		"trail": frappe.db.count("Version", {"ref_doctype": "Handover", "docname": handover}),
	}


def _has_role(user: str) -> bool:
	return bool(frappe.db.exists("Has Role", {"parent": user, "parenttype": "User", "role": roles.SECRETARY}))


def is_whole(found: dict) -> bool:
	"""Whether facts are those of an approval that has been carried out to the end."""
	state, docstatus, digest, number, approver, term, key = found["handover"]
	opened = [row for row in found["terms"] if row[2] == "Open"]
	wrong = [row for row in found["lines"] if row[1]]
	return (
		(state, docstatus, bool(digest), bool(number), bool(approver), key)
		== ("Approved", 1, True, True, True, None)
		and [row[0] for row in opened] == [term]
		and len(wrong) == len(found["actions"]) > 0
		and {row[0] for row in found["lines"]} == {1}
		and any(row[3] == f"term:{term}" for row in found["folder"])
		and found["role"]
	)


def approve_in_child(user: str, handover: str, kill_at: int | None = None, told: int | None = None) -> int:
	"""Forks a process that approves and commits, and kills itself at its ``kill_at``-th write.

	Returns the child's process id. The parent's connection is closed before the fork, so that the two
	never speak on one; a byte is written to ``told`` when the child begins.
	"""
	frappe.db.close()
	child = os.fork()
	if child:
		return child
	try:
		frappe.db.connect()
		if kill_at is not None:
			_kill_at_write(kill_at)
		# The minutes are filed by a job of its own, after the transaction that is looked at here.
		minutes_filing.enqueue = lambda handover: None
		frappe.set_user(user)
		if told is not None:
			os.write(told, b".")
		handovers.approve(handover)
		frappe.db.commit()
	finally:
		os._exit(0 if not frappe.local.message_log else 1)


def _kill_at_write(number: int) -> None:
	run, seen = frappe.db.sql, [0]

	def counted(query, *args, **kwargs):
		if str(query).lstrip().lower().startswith(WRITES):
			seen[0] += 1
			if seen[0] == number:
				os.kill(os.getpid(), signal.SIGKILL)
		return run(query, *args, **kwargs)

	frappe.db.sql = counted


def was_killed(child: int) -> bool:
	"""Waits for the child, and reconnects; whether it was killed."""
	status = os.waitpid(child, 0)[1]
	frappe.db.connect()
	frappe.db.rollback()
	frappe.clear_cache()
	return os.WIFSIGNALED(status)


def test_killed_at_every_single_write(world):
	handover = received(world)
	before = facts(handover, world.cell)
	kills = 0
	while was_killed(approve_in_child(world.officer, handover, kill_at=kills + 1)):
		kills += 1
		assert facts(handover, world.cell) == before, f"killed at write {kills}"
		assert kills < 500
	assert kills >= 15
	assert is_whole(facts(handover, world.cell))


def test_killed_at_random_moments(world):
	chance = random.Random(20261123)
	handover = received(world)
	before = facts(handover, world.cell)
	begun, told = os.pipe()
	started = time.monotonic()
	was_killed(approve_in_child(world.officer, handover, kill_at=10_000, told=told))
	takes = time.monotonic() - started
	os.read(begun, 1)
	assert is_whole(facts(handover, world.cell))
	kills = old = 0
	while kills < RANDOM_KILLS:
		if frappe.db.get_value("Handover", handover, "docstatus") == 1:
			handover, before = _taken_back_and_received_again(world, handover)
		child = approve_in_child(world.officer, handover, told=told)
		os.read(begun, 1)
		time.sleep(chance.uniform(0, takes))
		os.kill(child, signal.SIGKILL)
		kills += was_killed(child)
		found = facts(handover, world.cell)
		old += found == before
		assert found == before or is_whole(found), f"kill {kills}"
	assert old, "every approval was faster than its kill: nothing was shown"


def _taken_back_and_received_again(world, handover: str) -> tuple[str, dict]:
	frappe.set_user(world.manager)
	handovers.annul(handover, "Thử lại")
	again = received(world)
	return again, facts(again, world.cell)
