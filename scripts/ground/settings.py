"""What `make demo` was asked for, from the environment."""

from __future__ import annotations

import os
import pwd
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .console import Stop
from .places import BENCH_USER, Bench, default_bench, is_root

DATABASES = ("sqlite", "mariadb")


@dataclass(frozen=True)
class Settings:
	"""One demo: which Frappe, where, with which database."""

	branch: str
	python: str
	"""Chosen by us where empty."""
	bench: Bench
	given: bool
	"""Whether BENCH names a bench that is there: then Frappe is not fetched."""
	site: str
	database: str
	port: int
	serve: bool
	admin_password: str

	@property
	def user(self) -> str:
		"""Who owns the bench and runs everything in it; never root."""
		if self.bench.path.exists():
			return pwd.getpwuid(self.bench.path.stat().st_uid).pw_name
		return BENCH_USER if is_root() else pwd.getpwuid(os.geteuid()).pw_name


def read(env: Mapping[str, str]) -> Settings:
	"""The settings of an environment; raises Stop (2) for what cannot be."""
	branch = env.get("FRAPPE_BRANCH") or "version-16"
	path = Path(env["BENCH"]).expanduser().resolve() if env.get("BENCH") else default_bench(branch)
	bench = Bench(path)
	given = bool(env.get("BENCH")) and not bench.usable()
	database = env.get("DB", "").lower()
	major = bench.major or major_of_branch(branch)
	if database and database not in DATABASES:
		raise Stop(f"DB={database}: it is one of {', '.join(DATABASES)}", 2)
	if database == "sqlite" and major and major < 16:
		raise Stop(
			f"Frappe {major} has no SQLite: leave DB away, or DB=mariadb, or FRAPPE_BRANCH=version-16", 2
		)
	port = env.get("PORT") or "8000"
	if not port.isdigit() or not 0 < int(port) < 65536:
		raise Stop(f"PORT={port}: it is a number from 1 to 65535", 2)
	site = env.get("SITE") or "partycell.localhost"
	if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.-]*", site):
		raise Stop(f"SITE={site}: letters, digits, dots and hyphens, as in a host's name", 2)
	return Settings(
		branch=branch,
		python=env.get("PYTHON", ""),
		bench=bench,
		given=given,
		site=site,
		database=database or ("mariadb" if major and major < 16 else "sqlite"),
		port=int(port),
		serve=env.get("SERVE", "1") not in ("0", "no", "false"),
		admin_password=env.get("ADMIN_PASSWORD") or "admin",
	)


def major_of_branch(branch: str) -> int:
	"""15 for version-15; 0 for a branch that does not say, as develop."""
	found = re.fullmatch(r"version-(\d+)(-.*)?|v(\d+)(\..*)?", branch)
	return int(found.group(1) or found.group(3)) if found else 0
