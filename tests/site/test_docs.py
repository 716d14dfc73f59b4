"""Bench commands of the documentation, on a real site, and the code that developers are shown."""

import re
import shlex
import subprocess
import sys
import types

import frappe
import pytest

from partycell.handover import open_matters
from partycell.inspections import live_facts
from partycell.reviews import figures
from tests import manual
from tests.site import factories
from tests.site.conftest import SITE, SITES

COMMANDS = list(
	{one.text: one for one in manual.commands() if one.text.startswith("bench ") and not one.reason}.values()
)


@pytest.fixture(scope="module")
def cell(fresh_site):
	"""A cell for commands that name one."""
	made = factories.world()
	frappe.db.commit()
	return made.cell


def bench(text: str) -> subprocess.CompletedProcess:
	"""The command as a bench would carry it out, here and on this site."""
	words = shlex.split(text.replace("--site SITE ", ""))[1:]
	return subprocess.run(
		[sys.executable, "-m", "frappe.utils.bench_helper", "frappe", "--site", SITE, *words],
		cwd=SITES,
		capture_output=True,
		text=True,
		timeout=300,
		check=False,
	)


@pytest.mark.parametrize("command", COMMANDS, ids=str)
def test_a_bench_command_does_what_it_is_shown_for(command, cell, tmp_path):
	text = command.text.replace("CELL", cell).replace("cell.toml", str(tmp_path / "cell.toml"))
	frappe.db.commit()
	done = bench(text)
	assert done.returncode == 0, done.stdout + done.stderr
	if "export-template" in text:
		assert "[[section]]" in (tmp_path / "cell.toml").read_text(encoding="utf-8")
	if "backup" in text:
		assert "with files" in done.stdout


def loaded(block: str) -> types.ModuleType:
	module = types.ModuleType("my_app_letters")
	exec(block, module.__dict__)
	return module


def shown(name: str) -> types.ModuleType:
	"""The example that defines a function of this name."""
	return next(
		loaded(block) for page, block in manual.blocks("python") if "/en/" in page and f"def {name}(" in block
	)


def test_the_live_fact_that_is_shown_is_measured(standing_world, monkeypatch):
	cell = standing_world.cell
	item = frappe.get_all("Folder Item", filters={"cell": cell}, pluck="name")[0]
	frappe.db.set_value("Folder Item", item, "classified", 1)
	fact = shown("facts").facts()[0]
	monkeypatch.setattr(live_facts, "registry", lambda: {fact.name: fact})
	assert live_facts.measure([fact.name], [cell]) == {fact.name: {cell: 1}}
	source = live_facts.sources([fact.name], cell)[fact.name]
	assert frappe.get_all(source["doctype"], filters=source["filters"], pluck="name") == [item]


def test_the_figure_of_a_review_that_is_shown_is_counted(standing_world):
	cell, committee = standing_world.cell, standing_world.commune
	day = frappe.utils.getdate()
	frappe.get_doc(
		{"doctype": "Cell Meeting", "cell": cell, "meeting_type": "Regular", "planned_on": day}
	).insert()
	asked = figures.Asked(committee, day, day)
	assert [figure.value for figure in shown("figures").figures(asked)] == [1]


def test_the_open_matter_that_is_shown_goes_over(standing_world):
	cell = standing_world.cell
	task = frappe.get_doc(
		{"doctype": "ToDo", "description": "x", "reference_type": "Cell", "reference_name": cell}
	).insert()
	matters = shown("open_matters").open_matters(cell)
	assert [(one.reference_doctype, one.reference_name) for one in matters] == [("ToDo", task.name)]
	assert isinstance(matters[0], open_matters.Matter)


def test_each_hook_that_developers_are_offered_is_asked():
	page = manual.text(next(path for path in manual.PAGES if manual.name(path) == "docs/en/developers.md"))
	for hook in set(re.findall(r"`(partycell_\w+)`", page)):
		assert frappe.get_hooks(hook), hook
