"""Which page of the docs a DocType's list leads to, in the site's language.

A DocType holds one address for its help; it is written when the app is installed and after each migration, which
puts the shipped records back. An office with docs of its own names them in its app's ``partycell_docs`` hook.
"""

import frappe

PAGES = {
	"secretaries": (
		"Cell",
		"Cell Meeting",
		"Corrective Action",
		"Directive Acknowledgement",
		"Folder Item",
		"Handbook Note",
		"Handover",
	),
	"officers": (
		"Assigned Member",
		"Directive",
		"Directive Kind",
		"Folder Issue",
		"Folder Template",
		"Handbook Topic",
		"Issued Folder",
		"Party Member",
		"Programme Review",
		"Reorganisation",
		"Secretary Term",
	),
	"inspectors": ("Criteria Set", "Inspection", "Inspection Plan"),
	"administrators": ("Cell Import", "Party Committee", "Partycell Settings"),
}
LANGUAGES = ("vi", "en")


def address(page: str, language: str | None) -> str:
	"""Where a page of the docs lies, in a language that there is, else in English."""
	chosen = language if language in LANGUAGES else "en"
	return f"{frappe.get_hooks('partycell_docs')[-1].rstrip('/')}/{chosen}/{page}.md"


def documented() -> list[str]:
	"""The DocTypes that people open on the desk."""
	return [name for names in PAGES.values() for name in names]


def addresses(language: str | None) -> dict[str, str]:
	"""The page of each DocType, for a user of this language."""
	return {name: address(page, language) for page, names in PAGES.items() for name in names}


def write() -> None:
	"""Writes the addresses that are not as they should be."""
	language = frappe.db.get_single_value("System Settings", "language")
	there = dict(
		frappe.get_all(
			"DocType", filters={"module": "Partycell"}, fields=["name", "documentation"], as_list=True
		)
	)
	for page, doctypes in PAGES.items():
		wanted = address(page, language)
		late = [name for name in doctypes if name in there and there[name] != wanted]
		if late:
			frappe.db.set_value("DocType", {"name": ("in", late)}, "documentation", wanted)
			for name in late:
				frappe.clear_cache(doctype=name)
