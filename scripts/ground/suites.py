"""Running a suite, reading its JUnit file, and the closing summary."""

from __future__ import annotations

import subprocess
import time
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .console import say, warn
from .places import CHECKOUT, RESULTS


@dataclass
class Outcome:
	"""What became of one suite."""

	suite: str
	status: int
	seconds: float
	counts: dict[str, int] = field(default_factory=dict)
	why_skipped: dict[str, int] = field(default_factory=dict)
	"""How often each reason was given."""

	@property
	def passed(self) -> bool:
		"""A suite that ran no test has not passed."""
		return self.status == 0 and (not self.counts or self.counts["tests"] > self.counts["skipped"])

	def __str__(self) -> str:
		verdict = "passed" if self.passed else "FAILED"
		if not self.counts:
			return f"{self.suite:<18} {verdict}  ({self.seconds:.0f} s)"
		good = self.counts["tests"] - sum(self.counts[kind] for kind in ("failures", "errors", "skipped"))
		parts = [f"{good} passed"]
		parts += [
			f"{self.counts[kind]} {kind}" for kind in ("failures", "errors", "skipped") if self.counts[kind]
		]
		return f"{self.suite:<18} {verdict}  {', '.join(parts)} ({self.seconds:.0f} s)"


@dataclass
class Run:
	"""All suites of one call, and what could not be run."""

	outcomes: list[Outcome] = field(default_factory=list)
	not_run: list[str] = field(default_factory=list)

	def command(self, suite: str, command: Sequence[str | Path], **how) -> Outcome:
		"""Run something that only passes or fails, with its output visible."""
		started = time.monotonic()
		status = subprocess.run([str(part) for part in command], stdin=subprocess.DEVNULL, check=False, **how)
		return self._note(Outcome(suite, status.returncode, time.monotonic() - started))

	def pytest(
		self,
		suite: str,
		python: Path,
		arguments: Sequence[str],
		*,
		env: Mapping[str, str],
	) -> Outcome:
		"""Run pytest in the checkout with its output visible, leaving JUnit XML."""
		RESULTS.mkdir(parents=True, exist_ok=True)
		report = RESULTS / f"{suite}.xml"
		report.unlink(missing_ok=True)
		started = time.monotonic()
		status = subprocess.run(
			[
				str(python),
				"-m",
				"pytest",
				f"--junitxml={report}",
				"-o",
				f"junit_suite_name={suite}",
				*arguments,
			],
			cwd=CHECKOUT,
			env=dict(env),
			stdin=subprocess.DEVNULL,
			check=False,
		).returncode
		seconds = time.monotonic() - started
		return self._note(Outcome(suite, status, seconds, _counts(report), _why_skipped(report)))

	def elsewhere(self, suite: str, status: int, seconds: float) -> Outcome:
		"""A suite that pytest ran in another process, which left JUnit XML."""
		report = RESULTS / f"{suite}.xml"
		return self._note(Outcome(suite, status, seconds, _counts(report), _why_skipped(report)))

	def failed(self, suite: str, why: str) -> None:
		"""A suite that should have run, and could not even begin."""
		say(f" x {suite}: {why}")
		self._note(Outcome(suite, 1, 0))

	def _note(self, outcome: Outcome) -> Outcome:
		self.outcomes.append(outcome)
		say(f"-- {outcome}")
		return outcome

	def close(self) -> int:
		"""Print the summary, what was not run last; return the exit status."""
		say("\n== Summary")
		for outcome in self.outcomes:
			say(f"{outcome}")
			for why, times in outcome.why_skipped.items():
				say(f"{'':<18} {times} skipped: {why}")
		if any(outcome.counts for outcome in self.outcomes):
			say(f"JUnit XML: {RESULTS}")
		status = 0 if all(outcome.passed for outcome in self.outcomes) else 1
		if self.not_run:
			say()
			warn("NOT RUN\n" + "\n".join(self.not_run))
		return status


def _counts(report: Path) -> dict[str, int]:
	"""The figures of a JUnit file; all zero where pytest did not get as far as writing it."""
	kinds = ("tests", "failures", "errors", "skipped")
	if not report.exists():
		return dict.fromkeys(kinds, 0)
	# Written by our own pytest a moment ago, so it is no hostile XML.
	suite = ET.parse(report).getroot().find("testsuite")  # noqa: S314
	return {kind: int(suite.get(kind, 0)) for kind in kinds}


def _why_skipped(report: Path) -> dict[str, int]:
	if not report.exists():
		return {}
	skips = ET.parse(report).getroot().iter("skipped")  # noqa: S314
	return dict(Counter(skip.get("message", "").splitlines()[0][:120] for skip in skips))


def test_files(folder: str) -> list[Path]:
	"""The files with tests in a folder of tests/."""
	return sorted((CHECKOUT / "tests" / folder).rglob("test_*.py"))
