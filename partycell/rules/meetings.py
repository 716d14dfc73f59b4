"""A cell's meetings: attendance, what the quality frame asks, the plan of a year, which papers come of one.

The frame is shown, not enforced: a meeting that falls short of it was held all the same. Its figures are
those of local guidance on cell meetings (attendance over 85 %, 90 minutes, nobody absent without reason, a
regular meeting each month, a thematic one each quarter); an office changes them in its settings.
"""

import math
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from partycell.rules import periods
from partycell.rules.problems import Problem, _

REGULAR, THEMATIC, EXTRAORDINARY = "Regular", "Thematic", "Extraordinary"
TYPES = (REGULAR, THEMATIC, EXTRAORDINARY)
PLANNED, HELD, CONCLUDED, CANCELLED = "Planned", "Held", "Concluded", "Cancelled"
# How a meeting is called on paper.
TITLES = {
	REGULAR: "Sinh hoạt thường kỳ",
	THEMATIC: "Sinh hoạt chuyên đề",
	EXTRAORDINARY: "Họp bất thường",
}
STATES = (PLANNED, HELD, CONCLUDED, CANCELLED)
# What came of a meeting: it was held, whether its minutes are closed or not.
TOOK_PLACE = (HELD, CONCLUDED)

# The papers of a meeting, as a line of a folder template names them.
MINUTES, RESOLUTION, SCORE_SHEET = "Meeting Minutes", "Meeting Resolution", "Meeting Score Sheet"
THEMATIC_FILE = "Thematic Meeting Minutes"
PAPERS = (MINUTES, RESOLUTION, SCORE_SHEET, THEMATIC_FILE)

DEFAULT_DAY = 3
"""The day of the month of a cell that has set none."""


@dataclass(frozen=True)
class Attendance:
	"""Members on the roll, those exempt from meetings, and what became of the others."""

	on_roll: int = 0
	exempt: int = 0
	present: int = 0
	excused: int = 0
	absent: int = 0

	@property
	def expected(self) -> int:
		"""Those who had to attend."""
		return self.on_roll - self.exempt

	@property
	def rate(self) -> float:
		"""Percentage of those who had to attend, two decimals, rounded down: 85 means that 85 was reached."""
		if self.expected <= 0:
			return 0.0
		return math.floor(10000 * self.present / self.expected + 1e-6) / 100


@dataclass(frozen=True)
class Frame:
	"""What a meeting is measured by. rate_over: percent that attendance exceeds; minutes: its least length."""

	rate_over: float = 85
	minutes: int = 90


@dataclass(frozen=True)
class Meeting:
	"""What of a meeting the frame looks at. minutes: its length, None where the times are not known."""

	attendance: Attendance
	minutes: int | None
	committee_met: bool
	draft_ready: bool
	has_minutes: bool


@dataclass(frozen=True)
class Check:
	"""One thing the frame asks. met is None where nothing can be said yet."""

	label: str
	met: bool | None


@dataclass(frozen=True)
class Planned:
	"""A meeting of a year's plan; month is the first day of the month that it counts for."""

	meeting_type: str
	month: date
	day: date


def attendance_problems(given: Attendance) -> Iterator[Problem]:
	"""Figures that cannot be: below zero, or not summing to those who had to attend."""
	if min(given.on_roll, given.exempt, given.present, given.excused, given.absent) < 0:
		yield Problem("meeting", _("Numbers of members are not below zero."))
		return
	if given.exempt > given.on_roll:
		yield Problem("meeting", _("More members are exempt than are on the roll."))
		return
	counted = given.present + given.excused + given.absent
	if counted != given.expected:
		yield Problem(
			"meeting",
			_(
				"Present, excused and absent make {counted}, but {expected} members had to attend. "
				"Correct the attendance."
			),
			{"counted": counted, "expected": given.expected},
		)


def length(started: timedelta | None, ended: timedelta | None) -> int | None:
	"""Minutes between two times of a day, given as time since midnight; past midnight is the next day."""
	if started is None or ended is None:
		return None
	return int((ended - started) % timedelta(days=1) / timedelta(minutes=1))


def frame(meeting: Meeting, asked: Frame) -> list[Check]:
	"""What the frame asks of one meeting, each with whether it was met."""
	known = meeting.attendance.expected > 0
	return [
		Check(
			_("Attendance over what is asked"), meeting.attendance.rate > asked.rate_over if known else None
		),
		Check(_("Nobody absent without reason"), meeting.attendance.absent == 0 if known else None),
		Check(
			_("As long as is asked"), None if meeting.minutes is None else meeting.minutes >= asked.minutes
		),
		Check(_("Cell committee met first"), meeting.committee_met),
		Check(_("Draft resolution was ready"), meeting.draft_ready),
		Check(_("Minutes of every point"), meeting.has_minutes),
	]


def wanting(held: Iterable[tuple[str, date]], since: date, today: date) -> list[tuple[str, str]]:
	"""The regular and thematic meetings that the frame asks for and that were not held.

	held: type, and the month that it counts for. Returns (type, key of the month or quarter), for the
	periods that ended before today, from the one that holds ``since``.
	"""
	there = {(kind, period_key(kind, month)) for kind, month in held if kind != EXTRAORDINARY}
	found = []
	for kind in (REGULAR, THEMATIC):
		for period in periods.periods(_frequency(kind), since, today):
			if period.end < today and (kind, period.key) not in there:
				found.append((kind, period.key))
	return found


def period_key(meeting_type: str, month: date) -> str:
	"""The period that the frame asks a meeting of this type in: its quarter if thematic, else its month."""
	return periods.period_of(_frequency(meeting_type), month).key


def plan(year: int, meeting_day: int, since: date, thematic_month: int = 2) -> list[Planned]:
	"""A regular meeting each month of a year and a thematic one each quarter, from the month of ``since``.

	meeting_day: of the month, 0 where none is set; a month that is shorter takes its last day
	thematic_month: which month of the quarter, 1 to 3
	"""
	found = []
	for number in range(1, 13):
		month = date(year, number, 1)
		if month < since.replace(day=1):
			continue
		day = month.replace(day=min(meeting_day or DEFAULT_DAY, monthrange(year, number)[1]))
		found.append(Planned(REGULAR, month, day))
		if (number - 1) % 3 + 1 == thematic_month:
			found.append(Planned(THEMATIC, month, day))
	return found


def month_key(month: date) -> str:
	"""The key of the month that a meeting counts for."""
	return periods.period_of(periods.MONTHLY, month).key


def title(meeting_type: str, month: date, cell_name: str) -> str:
	"""How a meeting is named: its type, its month, its cell; in Vietnamese, as the papers are.

	Short at its beginning, for a list on a telephone shows no more of it.
	"""
	kind = TITLES[meeting_type].removeprefix("Sinh hoạt ").capitalize()
	return f"{kind} {periods.label(month_key(month)).lower()} – {cell_name}"


def plan_key(cell: str, meeting_type: str, month: date) -> str | None:
	"""What two meetings of a cell must not share; None for an extraordinary one."""
	return None if meeting_type == EXTRAORDINARY else f"{cell}|{meeting_type}|{month:%Y-%m}"


def papers(meeting_type: str, *, resolution: bool, scored: bool) -> list[str]:
	"""The papers that a concluded meeting of this type brings into the folder."""
	if meeting_type == THEMATIC:
		return [THEMATIC_FILE]
	if meeting_type == EXTRAORDINARY:
		return []
	return [MINUTES, *([RESOLUTION] if resolution else []), *([SCORE_SHEET] if scored else [])]


def agenda(text: str) -> list[tuple[str, str]]:
	"""An agenda written one point a line as (part, point); a line that begins with ``#`` names the part."""
	part, found = "", []
	for line in map(str.strip, text.splitlines()):
		if line.startswith("#"):
			part = line.lstrip("# ")
		elif line:
			found.append((part, line))
	return found


def _frequency(meeting_type: str) -> str:
	return periods.QUARTERLY if meeting_type == THEMATIC else periods.MONTHLY
