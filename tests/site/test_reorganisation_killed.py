"""A process that is killed in the middle of a merger, or of its undoing, leaves the whole old state or the whole new.

Killed at every few writes, each time at another one, and at the very last before the commit.
"""

import os

import frappe
import pytest

from partycell.api import reorganisation
from partycell.handover import minutes_filing
from tests.site import factories as make
from tests.site.support.acts import fill
from tests.site.test_killed import _kill_at_write, was_killed

pytestmark = pytest.mark.committed

STEP = 9
LOOKED_AT = {
	"Reorganisation": ["status", "docstatus", "carried_out_by", "undone_by"],
	"Reorganisation Cell": ["handover", "closed", "docstatus"],
	"Reorganisation Successor": ["became", "docstatus"],
	"Cell": ["status", "merged_into", "closed_on", "members", "secretary_name", "completeness"],
	"Secretary Term": ["cell", "status", "to_date"],
	"Folder Item": ["cell", "state", "source", "required", "origin_cell"],
	"Handover": ["cell", "workflow_state", "docstatus", "digest", "to_cell"],
	"Corrective Action": ["cell", "workflow_state"],
}


def facts() -> dict:
	return {
		doctype: frappe.get_all(doctype, fields=["name", *fields], order_by="name", as_list=True)
		for doctype, fields in LOOKED_AT.items()
	}


def in_child(user: str, act, *arguments, kill_at: int) -> int:
	"""Forks a process that carries an act out and commits, and kills itself at its ``kill_at``-th write."""
	frappe.db.close()
	child = os.fork()
	if child:
		return child
	try:
		frappe.db.connect()
		_kill_at_write(kill_at)
		# The minutes are filed by jobs of their own, after the transaction that is looked at here.
		minutes_filing.enqueue = lambda handover: None
		frappe.set_user(user)
		act(*arguments)
		frappe.db.commit()
	finally:
		os._exit(0 if not frappe.local.message_log else 1)


def killed_on_the_way(user: str, act, *arguments) -> int:
	"""Kills at every few writes until one is not reached; nothing of the act may be there before. How often."""
	before, kills, at = facts(), 0, 1
	while was_killed(in_child(user, act, *arguments, kill_at=at)):
		kills, at = kills + 1, at + STEP
		assert facts() == before, f"killed at write {at - STEP}"
		assert kills < 200
	return kills


def test_a_merger_and_its_undoing_are_whole_or_not_there():
	world = make.world()
	fill(world.cell), fill(world.other_cell)
	frappe.set_user(world.officer)
	new = {"new_name": "Chi bộ mới", "cell_type": "Residential", "secretary": world.receiver}
	doc = make.reorganisation(world.commune, "Merge", [world.cell, world.other_cell], [new])
	frappe.db.commit()
	before = facts()
	kills = killed_on_the_way(world.officer, reorganisation.carry_out, doc.name, make.SIGNATURE)
	assert kills >= 10
	doc.reload()
	assert doc.status == "Carried Out" and doc.carried_out_on and doc.before_act
	assert [row.closed for row in doc.cells] == [1, 1]
	made = {"name": ("in", [row.handover for row in doc.cells])}
	assert frappe.get_all("Handover", made, pluck="workflow_state") == ["Approved"] * 2
	assert not frappe.db.exists(
		"Secretary Term", {"cell": ("in", [world.cell, world.other_cell]), "status": "Open"}
	)
	kills = killed_on_the_way(world.manager, reorganisation.undo, doc.name, "Thử lại")
	assert kills >= 5
	after = facts()
	own = {world.cell, world.other_cell}
	for doctype, place in (("Cell", 0), ("Secretary Term", 1), ("Folder Item", 1)):
		mine = [row for row in after[doctype] if row[place] in own]
		assert mine == [row for row in before[doctype] if row[place] in own], doctype
	assert frappe.get_all("Handover", made, pluck="workflow_state") == ["Annulled"] * 2
