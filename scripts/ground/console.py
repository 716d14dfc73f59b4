"""Saying what goes on: long steps show progress, failures say what to do next."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Mapping, Sequence
from pathlib import Path

HEARTBEAT = 15
"""Seconds between signs of life where the output is no terminal."""

TAIL = 40
"""Lines of a failed step's output that are shown at once; the log has them all."""


class Stop(Exception):
	"""The run cannot go on: `str()` says why and what to do, `code` is the exit status."""

	def __init__(self, message: str, code: int = 1):
		super().__init__(message)
		self.code = code


def say(text: str = "") -> None:
	"""Print a line at once, also into a pipe."""
	print(text, flush=True)


def warn(text: str) -> None:
	"""Print a block that nobody overlooks."""
	width = min(100, max(len(line) for line in text.splitlines()) + 4)
	bar = "!" * width
	say(bar)
	for line in text.splitlines():
		say(f"! {line}")
	say(bar)


def title(text: str) -> None:
	"""Begin a part of the run."""
	say(f"\n== {text}")


def step(
	what: str,
	command: Sequence[str | Path],
	*,
	log: Path,
	cwd: Path | None = None,
	env: Mapping[str, str] | None = None,
	hint: str = "",
	check: bool = True,
	show: bool = False,
) -> int:
	"""Run `command` with its output in `log`, showing `what`, the elapsed time and the last line.

	`show`, or `VERBOSE=1`, shows the whole output instead. `PARTYCELL_STEP_LIMIT` is the most seconds
	that a step may take. Returns the exit status; raises Stop with the end
	of the output and `hint` where the command fails and `check` is set.
	"""
	log.parent.mkdir(parents=True, exist_ok=True)
	verbose = show or os.environ.get("VERBOSE") == "1"
	command = [str(part) for part in command]
	started = time.monotonic()
	tail: deque[str] = deque(maxlen=TAIL)
	with log.open("a", encoding="utf-8", errors="replace") as sink:
		sink.write(f"\n$ {shlex.join(command)}\n")
		sink.flush()
		with _Progress(what, started, tail, quiet=verbose):
			process = subprocess.Popen(
				command,
				cwd=cwd,
				env=None if env is None else dict(env),
				stdin=subprocess.DEVNULL,
				stdout=subprocess.PIPE,
				stderr=subprocess.STDOUT,
				text=True,
				errors="replace",
				# A group of its own, so that all that the step has started can be ended with it.
				preexec_fn=os.setpgrp,
			)
			limit = threading.Timer(float(os.environ.get("PARTYCELL_STEP_LIMIT", "7200")), _end, [process])
			limit.start()
			try:
				for line in process.stdout:
					sink.write(line)
					sink.flush()
					tail.append(line.rstrip())
					if verbose:
						say(f"   {line.rstrip()}")
				status = process.wait()
			finally:
				limit.cancel()
				# Ctrl-C or an error here must not leave the step running unseen
				_end(process)
	took = time.monotonic() - started
	if status == 0:
		say(f" + {what} ({took:.0f} s)")
	else:
		say(f" x {what}: exit status {status} after {took:.0f} s")
		if check:
			if not verbose:
				say("\n".join(f"   | {line}" for line in tail))
			raise Stop(f"{what}: failed. Everything it printed: {log}" + (f"\n{hint}" if hint else ""))
	return status


def _end(process: subprocess.Popen) -> None:
	if process.poll() is None:
		os.killpg(process.pid, signal.SIGTERM)
		process.wait()


class _Progress:
	"""A line that moves on a terminal, or now and then a new line elsewhere."""

	def __init__(self, what: str, started: float, tail: deque[str], *, quiet: bool):
		self.what, self.started, self.tail, self.quiet = what, started, tail, quiet
		self.last = ""
		self.done = threading.Event()
		self.thread = threading.Thread(target=self._show, daemon=True)

	def __enter__(self) -> None:
		if self.quiet or not sys.stdout.isatty():
			say(f" . {self.what} ...")
		self.thread.start()

	def __exit__(self, *_: object) -> None:
		self.done.set()
		self.thread.join()
		if sys.stdout.isatty() and not self.quiet:
			print("\r\033[K", end="", flush=True)

	def _show(self) -> None:
		live = sys.stdout.isatty() and not self.quiet
		turn = 0
		while not self.done.wait(0.2 if live else HEARTBEAT):
			elapsed = time.monotonic() - self.started
			last = next((line for line in reversed(self.tail) if line.strip()), "")
			if live:
				line = f" {'|/-'[turn % 3]} {self.what} {elapsed:.0f} s  {last.strip()}"
				width = os.get_terminal_size().columns - 1
				print(f"\r\033[K{line[:width]}", end="", flush=True)
				turn += 1
			else:
				# Where all lines are shown, only silence needs a sign of life.
				if not self.quiet or last == self.last:
					say(
						f"   {self.what}: {elapsed:.0f} s  {'' if self.quiet else last.strip()[:80]}".rstrip()
					)
				self.last = last
