"""Sheets of labels: which A4 sheet there is to buy, and where each label lies on it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from partycell.rules.problems import Problem, _

A4 = (210, 297)


@dataclass(frozen=True)
class Sheet:
	"""An A4 sheet of labels. Lengths in mm; the labels lie in the middle of the sheet.

	gap: between two columns; rows touch each other
	"""

	width: float
	height: float
	columns: int
	rows: int
	gap: float = 0

	@property
	def count(self) -> int:
		"""Labels on a sheet."""
		return self.columns * self.rows

	@property
	def left(self) -> float:
		"""From the edge of the paper to the first column."""
		return (A4[0] - self.columns * self.width - (self.columns - 1) * self.gap) / 2

	@property
	def top(self) -> float:
		"""From the edge of the paper to the first row."""
		return (A4[1] - self.rows * self.height) / 2


SHEETS = {
	"70x37": Sheet(70, 37, 3, 8),
	"63.5x38.1": Sheet(63.5, 38.1, 3, 7, gap=2.5),
	"105x57": Sheet(105, 57, 2, 5),
}


@dataclass(frozen=True)
class Place:
	"""Where one label lies: its sheet, from 0, and the mm of its top left corner on it."""

	sheet: int
	left: float
	top: float


def problems(sheet: str, start: int) -> Iterator[Problem]:
	"""What is wrong with a choice of sheet and of the first free label on it, counted from 1 along the rows."""
	if sheet not in SHEETS:
		yield Problem("issue", _("Choose one of the sheets of labels that are offered."))
	elif not 1 <= start <= SHEETS[sheet].count:
		yield Problem(
			"issue",
			_("The first label is a number from 1 to {count} on this sheet."),
			{"count": SHEETS[sheet].count},
		)


def places(sheet: Sheet, count: int, start: int = 1) -> list[Place]:
	"""Where ``count`` labels go, row by row, from the label ``start`` of the first sheet on."""
	found = []
	for number in range(start - 1, start - 1 + count):
		page, rest = divmod(number, sheet.count)
		row, column = divmod(rest, sheet.columns)
		left = sheet.left + column * (sheet.width + sheet.gap)
		found.append(Place(page, round(left, 2), round(sheet.top + row * sheet.height, 2)))
	return found


def laid_out(sheet: Sheet, labels: Sequence[dict], start: int = 1) -> list[list[dict]]:
	"""The labels sheet by sheet, each with its ``left`` and ``top`` in mm."""
	sheets: list[list[dict]] = []
	for label, place in zip(labels, places(sheet, len(labels), start), strict=True):
		if place.sheet == len(sheets):
			sheets.append([])
		sheets[-1].append({**label, "left": place.left, "top": place.top})
	return sheets
