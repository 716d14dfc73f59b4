"""The machine: Debian packages, users, and commands run as another user."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from .console import Stop, step
from .places import LOGS, is_root

SBIN = ("/usr/local/sbin", "/usr/sbin", "/sbin")
"""Servers lie there, and not every user has it on PATH."""


def program(name: str) -> str | None:
	"""The full path of a program, also of a server."""
	return shutil.which(name) or shutil.which(name, path=os.pathsep.join(SBIN))


def installable(packages: Sequence[str]) -> list[str]:
	"""Those of `packages` that this release of Debian or Ubuntu has."""
	if not packages or not shutil.which("apt-cache"):
		return []
	found = subprocess.run(
		["apt-cache", "policy", *packages],
		capture_output=True,
		text=True,
		check=False,
		env={**os.environ, "LC_ALL": "C"},
	).stdout
	names, name = [], ""
	for line in found.splitlines():
		if line and not line.startswith(" "):
			name = line.rstrip(":")
		elif line.strip().startswith("Candidate:") and "(none)" not in line:
			names.append(name)
	return [package for package in packages if package in names]


def missing_packages(packages: Sequence[str]) -> list[str]:
	"""Those of `packages` that are not installed."""
	if not shutil.which("dpkg-query"):
		return list(packages)
	missing = []
	for package in packages:
		status = subprocess.run(
			["dpkg-query", "-W", "-f", "${Status}", package], capture_output=True, text=True, check=False
		).stdout
		if "install ok installed" not in status:
			missing.append(package)
	return missing


def elevation() -> list[str] | None:
	"""What goes before a command that needs root: nothing as root, sudo elsewhere, None without.

	`PARTYCELL_SUDO=0` keeps us from using sudo: tests do not change a person's machine.
	"""
	if is_root():
		return []
	if not shutil.which("sudo") or os.environ.get("PARTYCELL_SUDO") == "0":
		return None
	# With a password only where someone is there to type it.
	silent = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
	if silent:
		return ["sudo", "-n"]
	return ["sudo"] if os.isatty(0) and os.environ.get("CI") != "true" else None


def install(packages: Sequence[str], what: str) -> None:
	"""Install Debian packages; raises Stop where this user cannot, naming the command to run."""
	wanted = missing_packages(packages)
	if not wanted:
		return
	if elevation() is None or not shutil.which("apt-get"):
		raise Stop(f"{what} needs packages that only root can install: apt-get install {' '.join(wanted)}", 2)
	apt = _updated_apt()
	known = installable(wanted)
	if unknown := [package for package in wanted if package not in known]:
		raise Stop(f"{what}: this release has no package {', '.join(unknown)}", 2)
	_apt_install(apt, known, what)


def install_known(packages: Sequence[str], what: str) -> None:
	"""Install those of `packages` that this release has, where this user can; the others are left out."""
	wanted = missing_packages(packages)
	if not wanted or elevation() is None or not shutil.which("apt-get"):
		return
	apt = _updated_apt()
	if known := installable(wanted):
		_apt_install(apt, known, what, check=False)


@cache
def _updated_apt() -> tuple[str, ...]:
	"""apt-get as this user calls it, its lists brought up to date once a run."""
	prefix = elevation() or []
	if prefix == ["sudo"]:
		# asked here, where the question can be seen: a step's output is in its log
		subprocess.run(["sudo", "-v"], check=False)
	apt = (*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get")
	step("apt-get update", [*apt, "update"], log=LOGS / "apt.log", check=False)
	return apt


def _apt_install(apt: Sequence[str], packages: Sequence[str], what: str, *, check: bool = True) -> None:
	step(
		f"apt-get install, for {what} ({len(packages)} packages)",
		[*apt, "install", "--yes", "--no-install-recommends", *packages],
		log=LOGS / "apt.log",
		check=check,
	)


def as_user(user: str | None, command: Sequence[str | Path]) -> list[str]:
	"""`command` as it is run by `user`, with the environment kept; unchanged for the own user.

	The environment is kept because certificates, proxies and package indexes are set there.
	"""
	command = [str(part) for part in command]
	if not user or user == pwd.getpwuid(os.geteuid()).pw_name:
		return command
	if not is_root():
		raise Stop(f"only root can act as {user}", 2)
	return ["runuser", "-u", user, "--", "env", f"HOME={pwd.getpwnam(user).pw_dir}", f"USER={user}", *command]


def ensure_user(user: str) -> None:
	"""Make a user with a home, without a password; root only."""
	try:
		pwd.getpwnam(user)
	except KeyError:
		subprocess.run(
			["useradd", "--create-home", "--shell", "/bin/bash", "--comment", "runs Frappe", user], check=True
		)


def hand_to(user: str | None, path: Path) -> None:
	"""Give a file or folder, and what is in it, to `user`; nothing to do for the own user."""
	if not user or not is_root():
		return
	entry = pwd.getpwnam(user)
	for item in [path, *path.rglob("*")] if path.is_dir() else [path]:
		os.chown(item, entry.pw_uid, entry.pw_gid, follow_symlinks=False)


def invoking_user() -> str:
	"""Who typed the command, also through sudo."""
	return os.environ.get("SUDO_USER") or pwd.getpwuid(os.geteuid()).pw_name


def on_termination() -> None:
	"""Make a closed terminal or a stopped job end the run like Ctrl-C: servers and sites are cleared away."""

	def interrupt(*_: object) -> None:
		raise KeyboardInterrupt

	for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
		signal.signal(number, interrupt)


def free_port() -> int:
	"""A TCP port of this machine that nobody listens on now."""
	with socket.socket() as probe:
		probe.bind(("127.0.0.1", 0))
		return probe.getsockname()[1]


def port_answers(port: int) -> bool:
	"""Whether somebody listens on a port of this machine."""
	with socket.socket() as probe:
		probe.settimeout(0.5)
		return probe.connect_ex(("127.0.0.1", port)) == 0
