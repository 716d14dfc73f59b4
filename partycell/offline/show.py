"""What is shown in a terminal: tables, progress, refusals on one line."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

STOPPED = 2
"""Exit status where nothing was done."""


def out() -> Console:
	"""Where results go. Made anew each time: tests put another stream in the place of the standard one."""
	# Plain text into a pipe, whole lines, so that other programs can read them.
	return Console(
		file=sys.stdout, highlight=False, soft_wrap=not sys.stdout.isatty(), emoji=False, markup=False
	)


def line(text: str = "") -> None:
	"""One line of a result; control characters from file names do not reach the terminal."""
	out().print(Text(plain(text)))


def stop(text: str) -> int:
	"""Says why something was not done, on one line of the error output; returns the exit status for it."""
	print(f"partycell: {plain(' '.join(text.split()))}", file=sys.stderr, flush=True)
	return STOPPED


def plain(text: str) -> str:
	"""The text without what a terminal would obey."""
	return "".join(letter if letter == "\n" or letter.isprintable() else "�" for letter in text)


def table(headings: list[str], rows: list[list[str]], *, right: tuple[int, ...] = ()) -> None:
	"""Rows under headings; the columns ``right`` hold numbers."""
	made = Table(box=None, pad_edge=False, header_style="bold")
	for number, heading in enumerate(headings):
		made.add_column(heading, justify="right" if number in right else "left", overflow="fold")
	for row in rows:
		made.add_row(*(Text(plain(cell)) for cell in row))
	console = out()
	if not console.is_terminal:
		# Without a terminal rich thinks of 80 columns and breaks long titles.
		console.width = 200
	console.print(made)


@contextmanager
def progress(label: str, total: int) -> Iterator[Callable[[int], None]]:
	"""Within: a bar that the yielded function moves on by so many bytes; only on a terminal."""
	if not sys.stderr.isatty():
		yield lambda size: None
		return
	columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
	with Progress(*columns, console=Console(file=sys.stderr), transient=True) as bar:
		task = bar.add_task(label, total=max(total, 1))
		yield lambda size: bar.advance(task, size)
