"""Many rows at once: they lie in the table as documents would, and values stay values."""

from datetime import date, datetime, timedelta

import frappe
import pytest

from partycell.framework import bulk

DOCTYPE = "Handbook Topic"
COLUMNS = ("name", "creation", "modified", "docstatus", "idx")


def test_rows_are_written_whatever_is_in_them():
	nasty = "Chi bộ 'Một'; drop table `tabCell` -- %s ? \\"
	rows = [
		(f"{nasty}{number}", datetime(2026, 1, 2, 3, 4, 5), date(2026, 1, 2), 0, number)
		for number in range(3)
	]
	bulk.insert(DOCTYPE, COLUMNS, rows)
	found = frappe.get_all(
		DOCTYPE, filters={"name": ("like", "Chi bộ 'Một'%")}, fields=["*"], order_by="idx asc"
	)
	assert [row.name for row in found] == [row[0] for row in rows]
	assert frappe.utils.get_datetime(found[0].creation) == datetime(2026, 1, 2, 3, 4, 5)


def test_more_than_a_statement_takes(monkeypatch):
	monkeypatch.setattr(bulk, "VALUES_AT_ONCE", 2 * len(COLUMNS))
	day = datetime(2026, 1, 1) + timedelta(hours=1)
	bulk.insert(DOCTYPE, COLUMNS, [(f"MANY-{number}", day, day, 0, 0) for number in range(5)])
	assert frappe.db.count(DOCTYPE, {"name": ("like", "MANY-%")}) == 5


def test_a_row_that_is_there_is_refused_or_left_out():
	row = ("TWICE", datetime(2026, 1, 1), datetime(2026, 1, 1), 0, 1)
	bulk.insert(DOCTYPE, COLUMNS, [row])
	bulk.insert(DOCTYPE, COLUMNS, [(*row[:4], 2), ("ONCE", *row[1:])], ignore_duplicates=True)
	assert frappe.db.get_value(DOCTYPE, "TWICE", "idx") == 1 and frappe.db.exists(DOCTYPE, "ONCE")
	with pytest.raises(Exception, match=r"(?i)unique|duplicate"):
		bulk.insert(DOCTYPE, COLUMNS, [row])


def test_no_rows_are_nothing():
	bulk.insert(DOCTYPE, COLUMNS, [])


def test_each_row_gets_values_of_its_own(monkeypatch):
	monkeypatch.setattr(bulk, "UPDATED_AT_ONCE", 2)
	day = datetime(2026, 1, 1)
	bulk.insert(DOCTYPE, COLUMNS, [(f"EACH-{number}", day, day, 0, number) for number in range(6)])
	nasty = "when 'x' then '%s' -- ?"
	changed = {f"EACH-{number}": (number + 10, f"{nasty}{number}" if number else None) for number in range(5)}
	bulk.update(DOCTYPE, ("idx", "owner"), changed)
	found = frappe.get_all(
		DOCTYPE, filters={"name": ("like", "EACH-%")}, fields=["name", "idx", "owner"], order_by="name asc"
	)
	assert {row.name: (row.idx, row.owner) for row in found} == {**changed, "EACH-5": (5, None)}


def test_no_rows_change_nothing():
	bulk.update(DOCTYPE, ("idx",), {})
