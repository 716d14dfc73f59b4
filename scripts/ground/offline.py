"""The demo where Frappe cannot be had: the same handover, carried out offline on the bundled folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from . import environments, workshop
from .console import Stop, say, title, warn
from .places import CACHE, CHECKOUT, OUTPUT

EXAMPLE = CHECKOUT / "examples" / "to-dan-pho-3"
MARKS = CHECKOUT / "examples" / "marks.csv"
MOMENT = "2026-11-30T09:00"
DOSSIER = "ban-giao-CB-AYP-003-2026-11-30"
HANDOVER = [
	*("--receiver", "Rơ Châm H'Lan", "--reason", "congress", "--at", MOMENT, "--marks", str(MARKS)),
	*(
		"--witness",
		"Trần Thị Minh Nguyệt",
		"--witness-position",
		"Phó trưởng Ban Xây dựng Đảng Đảng ủy phường",
	),
	*(
		"--venue",
		"Nhà văn hóa tổ dân phố 3",
		"--dues",
		"1.250.000 đồng",
		"--assets",
		"Cặp tài liệu: 01 chiếc",
	),
	*("--basis", "Quyết định số 12-QĐ/ĐU ngày 24/11/2026 của Đảng ủy phường Ayun Pa"),
	*("--open-matter", "Xin hướng dẫn việc miễn sinh hoạt cho đảng viên đi làm ăn xa", "--rest-present"),
]


def demo(why: str) -> None:
	"""Hands the example folder over and verifies the dossier; Stop where not even that can be done.

	why: what keeps Frappe from being had, which is said first and last
	"""
	title("Without Frappe")
	warn(
		f"Frappe cannot be had here, so there is no desk to show.\n{why}\nThe handover is carried out offline."
	)
	workshop.install_drawing()
	python = _python()
	OUTPUT.mkdir(parents=True, exist_ok=True)
	# Of an earlier run; what is there is never overwritten.
	shutil.rmtree(OUTPUT / DOSSIER, ignore_errors=True)
	(OUTPUT / f"{DOSSIER}.pdf").unlink(missing_ok=True)
	_partycell(python, "check", str(EXAMPLE), "--on", MOMENT[:10])
	_partycell(python, "handover", str(EXAMPLE), *HANDOVER, "--output", str(OUTPUT))
	_partycell(python, "verify", str(OUTPUT / DOSSIER))
	say(f"\nThe minutes and the dossier are in {OUTPUT}. Try it: change one byte in the dossier, then")
	say(f"  {python} -m partycell verify {OUTPUT / DOSSIER}")
	say(f"The desk was not shown: {why.splitlines()[0]}")


def _python() -> Path:
	"""An interpreter with what the command needs: this one, or an environment made from PyPI."""
	needed = [*environments.declared()["project"]["dependencies"]]
	if not shutil.which("wkhtmltopdf"):
		needed += environments.declared()["project"]["optional-dependencies"]["weasyprint"]
	wanted = (
		"import jinja2, pdfkit, pypdf, segno, rich, sys; sys.version_info >= (3, 11) or __import__('tomli')"
	)
	if shutil.which("wkhtmltopdf"):
		for python in (Path(sys.executable), environments.TOOLS / "bin" / "python"):
			if (
				python.exists()
				and not subprocess.run([python, "-c", wanted], capture_output=True, check=False).returncode
			):
				return python
	return environments.venv_with(CACHE / "offline", needed)


def _partycell(python: Path, command: str, *arguments: str) -> None:
	say(f"\n$ partycell {command}")
	env = {**os.environ, "PYTHONPATH": str(CHECKOUT), "PYTHONIOENCODING": "utf-8", "PYTHONUTF8": "1"}
	done = subprocess.run(
		[str(python), "-m", "partycell", command, *arguments], env=env, cwd=CHECKOUT, check=False
	)
	if done.returncode:
		raise Stop(f"partycell {command} ended with {done.returncode}", 1)
