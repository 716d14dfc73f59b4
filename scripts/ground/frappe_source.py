"""Where Frappe comes from, and what the chosen branch asks of Python and Node."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .console import Stop

URL = "https://github.com/frappe/frappe"
ANSWER_WITHIN = 10
"""Seconds; a firewall that drops packets would otherwise hold us for minutes."""

FETCH_WITHIN = 180

UNREACHABLE = """\
Frappe's Git repository cannot be reached: {url}
({reason})
Behind a firewall there are two ways:
 - your own Git mirror, under Frappe's public names:
   git config --global url."https://git.example.org/".insteadOf "https://github.com/"
 - a bench that is there already:
   BENCH=/path/to/bench make demo"""


@dataclass(frozen=True)
class Wants:
	"""What a Frappe branch asks for."""

	python: str
	"""As in requires-python: ">=3.10,<3.14"."""
	node: int
	"""The lowest major version."""


def _git(arguments: Sequence[str], within: float) -> tuple[int, str, str]:
	"""Run git without ever asking anything; status, output and errors. Killed with its helpers in time."""
	with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
		# Files, not pipes: a helper of git may hold a pipe open after git itself was killed.
		process = subprocess.Popen(
			["git", *arguments],
			stdin=subprocess.DEVNULL,
			stdout=out,
			stderr=err,
			start_new_session=True,
			env={**os.environ, "GIT_TERMINAL_PROMPT": "0", "GIT_ASKPASS": "true", "LC_ALL": "C"},
		)
		try:
			status = process.wait(within)
		except subprocess.TimeoutExpired:
			os.killpg(process.pid, signal.SIGKILL)
			process.wait()
			return 124, "", f"no answer within {within} seconds"
		out.seek(0)
		err.seek(0)
		return status, out.read(), err.read().strip()


def unreachable(branch: str) -> str:
	"""Why this branch cannot be had; empty where it can. Takes a few seconds at most."""
	if not shutil.which("git"):
		return "git is not installed, so Frappe cannot be fetched"
	status, found, errors = _git(["ls-remote", "--heads", "--tags", URL, branch], ANSWER_WITHIN)
	if status:
		return UNREACHABLE.format(url=URL, reason=errors.splitlines()[-1] if errors else f"git: {status}")
	if not found.strip():
		return f"Frappe has no branch {branch}: choose another with FRAPPE_BRANCH= (version-15, version-16)"
	return ""


def wants_of_branch(branch: str) -> Wants:
	"""What the branch asks for, read without fetching all of it; raises Stop where it cannot be read."""
	with tempfile.TemporaryDirectory(prefix="partycell-") as folder:
		clone = ["clone", "--quiet", "--depth=1", "--filter=blob:none", "--no-checkout", "--branch", branch]
		status, _, errors = _git([*clone, URL, folder], FETCH_WITHIN)
		texts = []
		for name in ("pyproject.toml", "package.json"):
			if not status:
				status, text, errors = _git(["-C", folder, "show", f"HEAD:{name}"], FETCH_WITHIN)
				texts.append(text)
	if status:
		raise Stop(f"Frappe's branch {branch} cannot be read: {errors}", 2)
	return parse_wants(*texts)


def wants_of_bench(frappe: Path) -> Wants:
	"""The same of a checkout of Frappe."""
	return parse_wants((frappe / "pyproject.toml").read_text(), (frappe / "package.json").read_text())


def parse_wants(pyproject: str, package: str) -> Wants:
	"""From Frappe's pyproject.toml and package.json."""
	python = re.search(r"""^requires-python\s*=\s*["']([^"']*)["']""", pyproject, re.M)
	engine = json.loads(package).get("engines", {}).get("node", "")
	node = re.search(r"\d+", engine)
	return Wants(python.group(1) if python else ">=3.10", int(node.group()) if node else 18)


def fits(version: Sequence[int], specifier: str) -> bool:
	"""Whether a Python version (3, 11) meets requires-python, by its first two or three numbers."""
	for clause in specifier.split(","):
		found = re.fullmatch(r"\s*(>=|<=|==|~=|!=|>|<)\s*([\d.]+?)(\.\*)?\s*", clause)
		if not found:
			continue
		sign, limit = found.group(1), tuple(int(part) for part in found.group(2).split("."))
		have = tuple(version[: len(limit)])
		met = {
			">=": have >= limit,
			"<=": have <= limit,
			"==": have == limit,
			"!=": have != limit,
			">": have > limit,
			"<": have < limit,
			"~=": have >= limit and have[: len(limit) - 1] == limit[:-1],
		}[sign]
		if not met:
			return False
	return True


def mirrors() -> dict[str, str]:
	"""This user's Git mirrors and proxies, as an environment that another user's git obeys too."""
	pattern = r"^(url\..*\.insteadof|http\..*proxy|http\.(.*\.)?(sslcainfo|proxy))$"
	status, found, _ = _git(["config", "--global", "--null", "--get-regexp", pattern], ANSWER_WITHIN)
	if status:
		return {}
	pairs = [entry.split("\n", 1) for entry in found.split("\0") if "\n" in entry]
	env = {"GIT_CONFIG_COUNT": str(len(pairs))}
	for number, (key, value) in enumerate(pairs):
		env |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
	return env
