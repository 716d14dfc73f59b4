"""A folder of sites outside any bench, with one fresh site on it."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from . import environments, services
from .console import step
from .places import CACHE, CHECKOUT, LOGS, Bench

SITE = "scratch.localhost"
ADMIN_PASSWORD = "admin"  # noqa: S105 (of a site that listens on this machine only, for minutes)


@dataclass(frozen=True)
class Flavour:
	"""A Frappe and a database that the site tests run on."""

	bench: Bench
	database: str
	"""mariadb or sqlite"""

	@property
	def name(self) -> str:
		"""v16-sqlite, as in FLAVOURS and in the names of results."""
		return f"v{self.bench.major}-{self.database}"


@dataclass(frozen=True)
class Scratch:
	"""A site that is gone when the `with` block ends."""

	flavour: Flavour
	root: Path
	env: dict[str, str]

	@property
	def sites(self) -> Path:
		"""What Frappe calls sites_path."""
		return self.root / "sites"

	def frappe(self, what: str, *arguments: str) -> None:
		"""Run a bench command on the folder, by the bench's own Frappe; raises Stop if it fails."""
		step(
			what,
			[self.flavour.bench.python, "-m", "frappe.utils.bench_helper", "frappe", *arguments],
			cwd=self.sites,
			env=self.env,
			log=LOGS / f"site-{self.flavour.name}.log",
		)


@contextmanager
def scratch_site(flavour: Flavour) -> Iterator[Scratch]:
	"""Start servers, make a site with the app of this checkout, yield it, and drop everything."""
	overlay = environments.overlay(flavour.bench)
	root = Path(tempfile.mkdtemp(prefix="partycell-"))
	try:
		scratch = Scratch(flavour, root, _environment(flavour, root, overlay))
		_lay_out(scratch)
		with services.redis(root / "logs") as redis_port:
			config = {
				"redis_cache": f"redis://127.0.0.1:{redis_port}",
				"redis_queue": f"redis://127.0.0.1:{redis_port}",
				"redis_socketio": f"redis://127.0.0.1:{redis_port}",
				"logging": 1,
				# Tests send to nobody; mails stay in the queue, where a test can look at them.
				"pause_scheduler": 1,
			}
			new_site = ["new-site", SITE, "--admin-password", ADMIN_PASSWORD, "--db-type", flavour.database]
			if flavour.database == "sqlite":
				_make(scratch, config, new_site)
				yield scratch
			else:
				with services.mariadb(root / "logs") as server:
					config |= {"db_host": "127.0.0.1", "db_port": server.port}
					scratch.env["PARTYCELL_TEST_DB_ROOT_PASSWORD"] = server.password
					new_site += ["--db-root-username", "root", "--db-root-password", server.password]
					_make(scratch, config, [*new_site, "--mariadb-user-host-login-scope", "%"])
					yield scratch
	finally:
		shutil.rmtree(root, ignore_errors=True)


def _make(scratch: Scratch, config: dict, new_site: list[str]) -> None:
	(scratch.sites / "common_site_config.json").write_text(json.dumps(config, indent=1))
	scratch.frappe(f"new site on {scratch.flavour.name}", *new_site)
	scratch.frappe("install-app partycell", "--site", SITE, "install-app", "partycell")
	if any((CHECKOUT / "partycell" / "locale").glob("*.po")):
		scratch.frappe("translations", "compile-po-to-mo", "--app", "partycell")


def _environment(flavour: Flavour, root: Path, overlay: Path) -> dict[str, str]:
	env = {key: value for key, value in os.environ.items() if not key.startswith(("FRAPPE_", "PARTYCELL_"))}
	return env | {
		# The checkout first: a bench may hold another copy of the app.
		"PYTHONPATH": os.pathsep.join([str(CHECKOUT), str(overlay)]),
		# Bytecode goes to the cache: the bench stays as it is.
		"PYTHONPYCACHEPREFIX": str(CACHE / "pycache"),
		"PYTHONUNBUFFERED": "1",
		"HYPOTHESIS_STORAGE_DIRECTORY": str(CACHE / "hypothesis"),
		"FRAPPE_BENCH_ROOT": str(root),
		"PATH": os.pathsep.join([str(flavour.bench.path / "env" / "bin"), os.environ.get("PATH", "")]),
		"PARTYCELL_TEST_SITES": str(root / "sites"),
		"PARTYCELL_TEST_SITE": SITE,
		"PARTYCELL_FLAVOUR": flavour.name,
	}


def _lay_out(scratch: Scratch) -> None:
	"""A folder like a bench's, of links where Frappe only reads."""
	bench, root = scratch.flavour.bench, scratch.root
	for folder in ("sites/assets/locale", "logs", "apps", "config/pids"):
		(root / folder).mkdir(parents=True)
	(root / "env").symlink_to(bench.path / "env")
	(root / "apps" / "frappe").symlink_to(bench.frappe)
	(root / "apps" / "partycell").symlink_to(CHECKOUT)
	(scratch.sites / "apps.txt").write_text("frappe\npartycell\n")
	assets = scratch.sites / "assets"
	built = bench.path / "sites" / "assets"
	for item in built.iterdir() if built.is_dir() else ():
		if item.name not in ("locale", "partycell"):
			(assets / item.name).symlink_to(item)
	# Translations are compiled into this folder, so it is real, with links in it.
	for catalog in built.glob("locale/*/LC_MESSAGES/*.mo"):
		if catalog.stem != "partycell":
			copy = assets / catalog.relative_to(built)
			copy.parent.mkdir(parents=True, exist_ok=True)
			copy.symlink_to(catalog)
	(assets / "partycell").symlink_to(CHECKOUT / "partycell" / "public")
	for manifest in ("assets.json", "assets-rtl.json"):
		# A bench without built assets answers pages all the same, only without style.
		if not (assets / manifest).exists():
			(assets / manifest).write_text("{}")
