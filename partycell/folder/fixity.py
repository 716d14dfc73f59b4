"""Fixity: once a week files of the folders are read again and compared with the SHA-256 of the day they were filed.

Those looked at longest ago come first, up to the megabytes that the office allows a week, so that a
large site is gone through over several weeks. What changed or vanished becomes a Corrective Action.
"""

from collections import defaultdict
from collections.abc import Sequence

import frappe
from frappe.utils import cint, now_datetime

from partycell.corrective import actions
from partycell.folder import filing
from partycell.framework import settings

CHUNK = 200
INTACT, CHANGED, MISSING = "Intact", "Changed", "Missing"
MEGABYTE = 1024 * 1024


def check_weekly() -> dict[str, int]:
	"""Weekly: reads files until the week's megabytes are used up; how many were found in each state.

	Each chunk is kept as it is done; a worker that dies goes on next week with those not looked at.
	"""
	budget, begun = settings.get().fixity_megabytes * MEGABYTE, now_datetime()
	found: dict[str, int] = dict.fromkeys((INTACT, CHANGED, MISSING), 0)
	while budget > 0 and (rows := _longest_ago(begun)):
		taken = []
		for row in rows:
			if budget <= 0:
				break
			budget -= max(1, cint(row.file_size))
			taken.append(row)
		for state, count in check(taken).items():
			found[state] += count
		# A chunk is whole by itself: what was found is not lost with the worker.
		frappe.db.commit()
	return found


def check(rows: Sequence) -> dict[str, int]:
	"""Reads these files, writes down what was found, and opens an action for each that is not intact.

	rows: name, file, file_name, sha256, item, cell of each, as ``_longest_ago`` gives them
	"""
	by_state = defaultdict(list)
	for row in rows:
		by_state[_state(row)].append(row)
	table = frappe.qb.DocType("Folder Item File")
	for state, those in by_state.items():
		(
			frappe.qb.update(table)
			.set(table.checked_on, now_datetime())
			.set(table.fixity, state)
			.where(table.name.isin([row.name for row in those]))
		).run()
		if state != INTACT:
			for row in those:
				actions.open_for_file(row, gone=state == MISSING)
	return {state: len(those) for state, those in by_state.items()}


def _state(row) -> str:
	try:
		return INTACT if filing.sha256(row.file) == row.sha256 else CHANGED
	except (FileNotFoundError, frappe.DoesNotExistError):
		# Frappe has put its own message before.
		frappe.clear_messages()
		return MISSING


def _longest_ago(before) -> list:
	"""The next files that were not looked at since ``before``; those never looked at come first."""
	row, item = frappe.qb.DocType("Folder Item File"), frappe.qb.DocType("Folder Item")
	return (
		frappe.qb.from_(row)
		.join(item)
		.on(item.name == row.parent)
		.select(
			row.name, row.file, row.file_name, row.file_size, row.sha256, item.name.as_("item"), item.cell
		)
		.where(row.parenttype == "Folder Item")
		.where(row.checked_on.isnull() | (row.checked_on < before))
		.orderby(row.checked_on)
		.orderby(row.name)
		.limit(CHUNK)
	).run(as_dict=True)
