"""A cell's folder to work on, and the command, in this process or in one of its own."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from partycell.offline import cli, folder, handover, marks
from partycell.papers import pdf
from partycell.rules.completeness import PRESENT

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "to-dan-pho-3"
MARKS = ROOT / "examples" / "marks.csv"
AT = datetime(2026, 11, 30, 9, 0)
GIVE = ["--receiver", "Rơ Châm H'Lan", "--reason", "congress", "--at", AT.isoformat()]


@dataclass
class Ran:
	"""What a command said, and its exit status."""

	status: int
	out: str
	err: str


@pytest.fixture
def run(capsys, monkeypatch):
	"""Runs the command in this process, in English unless said otherwise."""
	monkeypatch.setenv("LANGUAGE", "en")

	def run(*arguments) -> Ran:
		try:
			status = cli.main([str(one) for one in arguments])
		except SystemExit as stop:
			status = stop.code
		said = capsys.readouterr()
		return Ran(status, said.out, said.err)

	return run


def process(*arguments, env: dict | None = None, **how) -> subprocess.CompletedProcess:
	"""Runs the command in a process of its own."""
	return subprocess.run(
		[sys.executable, "-m", "partycell", *map(str, arguments)],
		cwd=ROOT,
		env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "LANGUAGE": "en", **(env or {})},
		capture_output=True,
		text=True,
		check=False,
		stdin=subprocess.DEVNULL,
		**how,
	)


@pytest.fixture
def example(tmp_path) -> Path:
	"""A copy of the bundled folder."""
	return Path(shutil.copytree(EXAMPLE, tmp_path / "cell"))


@pytest.fixture
def no_paper(monkeypatch):
	"""Spares the drawing of the minutes where a test is about something else."""
	monkeypatch.setattr(pdf, "make", lambda html, *rest, **how: b"%PDF-1.7 " + str(len(html)).encode())


def seal(source: Path, output: Path, **how) -> handover.Done:
	"""Hands a folder over, what is there being present."""
	found = folder.read(source, AT.date())
	act = handover.Act("Nguyễn Văn Thuận", "Rơ Châm H'Lan", "Congress", AT)
	given = {line.item: marks.Mark(PRESENT) for line in handover.lines(found, {}) if line.received is None}
	return handover.make(found, act, given, output, **how)


@pytest.fixture
def dossier(example, tmp_path, no_paper) -> handover.Done:
	"""The bundled folder, handed over."""
	return seal(example, tmp_path / "out")
