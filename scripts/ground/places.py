"""Where things lie: the checkout, its cache, and benches."""

from __future__ import annotations

import os
import pwd
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from .console import Stop

CHECKOUT = Path(__file__).resolve().parents[2]
CACHE = CHECKOUT / ".cache"
RESULTS = CACHE / "test-results"
LOGS = CACHE / "logs"
OUTPUT = CHECKOUT / "demo-output"

BENCH_PREFIX = "partycell-bench-"
BENCH_USER = "frappe"
"""Who owns a bench that root asks for: bench refuses to work as root."""


def is_root() -> bool:
	"""Whether this process may install packages and become another user."""
	return os.geteuid() == 0


def bench_homes() -> list[Path]:
	"""Folders in which `make demo` makes benches: the own home, and that of the bench user."""
	homes = [] if is_root() else [Path.home()]
	try:
		homes.append(Path(pwd.getpwnam(BENCH_USER).pw_dir))
	except KeyError:
		# root makes the user when it makes a bench
		if is_root():
			homes.append(Path("/home") / BENCH_USER)
	return list(dict.fromkeys(homes))


def default_bench(branch: str) -> Path:
	"""Where the bench for a Frappe branch goes unless `BENCH` says otherwise."""
	return bench_homes()[0] / f"{BENCH_PREFIX}{branch.replace('/', '-')}"


@dataclass(frozen=True)
class Bench:
	"""A folder that `bench init` has made: apps/frappe, env, sites."""

	path: Path

	@property
	def python(self) -> Path:
		"""The interpreter in which this bench's Frappe is installed."""
		return self.path / "env" / "bin" / "python"

	@property
	def frappe(self) -> Path:
		"""The checkout of Frappe."""
		return self.path / "apps" / "frappe"

	@cached_property
	def version(self) -> str:
		"""Frappe's version, as it names itself; empty where there is none."""
		try:
			text = (self.frappe / "frappe" / "__init__.py").read_text(encoding="utf-8")
		except OSError:
			return ""
		found = re.search(r"""^__version__\s*=\s*["']([^"']+)["']""", text, re.M)
		return found.group(1) if found else ""

	@property
	def major(self) -> int:
		"""15, 16, ...; 0 where unknown."""
		digits = re.match(r"\d+", self.version)
		return int(digits.group()) if digits else 0

	def usable(self) -> str:
		"""Why tests or a site cannot be run with it; empty where they can."""
		try:
			if not self.python.exists():
				return f"{self.path} has no env/bin/python: it is no bench, or `bench init` did not finish"
		except PermissionError:
			return f"{self.path} may not be read by this user"
		if not self.major:
			return f"{self.path} has no Frappe in apps/frappe"
		return ""


def named_benches() -> list[Bench]:
	"""The benches that `BENCH` names, one or several separated by `os.pathsep`.

	Raises Stop (2) for one that does not exist: a bench that was asked for is not passed over.
	"""
	benches = []
	for name in filter(None, os.environ.get("BENCH", "").split(os.pathsep)):
		bench = Bench(Path(name).expanduser().resolve())
		if why := bench.usable():
			raise Stop(f"BENCH={name}: {why}", 2)
		benches.append(bench)
	return benches


def found_benches() -> list[Bench]:
	"""The benches in the places where `make demo` makes them, that can be used."""
	benches: dict[Path, Bench] = {}
	for home in bench_homes():
		try:
			paths = sorted(home.glob(f"{BENCH_PREFIX}*"))
		except OSError:
			continue
		for path in paths:
			bench = Bench(path.resolve())
			if not bench.usable():
				benches.setdefault(bench.path, bench)
	return list(benches.values())
