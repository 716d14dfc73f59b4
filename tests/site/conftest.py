"""Fixtures for tests on a real site.

A test runs as Administrator in a transaction that is rolled back: `frappe.db.commit()` runs its hooks
and moves the point to which `frappe.db.rollback()` goes back; `frappe.enqueue` calls at once, or at
the commit if `enqueue_after_commit` says so.

A test marked `@pytest.mark.committed` really commits, and the database, the private and public files
and the site's configuration are put back after it. Needed for HTTP, for subprocesses and for changes
of the schema. Where many tests share costly committed data, build it in a module-scoped fixture that
asks for `fresh_site`: then the site is put back after the module, not after each test.

Users are slow to make. Tests that only need the usual people and cells take `standing_world`: it is
made once for the module, and what a test changes of it is rolled back.
"""

import os
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
SITES = os.environ.get("PARTYCELL_TEST_SITES")
SITE = os.environ.get("PARTYCELL_TEST_SITE")

if not SITES or not SITE:
	raise pytest.UsageError("tests/site needs a site: run `make site`, with ARGS='-k ...' to choose tests")

import frappe  # noqa: E402

from tests.site import factories  # noqa: E402
from tests.site.support import isolation, snapshot, web  # noqa: E402


def pytest_report_header():
	"""What the figures below were got with."""
	return f"Frappe {frappe.__version__}, {os.environ.get('PARTYCELL_FLAVOUR')}, site {SITE}"


@pytest.fixture(scope="session", autouse=True)
def site_connection():
	"""Connect to the scratch site once, with the app of this checkout and no other."""
	import partycell

	origin = Path(partycell.__file__).resolve()
	assert origin.is_relative_to(CHECKOUT), f"partycell comes from {origin}, not from {CHECKOUT}"
	os.chdir(SITES)
	isolation.connect(SITE)
	assert "partycell" in frappe.get_installed_apps()
	with isolation.jobs_at_once(), isolation.cheap_defaults():
		yield
	frappe.destroy()


@pytest.fixture(scope="session")
def flavour():
	"""v16-sqlite, v15-mariadb, ..."""
	return os.environ["PARTYCELL_FLAVOUR"]


@pytest.fixture(scope="session")
def site_snapshot(site_connection):
	"""The site as it was installed; `.restore()` brings it back."""
	frappe.db.rollback()
	taken = snapshot.take(SITE)
	yield taken
	taken.forget()


@pytest.fixture(scope="module")
def fresh_site(site_snapshot):
	"""Commit freely: the site is put back after the module. For module-scoped fixtures."""
	isolation.begin_test()
	yield site_snapshot
	site_snapshot.restore()


@pytest.fixture(scope="module")
def standing_world(fresh_site):
	"""`factories.world()`, made once for all tests of a module, each of which is rolled back."""
	made = factories.world()
	frappe.db.commit()
	return made


def _commits(request) -> bool:
	marked = bool(request.node.get_closest_marker("committed"))
	if "standing_world" in request.fixturenames:
		if marked:
			pytest.fail("a committed test would change the standing world for the next: use fresh_site")
		return False
	return marked or "fresh_site" in request.fixturenames


@pytest.fixture(autouse=True)
def isolated(request, site_connection):
	"""Nothing that a test does is there for the next one."""
	if not _commits(request):
		isolation.begin_test()
		with isolation.uncommitted():
			yield
		isolation.end_test()
		return
	taken = request.getfixturevalue("site_snapshot")
	shared = "fresh_site" in request.fixturenames
	if shared:
		# what the module's own fixtures have made
		frappe.db.commit()
	isolation.begin_test()
	yield
	isolation.end_test(keep_files=True)
	if not shared:
		taken.restore()


@pytest.fixture
def jobs(isolated):
	"""What was enqueued in this test: a list of `isolation.Job(method, kwargs, queue)`."""
	return isolation.JOBS


@pytest.fixture(scope="session")
def server(site_connection):
	"""The base URL of a web server on the scratch site, for committed tests."""
	with web.serving(SITE, CHECKOUT / ".cache" / "logs") as url:
		yield url


@pytest.fixture
def http(request, server):
	"""`http("a@example.org")` is a logged-in client, `http()` a guest; see `web.Client`.

	The user must exist and gets a password that only the test knows. What this process has written
	is committed before each request, and its view is fresh after each.
	"""
	if not _commits(request):
		pytest.fail("a test that uses http needs @pytest.mark.committed, or data from fresh_site")
	clients = []

	def client(user: str | None = None) -> web.Client:
		clients.append(web.Client(server, user))
		return clients[-1]

	yield client
	for one in clients:
		one.close()
