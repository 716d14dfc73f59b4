"""The demo's people in a real browser. `make browser` makes the site and serves it; see scripts/test.py.

On a site of your own: PARTYCELL_BROWSER_URL=http://127.0.0.1:8000 with the demo's data on it, and
CHROMIUM where the browser is not /usr/bin/chromium. The tests change the demo: each takes what it needs
from what is there, so they can be run again on the same site, but not for ever.
"""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser import people
from tests.browser.site import DEMO_PASSWORD, Site

ADDRESS = os.environ["PARTYCELL_BROWSER_URL"]
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
QUIET = (
	"--disable-gpu --disable-background-networking --disable-component-update --disable-sync --no-first-run"
)

expect.set_options(timeout=20_000)

Opens = Callable[..., Page]


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
def opens(browser, address, sessions) -> Iterator[Opens]:
	"""``opens(user, "phone")``: a page of that user's on that device, logged in; None is a guest.

	A script that fails anywhere fails the test.
	"""
	contexts, errors = [], people.Errors([])

	def open_page(user: str | None, device: str = "desk", **more) -> Page:
		kept = {"storage_state": sessions[user]} if user in sessions else {}
		context = browser.new_context(
			base_url=address, **people.DEVICES[device], **people.WHERE, **kept, **more
		)
		contexts.append(context)
		context.set_default_timeout(30_000)
		page = context.new_page()
		errors.follow(page)
		if user and user not in sessions:
			people.log_in(page, address, user, DEMO_PASSWORD)
			sessions[user] = context.storage_state()
		return page

	yield open_page
	for context in contexts:
		context.close()
	assert not errors.seen, errors.seen
