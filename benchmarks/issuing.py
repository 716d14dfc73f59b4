#!/usr/bin/env python3
"""Giving folders out to many cells in one act, beside raw SQL and an act for each cell.

	scripts/scratch.py v16-sqlite -- python benchmarks/issuing.py
	scripts/scratch.py v15-mariadb -- python benchmarks/issuing.py --cells 1000

Raw SQL writes the rows of the issued folders alone; partycell numbers them, sees that no number is given twice,
and writes number and day on each cell.
"""

import argparse
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import frappe

from benchmarks.run import Office, _table, _timed
from partycell.folder import issuing
from tests.site import factories as make

ONE_BY_ONE = 100


def main() -> None:
	"""Prints a table in Markdown."""
	parser = argparse.ArgumentParser(
		description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
	)
	parser.add_argument("--cells", type=int, default=10_000)
	cells = parser.parse_args().cells
	os.chdir(os.environ["PARTYCELL_TEST_SITES"])
	frappe.init(os.environ["PARTYCELL_TEST_SITE"], sites_path=".")
	frappe.connect()
	frappe.db.rollback()
	office = Office()
	office.grow(cells + ONE_BY_ONE)
	top = frappe.db.get_value("Party Committee", office.ward, "parent_party_committee")
	print(f"\nFrappe {frappe.__version__}, {frappe.db.db_type}, {cells:,} cells\n")
	alone, _done = _timed(lambda: [_give_out(top, [cell]) for cell in office.cells[:ONE_BY_ONE]])
	act, _done = _timed(lambda: _give_out(top))
	given = frappe.db.count("Issued Folder") - ONE_BY_ONE
	assert given == cells, given
	raw = _raw(office)
	floor = raw / cells
	_table(
		"Giving folders out",
		("way", "folders", "s", "folders/s", "times raw SQL"),
		[
			(way, count, round(seconds, 2), round(count / seconds), round(seconds / count / floor, 1))
			for way, count, seconds in (
				("raw SQL, executemany", cells, raw),
				("partycell, one act", cells, act),
				("an act for each cell", ONE_BY_ONE, alone),
			)
		],
	)


def _give_out(committee: str, cells=()) -> None:
	"""An issue carried out here and now, whatever its size, and kept."""
	doc = frappe.get_doc("Folder Issue", make.folder_issue(committee, cells, submit=False))
	doc.flags.at_once = True
	doc.submit()
	frappe.db.commit()


def _raw(office: Office) -> float:
	"""Seconds in which the same rows are written again by raw SQL, under other names and numbers."""
	names = ", ".join(f"`{column}`" for column in issuing.COLUMNS)
	rows = [list(row) for row in frappe.db.sql(f"select {names} from `tabIssued Folder`")][ONE_BY_ONE:]
	frappe.db.delete("Issued Folder")
	frappe.db.commit()
	marks = ", ".join(["%s"] * len(issuing.COLUMNS))
	statement = f"insert into `tabIssued Folder` ({names}) values ({marks})"
	seconds, _done = _timed(lambda: office._raw(statement, rows))
	return seconds


if __name__ == "__main__":
	main()
