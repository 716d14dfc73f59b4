#!/usr/bin/env python3
"""Searching the handbook among many notes, on a scratch site; prints a table in Markdown.

	scripts/scratch.py v16-sqlite -- python benchmarks/search.py
	scripts/scratch.py v15-mariadb -- python benchmarks/search.py --notes 20000

Each note has a title and 25 syllables drawn as unevenly as in real text. Nothing here is a test.
"""

import random
import statistics
import time

import frappe
from ground import options, site

from partycell.framework import bulk
from partycell.handbook import searching as handbook_search
from partycell.rules import searching
from tests.site import factories as make

RUNS = 11
CELLS = 1_000
VOWELS = ("a", "e", "i", "o", "u", "ai", "ao", "ay", "eo", "ia", "oa", "oi", "uo", "uy", "ua")
SYLLABLES = [
	start + vowel + end
	for vowel in VOWELS
	for end in ("", "n", "ng", "m", "t", "c")
	for start in (
		"b",
		"c",
		"ch",
		"d",
		"g",
		"h",
		"kh",
		"l",
		"m",
		"n",
		"nh",
		"ng",
		"ph",
		"qu",
		"r",
		"s",
		"t",
		"th",
		"tr",
		"v",
	)
]
QUERIES = {"common words": (0, 1), "common and rare": (0, 900), "rare words": (700, 900), "one rare": (1500,)}


def main() -> None:
	"""Makes the notes by bulk insert, then measures each query as manager, officer and secretary."""
	notes = options(__doc__, notes=100_000).notes
	where = site()
	chance = random.Random(1)
	chance.shuffle(SYLLABLES)
	people = _office(notes, chance)
	print(
		f"\n{where}, {frappe.db.count('Handbook Note'):,} entries, "
		f"{frappe.db.count('Handbook Word'):,} words\n"
	)
	print("| query | who | hits | median ms | slowest ms |\n|---|---|---|---|---|")
	for label, ranks in QUERIES.items():
		query = " ".join(SYLLABLES[rank] for rank in ranks)
		for who, user in people.items():
			frappe.set_user(user)
			times = []
			for _run in range(RUNS):
				started = time.perf_counter()
				found = handbook_search.notes(query)
				times.append((time.perf_counter() - started) * 1000)
			print(
				f"| {label} | {who} | {len(found)} | {statistics.median(times):.1f} | {max(times):.1f} |",
				flush=True,
			)


def _office(notes: int, chance: random.Random) -> dict[str, str]:
	officer, secretary = make.user("Cán Bộ", "Committee Officer"), make.user("Bí Thư", "Cell Secretary")
	commune = make.committee(officer=officer)
	first = frappe.get_doc("Cell", make.cell(commune, "Chi bộ 1"))
	make.term(first.name, secretary)
	columns = [column for column in frappe.db.get_table_columns("Cell") if not column.startswith("_")]
	cells = [first.name] + [f"CELL-9{number:06d}" for number in range(1, CELLS)]
	rows = [[name if column == "name" else first.get(column) for column in columns] for name in cells[1:]]
	bulk.insert("Cell", columns, rows)
	stamp, weights = frappe.utils.now(), [1 / (rank + 3) for rank in range(len(SYLLABLES))]
	fields = "name creation modified owner modified_by docstatus idx note_type title cell body".split()
	fields += ["workflow_state", "search_text", "version", "entry"]
	made, words = [], []
	for number in range(notes):
		name, cell = f"HN-BENCH-{number:06d}", cells[number % CELLS]
		text = " ".join(chance.choices(SYLLABLES, weights, k=30))
		title, line = text[:30], searching.line(text)
		made.append(
			[
				name,
				stamp,
				stamp,
				officer,
				officer,
				0,
				0,
				"Note",
				title,
				cell,
				f"<p>{text}</p>",
				"Draft",
				line,
				1,
				name,
			]
		)
		words += (
			(f"w{len(words):09d}", stamp, stamp, officer, officer, 0, 0, word, name, cell)
			for word in searching.words(line)
		)
	_insert("Handbook Note", fields, made)
	_insert("Handbook Word", handbook_search.COLUMNS, words)
	return {"manager": "Administrator", "officer of all cells": officer, "secretary": secretary}


def _insert(doctype: str, columns: list[str], rows: list) -> None:
	"""Many rows by one prepared statement: the benchmark is about searching, not about making them."""
	marks = ", ".join(["?" if frappe.db.db_type == "sqlite" else "%s"] * len(columns))
	names = ", ".join(columns)
	for start in range(0, len(rows), 20_000):
		frappe.db._cursor.executemany(
			f"insert into `tab{doctype}` ({names}) values ({marks})", rows[start : start + 20_000]
		)
	frappe.db.commit()


if __name__ == "__main__":
	main()
