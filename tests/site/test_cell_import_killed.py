"""A worker that is killed while it imports leaves nothing; the next one imports all of it, once."""

import os
import signal

import frappe
import pytest

from partycell.cell_import import importing
from tests.site import factories as make
from tests.site.test_cell_import import attached, workbook

pytestmark = pytest.mark.committed

WRITES = ("insert", "update", "delete", "replace")
COUNTED = ("Cell", "Secretary Term", "Folder Item", "Party Committee", "User", "Has Role")


def in_child(name: str, kill_at: int) -> bool:
	"""Imports in a process that ends at its ``kill_at``-th write; whether it was killed."""
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
			importing.run(name)
			frappe.db.commit()
		finally:
			os._exit(0)
	status = os.waitpid(child, 0)[1]
	frappe.db.connect()
	frappe.db.rollback()
	frappe.clear_cache()
	return os.WIFSIGNALED(status)


def counts() -> dict[str, int]:
	return {doctype: frappe.db.count(doctype) for doctype in COUNTED}


def test_killed_at_any_write_it_leaves_nothing_and_then_imports_all():
	world = make.world()
	rows = [["Cấp ủy", "Tên chi bộ", "Bí thư", "Email"]]
	rows += [
		["Đảng ủy mới", f"Chi bộ {number}", f"Bí Thư {number}", f"bt{number}@kill.test"]
		for number in range(3)
	]
	committees = [["Tên cấp ủy", "Cấp", "Cấp trên"], ["Đảng ủy mới", "Cơ sở", world.commune]]
	doc = frappe.new_doc("Cell Import").update({"make_accounts": 1}).insert()
	attached(doc.name, workbook(A=committees, B=rows))
	assert importing.check(doc.name)["problems"] == 0
	frappe.db.commit()
	before, kill_at, killed = counts(), 1, 0
	# Every write of the beginning, then further apart: they are some hundred.
	while in_child(doc.name, kill_at):
		killed += 1
		assert counts() == before, f"killed at write {kill_at}"
		assert frappe.db.get_value("Cell Import", doc.name, "state") == "Checked"
		kill_at += 1 if kill_at < 4 else 1 + kill_at // 3
	assert killed > 8
	now = counts()
	assert (now["Cell"], now["Secretary Term"], now["User"]) == tuple(
		before[doctype] + 3 for doctype in ("Cell", "Secretary Term", "User")
	)
	assert now["Party Committee"] == before["Party Committee"] + 1
	assert frappe.db.get_value("Cell Import", doc.name, "state") == "Imported"
