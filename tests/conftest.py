"""For all tests. tests/site needs a site; scripts/test.py makes one and says where in the environment."""

import os

SITE_GIVEN = bool(os.environ.get("PARTYCELL_TEST_SITES"))

# Left out aloud, not skipped: a skipped test looks as if it had been thought of.
collect_ignore = [] if SITE_GIVEN else ["site"]


def pytest_terminal_summary(terminalreporter):
	"""Say what a plain `pytest` has left out."""
	if not SITE_GIVEN and not os.environ.get("PARTYCELL_QUIET"):
		terminalreporter.write_line("tests/site was left out: it needs a site. `make site` makes one.")
