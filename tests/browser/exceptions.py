"""What axe finds in Frappe's own desk and web pages, by rule and place, outside what this app draws.

Nothing of ours is excused: whatever lies in an element of ours counts, wherever it stands.
"""

KNOWN: dict[str, tuple[str, ...]] = {
	# the line "Built on Frappe" under a web page
	"color-contrast": ("footer-powered", "source=website_footer"),
}
"""Rule of axe → parts of selectors or of the element's text under which Frappe breaks it."""

OURS = ("pc-",)
"""Classes that only this app uses."""


def of_frappe(rule: str, target: list, html: str) -> bool:
	"""Whether a finding is one of Frappe's known ones."""
	place = " ".join(map(str, target))
	if any(mark in place or mark in html for mark in OURS):
		return False
	return any(part in place or part in html for part in KNOWN.get(rule, ()))
