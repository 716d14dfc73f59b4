"""A secretary takes note of directives."""

import pytest
from playwright.sync_api import expect


@pytest.fixture
def waiting(site):
	"""A secretary in office with at least two directives to take note of: user, cell, term, directives."""
	pending = site.rows(
		"Folder Item",
		{"directive": ["is", "set"], "cell": ["like", "CELL-DEMO-%"], "state": ["!=", "Outdated"]},
		"cell directive",
		"cell asc, directive asc",
	)
	known = {
		(row["directive"], row["term"])
		for row in site.rows("Directive Acknowledgement", {}, "directive term")
	}
	wanted = {
		row["name"]
		for row in site.rows("Directive", {"docstatus": 1, "acknowledge_within": [">", 0]}, "name")
	}
	terms = {
		row["cell"]: row
		for row in site.rows(
			"Secretary Term", {"status": "Open", "cell": ["like", "CELL-DEMO-%"]}, "name cell user"
		)
	}
	left = {}
	for row in pending:
		term = terms.get(row["cell"])
		if term and row["directive"] in wanted and (row["directive"], term["name"]) not in known:
			left.setdefault(row["cell"], []).append(row["directive"])
	cell = next(cell for cell in sorted(left) if len(left[cell]) >= 2)
	return {"cell": cell, "term": terms[cell]["name"], "user": terms[cell]["user"]}


@pytest.mark.parametrize("device", ["phone", "desk"])
def test_directives_are_acknowledged_one_by_one(opens, site, waiting, device):
	page = opens(waiting["user"], device)
	page.goto("/my-cell")
	mine = {"cell": waiting["cell"], "term": waiting["term"]}
	before = site.count("Directive Acknowledgement", mine)
	card = page.locator(".card", has_text="văn bản cần xác nhận")
	announced = int(card.locator("h2").inner_text().split()[0])
	assert announced >= 2
	card.get_by_role("button").click()
	taken = page.get_by_role("button", name="Xác nhận quán triệt")
	expect(taken).to_have_count(announced)
	first = page.locator(".card h2").first.inner_text()
	taken.first.click()
	expect(taken).to_have_count(announced - 1)
	expect(page.locator(".card h2").first).not_to_have_text(first)
	page.wait_for_load_state("networkidle")

	rows = site.rows("Directive Acknowledgement", mine, "directive acknowledged_by", "creation desc")
	assert len(rows) == before + 1
	assert rows[0]["acknowledged_by"] == waiting["user"]
	directive = site.doc("Directive", rows[0]["directive"])
	assert directive["subject"] in first and directive["number_symbol"] in first
