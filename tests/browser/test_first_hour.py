"""The four questions of the first hour fit a phone and say what is missing; tests/site has them answered."""

import pytest
from playwright.sync_api import expect

from tests.browser import people


@pytest.mark.parametrize("device", ["phone", "desk"])
def test_officers_are_entered_and_what_is_missing_is_said(opens, site, device):
	page = opens(people.MANAGER, device)
	people.open_desk(page, "/app/partycell-setup")
	before = site.count("Party Committee", {})
	page.locator("[data-fieldname=committee] input").fill("Đảng ủy xã Ia Rbol")
	first = page.locator(".officer-line").first
	expect(first).to_be_visible()
	first.get_by_label("Họ và tên").fill("Nay Thanh")
	page.get_by_role("button", name="Thêm cán bộ").click()
	second = page.locator(".officer-line").nth(1)
	expect(second.get_by_label("Thư điện tử")).to_be_focused()
	for line in (first, second):
		box = line.bounding_box()
		assert box["x"] >= 0 and box["x"] + box["width"] <= page.viewport_size["width"]
	page.locator("button.primary-action:visible").click()
	expect(page.locator(".modal.show .msgprint")).to_contain_text("Dòng 1")
	page.locator(".modal.show .btn-modal-close").click()
	expect(page.locator(".modal.show")).to_have_count(0)
	assert site.count("Party Committee", {}) == before
	second.get_by_role("button", name="Xóa dòng này").click()
	expect(page.locator(".officer-line")).to_have_count(1)
