"""What axe finds in Frappe's own desk and web pages, by rule and place, outside what this app draws.

Nothing of ours is excused: an element in one of ours counts, whatever its selector. On the desk, what lies
outside ours and is not listed here is a warning: it came with Frappe, and belongs into this list or upstream.
"""

import warnings

KNOWN: dict[str, tuple[str, ...]] = {
	# icons of the form's sidebar, head and list without a name
	"button-name": (
		".primary-action",
		".filter-button",
		".share-doc-btn",
		".scroll-to-top",
		".add-attachment-btn",
		".add-assignment-btn",
		".add-tags-btn",
		".show-in-edit-mode",
		"button.icon-btn[data-original-title]",
	),
	# the tabs of a form: a list of links that calls itself a tablist
	"aria-required-children": ("#form-tabs",),
	"aria-required-parent": ("#form-tabs [role=tab]",),
	"listitem": ("#form-tabs > li",),
	# grey on grey: values that are read only, help under a field, the sidebar, heads of tables,
	# the line "Built on Frappe" under a web page
	"color-contrast": (
		".like-disabled-input",
		".help-box",
		".form-sidebar *",
		".grid-heading-row *",
		".standard-filter-section *",
		".ce-header *",
		".avatar-frame",
		".indicator-pill > span",
		".footer-powered, .footer-powered *",
	),
	# fields whose label stands beside them without belonging to them, boxes of a list
	"label": (".frappe-control .input-with-feedback", ".list-row-checkbox", ".list-header-checkbox"),
	"label-title-only": (".frappe-control .input-with-feedback", ".list-header-checkbox"),
	"select-name": (".frappe-control select",),
	"tabindex": (".list-row-container", ".dt-input"),
	"link-in-text-block": (".timeline-item a",),
}
"""Rule of axe → CSS selectors under which Frappe breaks it."""

OURS = "[class^='pc-'], [class*=' pc-'], [data-fieldtype='HTML'] > *"
"""Elements that only this app draws."""

WHOSE = """([targets, known, ours]) => targets.map((target) => {
	const found = document.querySelector(target);
	if (!found || found.closest(ours)) return "ours";
	return known.some((selector) => found.matches(selector)) ? "known" : "other";
})"""


def left(page, found: list[dict], *, on_desk: bool) -> list[str]:
	"""What remains of axe's findings without those of Frappe's, each as a line."""
	lines = []
	for rule in found:
		targets = [node["target"][-1] for node in rule["nodes"]]
		whose = page.evaluate(WHOSE, [targets, list(KNOWN.get(rule["id"], ())), OURS])
		for node, target, owner in zip(rule["nodes"], targets, whose, strict=True):
			line = f"{rule['impact']} {rule['id']} {target}: {node['html'][:200]}"
			if on_desk and owner == "other":
				warnings.warn(line, stacklevel=2)
			elif owner != "known":
				lines.append(line)
	return lines
