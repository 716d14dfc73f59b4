"""Virtual environments: the tools' own, and what a bench lacks for the tests."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from .console import Stop, step
from .places import CACHE, CHECKOUT, LOGS, Bench, is_root
from .system import hand_to, install

TOOLS = CACHE / "venv"
Wrap = Callable[[list], list]
OLD_SETUPTOOLS = "setuptools>=65,<81"


def declared() -> dict:
	"""pyproject.toml, parsed. Python 3.10 has no reader of its own, but pip brings one."""
	try:
		import tomllib
	except ModuleNotFoundError:
		from pip._vendor import tomli as tomllib
	return tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))


def group(name: str) -> list[str]:
	"""The requirements of a dependency group, with the groups it includes."""
	groups = declared()["dependency-groups"]
	found: list[str] = []
	for entry in groups[name]:
		found += group(entry["include-group"]) if isinstance(entry, dict) else [entry]
	return list(dict.fromkeys(found))


def make_venv(path: Path, python: str = sys.executable, wrap: Wrap = list) -> None:
	"""Make a virtual environment with pip, also where Debian's python3-venv is not installed."""
	path.parent.mkdir(parents=True, exist_ok=True)
	what = f"virtual environment {path.name}"
	how = {"cwd": path.parent, "log": LOGS / "venv.log"}
	if _has_ensurepip(python) or _install_ensurepip(python):
		step(what, wrap([python, "-m", "venv", path]), **how)
		return
	step(what, wrap([python, "-m", "venv", "--without-pip", path]), **how)
	site_packages = next(path.glob("lib/python3*/site-packages"))
	step(
		f"pip for {path.name}",
		wrap([python, "-m", "pip", "install", "--target", site_packages, "pip"]),
		hint="Install python3-venv, or pip for this Python.",
		**how,
	)


def _has_ensurepip(python: str) -> bool:
	return (
		subprocess.run([python, "-c", "import ensurepip"], capture_output=True, check=False).returncode == 0
	)


def _install_ensurepip(python: str) -> bool:
	if not is_root() or not shutil.which("apt-get"):
		return False
	try:
		install(["python3-venv"], "Python's virtual environments")
	except Stop:
		return False
	return _has_ensurepip(python)


def _stamp(requirements: Iterable[str], *more: str) -> str:
	return hashlib.sha256("\n".join([*requirements, *more]).encode()).hexdigest()


def venv_with(
	path: Path, requirements: list[str], *, python: str = sys.executable, wrap: Wrap = list
) -> Path:
	"""A virtual environment with exactly these requirements met; returns its interpreter.

	Nothing is done where the same requirements were met before. `wrap` turns a command into the
	one that is run (to act as another user).
	"""
	own = path / "bin" / "python"
	stamp_file, stamp = path / ".requirements", _stamp(requirements, python)
	try:
		# `own` dangles when the machine's Python was upgraded
		if own.exists() and stamp_file.read_text() == stamp:
			return own
	except OSError:
		pass
	if not own.exists():
		shutil.rmtree(path, ignore_errors=True)
		make_venv(path, python, wrap)
	step(
		f"{', '.join(spec.split('>')[0].split('=')[0] for spec in requirements)} from PyPI",
		wrap([own, "-m", "pip", "install", "--upgrade", *requirements]),
		cwd=path.parent,
		log=LOGS / "pip.log",
		hint="Can this machine reach its package index? pip's settings (PIP_INDEX_URL, proxies) are used.",
	)
	stamp_file.write_text(stamp)
	hand_to(path.owner(), stamp_file)
	return own


def tools() -> Path:
	"""The interpreter with what lint and the rules' tests need."""
	return venv_with(TOOLS, list(dict.fromkeys([*group("lint"), *group("rules")])))


def lacks_pkg_resources(bench: Bench) -> bool:
	"""Whether Frappe's Google DocTypes cannot be imported there.

	The Google client that Frappe 15 and early 16 pin imports pkg_resources, which setuptools 81
	and later no longer have; without it a new site cannot be made.
	"""
	return bool(
		subprocess.run(
			[bench.python, "-W", "ignore", "-c", "import googleapiclient.model"],
			capture_output=True,
			check=False,
		).returncode
	)


def overlay(bench: Bench) -> Path:
	"""A folder with what the tests need and the bench's environment lacks.

	The bench is not touched, and nothing that it has is shadowed: only missing distributions are
	installed, in versions that suit the others.
	"""
	wanted = [*declared()["project"]["dependencies"], *group("site")]
	if lacks_pkg_resources(bench):
		wanted.append(OLD_SETUPTOOLS)
	# Another folder for each state of the bench: a run that is under way keeps the one it has.
	folder = CACHE / f"overlay-v{bench.major}-{_stamp(wanted, bench.version, _env_age(bench))[:12]}"
	done = folder / ".complete"
	if done.exists():
		return folder
	shutil.rmtree(folder, ignore_errors=True)
	folder.mkdir(parents=True)
	pip = [str(TOOLS / "bin" / "python"), "-m", "pip", "--python", str(bench.python)]
	report = subprocess.run(
		[*pip, "install", "--dry-run", "--quiet", "--report", "-", *wanted],
		capture_output=True,
		text=True,
		check=False,
	)
	if report.returncode:
		raise Stop(f"what {bench.path} lacks for the tests cannot be had:\n{report.stderr.strip()}")
	missing = [
		f"{item['metadata']['name']}=={item['metadata']['version']}"
		for item in json.loads(report.stdout)["install"]
	]
	if missing:
		step(
			f"{', '.join(missing)} beside the bench",
			[*pip, "install", "--no-deps", "--target", str(folder), *missing],
			log=LOGS / "pip.log",
		)
	done.touch()
	return folder


def _env_age(bench: Bench) -> str:
	"""Changes when something is installed into the bench's environment."""
	folders = bench.path.glob("env/lib/python*/site-packages")
	return f"{bench.path} {max((int(folder.stat().st_mtime) for folder in folders), default=0)}"
