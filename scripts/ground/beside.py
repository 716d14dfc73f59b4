"""A flavour's site tests in a process of their own, at the same time as another flavour's.

Only for flavours of different benches: then nothing is shared but this checkout, which tests only read.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .console import say
from .places import CHECKOUT, LOGS, RESULTS
from .scratch import Flavour
from .suites import Run

PATIENCE = 60
"""Seconds that a process gets to drop its site after it was told to end."""


@dataclass(frozen=True)
class Beside:
	"""One flavour that is tested in another process."""

	flavour: Flavour
	process: subprocess.Popen
	log: Path
	started: float

	def close(self, run: Run) -> None:
		"""Wait for its end, show all that it printed, and note what became of it."""
		suite = f"site-{self.flavour.name}"
		status = self.process.wait()
		say(f"\n== What {suite} printed in the meantime")
		say(self.log.read_text(encoding="utf-8", errors="replace"))
		if status == 0 and not (RESULTS / f"{suite}.xml").exists():
			run.not_run.append(f"{suite}: why is said above.")
		else:
			run.elsewhere(suite, status, time.monotonic() - self.started)


def split(flavours: Sequence[Flavour]) -> tuple[list[Flavour], list[Flavour]]:
	"""Which flavours are tested here, one after the other, and which beside them."""
	if (os.cpu_count() or 1) < 2 or os.environ.get("PARTYCELL_BESIDE") == "0":
		return list(flavours), []
	here, others, benches = [], [], set()
	for flavour in flavours:
		(others if benches and flavour.bench.path not in benches else here).append(flavour)
		benches.add(flavour.bench.path)
	return here, others


@contextmanager
def running(flavours: Sequence[Flavour], arguments: Sequence[str]) -> Iterator[list[Beside]]:
	"""These flavours' tests, begun; those that still run when the block is left are ended."""
	started: list[Beside] = []
	try:
		started.extend(_start(flavour, arguments) for flavour in flavours)
		yield started
	finally:
		for one in started:
			if one.process.poll() is None:
				os.killpg(one.process.pid, signal.SIGTERM)
				try:
					one.process.wait(PATIENCE)
				except subprocess.TimeoutExpired:
					os.killpg(one.process.pid, signal.SIGKILL)


def _start(flavour: Flavour, arguments: Sequence[str]) -> Beside:
	LOGS.mkdir(parents=True, exist_ok=True)
	suite = f"site-{flavour.name}"
	(RESULTS / f"{suite}.xml").unlink(missing_ok=True)
	log = LOGS / f"{suite}.out"
	say(f"-- {suite} runs at the same time; what it prints follows at its end, and is in {log}")
	with log.open("w", encoding="utf-8") as output:
		process = subprocess.Popen(
			[sys.executable, CHECKOUT / "scripts" / "test.py", "--suite", "site", "--", *arguments],
			stdin=subprocess.DEVNULL,
			stdout=output,
			stderr=subprocess.STDOUT,
			start_new_session=True,
			env={**os.environ, "FLAVOURS": flavour.name},
		)
	return Beside(flavour, process, log, time.monotonic())
