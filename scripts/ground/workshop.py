"""The programs a bench is made and run with: the bench command, uv, yarn, a fitting Node and Python.

They lie in a folder of the bench's user, so that nothing on the machine is replaced.
"""

from __future__ import annotations

import os
import pwd
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from . import environments, frappe_source
from .console import Stop, say, step
from .frappe_source import Wants, fits
from .places import LOGS, is_root
from .system import as_user, install, install_known, program

PROGRAMS = {
	"git": ("git",),
	"redis-server": ("redis-server",),
	"node": ("nodejs",),
	"npm": ("npm",),
	"crontab": ("cron",),
	"gcc": ("build-essential",),
	"pkg-config": ("pkg-config",),
}
"""Installed only where the program is missing: it may come from elsewhere than Debian."""

LIBRARIES = (
	# what wheels of Frappe's dependencies are built against, where there is no ready wheel
	"python3-dev",
	"python3-venv",
	"libmariadb-dev",
	"libffi-dev",
	"libssl-dev",
)

DRAWING = (
	"wkhtmltopdf",
	# WeasyPrint draws with Pango
	"libpango-1.0-0",
	"libpangoft2-1.0-0",
	"libharfbuzz-subset0",
	# These stand in for Times New Roman. Liberation 1, Debian 12's, lacks Vietnamese letters: Tinos
	# and Liberation 2 have them all.
	"fonts-croscore",
	"fonts-liberation",
	"fonts-liberation2",
)
"""For PDFs, as far as the release has them: Debian 13 has no wkhtmltopdf, and its Liberation is version 2."""

MARIADB = ("mariadb-server", "mariadb-client")
NODE_FROM_NPM = "node@24"
YARN = "yarn@^1.22.0"


@dataclass(frozen=True)
class Workshop:
	"""How to run a command as the bench's user, with these programs on PATH."""

	user: str

	@property
	def home(self) -> Path:
		"""The home of the bench's user."""
		return Path(pwd.getpwnam(self.user).pw_dir)

	@property
	def folder(self) -> Path:
		"""Where the programs lie."""
		return self.home / ".local" / "share" / "partycell"

	@property
	def env(self) -> dict[str, str]:
		"""The environment of every command: certificates, proxies and indexes are kept."""
		# What Frappe and Python would take from the caller's own virtual environment is not.
		env = {
			key: value
			for key, value in os.environ.items()
			if key not in ("VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME") and not key.startswith("FRAPPE_")
		}
		paths = [self.folder / "venv" / "bin", self.folder / "node_modules" / ".bin"]
		paths += [Path(part) for part in env.get("PATH", "/usr/bin:/bin").split(os.pathsep)]
		env["PATH"] = os.pathsep.join(
			dict.fromkeys(map(str, [*paths, "/usr/local/sbin", "/usr/sbin", "/sbin"]))
		)
		if env.get("PIP_INDEX_URL"):
			# bench installs with uv, which does not read pip's settings
			env.setdefault("UV_DEFAULT_INDEX", env["PIP_INDEX_URL"])
		if self._is_other():
			env |= frappe_source.mirrors()
			for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR"):
				env.pop(name, None)
			env |= {"HOME": str(self.home), "USER": self.user, "LOGNAME": self.user}
		return env

	def _is_other(self) -> bool:
		return self.user != pwd.getpwuid(os.geteuid()).pw_name

	def command(self, *command: str | Path) -> list[str]:
		"""The command as the bench's user runs it."""
		return as_user(self.user, command)

	def run(self, what: str, *command: str | Path, cwd: Path | None = None, log: str = "bench", **how) -> int:
		"""A step as the bench's user; see console.step."""
		return step(
			what, self.command(*command), cwd=cwd or self.home, env=self.env, log=LOGS / f"{log}.log", **how
		)

	def output(self, *command: str | Path, cwd: Path | None = None) -> str:
		"""What a short command prints; empty where it fails."""
		done = subprocess.run(
			self.command(*command),
			cwd=cwd or self.home,
			env=self.env,
			stdin=subprocess.DEVNULL,
			capture_output=True,
			text=True,
			check=False,
		)
		return done.stdout.strip() if done.returncode == 0 else ""


def install_packages(*, mariadb: bool) -> None:
	"""Debian's packages for a bench; raises Stop, naming them, where this user cannot install."""
	wanted = [package for name, packages in PROGRAMS.items() if not program(name) for package in packages]
	wanted += LIBRARIES
	if mariadb:
		wanted += [package for package in MARIADB if not program("mariadbd") or not program("mariadb")]
	install(wanted, "Frappe")
	install_drawing()


def install_drawing() -> None:
	"""What PDFs are drawn with and in, where this user can install it."""
	install_known([package for package in DRAWING if not program(package)], "PDFs")


def equip(user: str, wants: Wants) -> Workshop:
	"""bench and uv from PyPI, yarn and a fitting Node from npm, for `user`."""
	shop = Workshop(user)
	shop.run("folder for bench's programs", "mkdir", "-p", shop.folder)
	environments.venv_with(
		shop.folder / "venv",
		environments.group("bench"),
		python=_own_python(),
		wrap=lambda c: shop.command(*c),
	)
	if _node_major(shop) < wants.node:
		say(f"   Frappe wants Node {wants.node}, the system has {_node_major(shop) or 'none'}")
		_from_npm(shop, NODE_FROM_NPM)
		if _node_major(shop) < wants.node:
			raise Stop(f"Frappe wants Node {wants.node} or later: install it, then run this again", 2)
	if not shop.output("yarn", "--version").startswith("1."):
		_from_npm(shop, YARN)
	return shop


def _own_python() -> str:
	# not that of a virtual environment of the caller's, which another user may not be able to read
	return shutil.which("python3", path="/usr/local/bin:/usr/bin:/bin") or "python3"


def _node_major(shop: Workshop) -> int:
	found = re.match(r"v(\d+)", shop.output("node", "--version"))
	return int(found.group(1)) if found else 0


def _from_npm(shop: Workshop, package: str) -> None:
	shop.run(
		f"{package} from npm",
		"npm",
		"install",
		"--no-fund",
		"--no-audit",
		"--prefix",
		shop.folder,
		package,
		log="npm",
		hint="Can this machine reach its npm registry? npm's settings are used.",
	)


def choose_python(shop: Workshop, wants: Wants, asked: str) -> str:
	"""An interpreter for the bench: the one asked for, or one that fits, fetched by uv if need be."""
	if asked:
		version = _version(shop, asked)
		if not version:
			raise Stop(f"PYTHON={asked}: user {shop.user} cannot run it", 2)
		if not fits(version, wants.python):
			raise Stop(f"PYTHON={asked} is {_dotted(version)}, and this Frappe wants {wants.python}", 2)
		return asked
	seen = {}
	for name in ["python3", *(f"python3.{minor}" for minor in range(14, 9, -1))]:
		version = _version(shop, name)
		if version and fits(version, wants.python):
			return name
		if version:
			seen[_dotted(version)] = name
	wanted = next((f"3.{minor}" for minor in range(10, 20) if fits((3, minor, 99), wants.python)), "")
	say(f"   this Frappe wants Python {wants.python}; here: {', '.join(seen) or 'none'}")
	if wanted:
		# It comes as a download from the internet, which may be out of reach.
		shop.run(
			f"Python {wanted} by uv",
			"timeout",
			"300",
			"uv",
			"python",
			"install",
			wanted,
			check=False,
			log="uv",
		)
		path = shop.output("uv", "python", "find", wanted)
		if path and fits(_version(shop, path), wants.python):
			return path
	raise Stop(
		f"This Frappe wants Python {wants.python}, and this machine has {', '.join(seen) or 'none'}.\n"
		"Install one and name it (PYTHON=/path/to/python3), or choose an older Frappe "
		"(FRAPPE_BRANCH=version-15).",
		2,
	)


def _version(shop: Workshop, python: str) -> Sequence[int]:
	shown = shop.output(python, "-c", "import sys; print(*sys.version_info[:3])")
	return tuple(int(part) for part in shown.split()) if shown else ()


def _dotted(version: Sequence[int]) -> str:
	return ".".join(map(str, version))


def needs_root_for_user(user: str) -> bool:
	"""Whether this process would have to be root to act as `user`."""
	return user != pwd.getpwuid(os.geteuid()).pw_name and not is_root()
