"""Which cells were there on a day, and which went into which, on a site."""

from datetime import date

import frappe
import pytest
from frappe.utils import getdate

from partycell.organisation import lineage
from tests.site import factories as make

BEFORE, DAY = date(2018, 4, 30), date(2018, 5, 1)


@pytest.fixture
def cells(standing_world):
	"""Two cells that went into a third on ``DAY``, by what stands on them."""
	made = [make.cell(standing_world.commune, f"Chi bộ {name}") for name in "ABN"]
	for gone in made[:2]:
		frappe.db.set_value("Cell", gone, {"status": "Merged", "merged_into": made[2], "closed_on": DAY})
	frappe.db.set_value("Cell", made[2], "established_on", DAY)
	return made


def there(day: date, names) -> set[str]:
	cell = frappe.qb.DocType("Cell")
	rows = frappe.qb.from_(cell).select(cell.name).where(lineage.there_on(cell, day)).run()
	return {name for (name,) in rows} & set(names)


def test_cells_of_a_day(cells):
	one, other, new = cells
	assert there(BEFORE, cells) == {one, other}
	assert there(DAY, cells) == {new}
	frappe.db.set_value("Cell", one, "closed_on", None)
	assert there(BEFORE, cells) == {other}, "closed, nobody knows when"


def test_both_ways(cells):
	one, other, new = cells
	assert lineage.predecessors([new], BEFORE) == {new: frozenset({one, other})}
	assert lineage.predecessors([new], DAY) == {new: frozenset({new})}
	assert lineage.successors([one, new], DAY) == {one: frozenset({new}), new: frozenset({new})}
	assert {name: getdate(day) for name, day in lineage.went_into(new).items()} == {one: DAY, other: DAY}


def test_nobody_writes_by_hand_when_a_cell_ended(cells):
	doc = frappe.get_doc("Cell", cells[2])
	doc.closed_on = DAY
	doc.save()
	assert frappe.db.get_value("Cell", cells[2], "closed_on") is None
