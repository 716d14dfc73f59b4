"""Many rows at once: one prepared statement a chunk, on MariaDB and on SQLite.

Frappe's ``bulk_insert`` writes each value into the text of its statement by the query builder: of an import of
10,000 cells, with a million documents, that alone took two thirds of the time.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time, timedelta
from functools import lru_cache

import frappe
from frappe.utils import get_table_name

from partycell.framework import compat

VALUES_AT_ONCE = 30_000
"""Fewer than SQLite takes in one statement (32,766)."""
UPDATED_AT_ONCE = 200
"""Rows: the database goes through the list of names for each of them."""


def insert(
	doctype: str, columns: Sequence[str], rows: Sequence[Sequence], *, ignore_duplicates: bool = False
) -> None:
	"""Inserts rows, their values in the order of ``columns``; names of columns are never from outside.

	ignore_duplicates: rows that a unique index would refuse are left out
	"""
	at_once = max(1, VALUES_AT_ONCE // len(columns))
	for start in range(0, len(rows), at_once):
		chunk = rows[start : start + at_once]
		statement = _statement(
			get_table_name(doctype), tuple(columns), len(chunk), ignore_duplicates, compat.is_sqlite()
		)
		# The query builder has no statement with values kept apart; every value here is a parameter.
		frappe.db.sql(statement, list(_values(chunk)))


def update(doctype: str, columns: Sequence[str], rows: Mapping[str, Sequence]) -> None:
	"""Sets the columns of each row, by its name, to values of its own, given in their order.

	Names of columns are never from outside. One statement a chunk; each column's value is chosen by the row's name.
	"""
	named = list(rows.items())
	for start in range(0, len(named), UPDATED_AT_ONCE):
		chunk = named[start : start + UPDATED_AT_ONCE]
		values = [[part for name, row in chunk for part in (name, row[at])] for at in range(len(columns))]
		values.append([name for name, _row in chunk])
		# As above: every value is a parameter.
		frappe.db.sql(_update(get_table_name(doctype), tuple(columns), len(chunk)), list(_values(values)))


@lru_cache(maxsize=64)
def _statement(table: str, columns: tuple[str, ...], rows: int, ignore: bool, sqlite: bool) -> str:
	verb = ("insert or ignore" if sqlite else "insert ignore") if ignore else "insert"
	named = ", ".join(f"`{column}`" for column in columns)
	one = f"({', '.join(['%s'] * len(columns))})"
	return f"{verb} into `{table}` ({named}) values {', '.join([one] * rows)}"


@lru_cache(maxsize=64)
def _update(table: str, columns: tuple[str, ...], rows: int) -> str:
	chosen = f"case name {' '.join(['when %s then %s'] * rows)} end"
	sets = ", ".join(f"`{column}` = {chosen}" for column in columns)
	# Names of ours only, no values.
	return f"update `{table}` set {sets} where name in ({', '.join(['%s'] * rows)})"  # noqa: S608


def _values(rows: Sequence[Sequence]) -> Iterator:
	for row in rows:
		for value in row:
			# SQLite's driver writes these otherwise than Frappe does, or not at all.
			yield str(value) if isinstance(value, date | time | timedelta) else value
