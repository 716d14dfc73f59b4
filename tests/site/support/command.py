"""The app's bench commands, run as somebody at a terminal runs them."""

import os
import subprocess
import sys

import frappe


def bench(*arguments: str) -> subprocess.CompletedProcess:
	"""A bench command, as a process of its own, with nobody to answer its questions."""
	frappe.db.commit()
	site = os.environ["PARTYCELL_TEST_SITE"]
	command = [sys.executable, "-m", "frappe.utils.bench_helper", "frappe", "--site", site, "partycell"]
	done = subprocess.run(
		[*command, *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
	)
	frappe.db.rollback()
	frappe.clear_cache()
	return done
