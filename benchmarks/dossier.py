#!/usr/bin/env python3
"""Sealing and verifying a folder of 1,000 files and 1 GB against sha256sum on the same files; no Frappe.

python benchmarks/dossier.py [--files 1000] [--bytes 1000000]
"""

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def timed(command: list[str], **how) -> tuple[float, float]:
	"""Seconds, and the peak memory in MB of the largest process so far."""
	started = time.monotonic()
	subprocess.run(command, check=True, stdout=subprocess.DEVNULL, **how)
	return time.monotonic() - started, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def main() -> None:
	"""Makes the folder, measures, prints a table, removes everything."""
	parser = argparse.ArgumentParser(description=__doc__)
	parser.add_argument("--files", type=int, default=1000)
	parser.add_argument("--bytes", type=int, default=1_000_000)
	options = parser.parse_args()
	env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
	with tempfile.TemporaryDirectory() as top:
		cell = Path(shutil.copytree(ROOT / "examples" / "to-dan-pho-3", Path(top) / "cell"))
		for number in range(options.files):
			(cell / "A Văn bản cấp trên" / f"A4 {number:05d}.bin").write_bytes(os.urandom(options.bytes))
		files = [str(path) for path in cell.rglob("*.bin")]
		# Once before, so that each reads from the same cache.
		timed(["sha256sum", *files])
		base, _memory = timed(["sha256sum", *files])
		partycell = [sys.executable, "-m", "partycell"]
		give = ["--receiver", "B", "--reason", "congress", "--at", "2026-11-30T09:00", "--rest-present"]
		seal, seal_memory = timed([*partycell, "handover", str(cell), *give, "--output", top], env=env)
		bag = next(Path(top).glob("ban-giao-*[0-9]"))
		verify, verify_memory = timed([*partycell, "verify", str(bag)], env=env)
		print("| | s | times sha256sum | peak MB |\n|---|---|---|---|")
		print(f"| sha256sum | {base:.1f} | 1.0 | |")
		print(f"| seal | {seal:.1f} | {seal / base:.1f} | {seal_memory:.0f} |")
		print(f"| verify | {verify:.1f} | {verify / base:.1f} | {verify_memory:.0f} |")


if __name__ == "__main__":
	main()
