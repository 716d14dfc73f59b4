"""Private redis and MariaDB servers, for as long as a `with` block runs."""

from __future__ import annotations

import ctypes
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .console import Stop, say
from .places import is_root
from .system import free_port, install, port_answers, program

PATIENCE = 60
"""Seconds that a server may take to start or to stop."""


@dataclass(frozen=True)
class MariaDB:
	"""How to reach a private MariaDB server."""

	port: int
	socket: Path
	password: str
	"""Of root, by TCP and by socket."""


def _die_with_parent() -> None:
	"""In the child: a server must not outlive a run that was killed (PR_SET_PDEATHSIG is 1)."""
	ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def need(name: str, packages: Sequence[str]) -> str:
	"""The path of a server's program, installed as root where it is missing; raises Stop elsewhere."""
	if not program(name):
		install(packages, name)
	path = program(name)
	if not path:
		raise Stop(f"{name} is not on this machine: apt-get install {' '.join(packages)}", 2)
	return path


@contextmanager
def running(
	name: str,
	command: Sequence[str],
	log: Path,
	*,
	env: Mapping[str, str] | None = None,
	cwd: Path | None = None,
	user: str | None = None,
) -> Iterator[subprocess.Popen]:
	"""A process, with what it starts itself, for as long as the block runs; its output is in `log`.

	Root may name the `user` it runs as; its environment is the caller's business.
	"""
	with log.open("ab") as sink:
		# A session of its own: Ctrl-C reaches us, and we stop servers in their order.
		process = subprocess.Popen(
			list(command),
			cwd=cwd,
			env=None if env is None else dict(env),
			stdin=subprocess.DEVNULL,
			stdout=sink,
			stderr=sink,
			start_new_session=True,
			# After the change of user, which would undo it.
			preexec_fn=_die_with_parent,
			**_identity(user),
		)
	try:
		yield process
	finally:
		_stop(name, process)


def _identity(user: str | None) -> dict:
	if not user or not is_root():
		return {}
	entry = pwd.getpwnam(user)
	return {
		"user": entry.pw_uid,
		"group": entry.pw_gid,
		"extra_groups": os.getgrouplist(user, entry.pw_gid),
	}


def _stop(name: str, process: subprocess.Popen) -> None:
	# The whole session: between us and a server there may be runuser and the bench command.
	if process.poll() is not None:
		return
	os.killpg(process.pid, signal.SIGTERM)
	try:
		process.wait(PATIENCE)
	except subprocess.TimeoutExpired:
		say(f" x {name} does not stop, so it is killed")
		os.killpg(process.pid, signal.SIGKILL)
		process.wait()


def await_start(name: str, process: subprocess.Popen, ready, log: Path) -> None:
	"""Wait until `ready()`; raises Stop with the end of the log where the process ends or takes too long."""
	deadline = time.monotonic() + PATIENCE
	while not ready():
		if process.poll() is not None or time.monotonic() > deadline:
			tail = "\n".join(log.read_text(errors="replace").splitlines()[-15:])
			raise Stop(f"{name} did not start:\n{tail}")
		time.sleep(0.1)


@contextmanager
def redis(folder: Path) -> Iterator[int]:
	"""A redis that keeps nothing on disk; yields its port."""
	binary = need("redis-server", ["redis-server"])
	port, log = free_port(), folder / "redis.log"
	command = [binary, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
	with running("redis", [*command, "--dir", str(folder)], log) as process:
		await_start("redis", process, lambda: port_answers(port), log)
		yield port


@contextmanager
def mariadb(folder: Path) -> Iterator[MariaDB]:
	"""A MariaDB with a datadir of its own, made for speed and thrown away afterwards.

	Durability is switched off: tests kill clients, never this server.
	"""
	binary = need("mariadbd", ["mariadb-server-core", "mariadb-client-core"])
	installer = need("mariadb-install-db", ["mariadb-server-core", "mariadb-client-core"])
	# Not inside `folder`: that may be closed to the user under whom MariaDB runs.
	home = Path(tempfile.mkdtemp(prefix="partycell-db-"))
	log = folder / "mariadb.log"
	user = _database_user()
	try:
		if is_root():
			entry = pwd.getpwnam(user)
			os.chown(home, entry.pw_uid, entry.pw_gid)
		made = subprocess.run(
			[
				installer,
				"--no-defaults",
				f"--datadir={home / 'data'}",
				f"--user={user}",
				"--auth-root-authentication-method=normal",
				"--skip-test-db",
			],
			capture_output=True,
			text=True,
			check=False,
		)
		if made.returncode:
			raise Stop(f"mariadb-install-db failed:\n{made.stdout[-2000:]}{made.stderr[-2000:]}")
		server = MariaDB(free_port(), home / "sock", secrets.token_hex(12))
		start = home / "start.sql"
		start.write_text(
			"".join(
				f"create or replace user 'root'@'{host}' identified by '{server.password}';\n"
				f"grant all on *.* to 'root'@'{host}' with grant option;\n"
				for host in ("localhost", "127.0.0.1")
			)
		)
		if is_root():
			os.chown(start, entry.pw_uid, entry.pw_gid)
		start.chmod(0o600)
		with running("MariaDB", [binary, *_options(home, server)], log, user=user) as process:
			await_start("MariaDB", process, lambda: port_answers(server.port), log)
			yield server
	finally:
		shutil.rmtree(home, ignore_errors=True)


def _database_user() -> str:
	"""mariadbd refuses to run as root."""
	if not is_root():
		return pwd.getpwuid(os.geteuid()).pw_name
	try:
		return pwd.getpwnam("mysql").pw_name
	except KeyError:
		return "nobody"


def _options(home: Path, server: MariaDB) -> list[str]:
	return [
		"--no-defaults",
		f"--datadir={home / 'data'}",
		f"--socket={server.socket}",
		f"--pid-file={home / 'pid'}",
		f"--init-file={home / 'start.sql'}",
		f"--port={server.port}",
		"--bind-address=127.0.0.1",
		"--skip-log-bin",
		"--character-set-server=utf8mb4",
		"--collation-server=utf8mb4_unicode_ci",
		"--innodb-buffer-pool-size=512M",
		"--innodb-flush-log-at-trx-commit=0",
		"--innodb-doublewrite=0",
		"--innodb-lock-wait-timeout=20",
		"--max-allowed-packet=64M",
		"--max-connections=100",
	]
