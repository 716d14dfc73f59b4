#!/usr/bin/env python3
"""The sealed dossier of a folder of 500 documents on a site, against sha256sum and zip on the same files.

scripts/scratch.py v16-sqlite -- python benchmarks/exporting.py [--documents 500] [--bytes 200000]
"""

import argparse
import os
import resource
import subprocess
import tempfile
import time
from pathlib import Path

import frappe

from partycell.api import handovers
from partycell.dossier import exporting
from tests.site import factories as make
from tests.site.support import acts, isolation
from tests.site.support.acts import by


def timed(act, *arguments) -> float:
	"""Seconds that a call takes."""
	started = time.monotonic()
	act(*arguments)
	return time.monotonic() - started


def approved(documents: int, size: int) -> str:
	"""A handover of a folder with so many documents, each with a file of its own, approved."""
	world = make.world()
	for number in range(documents):
		doc = frappe.get_doc(
			{"doctype": "Folder Item", "cell": world.cell, "title": f"Tài liệu {number:04d}"}
		)
		make.attach(doc.insert().name, os.urandom(size), f"Tài liệu {number:04d}.pdf")
	acts.fill(world.cell)
	name = acts.receive(world, make.delivered(world))
	by(world.officer, handovers.approve, name)
	frappe.set_user("Administrator")
	return name


def main() -> None:
	"""Makes the folder, measures, prints a table; the site is gone afterwards."""
	parser = argparse.ArgumentParser(description=__doc__)
	parser.add_argument("--documents", type=int, default=500)
	parser.add_argument("--bytes", type=int, default=200_000)
	options = parser.parse_args()
	os.chdir(os.environ["PARTYCELL_TEST_SITES"])
	isolation.connect(os.environ["PARTYCELL_TEST_SITE"])
	name = approved(options.documents, options.bytes)
	frappe.db.commit()
	files = [str(path) for path in exporting._paths(acts.handover(name))]
	run = {"check": True, "stdout": subprocess.DEVNULL}
	subprocess.run(["sha256sum", *files], **run)
	base = timed(lambda: subprocess.run(["sha256sum", *files], **run))
	with tempfile.TemporaryDirectory() as top:
		tool = timed(lambda: subprocess.run(["python", "-m", "zipfile", "-c", f"{top}/a.zip", *files], **run))
	before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
	export = timed(exporting.build, name)
	grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 - before
	whole = Path(exporting.path_of(acts.handover(name))).stat().st_size / 1e6
	print(f"{len(files)} files, a dossier of {whole:.0f} MB; memory grew by {grown:.0f} MB")
	print("| | s | times sha256sum |\n|---|---|---|")
	for what, seconds in (("sha256sum", base), ("python -m zipfile", tool), ("the sealed dossier", export)):
		print(f"| {what} | {seconds:.2f} | {seconds / base:.1f} |")


if __name__ == "__main__":
	main()
