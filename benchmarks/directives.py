#!/usr/bin/env python3
"""Directives, side by side on a scratch site: issuing, reminders, the report on acknowledgement.

	scripts/scratch.py v16-sqlite -- python benchmarks/directives.py
	scripts/scratch.py v15-mariadb -- python benchmarks/directives.py --cells 100000

Times differ from machine to machine; ratios of one run differ far less. Nothing here is a test.
"""

import time

import frappe
from frappe.utils import add_days, today
from ground import options, site, table, timed
from run import INSERTED_ONE_BY_ONE, Office

from partycell.directives import acknowledgement, coverage, distribution, reminders
from partycell.framework import bulk
from tests.site import factories as make

WITHIN = 15


def main() -> None:
	"""Prints tables in Markdown."""
	asked = options(__doc__, cells=10_000, directives=0)
	where = site()
	frappe.flags.in_test = False
	office = Office()
	office.grow(asked.cells)
	terms(office)
	print(f"\n{where}, {asked.cells:,} cells\n")
	table("Issuing", ("way", "folders", "seconds", "folders/s", "times raw SQL"), issuing(office))
	table("Reminders", ("what", "people", "seconds"), reminding(office))
	if asked.directives:
		table("Acknowledgement", ("who asks", "items", "seconds"), report(office, asked.directives))


def terms(office: Office) -> None:
	"""A secretary in every cell, without an account: nobody logs in here."""
	since = add_days(today(), -400)
	columns = ["name", "creation", "modified", "cell", "user", "from_date", "status"]
	rows = [
		[f"TERM-9{number:06d}", since, since, cell, f"s{number}@example.org", since, "Open"]
		for number, cell in enumerate(office.cells)
		if number
	]
	bulk.insert("Secretary Term", columns, rows)
	frappe.db.commit()


def issued(office: Office, number: int) -> str:
	"""A directive for the whole province, saved as issued and not yet distributed."""
	top = frappe.db.get_value("Party Committee", office.ward, "parent_party_committee")
	name = make.directive(top, f"Văn bản {number}", issue=False, acknowledge_within=WITHIN)
	frappe.db.set_value(
		"Directive", name, {"docstatus": 1, "status": "Issuing", "cells_total": len(office.cells)}
	)
	frappe.db.commit()
	return name


def item_columns(directive: str) -> list[str]:
	"""The columns that a directive fills in a folder."""
	return ["name", "cell", *distribution.values(frappe.get_doc("Directive", directive))]


def issuing(office: Office) -> list[tuple]:
	"""One directive into every folder: by the app, by raw SQL of the same rows, some by ``doc.insert()``."""
	name = issued(office, 0)
	app, _added = timed(lambda: distribution.distribute(name))
	columns = item_columns(name)
	names = ", ".join(f"`{column}`" for column in columns)
	made = frappe.db.sql(f"select {names} from `tabFolder Item` where directive = %s", (name,))
	assert len(made) == len(office.cells)
	frappe.db.delete("Folder Item", {"directive": name})
	frappe.db.commit()
	marks = ", ".join(["%s"] * len(columns))
	raw, _nothing = timed(
		lambda: office._raw(f"insert into `tabFolder Item` ({names}) values ({marks})", made)
	)
	one_by_one, _nothing = timed(office._inserts)
	floor = raw / len(made)
	return [
		("raw SQL, executemany", len(made), round(raw, 2), round(len(made) / raw), 1.0),
		(
			"partycell, with messages to the secretaries",
			len(made),
			round(app, 2),
			round(len(made) / app),
			round(app / raw, 1),
		),
		(
			"doc.insert()",
			INSERTED_ONE_BY_ONE,
			round(one_by_one, 2),
			round(INSERTED_ONE_BY_ONE / one_by_one),
			round(one_by_one / INSERTED_ONE_BY_ONE / floor, 1),
		),
	]


def reminding(office: Office) -> list[tuple]:
	"""The daily reminder when one directive is due today in every cell, and when it was due yesterday."""
	rows = []
	for label, days in (("due today", WITHIN), ("overdue since yesterday", WITHIN + 1)):
		item = frappe.qb.DocType("Folder Item")
		frappe.qb.update(item).set(item.reached_on, add_days(today(), -days)).where(
			item.directive.isnotnull()
		).run()
		frappe.db.delete("Notification Log")
		frappe.db.commit()
		seconds, people = timed(reminders.remind)
		rows.append((label, people, round(seconds, 2)))
		frappe.db.rollback()
	return rows


def report(office: Office, directives: int) -> list[tuple]:
	"""Coverage of many directives in all cells, four of five acknowledged."""
	names = [issued(office, number) for number in range(1, directives + 1)]
	columns = item_columns(names[0])
	item = dict.fromkeys(columns, 0) | {"creation": today(), "modified": today()}
	item |= {"period": "once", "reached_on": add_days(today(), -20), "state": "Present", "required": 1}
	row = dict.fromkeys(acknowledgement.COLUMNS, 0) | {"creation": today(), "modified": today()}
	row |= {"acknowledged_on": today(), "due_on": add_days(today(), -5)}
	began = time.perf_counter()
	for number, name in enumerate(names):
		items, rows = [], []
		for at, cell in enumerate(office.cells):
			values = {
				"name": f"{number}-{at}",
				"cell": cell,
				"directive": name,
				"source": f"directive:{name}",
			}
			items.append(list((item | values).values()))
			if at % 5:
				values = {
					"name": f"{number}-{at}",
					"cell": cell,
					"directive": name,
					"term": f"TERM-9{at:06d}",
				}
				rows.append(list((row | values | {"late": at % 7 == 0}).values()))
		for doctype, fields_of, made in (
			("Folder Item", columns, items),
			(acknowledgement.DOCTYPE, acknowledgement.COLUMNS, rows),
		):
			fields, marks = ", ".join(f"`{one}`" for one in fields_of), ", ".join(["%s"] * len(fields_of))
			office._raw(f"insert into `tab{doctype}` ({fields}) values ({marks})", made)
	frappe.db.set_value("Directive", {"name": ("in", names)}, "status", "Issued")
	frappe.db.commit()
	print(f"\n{directives} directives laid into the folders in {time.perf_counter() - began:.0f} s")
	found = []
	for label, user in (
		("manager, all cells", "Administrator"),
		("officer of the province", office.province_officer),
		("officer of a ward of 100", office.officer),
		("secretary", office.secretary),
	):
		seconds, counted = timed(lambda user=user: coverage.of(names, user))
		found.append((label, sum(one.reached for one in counted.values()), round(seconds, 2)))
	return found


if __name__ == "__main__":
	main()
