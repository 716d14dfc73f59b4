"""Every cell has its slots, once each."""

import frappe

from partycell import provisioning
from tests.site import factories as make


def test_a_new_cell_has_its_slots():
	made = make.world()
	codes = {item.code for item in make.slots(made.cell)}
	assert {"A1", "C1", "C2", "B2", "E3"} <= codes
	assert provisioning.provision([made.cell]) == 0
	assert frappe.db.get_value("Cell", made.cell, "required_due") > 0
