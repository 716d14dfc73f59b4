"""What the browser tests need besides a site: a browser, built assets, and a server that answers."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from . import environments, services
from .console import Stop
from .places import CACHE, LOGS, Bench, is_root
from .scratch import SITE, Scratch
from .system import free_port, install_known, port_answers

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = ("chromium", "fonts-noto-core")
"""Debian's browser, and letters for Vietnamese; Ubuntu has only a snap of it, which is no package."""


def find_browser() -> str:
	"""The path of a Chromium: `CHROMIUM`, or the first on PATH, installed as root where there is none.

	Empty where there is none; raises Stop (2) where `CHROMIUM` names nothing that can be run.
	"""
	named = os.environ.get("CHROMIUM", "")
	if named:
		if path := shutil.which(named):
			return path
		raise Stop(f"CHROMIUM={named}: there is no such program", 2)
	if not _on_path() and is_root():
		install_known(PACKAGES, "the browser tests")
	return _on_path()


def _on_path() -> str:
	return next((path for name in BROWSERS if (path := shutil.which(name))), "")


def has_assets(bench: Bench) -> bool:
	"""Whether the desk of this bench was built: without its scripts a browser shows empty pages."""
	built = bench.path / "sites" / "assets"
	try:
		named = json.loads((built / "assets.json").read_text())
	except (OSError, ValueError):
		return False
	# Addresses are /assets/frappe/dist/...
	return any((built / path.removeprefix("/assets/")).exists() for path in named.values())


def choose(benches: list[Bench]) -> Bench | None:
	"""The newest bench whose desk can be shown."""
	built = [bench for bench in benches if has_assets(bench)]
	return max(built, key=lambda bench: bench.major, default=None)


def tools() -> Path:
	"""The interpreter with Playwright, apart from the bench's; it drives the system's browser."""
	return environments.venv_with(CACHE / "browser", environments.group("browser"))


@contextmanager
def demo_served(scratch: Scratch) -> Iterator[str]:
	"""The demo's data on the scratch site, its web server and a worker; yields the server's address."""
	python = [str(scratch.flavour.bench.python), "-m", "frappe.utils.bench_helper", "frappe"]
	scratch.frappe("the demo's data", "--site", SITE, "partycell", "demo")
	# In developer mode Frappe's desk shows and writes more than people see.
	for name in ("developer_mode", "disable_website_cache"):
		scratch.frappe(f"{name} off", "--site", SITE, "set-config", name, "0")
	# Frappe makes 60 accounts an hour, and the demo has made more.
	scratch.frappe("more accounts", "--site", SITE, "set-config", "-p", "throttle_user_limit", "1000")
	port = free_port()
	address = f"http://127.0.0.1:{port}"
	scratch.frappe("host name", "--site", SITE, "set-config", "host_name", address)
	# What the demo left to be done: later it would keep a SQLite database busy.
	scratch.frappe("jobs of the demo", "worker", "--burst", "--quiet")
	logs = scratch.root / "logs"
	kept = LOGS / f"browser-{scratch.flavour.name}.log"
	kept.unlink(missing_ok=True)
	LOGS.mkdir(parents=True, exist_ok=True)
	serve = [*python, "--site", SITE, "serve", "--port", str(port), "--noreload"]
	how = {"env": scratch.env, "cwd": scratch.sites}
	with (
		services.running("web server", serve, kept, **how) as web,
		services.running("worker", [*python, "worker"], logs / "worker.log", **how),
	):
		services.await_start("web server", web, lambda: port_answers(port), kept)
		yield address
