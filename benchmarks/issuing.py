#!/usr/bin/env python3
"""Giving folders out to many cells in one act, beside raw SQL and an act for each cell.

	scripts/scratch.py v16-sqlite -- python benchmarks/issuing.py
	scripts/scratch.py v15-mariadb -- python benchmarks/issuing.py --cells 1000

Raw SQL writes the rows of the issued folders alone; partycell numbers them, sees that no number is given twice,
and writes number and day on each cell.
"""

import frappe
from ground import options, site, table, timed
from run import Office

from partycell.folder import issuing
from tests.site import factories as make

ONE_BY_ONE = 100


def main() -> None:
	"""Prints a table in Markdown."""
	cells = options(__doc__, cells=10_000).cells
	where = site()
	office = Office()
	office.grow(cells + ONE_BY_ONE)
	top = frappe.db.get_value("Party Committee", office.ward, "parent_party_committee")
	print(f"\n{where}, {cells:,} cells\n")
	alone, _done = timed(lambda: [_give_out(top, [cell]) for cell in office.cells[:ONE_BY_ONE]])
	act, _done = timed(lambda: _give_out(top))
	given = frappe.db.count("Issued Folder") - ONE_BY_ONE
	assert given == cells, given
	raw = _raw(office)
	floor = raw / cells
	table(
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
	seconds, _done = timed(lambda: office._raw(statement, rows))
	return seconds


if __name__ == "__main__":
	main()
