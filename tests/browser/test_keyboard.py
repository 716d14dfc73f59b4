"""Without a mouse: every link and button of ours shows that it has the focus, and none is out of its order."""

import pytest

from tests.browser import pages, people

HELD = """() => {
	const held = document.activeElement;
	const ours = held.closest("[class^='pc-'], [class*=' pc-']");
	const style = getComputedStyle(held);
	const ring = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
	return ours ? { ring, ordered: held.tabIndex === 0, text: held.outerHTML.slice(0, 120) } : null;
}"""
STEPS = 24
CASES = {
	"cell": (people.OFFICER, ("Cell", {"name": "CELL-DEMO-017"}), ".pc-office a", ""),
	"marks": (pages.RECEIVER, pages.of_state("Handover", "Delivered"), ".pc-count", "Danh mục tài liệu"),
	"checklist": (people.INSPECTOR, pages.of_state("Inspection", "In Progress"), ".pc-block a", ""),
}


@pytest.mark.parametrize("case", CASES)
def test_the_focus_is_seen_on_its_way_down_the_page(opens, site, case):
	user, (doctype, filters), start, tab = CASES[case]
	page = opens(user)
	slug = doctype.lower().replace(" ", "-")
	people.open_desk(page, f"/app/{slug}/{site.row(doctype, filters)['name']}")
	if tab:
		page.get_by_role("tab", name=tab).click()
	page.locator(start).locator("visible=true").first.focus()
	went = []
	for _step in range(STEPS):
		page.keyboard.press("Tab")
		went.append(page.evaluate(HELD))
	ours = [held for held in went if held]
	assert len(ours) > STEPS / 2, went
	assert not [held["text"] for held in ours if not (held["ring"] and held["ordered"])]


def test_the_phones_page_keeps_the_focus_where_it_was(opens):
	page = opens(pages.SECRETARY, "phone")
	page.goto("/my-cell")
	page.wait_for_selector(".card")
	link = page.get_by_role("link", name="Cặp tài liệu")
	link.focus()
	page.keyboard.press("Enter")
	page.wait_for_selector("details")
	assert page.evaluate("document.activeElement.hash") == "#folder"
