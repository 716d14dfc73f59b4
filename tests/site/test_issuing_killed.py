"""A worker that is killed while it issues a directive: the next one goes on, and every cell is reached once.

The work runs in a forked process that kills itself by SIGKILL at its first write, the next time at its
second, and so on, until one comes through. After each kill another connection looks at the folders.
"""

import os
import signal
from collections import Counter

import frappe
import pytest

from partycell.directives import distribution, supersession
from tests.site import factories as make

pytestmark = pytest.mark.committed

CELLS = 12
WRITES = ("insert", "update", "delete", "replace", "commit")


def in_child(directive: str, kill_at: int) -> bool:
	"""Distributes in a process that ends at its ``kill_at``-th write; whether it was killed."""
	frappe.db.close()
	child = os.fork()
	if not child:
		try:
			frappe.db.connect()
			run, seen = frappe.db.sql, [0]

			def counted(query, *args, **kwargs):
				if str(query).lstrip().lower().startswith(WRITES):
					seen[0] += 1
					if seen[0] == kill_at:
						os.kill(os.getpid(), signal.SIGKILL)
				return run(query, *args, **kwargs)

			frappe.db.sql = counted
			distribution.distribute(directive)
			frappe.db.commit()
		finally:
			os._exit(0)
	status = os.waitpid(child, 0)[1]
	frappe.db.connect()
	frappe.db.rollback()
	frappe.clear_cache()
	return os.WIFSIGNALED(status)


def folders(directive: str) -> Counter:
	"""How often a directive lies in each cell's folder."""
	return Counter(frappe.get_all("Folder Item", filters={"directive": directive}, pluck="cell"))


def test_killed_at_every_write_it_reaches_every_cell_once_and_supersedes_what_it_should(monkeypatch):
	world = make.world()
	cells = {make.cell(world.commune, f"Chi bộ {number}") for number in range(CELLS)}
	cells |= {world.cell, world.other_cell}
	old = make.directive(world.commune, "Cũ")
	monkeypatch.setattr(distribution, "begin", lambda doc: None)
	new = make.directive(world.commune, "Mới", supersedes=[old])
	frappe.db.commit()
	monkeypatch.setattr(distribution, "CHUNK", 3)
	monkeypatch.setattr(supersession, "CHUNK", 3)
	kills, seen = 0, []
	while in_child(new, kill_at=kills + 1):
		kills += 1
		found = folders(new)
		assert set(found) <= cells and set(found.values()) <= {1}, f"killed at write {kills}"
		seen.append(len(found))
		assert kills < 300
	assert kills >= 10 and seen == sorted(seen), "what was kept is never lost"
	assert any(0 < number < len(cells) for number in seen), "no kill fell into the middle"
	assert folders(new) == Counter(dict.fromkeys(cells, 1))
	fields = ["status", "cells_reached", "cells_total", "takes_effect_pending"]
	assert frappe.db.get_value("Directive", new, fields) == ("Issued", CELLS + 2, CELLS + 2, 0)
	assert frappe.db.get_value("Directive", old, ["status", "superseded_by"]) == ("Superseded", new)
	assert (
		frappe.db.count("Folder Item", {"directive": old, "state": "Outdated", "successor": new}) == CELLS + 2
	)
	assert not in_child(new, kill_at=10_000) and folders(new) == Counter(dict.fromkeys(cells, 1))
