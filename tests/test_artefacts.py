"""What the desk shows points at what exists: workspaces, cards, reports, notifications, print formats; and
what comes and goes with the app is named alike where it is shipped, filtered and taken away."""

import ast
import json
import re

import pytest

from partycell.rules import slots
from partycell.rules.periods import FREQUENCIES
from tests import source
from tests.test_metadata import CORE, DOCTYPES, ROLES, WORKFLOWS, columns, hook


def artefacts(kind: str) -> dict[str, dict]:
	"""The desk's records of one kind that the app ships, by name."""
	found = [source.read(path) for path in sorted(source.APP.glob(f"{kind}/*/*.json"))]
	return {record["name"]: record for record in found}


ARTEFACTS = {
	kind: artefacts(kind)
	for kind in (
		"dashboard_chart",
		"dashboard_chart_source",
		"notification",
		"number_card",
		"page",
		"print_format",
		"report",
		"workspace",
	)
}


def each(kind: str):
	"""A parametrization over the records of one kind."""
	records = ARTEFACTS[kind]
	return pytest.mark.parametrize("record", records.values(), ids=list(records))


@pytest.mark.parametrize("kind", ARTEFACTS)
def test_a_record_lies_where_frappe_looks_for_it(kind):
	for path in sorted(source.APP.glob(f"{kind}/*/*.json")):
		record = source.read(path)
		assert path.stem == path.parent.name == re.sub(r"\W", "_", record["name"].lower())
		assert record.get("module", "Partycell") == "Partycell"
		assert (path.parent / "__init__.py").exists() or kind not in (
			"notification",
			"page",
			"print_format",
			"report",
		)


@each("workspace")
def test_a_workspace_leads_to_what_exists(record):
	shown = {"card": set(), "shortcut": set(), "number_card": set(), "chart": set()}
	for block in json.loads(record["content"]):
		if block["type"] in shown:
			shown[block["type"]].add(block["data"][f"{block['type']}_name"])
	cards = {link["label"] for link in record["links"] if link["type"] == "Card Break"}
	shortcuts = {shortcut["label"]: shortcut for shortcut in record["shortcuts"]}
	assert shown["card"] == cards and shown["shortcut"] == set(shortcuts)
	assert shown["number_card"] == {card["number_card_name"] for card in record.get("number_cards", [])}
	assert shown["chart"] == {chart["chart_name"] for chart in record.get("charts", [])}
	assert shown["number_card"] <= set(ARTEFACTS["number_card"])
	assert shown["chart"] <= set(ARTEFACTS["dashboard_chart"])
	for link in [*record["links"], *shortcuts.values()]:
		kind = link.get("link_type") or (link["type"] if link["type"] not in ("Link", "Card Break") else None)
		if kind:
			known = {"DocType": {*DOCTYPES, *CORE}, "Report": ARTEFACTS["report"], "Page": ARTEFACTS["page"]}[
				kind
			]
			assert link["link_to"] in known, link["link_to"]
	for shortcut in filter(lambda one: one["type"] == "DocType", shortcuts.values()):
		asked = json.loads(shortcut.get("stats_filter") or "{}")
		named = asked if isinstance(asked, dict) else [row[1] for row in asked]
		assert set(named) <= columns(shortcut["link_to"]), shortcut["label"]
	assert {row["role"] for row in record.get("roles", [])} <= ROLES | {"System Manager"}


@each("notification")
def test_a_notification_watches_a_field_that_exists_and_goes_to_one(record):
	there = columns(record["document_type"])
	assert record.get("value_changed") in {None, "", *there}
	for recipient in record["recipients"]:
		assert recipient.get("receiver_by_document_field") in {None, "", *there}
		assert recipient.get("receiver_by_role") in {None, "", *ROLES}
	for text in ("condition", "message", "subject"):
		for name in re.findall(r"\bdoc\.(\w+)", record.get(text) or ""):
			assert name in there, f"{text}: doc.{name}"


@each("print_format")
def test_a_print_format_is_for_a_doctype_and_has_its_template(record):
	assert record["doc_type"] in DOCTYPES
	folder = source.APP / "print_format" / re.sub(r"\W", "_", record["name"].lower())
	html = (folder / f"{folder.name}.html").read_text(encoding="utf-8")
	for template in re.findall(r"""{%-?\s*(?:include|extends)\s+["']([^"']+)["']""", html):
		assert (source.ROOT / template).exists(), template


@pytest.mark.parametrize("path", sorted(source.APP.rglob("templates/**/*.html")), ids=lambda path: path.name)
def test_templates_stand_on_templates_that_exist(path):
	for template in re.findall(
		r"""{%-?\s*(?:include|extends)\s+["']([^"']+)["']""", path.read_text(encoding="utf-8")
	):
		assert (source.ROOT / template).exists(), template


def test_reports_cards_and_charts_are_about_what_exists():
	for report in ARTEFACTS["report"].values():
		assert report["ref_doctype"] in DOCTYPES
		assert {row["role"] for row in report["roles"]} <= ROLES | {"System Manager"}
	for card in ARTEFACTS["number_card"].values():
		if card["type"] == "Document Type":
			assert card["document_type"] in DOCTYPES
			for row in json.loads(card.get("filters_json") or "[]"):
				assert row[0] in DOCTYPES and row[1] in columns(row[0])
		elif card["type"] == "Custom":
			# Who reads the DocType sees the card.
			assert card["document_type"] in DOCTYPES
			assert_called(card["method"])
	for chart in ARTEFACTS["dashboard_chart"].values():
		if chart["chart_type"] == "Report":
			assert chart["report_name"] in ARTEFACTS["report"]
		elif chart["chart_type"] == "Custom":
			assert chart["source"] in ARTEFACTS["dashboard_chart_source"] and chart["roles"]
			folder = re.sub(r"\W", "_", chart["source"].lower())
			script = (source.APP / "dashboard_chart_source" / folder / f"{folder}.js").read_text()
			assert f'chart_sources["{chart["source"]}"]' in script
			(method,) = re.findall(r'method: "([\w.]+)"', script)
			assert_called(method)
		else:
			there = columns(chart["document_type"])
			for key in ("based_on", "group_by_based_on", "aggregate_function_based_on", "value_based_on"):
				assert chart.get(key) in {None, "", *there}


def test_a_dashboard_shows_cards_and_charts_that_exist():
	for path in sorted(source.APP.glob("partycell_dashboard/*/*.json")):
		record = source.read(path)
		assert {row["card"] for row in record["cards"]} <= set(ARTEFACTS["number_card"])
		assert {row["chart"] for row in record["charts"]} <= set(ARTEFACTS["dashboard_chart"])


def assert_called(method: str) -> None:
	"""That a method named in a record exists and may be called from the desk."""
	module, _dot, name = method.rpartition(".")
	function = source.defined(source.modules()[module])[name]
	assert any("whitelist" in ast.unparse(one) for one in function.decorator_list), method


def test_what_is_shipped_exported_and_taken_away_is_the_same():
	exported = {entry["dt"]: entry["filters"][0] for entry in hook("fixtures") if isinstance(entry, dict)}
	assert set(exported["Role"][2]) == ROLES == set(source.value_of("partycell.setup.uninstall", "ROLES"))
	shipped = set(WORKFLOWS)
	assert (
		set(exported["Workflow"][2])
		== shipped
		== set(source.value_of("partycell.setup.uninstall", "WORKFLOWS"))
	)


def test_committee_functions_give_roles_that_exist():
	given = source.value_of("partycell.access.roles", "BY_FUNCTION")
	assert set(given) == set(source.options("Party Committee User", "function"))
	assert {*given.values(), source.value_of("partycell.access.roles", "SECRETARY")} <= ROLES


def test_settings_have_the_defaults_that_the_code_falls_back_to():
	settings = source.defined(source.modules()["partycell.framework.settings"])["Settings"]
	fields = source.fields("Partycell Settings")
	for line in settings.body:
		if isinstance(line, ast.AnnAssign):
			assert line.target.id in fields
			default = ast.literal_eval(line.value)
			assert str(fields[line.target.id].get("default") or "") == str(default or ""), line.target.id


def test_the_default_template_can_be_followed():
	content = source.read(source.APP / "setup" / "data" / "folder_template.json")
	lines = [line for section in content["sections"] for line in section["items"]]
	sections = [section["code"] for section in content["sections"]]
	assert sections == ["A", "B", "C", "D", "E"] and len(lines) == 30
	items = [
		slots.TemplateItem(line["code"], line["title"], line["frequency"], due_days=line.get("due_days", 0))
		for line in lines
	]
	assert not list(slots.template_problems(items, sections))
	for line in lines:
		assert set(line) <= columns("Folder Template Item")
		for field in ("provider", "retention", "due_at"):
			assert line.get(field) in {None, *source.options("Folder Template Item", field)}
		assert line["frequency"] in FREQUENCIES
		assert bool(line.get("retention_years")) == (line["retention"] == "Years"), line["code"]
