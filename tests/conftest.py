"""For all tests. tests/site and tests/browser need a site; scripts/test.py makes one and says where."""

import os
import re

import pytest

LEFT_OUT = {
	folder: command
	for folder, given, command in (
		("site", "PARTYCELL_TEST_SITES", "make site"),
		("browser", "PARTYCELL_BROWSER_URL", "make browser"),
	)
	if not os.environ.get(given)
}

# Left out aloud, not skipped: a skipped test looks as if it had been thought of.
collect_ignore = list(LEFT_OUT)

AS_MACHINES_DO = re.compile(r"\b(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\b")


@pytest.fixture(scope="session", autouse=True)
def papers_say_days_as_people_do():
	"""In whatever a test lays out on paper no day stands as 2026-11-25: it is 25/11/2026, or in words."""
	try:
		from partycell.papers import pdf
	except ImportError:
		# Without pypdf nothing is laid out either.
		yield
		return
	laid_out = pdf.render

	def render(template, page, **context):
		html = laid_out(template, page, **context)
		seen = re.sub(r"<(style|script)\b.*?</\1>|<[^>]*>", " ", html, flags=re.DOTALL)
		assert AS_MACHINES_DO.findall(seen) == [], template
		return html

	pdf.render = render
	yield
	pdf.render = laid_out


def pytest_terminal_summary(terminalreporter):
	"""Say what a plain `pytest` has left out."""
	if len(LEFT_OUT) < 2 or os.environ.get("PARTYCELL_QUIET"):
		return
	for folder, command in LEFT_OUT.items():
		terminalreporter.write_line(f"tests/{folder} was left out: it needs a site. `{command}` makes one.")
