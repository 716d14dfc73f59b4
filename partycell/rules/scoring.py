"""How an inspection scores: a fact's value as points, sums by block, and the rating that follows.

Points are kept to two decimals. A rating goes by the percentage of the set's total, so that a set which
sums to 50 has the same bands as one which sums to 100; a band may ask for more than the total.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from partycell.rules.problems import Problem, _

LINEAR = "Linear"
STEPS = "Steps"
METHODS = (LINEAR, STEPS)
PLACES = 2


@dataclass(frozen=True)
class Mapping:
	"""How the value of a live fact becomes a share of a criterion's points.

	Linear: no points at ``zero_at``, all at ``full_at``, in proportion between; ``full_at`` may be the
	lower one, where fewer is better. Steps: (value, points), the points of the highest value reached.
	"""

	method: str = LINEAR
	zero_at: float = 0
	full_at: float = 100
	steps: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True)
class Criterion:
	"""One line of a criteria set. ``fact`` is the name of the live fact that proposes its points."""

	code: str
	block: str
	maximum: float
	fact: str | None = None
	mapping: Mapping = Mapping()


@dataclass(frozen=True)
class Band:
	"""A rating, from a percentage of the total up to the next band.

	full_marks: codes of criteria that must have all their points
	block_share: percentage that every block must reach
	"""

	label: str
	threshold: float
	full_marks: frozenset[str] = frozenset()
	block_share: float = 0


@dataclass(frozen=True)
class Line:
	"""One criterion of one inspection. ``score`` is None while nobody has scored it."""

	code: str
	block: str
	maximum: float
	score: float | None = None


@dataclass(frozen=True)
class Sum:
	"""Points given, points that can be given, and how many lines have no score yet."""

	points: float = 0
	maximum: float = 0
	unscored: int = 0

	@property
	def percent(self) -> float:
		"""0 to 100, two decimals, rounded down: 90 means that 90 was reached."""
		return 0.0 if not self.maximum else _down(100 * self.points / self.maximum)

	def __add__(self, other: "Sum") -> "Sum":
		return Sum(
			round(self.points + other.points, PLACES),
			round(self.maximum + other.maximum, PLACES),
			self.unscored + other.unscored,
		)


def propose(value: float | None, criterion: Criterion, step: float = 0.5) -> float | None:
	"""The points that a fact's value suggests, a multiple of ``step``; None where the fact says nothing.

	Rounded down, so that all points are only proposed for the full value.
	"""
	if value is None:
		return None
	mapping = criterion.mapping
	if mapping.method == STEPS:
		reached = [(at, points) for at, points in mapping.steps if value >= at]
		points = max(reached)[1] if reached else 0.0
		return round(min(max(points, 0.0), criterion.maximum), PLACES)
	width = mapping.full_at - mapping.zero_at
	share = (value - mapping.zero_at) / width if width else float(value == mapping.full_at)
	share = min(max(share, 0.0), 1.0)
	if share == 1.0:
		return criterion.maximum
	points = criterion.maximum * share
	return round(math.floor(points / step + 1e-9) * step, PLACES) if step else round(points, PLACES)


def parse_steps(text: str | None) -> tuple[tuple[float, float], ...]:
	"""Lines ``value = points`` as pairs, by value; ValueError for a line that is none."""
	found = []
	for line in filter(None, map(str.strip, (text or "").splitlines())):
		value, sign, points = line.partition("=")
		if not sign:
			raise ValueError(line)
		found.append((_number(value), _number(points)))
	return tuple(sorted(found))


def sums(lines: Iterable[Line]) -> dict[str, Sum]:
	"""The running total of each block, in the order in which the blocks come."""
	found: dict[str, Sum] = {}
	for line in lines:
		one = Sum(line.score or 0.0, line.maximum, int(line.score is None))
		found[line.block] = found.get(line.block, Sum()) + one
	return found


def total(lines: Iterable[Line]) -> Sum:
	"""All blocks together."""
	return sum(sums(lines).values(), Sum())


def rate(lines: Sequence[Line], bands: Iterable[Band]) -> Band | None:
	"""The rating as it stands: what has no score yet counts as nothing.

	The highest band whose threshold is reached and whose conditions are met; None if there is none.
	"""
	blocks, whole = sums(lines), total(lines)
	full = {line.code for line in lines if line.score is not None and line.score >= line.maximum}
	for band in sorted(bands, key=lambda band: -band.threshold):
		enough = 100 * whole.points >= band.threshold * whole.maximum - 1e-9
		if enough and band.full_marks <= full and all(_reaches(one, band) for one in blocks.values()):
			return band
	return None


def score_problems(lines: Iterable[Line], titles: dict[str, str]) -> Iterator[Problem]:
	"""Scores that cannot be given: below zero, or above the criterion's maximum."""
	for line in lines:
		if line.score is None:
			continue
		values = {"criterion": titles.get(line.code, line.code), "score": line.score, "maximum": line.maximum}
		if line.score < 0:
			yield Problem(
				"score", _("{criterion}: {score} is below zero. Give 0 to {maximum} points."), values
			)
		elif line.score > line.maximum:
			yield Problem(
				"score",
				_("{criterion}: {score} is more than the maximum of {maximum}. Give 0 to {maximum} points."),
				values,
			)


def unscored_problems(lines: Iterable[Line], titles: dict[str, str]) -> Iterator[Problem]:
	"""What keeps an inspection from being finished: criteria without a score."""
	missing = [titles.get(line.code, line.code) for line in lines if line.score is None]
	if missing:
		yield Problem(
			"score",
			_("{count} criteria have no score yet, first: {criterion}. Score each one."),
			{"count": len(missing), "criterion": missing[0]},
		)


def set_problems(
	whole: float, blocks: Sequence[tuple[str, float]], criteria: Sequence[Criterion], bands: Sequence[Band]
) -> Iterator[Problem]:
	"""What is wrong with a criteria set: its sums, its codes, its mappings, its bands.

	blocks: (code, maximum) of each block, in order
	"""
	yield from _code_problems(blocks, criteria)
	for code, maximum in blocks:
		given = round(sum(one.maximum for one in criteria if one.block == code), PLACES)
		if given != round(maximum, PLACES):
			yield Problem(
				"criteria",
				_("The criteria of block {block} sum to {given}, the block has {maximum}. Make them equal."),
				{"block": code, "given": given, "maximum": maximum},
			)
	given = round(sum(one.maximum for one in criteria), PLACES)
	if given != round(whole, PLACES):
		yield Problem(
			"criteria",
			_("The criteria sum to {given}, the set's total is {total}. Make them equal."),
			{"given": given, "total": whole},
		)
	yield from _mapping_problems(criteria)
	yield from band_problems(bands, {one.code for one in criteria})


def band_problems(bands: Sequence[Band], codes: set[str]) -> Iterator[Problem]:
	"""Bands cover 0 to 100 without gap or overlap: one begins at 0, no two begin at the same."""
	if not bands:
		yield Problem("criteria", _("The set has no rating bands. Add at least one that begins at 0."))
		return
	for threshold, count in sorted(Counter(band.threshold for band in bands).items()):
		if count > 1:
			yield Problem(
				"criteria",
				_("{count} rating bands begin at {threshold}, so they overlap. Each begins at its own."),
				{"count": count, "threshold": threshold},
			)
		if not 0 <= threshold < 100.0001:
			yield Problem(
				"criteria",
				_("A rating band begins at {threshold}. It is a percentage from 0 to 100."),
				{"threshold": threshold},
			)
	lowest = min(bands, key=lambda band: band.threshold)
	if lowest.threshold > 0:
		yield Problem(
			"criteria",
			_("No rating band covers 0 to {threshold}. Let the lowest begin at 0."),
			{"threshold": lowest.threshold},
		)
	if lowest.full_marks or lowest.block_share:
		yield Problem(
			"criteria",
			_("The lowest rating band, {band}, has conditions: who misses them would have no rating."),
			{"band": lowest.label},
		)
	for band in bands:
		for code in sorted(band.full_marks - codes):
			yield Problem(
				"criteria",
				_("Rating band {band} asks for full marks on {code}, which is no criterion of the set."),
				{"band": band.label, "code": code},
			)


def _code_problems(blocks: Sequence[tuple[str, float]], criteria: Sequence[Criterion]) -> Iterator[Problem]:
	if not criteria:
		yield Problem("criteria", _("The set has no criteria. Add at least one."))
	known = {code for code, _maximum in blocks}
	for codes in ([code for code, _maximum in blocks], [one.code for one in criteria]):
		for code, count in Counter(codes).items():
			if count > 1:
				yield Problem(
					"criteria",
					_("The code {code} is used {count} times. Give each its own."),
					{"code": code, "count": count},
				)
	for one in criteria:
		if one.block not in known:
			yield Problem(
				"criteria",
				_("Criterion {code} is in block {block}, which the set does not have."),
				{"code": one.code, "block": one.block},
			)
		if one.maximum <= 0:
			yield Problem(
				"criteria", _("Criterion {code} has no points. Give it a maximum."), {"code": one.code}
			)


def _mapping_problems(criteria: Sequence[Criterion]) -> Iterator[Problem]:
	for one in criteria:
		if not one.fact:
			continue
		if one.mapping.method == LINEAR and one.mapping.zero_at == one.mapping.full_at:
			yield Problem(
				"criteria",
				_(
					"Criterion {code}: no points and all points are given at the same value. Make them differ."
				),
				{"code": one.code},
			)
		if one.mapping.method == STEPS and not one.mapping.steps:
			yield Problem(
				"criteria",
				_("Criterion {code} scores by steps and has none. Write one a line: value = points."),
				{"code": one.code},
			)
		if any(not 0 <= points <= one.maximum for _value, points in one.mapping.steps):
			yield Problem(
				"criteria",
				_("Criterion {code}: a step gives less than 0 or more than {maximum} points."),
				{"code": one.code, "maximum": one.maximum},
			)


def _reaches(block: Sum, band: Band) -> bool:
	return 100 * block.points >= band.block_share * block.maximum - 1e-9


def _down(value: float) -> float:
	return math.floor(value * 10**PLACES + 1e-6) / 10**PLACES


def _number(text: str) -> float:
	return float(text.strip().replace(",", "."))
