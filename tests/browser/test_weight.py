"""The secretary's page weighs little, is usable on a slow connection, and can be put on the home screen."""

import time

import pytest
from playwright.sync_api import expect

SECRETARY = "bithu.003@ayunpa.example"
MOST = 150_000
SLOW_3G = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
"""400 kbit/s and 400 ms a way, as browsers' own "slow 3G" has it."""
USABLE = 20
"""Seconds until the first visit shows what waits, the site's own time included."""


def follow(page) -> tuple[dict, object]:
	"""The bytes that come over the line from now on, by address; and the session with the browser."""
	session = page.context.new_cdp_session(page)
	session.send("Network.enable")
	addresses, bytes_of = {}, {}
	session.on(
		"Network.requestWillBeSent",
		lambda sent: addresses.setdefault(sent["requestId"], sent["request"]["url"]),
	)
	session.on(
		"Network.loadingFinished",
		lambda done: bytes_of.update({addresses.get(done["requestId"], "?"): done["encodedDataLength"]}),
	)
	return bytes_of, session


@pytest.fixture
def first_visit(opens):
	"""A phone that has never seen the page."""
	return opens(SECRETARY, "phone")


def test_a_first_visit_is_light_and_quick_on_slow_3g(first_visit):
	page = first_visit
	bytes_of, session = follow(page)
	session.send("Network.emulateNetworkConditions", SLOW_3G)
	began = time.monotonic()
	page.goto("/my-cell", wait_until="commit")
	expect(page.locator(".card, .done").first).to_be_visible()
	usable = time.monotonic() - began
	page.wait_for_load_state("networkidle")
	whole = sum(bytes_of.values())
	print(f"\n/my-cell: {whole} bytes in {len(bytes_of)} requests, usable after {usable:.1f} s on slow 3G")
	assert len(bytes_of) > 10, bytes_of
	assert whole < MOST, sorted(bytes_of.items(), key=lambda one: -one[1])
	assert usable < USABLE


def test_a_second_visit_needs_the_answer_only(first_visit):
	page = first_visit
	page.goto("/my-cell")
	page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
	page.reload()
	expect(page.locator("#bar a").first).to_be_visible()
	bytes_of, _session = follow(page)
	page.reload()
	expect(page.locator("#bar a").first).to_be_visible()
	page.wait_for_load_state("networkidle")
	assert sum(bytes_of.values()) < MOST / 2, bytes_of


def test_it_can_be_put_on_the_home_screen(first_visit, address):
	page = first_visit
	page.goto("/my-cell")
	page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
	session = page.context.new_cdp_session(page)
	told = session.send("Page.getAppManifest")
	assert told["errors"] == []
	manifest = told["manifest"] if "manifest" in told else told["parsed"]
	assert manifest["startUrl"] == f"{address}/my-cell" and manifest["scope"] == f"{address}/my-cell"
	assert manifest["display"] in ("standalone", "kStandalone")
	refused = [one["errorId"] for one in session.send("Page.getInstallabilityErrors")["installabilityErrors"]]
	# A context of a test is like a private window, from which nothing is installed.
	assert set(refused) <= {"in-incognito"}


def test_what_is_half_written_outlives_a_drawing(opens):
	page = opens(SECRETARY, "phone")
	page.goto("/my-cell#questions")
	body = page.get_by_label("Nội dung câu hỏi")
	body.press_sequentially("Đang viết dở")
	page.context.set_offline(True)
	expect(page.get_by_role("status")).to_contain_text("Mất mạng")
	page.context.set_offline(False)
	expect(page.get_by_role("status")).to_have_text("")
	expect(body).to_have_value("Đang viết dở")
	expect(body).to_be_focused()
