"""The documentation says what is there: commands run, links lead somewhere, screens are called what they are
called, and every setting, job, command and hook is described."""

import csv
import re
import subprocess
import sys
from urllib.parse import unquote

import pytest

from tests import manual, source

sys.path.insert(0, str(source.ROOT / "scripts"))

import translations

MANUALS = [path for path in manual.PAGES if path.parent.name in ("en", "vi")]
ROLES = ("secretaries", "officers", "inspectors", "administrators", "developers")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)|<img src=\"([^\"]+)\"")


def run(command: list[str], where=source.ROOT, **more) -> subprocess.CompletedProcess:
	return subprocess.run(
		command, cwd=where, capture_output=True, text=True, timeout=120, check=False, **more
	)


def anchors(path) -> set[str]:
	"""The headings of a page, as links call them."""
	headings = re.findall(r"^#+\s+(.*)$", manual.BLOCK.sub("", manual.text(path)), re.MULTILINE)
	return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", manual.PAGES, ids=manual.name)
def test_a_link_leads_somewhere(path):
	broken = []
	for match in LINK.finditer(manual.BLOCK.sub("", manual.text(path))):
		link = unquote(match.group(1) or match.group(2))
		if "://" in link or link.startswith("mailto:"):
			continue
		target, _, anchor = link.partition("#")
		page = (path.parent / target).resolve() if target else path
		if not page.exists() or (anchor and anchor not in anchors(page)):
			broken.append(link)
	assert broken == []


@pytest.mark.parametrize("language", ["en", "vi"])
def test_everybody_has_a_page_in_each_language(language):
	assert {path.stem for path in MANUALS if path.parent.name == language} == set(ROLES)


@pytest.mark.parametrize("path", MANUALS, ids=manual.name)
def test_a_screen_is_called_what_it_is_called(path):
	catalogue = [message for message in translations.catalogue() if message.id]
	if path.parent.name == "en":
		known = {message.id for message in catalogue}
	else:
		known = {message.string for message in catalogue} | {
			row[1]
			for row in csv.reader(
				(source.APP / "translations" / "vi.csv").read_text(encoding="utf-8").splitlines()
			)
		}
	assert [
		word for word in manual.named_words(path) if word not in known and word != "System Settings"
	] == []


@pytest.mark.parametrize("path", MANUALS, ids=manual.name)
def test_a_manual_shows_its_pictures_small(path):
	for picture in re.findall(r"screenshots/([\w-]+\.png)", manual.text(path)):
		assert (source.ROOT / "docs" / "screenshots" / picture).stat().st_size < 150_000


def test_the_secretary_has_ten_tasks_in_each_language():
	for language in ("en", "vi"):
		page = source.ROOT / "docs" / language / "secretaries.md"
		assert [int(n) for n in re.findall(r"^## (\d+)\. ", manual.text(page), re.MULTILINE)] == list(
			range(1, 11)
		)
		for task in manual.text(page).split("\n## ")[1:]:
			# One page of paper.
			assert len(task.split()) < 330, task.splitlines()[0]


def test_a_block_with_commands_says_that_it_is_one():
	starts = ("bench ", "make ", "python3 ", "python ", "partycell ", "pip ")
	found = [
		block
		for _page, block in manual.blocks("")
		if any(line.startswith(starts) for line in block.splitlines())
	]
	assert found == []


def test_what_is_not_run_is_there_and_has_a_reason():
	texts = [command.text for command in manual.commands()]
	for start, why in manual.NOT_HERE.items():
		assert why and any(text.startswith(start) for text in texts), start


def test_nothing_is_left_to_nobody():
	"""Each command is run here, or by tests/site/test_docs.py, or has a reason."""
	for command in manual.commands():
		assert command.text.split()[0] in {"bench", "make", "python3", "python", "partycell"}, str(command)


@pytest.mark.parametrize(
	"command", [one for one in manual.commands() if one.text.split()[0] == "make"], ids=str
)
def test_make_knows_what_it_is_told(command):
	# Carried out they would run these tests, or make a bench; that the target and what it calls are there is seen.
	done = run(["make", "--dry-run", *command.text.split()[1:]])
	assert done.returncode == 0, done.stderr
	script = re.search(r"(scripts/\w+\.py)", done.stdout)
	assert script and run([sys.executable, script.group(1), "--help"]).returncode == 0


def test_each_target_that_is_named_is_one():
	makefile = (source.ROOT / "Makefile").read_text(encoding="utf-8")
	named = {
		target
		for path in manual.PAGES
		for target in re.findall(r"`(?:[A-Z]+=\S+ )*make (\w+)", manual.text(path))
	}
	assert named and named <= set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))


@pytest.mark.parametrize(
	"command", [one for one in manual.commands() if one.text.startswith("python")], ids=str
)
def test_a_script_is_there_and_says_how_it_is_used(command):
	"""Benchmarks take minutes on a site of their own; that they are there and know --help is seen."""
	for script in re.findall(r"[\w/]+\.py", command.text):
		path = source.ROOT / script
		compile(path.read_text(encoding="utf-8"), script, "exec")
		if script.startswith("scripts/"):
			assert run([sys.executable, script, "--help"]).returncode == 0


def test_the_commands_without_a_server_hand_a_cell_over(tmp_path):
	done = []
	digest = bag = None
	for command in (one for one in manual.commands() if one.text.startswith("partycell ")):
		text = command.text.replace("BAG", str(bag)).replace("DIGEST", digest or "")
		words = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', text)]
		result = run(
			[sys.executable, "-m", *words], tmp_path, env={"PYTHONPATH": str(source.ROOT), "LANG": "C.UTF-8"}
		)
		assert result.returncode == 0, f"{command}\n{result.stdout}{result.stderr}"
		done.append(words[1])
		if words[1] == "handover":
			digest = re.search(r"(?:[0-9a-f]{4} ){15}[0-9a-f]{4}", result.stdout).group()
			bag = next(path for path in tmp_path.iterdir() if (path / "bagit.txt").exists())
	assert done == ["new", "check", "handover", "verify"]


def settings() -> list[str]:
	"""The labels of Partycell Settings."""
	fields = source.read(source.APP / "doctype" / "partycell_settings" / "partycell_settings.json")["fields"]
	return [
		field["label"]
		for field in fields
		if field["fieldtype"] not in ("Section Break", "Column Break", "Tab Break")
	]


def described(language: str, page: str) -> list[list[str]]:
	"""The rows of a manual's tables, cell by cell."""
	text = manual.text(source.ROOT / "docs" / language / f"{page}.md")
	return [
		[cell.strip() for cell in line.strip("|").split("|")]
		for line in text.splitlines()
		if line.startswith("|")
	]


def test_every_setting_is_described():
	vietnamese = {message.id: message.string for message in translations.catalogue() if message.id}
	for language, wanted in (("en", settings()), ("vi", [vietnamese[label] for label in settings()])):
		rows = {row[0] for row in described(language, "administrators")}
		assert [label for label in wanted if label not in rows] == [], (
			f"add a row to docs/{language}/administrators.md"
		)


def hooks() -> dict:
	scope: dict = {}
	exec((source.APP / "hooks.py").read_text(encoding="utf-8"), scope)
	return {name: value for name, value in scope.items() if not name.startswith("_")}


@pytest.mark.parametrize("language", ["en", "vi"])
def test_every_scheduled_job_is_described(language):
	jobs = [job.removeprefix("partycell.") for each in hooks()["scheduler_events"].values() for job in each]
	rows = {row[1] for row in described(language, "administrators") if len(row) > 1}
	assert [job for job in jobs if f"`{job}`" not in rows] == [], (
		f"add a row to docs/{language}/administrators.md"
	)
	assert len(jobs) == len([one for one in rows if re.fullmatch(r"`\w+(\.\w+)+`", one)])


def test_every_hook_is_described():
	english = manual.text(source.ROOT / "docs" / "en" / "developers.md")
	vietnamese = manual.text(source.ROOT / "docs" / "vi" / "developers.md")
	for name in hooks():
		if not name.startswith("app_"):
			assert f"`{name}`" in english, f"add a row for {name} to docs/en/developers.md"
		if name.startswith("partycell_"):
			assert f"`{name}`" in vietnamese, f"add a row for {name} to docs/vi/developers.md"


@pytest.mark.parametrize("language", ["en", "vi"])
def test_every_bench_command_is_described(language):
	names = re.findall(
		r'@partycell\.command\("([\w-]+)"\)', (source.APP / "commands.py").read_text(encoding="utf-8")
	)
	text = manual.text(source.ROOT / "docs" / language / "administrators.md")
	assert names and [name for name in names if f"partycell {name}" not in text] == []
