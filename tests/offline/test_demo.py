"""`make demo` where Frappe cannot be reached: it says so, hands the example over offline, and ends well."""

import os
import shutil
import subprocess
import sys

import pytest

from tests.offline.conftest import ROOT


@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
def test_the_handover_is_carried_out_offline_and_verified(tmp_path):
	(tmp_path / "gitconfig").write_text('[url "http://127.0.0.1:9/"]\n\tinsteadOf = https://github.com/\n')
	env = {
		**os.environ,
		"BENCH": str(tmp_path / "bench"),
		"GIT_CONFIG_GLOBAL": str(tmp_path / "gitconfig"),
		"GIT_CONFIG_SYSTEM": os.devnull,
		"PARTYCELL_SUDO": "0",
		"LANGUAGE": "en",
	}
	done = subprocess.run(
		[sys.executable, str(ROOT / "scripts" / "demo.py")],
		env=env,
		stdin=subprocess.DEVNULL,
		capture_output=True,
		text=True,
		check=False,
	)
	assert done.returncode == 0, done.stdout + done.stderr
	assert "Frappe cannot be had here" in done.stdout
	assert "Frappe's Git repository cannot be reached" in done.stdout
	assert "32 documents: 30 present, 1 missing, 1 damaged, 0 outdated." in done.stdout
	assert "is whole: 32 files" in done.stdout
	name = "ban-giao-CB-AYP-003-2026-11-30"
	assert (ROOT / "demo-output" / f"{name}.pdf").read_bytes().startswith(b"%PDF")
	assert (ROOT / "demo-output" / name / "data" / "record.json").exists()
