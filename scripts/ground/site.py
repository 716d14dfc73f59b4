"""The demo's site: its database, the app on it, its data, and one handover carried out."""

from __future__ import annotations

import json
import secrets
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .bench import sync_app
from .console import Stop, say, step, title
from .places import LOGS, OUTPUT
from .settings import Settings
from .system import elevation, hand_to, invoking_user, program
from .workshop import Workshop

SOCKETS = ("/run/mysqld/mysqld.sock", "/var/run/mysqld/mysqld.sock", "/tmp/mysql.sock")  # noqa: S108


class Site:
	"""A site on a bench; every method can be called again and does only what is missing."""

	def __init__(self, shop: Workshop, settings: Settings):
		self.shop, self.settings = shop, settings
		self.bench = settings.bench.path
		self.folder = self.bench / "sites" / settings.site

	def on_site(self, what: str, *arguments: str | Path, **how) -> None:
		"""A bench command on the site."""
		self.shop.run(
			what, "bench", "--site", self.settings.site, *arguments, cwd=self.bench, log="demo-site", **how
		)

	def _unfinished(self) -> Path:
		return self.bench / "sites" / f".{self.settings.site}.unfinished"

	def create(self) -> None:
		"""`bench new-site`, unless the site is there and whole."""
		title(f"The site: {self.settings.site}")
		made = self.folder / "site_config.json"
		if made.exists() and not self._unfinished().exists():
			kind = json.loads(made.read_text()).get("db_type") or "mariadb"
			if kind != self.settings.database:
				raise Stop(
					f"{self.settings.site} is there already, on {kind}: choose another SITE=, or DB={kind}", 2
				)
			say(f" + {self.settings.site} is there, on {kind}")
			return
		self._unfinished().touch()
		what = f"bench new-site, {self.settings.database}"
		arguments = ["new-site", self.settings.site, "--admin-password", self.settings.admin_password]
		arguments += ["--db-type", self.settings.database]
		if self.folder.exists():
			say("   an earlier run did not finish it: it is made anew")
			arguments.append("--force")
		if self.settings.database == "sqlite":
			self.shop.run(what, "bench", *arguments, cwd=self.bench, log="demo-site")
		else:
			with mariadb_admin() as (user, password):
				arguments += ["--db-root-username", user, "--db-root-password", password]
				self.shop.run(what, "bench", *arguments, cwd=self.bench, log="demo-site")
		self._unfinished().unlink()

	def install_app(self) -> None:
		"""This checkout's partycell in the bench and on the site, migrated, with built assets."""
		title("partycell")
		changed = sync_app(self.shop, self.settings.bench)
		installed = self.shop.output("bench", "--site", self.settings.site, "list-apps", cwd=self.bench)
		if "partycell" not in installed:
			self.on_site("bench install-app partycell", "install-app", "partycell")
		elif changed:
			self.on_site("bench migrate", "migrate")
		assets = self.bench / "sites" / "assets"
		if not (assets / "assets.json").exists() or not (assets / "frappe").exists():
			self.shop.run(
				"bench build (a minute or more)", "bench", "build", cwd=self.bench, log="demo-build"
			)
		elif changed or not (assets / "partycell").exists():
			self.shop.run(
				"bench build --app partycell",
				"bench",
				"build",
				"--app",
				"partycell",
				cwd=self.bench,
				log="demo-build",
			)
		# Links in mails and on paper name a host that answers here.
		self.on_site(
			"host name", "set-config", "host_name", f"http://{self.settings.site}:{self.settings.port}"
		)

	def demo(self) -> None:
		"""The demo's data, and one handover from draft to approval; its papers go to demo-output/."""
		title("Demo data")
		self.on_site("bench partycell demo", "partycell", "demo", show=True)
		title("One handover, through the workflow, by its people")
		papers = self.shop.folder / "output"
		shutil.rmtree(papers, ignore_errors=True)
		self.shop.run("folder for the papers", "mkdir", "-p", papers)
		self.on_site(
			"bench partycell demo-handover", "partycell", "demo-handover", "--output", papers, show=True
		)
		OUTPUT.mkdir(exist_ok=True)
		names = []
		for paper in sorted(papers.iterdir()):
			if paper.is_file():
				shutil.copy(paper, OUTPUT / paper.name)
				names.append(paper.name)
		hand_to(invoking_user(), OUTPUT)
		if not any(name.endswith(".pdf") for name in names):
			raise Stop(f"the handover left no PDF in {papers}")
		say(f" + {OUTPUT}: {', '.join(names)}")


@contextmanager
def mariadb_of_system(*, wanted: bool) -> Iterator[None]:
	"""The system's MariaDB; where it did not run, with or without systemd, only within the block."""
	if not wanted or _socket():
		yield
		return
	prefix = elevation()
	if prefix is None:
		raise Stop("MariaDB does not run, and only root can start it: sudo service mariadb start", 2)
	log = LOGS / "mariadb.log"
	step("start MariaDB", [*prefix, "service", "mariadb", "start"], log=log, check=False)
	if not _await_socket(20) and program("mysqld_safe"):
		# No init system, as in a container: the server's own watchdog does.
		subprocess.Popen(
			[*prefix, "mysqld_safe"],
			stdin=subprocess.DEVNULL,
			stdout=subprocess.DEVNULL,
			stderr=subprocess.DEVNULL,
			start_new_session=True,
		)
	path = _await_socket(40)
	if not path:
		raise Stop(f"MariaDB does not start. What its service said: {log}")
	try:
		yield
	finally:
		stop = [*prefix, "mariadb-admin", f"--socket={path}", "shutdown"]
		step("stop MariaDB, which did not run before", stop, log=log, check=False)


def _await_socket(seconds: int) -> str:
	deadline = time.monotonic() + seconds
	while not _socket() and time.monotonic() < deadline:
		time.sleep(0.5)
	return _socket()


def _socket() -> str:
	for path in SOCKETS:
		answer = subprocess.run(
			["mariadb-admin", f"--socket={path}", "ping"], capture_output=True, text=True, check=False
		)
		# It also answers whom it does not let in.
		if answer.returncode == 0 or "Access denied" in answer.stderr:
			return path
	return ""


@contextmanager
def mariadb_admin() -> Iterator[tuple[str, str]]:
	"""A database administrator that exists only within: root's own login stays as the system set it."""
	user, password = f"partycell_{secrets.token_hex(4)}", secrets.token_urlsafe(24)
	prefix = elevation()
	if prefix is None:
		raise Stop("a MariaDB site needs root once, to make its database: run this as root or with sudo", 2)

	def as_admin(*statements: str) -> None:
		done = subprocess.run(
			[*prefix, "mariadb", f"--socket={_socket()}"],
			input=";\n".join(statements),
			capture_output=True,
			text=True,
			check=False,
		)
		if done.returncode:
			raise Stop(f"root is not let into MariaDB by its socket: {done.stderr.strip()}", 2)

	hosts = ("localhost", "127.0.0.1")
	as_admin(
		*(f"create user '{user}'@'{host}' identified by '{password}'" for host in hosts),
		*(f"grant all on *.* to '{user}'@'{host}' with grant option" for host in hosts),
	)
	try:
		yield user, password
	finally:
		as_admin(*(f"drop user '{user}'@'{host}'" for host in hosts))
