"""The demo's people in a real browser. `make browser` makes the site and serves it; see scripts/test.py.

On a site of your own: PARTYCELL_BROWSER_URL=http://127.0.0.1:8000 with the demo's data on it, and
CHROMIUM where the browser is not /usr/bin/chromium. The tests change the demo: each takes what it needs
from what is there, so they can be run again on the same site, but not for ever.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser import people
from tests.browser.site import DEMO_PASSWORD, Site

ADDRESS = os.environ["PARTYCELL_BROWSER_URL"]
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
QUIET = (
	"--disable-gpu --disable-background-networking --disable-component-update --disable-sync --no-first-run"
)

# A busy machine is slow, not wrong.
PATIENCE = float(os.environ.get("PATIENCE", "60")) * 1000
RESULTS = Path(__file__).resolve().parents[2] / ".cache" / "test-results"

expect.set_options(timeout=PATIENCE)

Opens = Callable[..., Page]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
	"""Lets fixtures know how the test went."""
	report = yield
	setattr(item, f"report_{report.when}", report)
	return report


@pytest.fixture(scope="session")
def address() -> str:
	"""Where the site answers."""
	return ADDRESS


@pytest.fixture(scope="session")
def site(address) -> Site:
	"""What is stored."""
	return Site(address)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
	"""The system's Chromium; root may only run it without its sandbox."""
	sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
	with sync_playwright() as playwright:
		started = playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET.split(), *sandbox])
		yield started
		started.close()


@pytest.fixture(scope="session")
def sessions() -> dict:
	"""Who has logged in, kept for the next test."""
	return {}


@pytest.fixture
def opens(request, browser, address, sessions) -> Iterator[Opens]:
	"""``opens(user, "phone")``: a page of that user's on that device, logged in; None is a guest.

	A script that fails anywhere fails the test. What the pages of a failed test showed is kept as pictures
	beside the results.
	"""
	contexts, errors = [], people.Errors([])

	def open_page(user: str | None, device: str = "desk", **more) -> Page:
		kept = {"storage_state": sessions[user]} if user in sessions else {}
		context = browser.new_context(
			base_url=address, **people.DEVICES[device], **people.WHERE, **kept, **more
		)
		contexts.append(context)
		context.set_default_timeout(PATIENCE)
		page = context.new_page()
		errors.follow(page)
		if user and user not in sessions:
			people.log_in(page, address, user, DEMO_PASSWORD)
			sessions[user] = context.storage_state()
		return page

	yield open_page
	failed = getattr(getattr(request.node, "report_call", None), "failed", False)
	for number, context in enumerate(contexts, 1):
		for page in context.pages if failed else ():
			RESULTS.mkdir(parents=True, exist_ok=True)
			page.screenshot(path=RESULTS / f"browser-{request.node.name}-{number}.png")
		context.close()
	assert not errors.seen, errors.seen
