"""A web server on the scratch site, and a client that knows its users.

`python -m tests.site.support.web SITE PORT` in a folder of sites serves until it is killed.
"""

from __future__ import annotations

import ctypes
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import frappe
import requests

PATIENCE = 60
"""Seconds that the server may take to answer the first time."""


@contextmanager
def serving(site: str, logs: Path) -> Iterator[str]:
	"""Serve the site in a process of its own on a free port of this machine; yields the base URL."""
	with socket.socket() as probe:
		probe.bind(("127.0.0.1", 0))
		port = probe.getsockname()[1]
	logs.mkdir(parents=True, exist_ok=True)
	log = logs / f"web-{os.environ.get('PARTYCELL_FLAVOUR', site)}.log"
	url = f"http://127.0.0.1:{port}"
	with log.open("wb") as sink:
		process = subprocess.Popen(
			[sys.executable, "-m", "tests.site.support.web", site, str(port)],
			stdin=subprocess.DEVNULL,
			stdout=sink,
			stderr=sink,
			preexec_fn=_die_with_parent,
		)
		try:
			_await(process, url, log)
			yield url
		finally:
			process.terminate()
			process.wait()


def _die_with_parent() -> None:
	"""In the child: no server is left of a test run that was killed (PR_SET_PDEATHSIG is 1)."""
	ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def _await(process: subprocess.Popen, url: str, log: Path) -> None:
	deadline = time.monotonic() + PATIENCE
	while True:
		try:
			if requests.get(f"{url}/api/method/ping", timeout=30).ok:
				return
		except requests.ConnectionError:
			pass
		if process.poll() is not None or time.monotonic() > deadline:
			raise RuntimeError(f"the web server did not start:\n{log.read_text(errors='replace')[-3000:]}")
		time.sleep(0.1)


class Client(requests.Session):
	"""A browser of one user; paths are relative to the site.

	Before each request what this process has written is committed, after it this process sees what
	the server has written.
	"""

	def __init__(self, url: str, user: str | None = None):
		super().__init__()
		self.url, self.user = url, user
		self.headers["Accept"] = "application/json"
		if user and user != "Guest":
			self._log_in(user)

	def request(self, method, url, *args, **kwargs) -> requests.Response:
		"""As requests does, with a path in place of an URL."""
		kwargs.setdefault("timeout", 120)
		frappe.db.commit()
		try:
			return super().request(method, self.url + url if url.startswith("/") else url, *args, **kwargs)
		finally:
			refresh()

	def call(self, method: str, /, **arguments: Any) -> requests.Response:
		"""POST to a whitelisted method."""
		return self.post(f"/api/method/{method}", json=arguments)

	def message(self, method: str, /, **arguments: Any) -> Any:
		"""The answer of a whitelisted method; raises for any status but success."""
		answer = self.call(method, **arguments)
		if not answer.ok:
			raise AssertionError(f"{method}: {answer.status_code}\n{answer.text[:3000]}")
		return answer.json().get("message")

	def _log_in(self, user: str) -> None:
		from frappe.utils.password import update_password

		password = secrets.token_urlsafe(16)
		update_password(user, password)
		answer = self.post("/api/method/login", data={"usr": user, "pwd": password})
		assert answer.ok, f"{user} cannot log in: {answer.status_code} {answer.text[:2000]}"


def refresh() -> None:
	"""See what other processes have committed."""
	frappe.db.rollback()
	frappe.db.value_cache.clear()
	frappe.local.cache = {}
	frappe.local.role_permissions = {}
	frappe.local.user_perms = None


def main(site: str, port: int) -> None:
	"""Serve like `bench serve`, but to this machine only: the scratch site has a known password."""
	import frappe.app
	from werkzeug.serving import run_simple

	frappe.app._site, frappe.app._sites_path = site, "."
	run_simple("127.0.0.1", port, frappe.app.application_with_statics(), threaded=True)


if __name__ == "__main__":
	main(sys.argv[1], int(sys.argv[2]))
