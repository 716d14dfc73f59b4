"""The demo as plain values: the same on every site, whatever order it is made in.

The figures are those of Ayun Pa (2019): 43 grassroots organisations, 90 cells under the grassroots
committees among them, 1,808 members. The split by organisation and all names are made up.
"""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
SEED = "Ayun Pa 2016"
DOMAIN = "ayunpa.example"
PASSWORD = "ChiBo-AyunPa-2016"  # noqa: S105 (of accounts that do not exist outside a demo)

TOWN = "PC-DEMO-00"
COMMITTEE, CELL, TERM = "PC-DEMO-", "CELL-DEMO-", "TERM-DEMO-"
DIRECTIVE, NOTE, REORGANISATION = "DIR-DEMO-", "HN-DEMO-", "REO-DEMO-"
MANAGER = f"quanly@{DOMAIN}"

# Early in 2016 a conference explained the folder and issued it.
ISSUED_ON = date(2016, 3, 15)
MONTHS_KEPT = 4
LEVELS = (1.0, 0.97, 0.94, 0.9, 0.86, 0.8, 0.72, 0.6, 0.45, 0.3)
BEGINNINGS = ("2020-03-20", "2022-09-15", "2023-11-08", "2025-03-18", "2025-06-10")
YOUNGEST_TERM = 45  # days


@dataclass(frozen=True)
class Person:
	"""Somebody with an account. ``role`` is one of the app's roles, or None."""

	login: str
	family: str
	given: str
	role: str | None

	@property
	def name(self) -> str:
		"""The name as it is written in Vietnamese: family name first."""
		return f"{self.family} {self.given}"


@dataclass(frozen=True)
class Function:
	"""A person acting for a committee: ``function`` is Officer or Inspector."""

	person: Person
	function: str
	position: str


@dataclass(frozen=True)
class Committee:
	"""A committee of the demo; the town's has no parent."""

	docname: str
	name: str
	level: str
	parent: str | None
	symbol: str
	place: str
	functions: tuple[Function, ...]


@dataclass(frozen=True)
class Term:
	"""A term of office; ``until`` None for the one in office."""

	docname: str
	person: Person
	since: date
	until: date | None
	decision: str


@dataclass(frozen=True)
class Cell:
	"""A cell. ``level`` is the share of its documents that are there, 0 to 1."""

	number: int
	docname: str
	name: str
	kind: str
	committee: str
	members: int
	terms: tuple[Term, ...]
	level: float

	@property
	def folder_number(self) -> str:
		"""The number under which its folder was issued."""
		return f"CT-{self.number:03d}"

	@property
	def full_members(self) -> int:
		"""Members without those on probation."""
		return self.members - self.number % 3

	@property
	def meeting_day(self) -> int:
		"""Day of the month on which the cell meets."""
		return 3 + self.number % 10


@dataclass(frozen=True)
class Plan:
	"""The whole demo, in the order in which it is made."""

	committees: tuple[Committee, ...]
	cells: tuple[Cell, ...]

	@property
	def people(self) -> Iterator[Person]:
		"""Everybody who has an account from the start: secretaries past and present, officers, the manager."""
		yield Person(MANAGER, "Vũ Quang", "Khải", "Partycell Manager")
		for committee in self.committees:
			yield from (function.person for function in committee.functions)
		for cell in self.cells:
			yield from (term.person for term in cell.terms)

	def cell(self, number: int) -> Cell:
		"""The cell with this number, counted from 1."""
		return self.cells[number - 1]

	def officer_of(self, cell: Cell) -> Person:
		"""The first officer of the committee right above a cell."""
		above = next(one for one in self.committees if one.docname == cell.committee)
		return above.functions[0].person


def is_demo(name: str) -> bool:
	"""Whether a committee, a cell, a term or an account of this name is the demo's."""
	return name.startswith((COMMITTEE, CELL, TERM, DIRECTIVE, NOTE, REORGANISATION)) or name.endswith(
		f"@{DOMAIN}"
	)


def draw(*parts: object) -> random.Random:
	"""Chance that falls the same way each time for the same parts."""
	return random.Random(":".join(map(str, (SEED, *parts))))


def make(today: date) -> Plan:
	"""The demo as of a day. Only terms depend on it: none begins later than some weeks before."""
	data = read("organisations")
	committees = [_committee(0, data["town"], None)]
	cells: list[Cell] = []
	for index, line in enumerate(data["committees"], 1):
		committees.append(_committee(index, line, TOWN))
		cells += (
			_cell(number, cell, committees[-1].docname, today)
			for number, cell in enumerate(line["cells"], len(cells) + 1)
		)
	cells += (_cell(number, cell, TOWN, today) for number, cell in enumerate(data["cells"], len(cells) + 1))
	return Plan(tuple(committees), tuple(cells))


@lru_cache
def read(name: str) -> dict:
	"""One of the data files."""
	return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


def successor(cell: Cell, ordinal: int = 1) -> Person:
	"""Who takes a cell over, the ``ordinal``-th time it changes hands; has no role before that."""
	suffix = "" if ordinal == 1 else f".{ordinal}"
	return person(f"kenhiem.{cell.number:03d}{suffix}", None)


def kept_from(today: date) -> date:
	"""The first day whose documents the folders hold: the start of a month some months ago."""
	month = today.year * 12 + today.month - 1 - MONTHS_KEPT
	return date(month // 12, month % 12 + 1, 1)


def person(local: str, role: str | None) -> Person:
	"""Somebody made up, always the same for the same account."""
	names, chance = read("names"), draw("person", local)
	who = "men" if chance.random() < 0.62 else "women"
	if chance.random() < 0.2:
		jrai = names["jrai"]
		return Person(f"{local}@{DOMAIN}", chance.choice(jrai["families"]), chance.choice(jrai[who]), role)
	family = f"{chance.choice(names['families'])} {chance.choice(names[who]['middle'])}"
	return Person(f"{local}@{DOMAIN}", family, chance.choice(names[who]["given"]), role)


def _committee(index: int, line: dict, parent: str | None) -> Committee:
	if parent is None:
		positions = [
			("Officer", "Ủy viên Ban Thường vụ, Trưởng Ban Tổ chức"),
			("Officer", "Phó Trưởng Ban Tổ chức"),
			("Inspector", "Chủ nhiệm Ủy ban Kiểm tra"),
			("Inspector", "Ủy viên Ủy ban Kiểm tra"),
		]
	else:
		positions = [("Officer", "Bí thư Đảng ủy"), ("Officer", "Phó Bí thư Thường trực Đảng ủy")]
		positions = positions[: 1 + index % 2]
	functions = []
	for function, position in positions:
		officer = function == "Officer"
		ordinal = 1 + sum(one.function == function for one in functions)
		local = f"{'canbo' if officer else 'kiemtra'}.{index:02d}.{ordinal}"
		who = person(local, "Committee Officer" if officer else "Inspector")
		functions.append(Function(who, function, position))
	return Committee(
		docname=f"{COMMITTEE}{index:02d}",
		name=line["name"],
		level="Grassroots" if parent else "Town",
		parent=parent,
		symbol=line["symbol"],
		place=line["place"],
		functions=tuple(functions),
	)


def _cell(number: int, line: dict, committee: str, today: date) -> Cell:
	return Cell(
		number=number,
		docname=f"{CELL}{number:03d}",
		name=line["name"],
		kind=line["type"],
		committee=committee,
		members=line["members"],
		terms=tuple(_terms(number, today)),
		level=draw("level", number).choice(LEVELS),
	)


def _terms(number: int, today: date) -> Iterator[Term]:
	"""Those who held the office before, if any are known, and who holds it now."""
	chance = draw("terms", number)
	since = min(date.fromisoformat(chance.choice(BEGINNINGS)), today - timedelta(days=YOUNGEST_TERM))
	spans: list[tuple[date, date | None]] = [(since, None)]
	for _earlier in range(chance.choices((0, 1, 2), (70, 25, 5))[0]):
		began = spans[0][0] - timedelta(days=chance.randint(700, 1000))
		spans.insert(0, (began, spans[0][0]))
	for ordinal, (began, ended) in enumerate(spans, 1):
		local = f"bithu.{number:03d}" + (f".{ordinal}" if ended else "")
		yield Term(
			docname=f"{TERM}{number:03d}-{ordinal}",
			person=person(local, "Cell Secretary"),
			since=began,
			until=ended,
			decision=f"{chance.randint(11, 180)}-QĐ/ĐU",
		)
