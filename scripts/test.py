#!/usr/bin/env python3
"""`make test`: lint, the tests of the rules, on a real site on every bench found, and in a real browser.

Environment: BENCH (benches to use, separated by os.pathsep), FLAVOURS ("v16-sqlite v16-mariadb
v15-mariadb": what to run; by default 15 on MariaDB and 16 on SQLite), PARTYCELL_OFFLINE=1 (do not
look whether Frappe can be reached), CHROMIUM (the browser; by default the one on PATH),
PARTYCELL_BESIDE=0 (one flavour after the other, not at the same time), VERBOSE=1. Arguments after --
go to pytest.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

if sys.version_info < (3, 10):  # noqa: UP036 (whoever has an older one should read why)
	sys.exit("Python 3.10 or later is needed")

from ground import beside, browsing, environments, frappe_source, settings, workshop
from ground.bench import prepare
from ground.console import Stop, say, title
from ground.places import CACHE, CHECKOUT, Bench, found_benches, named_benches
from ground.scratch import Flavour, scratch_site
from ground.suites import Run, test_files
from ground.system import on_termination

DEFAULT_FLAVOURS = {15: ["mariadb"], 16: ["sqlite"]}
POSSIBLE_FLAVOURS = {15: ["mariadb"], 16: ["sqlite", "mariadb"]}


def main() -> int:
	"""Run what was asked for; 0 where everything that could be run has passed."""
	options = _options()
	on_termination()
	# This machine's packages are changed only where we are root, as in CI.
	os.environ["PARTYCELL_SUDO"] = "0"
	run = Run()
	try:
		benches = named_benches()
		python = environments.tools()
		if options.suite in ("all", "lint", "format"):
			lint(run, python, mend=options.suite == "format")
		if options.suite in ("all", "rules"):
			rules(run, python, options.pytest)
		if options.suite in ("all", "offline"):
			offline(run, python, options.pytest)
		if options.suite in ("all", "site"):
			site(run, benches, options.pytest)
		if options.suite in ("all", "browser"):
			browser(run, benches, options.pytest)
	except Stop as stop:
		run.failed("set-up", str(stop))
		run.close()
		return stop.code
	except KeyboardInterrupt:
		say("\nstopped")
		return 130
	return run.close()


def _options() -> argparse.Namespace:
	parser = argparse.ArgumentParser(
		description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
	)
	suites = ["all", "lint", "format", "rules", "offline", "site", "browser"]
	parser.add_argument("--suite", choices=suites, default="all")
	parser.add_argument("pytest", nargs="*", help="for pytest, after --")
	return parser.parse_args()


def lint(run: Run, python: Path, *, mend: bool = False) -> None:
	"""ruff's checks and its format; with `mend`, what it can it puts right."""
	title("Lint")
	ruff = [python, "-m", "ruff"]
	cache = {**os.environ, "RUFF_CACHE_DIR": str(CACHE / "ruff")}
	run.command("ruff check", [*ruff, "check", *(["--fix"] if mend else [])], cwd=CHECKOUT, env=cache)
	run.command("ruff format", [*ruff, "format", *([] if mend else ["--check"])], cwd=CHECKOUT, env=cache)


def rules(run: Run, python: Path, arguments: list[str]) -> None:
	"""The tests that need no Frappe: tests/rules and the files in tests/ itself."""
	title("Rules")
	workshop.install_drawing()
	files = [str(path.relative_to(CHECKOUT)) for path in sorted((CHECKOUT / "tests").glob("test_*.py"))]
	folders = ["tests/rules"] if test_files("rules") else []
	if not folders and not files:
		return
	env = {
		**os.environ,
		"PYTHONPATH": str(CHECKOUT),
		"HYPOTHESIS_STORAGE_DIRECTORY": str(CACHE / "hypothesis"),
	}
	run.pytest("rules", python, _chosen([*folders, *files], arguments), env=env)


def offline(run: Run, python: Path, arguments: list[str]) -> None:
	"""tests/offline: `python -m partycell`, which knows no Frappe."""
	title("Offline")
	if not test_files("offline"):
		return
	workshop.install_drawing()
	run.pytest(
		"offline", python, ["tests/offline", *arguments], env={**os.environ, "PYTHONPATH": str(CHECKOUT)}
	)


def site(run: Run, benches: list[Bench], arguments: list[str]) -> None:
	"""tests/site, once on each flavour that the benches allow; those of different benches at the same time."""
	files = test_files("site")
	title(f"Site tests ({len(files)} files)")
	if not files:
		return
	named = bool(benches)
	benches = benches or found_benches() or _try_to_make(run)
	flavours, impossible = choose_flavours(benches, os.environ.get("FLAVOURS", ""))
	here, others = beside.split(flavours)
	with beside.running(others, arguments) as started:
		for flavour in here:
			_site_of(run, flavour, arguments, named=named)
		for one in started:
			one.close(run)
	if benches and not named and not os.environ.get("FLAVOURS"):
		there = {bench.major for bench in benches}
		impossible += [
			f"v{major}-{DEFAULT_FLAVOURS[major][0]}" for major in DEFAULT_FLAVOURS if major not in there
		]
	for name in impossible:
		run.not_run.append(f"site-{name}: {len(files)} files of tests/site: no bench here can run {name}.")
	if not benches:
		run.not_run.append(
			f"{len(files)} files of tests/site: there is no bench with Frappe here.\n"
			"To run them: BENCH=/path/to/bench make test, or `make demo SERVE=0` once, which makes a bench."
		)


def _site_of(run: Run, flavour: Flavour, arguments: list[str], *, named: bool) -> None:
	suite = f"site-{flavour.name}"
	title(f"{suite}: Frappe {flavour.bench.version}, {flavour.bench.path}")
	try:
		with scratch_site(flavour) as scratch:
			run.pytest(suite, flavour.bench.python, _chosen(["tests/site"], arguments), env=scratch.env)
	except Stop as stop:
		if stop.code == 2 and not named:
			# The machine lacks something that this user cannot install: not our failure, but said.
			run.not_run.append(f"{suite}: {len(test_files('site'))} files of tests/site. {stop}")
		else:
			run.failed(suite, str(stop))


def browser(run: Run, benches: list[Bench], arguments: list[str]) -> None:
	"""tests/browser on the newest bench whose desk is built, with the demo's data, in the system's browser."""
	files = test_files("browser")
	title(f"Browser tests ({len(files)} files)")
	if not files:
		return
	named = bool(benches)
	why = ""
	bench = browsing.choose(benches or found_benches())
	if not bench:
		why = "no bench here has built assets: run `bench build` in one, or `make demo SERVE=0` once, which does."
	elif not (chromium := browsing.find_browser()):
		why = "there is no Chromium on PATH: apt-get install chromium, or name one with CHROMIUM=."
	if why:
		run.not_run.append(f"browser: {len(files)} files of tests/browser: {why}")
		return
	suite = f"browser-v{bench.major}"
	try:
		flavour = Flavour(bench, DEFAULT_FLAVOURS.get(bench.major, ["sqlite"])[0])
		python = browsing.tools()
		with scratch_site(flavour) as scratch, browsing.demo_served(scratch) as address:
			env = {**os.environ, "PYTHONPATH": str(CHECKOUT), "CHROMIUM": chromium}
			env |= {"PARTYCELL_BROWSER_URL": address, "PYTHONPYCACHEPREFIX": str(CACHE / "pycache")}
			run.pytest(suite, python, _chosen(["tests/browser"], arguments), env=env)
	except Stop as stop:
		if stop.code == 2 and not named:
			run.not_run.append(f"{suite}: {len(files)} files of tests/browser. {stop}")
		else:
			run.failed(suite, str(stop))


def _chosen(everything: list[str], arguments: list[str]) -> list[str]:
	"""What pytest is given: the files that `arguments` name, or `everything` where they name none."""
	named = any((CHECKOUT / argument.split("::")[0]).exists() for argument in arguments)
	return arguments if named else [*everything, *arguments]


def choose_flavours(benches: list[Bench], wanted: str) -> tuple[list[Flavour], list[str]]:
	"""What to run on these benches, each flavour once; and what was wanted that none can run."""
	names = wanted.replace(",", " ").split()
	table = POSSIBLE_FLAVOURS if names else DEFAULT_FLAVOURS
	chosen: dict[str, Flavour] = {}
	for bench in benches:
		# A Frappe newer than we know is tried like the newest that we know.
		for database in table.get(bench.major, table[max(table)]):
			flavour = Flavour(bench, database)
			if not names or flavour.name in names:
				chosen.setdefault(flavour.name, flavour)
	return sorted(chosen.values(), key=lambda flavour: flavour.name), [n for n in names if n not in chosen]


def _try_to_make(run: Run) -> list[Bench]:
	"""A bench as `make demo` makes it, where Frappe can be reached; else a note of why not."""
	if os.environ.get("PARTYCELL_OFFLINE") == "1":
		return []
	# Nothing hangs for ever.
	os.environ.setdefault("PARTYCELL_STEP_LIMIT", "600")
	asked = os.environ.get("FRAPPE_BRANCH")
	for branch in [asked] if asked else ["version-16", "version-15"]:
		title(f"No bench here: trying to make one with Frappe's {branch}")
		if why := frappe_source.unreachable(branch):
			say(f" x {why}")
			run.not_run.append(why.splitlines()[0])
			break
		try:
			chosen = settings.read({"FRAPPE_BRANCH": branch, "PYTHON": os.environ.get("PYTHON", "")})
			prepare(chosen, mariadb=False)
			return [Bench(chosen.bench.path)]
		except Stop as stop:
			say(f" x {stop}")
			run.not_run.append(f"(no bench was made with {branch}: {str(stop).splitlines()[0]})")
	return []


if __name__ == "__main__":
	sys.exit(main())
