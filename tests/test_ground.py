"""The scripts behind `make test` and `make demo`, as far as they need neither Frappe nor root."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]
SCRIPTS = CHECKOUT / "scripts"

sys.path.insert(0, str(SCRIPTS))

from ground import browsing, console, environments, frappe_source, places, settings, suites  # noqa: E402


def script(name: str):
	"""A script as a module; `import test` would be Python's own tests."""
	spec = importlib.util.spec_from_file_location(f"partycell_scripts_{name}", SCRIPTS / f"{name}.py")
	module = importlib.util.module_from_spec(spec)
	spec.loader.exec_module(module)
	return module


def bench_at(folder: Path, version: str) -> places.Bench:
	"""As much of a bench as the scripts look at."""
	(folder / "env" / "bin").mkdir(parents=True)
	(folder / "env" / "bin" / "python").touch()
	(folder / "apps" / "frappe" / "frappe").mkdir(parents=True)
	(folder / "apps" / "frappe" / "frappe" / "__init__.py").write_text(f'__version__ = "{version}"\n')
	return places.Bench(folder)


@pytest.mark.parametrize("name", ["test.py", "demo.py"])
def test_scripts_explain_themselves(name):
	done = subprocess.run(
		[sys.executable, str(SCRIPTS / name), "--help"], capture_output=True, text=True, check=False
	)
	assert done.returncode == 0, done.stderr
	assert "BENCH" in done.stdout


def test_ci_runs_what_a_person_runs():
	text = (CHECKOUT / ".ci" / "run").read_text()
	assert text.startswith("#!/usr/bin/env bash\n")
	assert "make test" in text
	assert os.access(CHECKOUT / ".ci" / "run", os.X_OK)
	assert subprocess.run(["bash", "-n", str(CHECKOUT / ".ci" / "run")], check=False).returncode == 0


@pytest.mark.parametrize(
	("version", "specifier", "fitting"),
	[
		((3, 11, 2), ">=3.10,<3.14", True),
		((3, 14, 0), ">=3.10,<3.14", False),
		((3, 13, 9), ">=3.14,<3.15", False),
		((3, 14, 1), ">=3.14,<3.15", True),
		((3, 12, 0), "~=3.10", True),
		((3, 12, 0), "==3.12.*", True),
		((3, 9, 18), ">=3.10", False),
		((3, 12, 0), "", True),
	],
)
def test_a_python_fits_what_a_branch_asks_for(version, specifier, fitting):
	assert frappe_source.fits(version, specifier) is fitting


def test_what_a_branch_asks_for_is_read_from_its_own_files():
	wants = frappe_source.parse_wants(
		'[project]\nname = "frappe"\nrequires-python = ">=3.14,<3.15"\n', '{"engines": {"node": ">=24"}}'
	)
	assert wants == frappe_source.Wants(">=3.14,<3.15", 24)


def test_each_default_is_documented_and_sound(tmp_path):
	chosen = settings.read({"BENCH": str(tmp_path / "new")})
	assert (chosen.branch, chosen.site, chosen.database, chosen.port, chosen.serve, chosen.given) == (
		"version-16",
		"partycell.localhost",
		"sqlite",
		8000,
		True,
		False,
	)


@pytest.mark.parametrize(
	("env", "database"),
	[
		({"FRAPPE_BRANCH": "version-15"}, "mariadb"),
		({"FRAPPE_BRANCH": "version-16", "DB": "mariadb"}, "mariadb"),
		({"FRAPPE_BRANCH": "develop"}, "sqlite"),
	],
)
def test_the_database_follows_the_branch(tmp_path, env, database):
	assert settings.read({"BENCH": str(tmp_path / "new"), **env}).database == database


@pytest.mark.parametrize(
	("env", "part"),
	[
		({"FRAPPE_BRANCH": "version-15", "DB": "sqlite"}, "no SQLite"),
		({"DB": "oracle"}, "sqlite, mariadb"),
		({"PORT": "http"}, "PORT=http"),
		({"PORT": "70000"}, "PORT=70000"),
		({"SITE": "../else"}, "SITE=../else"),
	],
)
def test_what_cannot_be_is_refused_with_2_and_a_reason(tmp_path, env, part):
	with pytest.raises(console.Stop, match=part) as stop:
		settings.read({"BENCH": str(tmp_path / "new"), **env})
	assert stop.value.code == 2


def test_a_bench_knows_its_version_and_what_is_wrong_with_it(tmp_path):
	bench = bench_at(tmp_path / "good", "15.55.1")
	assert (bench.version, bench.major, bench.usable()) == ("15.55.1", 15, "")
	assert "no bench" in places.Bench(tmp_path / "nothing").usable()


def test_a_bench_that_was_named_and_is_none_is_not_passed_over(tmp_path, monkeypatch):
	monkeypatch.setenv("BENCH", str(tmp_path / "nothing"))
	with pytest.raises(console.Stop, match="no bench") as stop:
		places.named_benches()
	assert stop.value.code == 2


def test_several_benches_can_be_named(tmp_path, monkeypatch):
	paths = [bench_at(tmp_path / name, version).path for name, version in (("a", "15.1.0"), ("b", "16.0.0"))]
	monkeypatch.setenv("BENCH", os.pathsep.join(map(str, paths)))
	assert [bench.major for bench in places.named_benches()] == [15, 16]


def test_flavours_follow_the_benches(tmp_path):
	benches = [bench_at(tmp_path / name, version) for name, version in (("a", "15.1.0"), ("b", "16.0.0-dev"))]

	def names(wanted):
		chosen, impossible = script("test").choose_flavours(benches, wanted)
		return [flavour.name for flavour in chosen], impossible

	assert names("") == (["v15-mariadb", "v16-sqlite"], [])
	assert names("v16-mariadb v16-sqlite") == (["v16-mariadb", "v16-sqlite"], [])
	assert names("v15-sqlite") == ([], ["v15-sqlite"])


def test_the_browser_tests_take_the_newest_bench_whose_desk_is_built(tmp_path):
	old, new = bench_at(tmp_path / "a", "15.1.0"), bench_at(tmp_path / "b", "16.0.0-dev")
	assert browsing.choose([old, new]) is None
	for bench in (old, new):
		dist = bench.path / "sites" / "assets" / "frappe" / "dist"
		dist.mkdir(parents=True)
		(dist.parent.parent / "assets.json").write_text('{"desk.js": "/assets/frappe/dist/desk.A1.js"}')
	assert browsing.choose([old, new]) is None, "a manifest without what it names"
	(new.path / "sites" / "assets" / "frappe" / "dist" / "desk.A1.js").touch()
	assert browsing.choose([old, new]) == new


def test_a_browser_that_was_named_and_is_none_is_not_passed_over(monkeypatch):
	monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
	with pytest.raises(console.Stop, match="no such program") as stop:
		browsing.find_browser()
	assert stop.value.code == 2


def test_where_there_is_no_browser_that_is_said(tmp_path, monkeypatch, capsys):
	monkeypatch.delenv("CHROMIUM", raising=False)
	monkeypatch.setattr(browsing, "find_browser", lambda: "")
	monkeypatch.setattr(browsing, "has_assets", lambda bench: True)
	run = suites.Run()
	script("test").browser(run, [bench_at(tmp_path / "a", "16.0.0")], [])
	assert run.close() == 0
	assert "no Chromium on PATH" in capsys.readouterr().out


def test_a_step_that_fails_stops_with_its_output_and_a_hint(tmp_path, capsys):
	with pytest.raises(console.Stop, match="try that"):
		console.step("a step", ["sh", "-c", "echo why; exit 3"], log=tmp_path / "log", hint="try that")
	assert "why" in capsys.readouterr().out
	assert "why" in (tmp_path / "log").read_text()


def test_a_step_ends_at_its_limit(tmp_path, monkeypatch):
	monkeypatch.setenv("PARTYCELL_STEP_LIMIT", "0.3")
	# the pipe is held open by a process that the step has started
	assert console.step("a step", ["sh", "-c", "sleep 60 & wait"], log=tmp_path / "log", check=False) != 0


def test_requirements_have_lower_and_upper_bounds():
	declared = environments.declared()
	for requirement in [*declared["project"]["dependencies"], *environments.group("dev")]:
		assert ">=" in requirement and ",<" in requirement, requirement


@pytest.mark.parametrize(
	("xml", "passed"),
	[
		('<testsuite tests="2" failures="0" errors="0" skipped="1"/>', True),
		('<testsuite tests="2" failures="0" errors="0" skipped="2"/>', False),
		('<testsuite tests="0" failures="0" errors="0" skipped="0"/>', False),
		(None, False),
	],
)
def test_a_suite_without_a_test_that_ran_has_not_passed(tmp_path, xml, passed):
	report = tmp_path / "suite.xml"
	if xml:
		report.write_text(f"<testsuites>{xml}</testsuites>")
	assert suites.Outcome("suite", 0, 1.0, suites._counts(report)).passed is passed


def test_what_was_not_run_is_said_last(capsys):
	run = suites.Run(not_run=["7 files of tests/site"])
	assert run.close() == 0
	lines = [line for line in capsys.readouterr().out.splitlines() if line.strip("!")]
	assert lines[-2:] == ["! NOT RUN", "! 7 files of tests/site"]
