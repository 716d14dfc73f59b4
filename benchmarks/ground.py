"""What every benchmark on a site does: its options, its site, a stopwatch, a table."""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

# The factories of the tests, wherever the benchmark is begun.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import frappe


def options(said: str, **defaults: int | float) -> argparse.Namespace:
	"""The options of a benchmark, each a number with its default; ``said`` is shown by ``--help``."""
	parser = argparse.ArgumentParser(description=said, formatter_class=argparse.RawDescriptionHelpFormatter)
	for name, default in defaults.items():
		parser.add_argument(f"--{name}", type=type(default), default=default)
	return parser.parse_args()


def site() -> str:
	"""Connects to the scratch site, outside any transaction. What it runs on, to be printed above figures."""
	os.chdir(os.environ["PARTYCELL_TEST_SITES"])
	frappe.init(os.environ["PARTYCELL_TEST_SITE"], sites_path=".")
	frappe.connect()
	frappe.db.rollback()
	return f"Frappe {frappe.__version__}, {frappe.db.db_type}"


def timed(work: Callable) -> tuple[float, object]:
	"""How many seconds it took, and what came of it."""
	started = time.perf_counter()
	result = work()
	return time.perf_counter() - started, result


def median(work: Callable, runs: int = 3) -> float:
	"""The median of its seconds over so many runs."""
	return statistics.median(timed(work)[0] for _run in range(runs))


def table(title: str, head: tuple, rows: list[tuple]) -> None:
	"""Prints a table in Markdown."""
	print(f"\n### {title}\n\n| {' | '.join(head)} |\n|{'---|' * len(head)}")
	for row in rows:
		print(f"| {' | '.join(f'{value:,}' if isinstance(value, int) else str(value) for value in row)} |")
