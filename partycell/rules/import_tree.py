"""The committees of an import: which stand on the site already, which are new, and what stands under what.

A new committee has no name yet: it is called ``#`` and the number of its row among those of committees.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from partycell.rules import cells
from partycell.rules.import_reading import Finding, Record
from partycell.rules.problems import Problem, _
from partycell.rules.sheets import identity

DEEPEST = 50
"""More levels than any party has: what lies deeper stands under itself."""


@dataclass(frozen=True)
class Committee:
	"""A committee of the site: its record's name, its parent's, and the fields that an import may change."""

	name: str
	parent: str | None
	values: Mapping[str, object]


class Tree:
	"""Records of committees laid over the tree that the site has."""

	def __init__(self, records: Sequence[Record], present: Mapping[str, Committee]):
		self.records, self.present = records, present
		self.by_name: dict[str, list[str]] = defaultdict(list)
		for name, one in present.items():
			self.by_name[identity(str(one.values["committee_name"]))].append(name)
		self.rows: dict[str, list[int]] = defaultdict(list)
		for number, record in enumerate(records):
			if record.values.get("committee_name") is not None:
				self.rows[identity(str(record.values["committee_name"]))].append(number)
		self.findings: dict[int, list[Finding]] = defaultdict(list)
		self._parents: dict[int, str | None] = {}
		self._refs: dict[int, str | None] = {}
		self._known: dict[str, tuple[str | None, Problem | None]] = {}
		self._by_ref: dict[str, int] = {}
		self._under_way: set[int] = set()
		for number in range(len(records)):
			self._ref(number, 0)
		self._refuse_twice()
		self._refuse_levels()

	def nodes(self) -> Iterator[tuple[Record, str | None, Committee | None, tuple[Finding, ...]]]:
		"""Each record with the committee above, the one on the site that it is, and what is to be said."""
		for number, record in enumerate(self.records):
			ref = self._refs.get(number)
			found = (*record.findings, *self.findings[number])
			yield record, self._parents.get(number), self.present.get(ref or ""), found

	def place(self, written: object) -> tuple[str | None, Problem | None]:
		"""The committee that is meant by a name or by a record's name (PC-00001)."""
		if written is None:
			return None, Problem("import", _("The committee is empty. Write the committee above the cell."))
		line = str(written)
		if line not in self._known:
			self._known[line] = self._find(line, 0)
		return self._known[line]

	def level(self, ref: str) -> str | None:
		"""The level that a committee has after the import; None where it is not known."""
		number = int(ref[1:]) if ref.startswith("#") else self._by_ref.get(ref)
		given = self.records[number].values.get("level") if number is not None else None
		return given or (self.present[ref].values["level"] if ref in self.present else None)

	def _find(self, line: str, depth: int) -> tuple[str | None, Problem | None]:
		if line in self.present:
			return line, None
		key = identity(line)
		found = set(self.by_name.get(key, ()))
		for number in self.rows.get(key, ()):
			if ref := self._ref(number, depth + 1):
				found.add(ref)
		if len(found) == 1:
			return found.pop(), None
		if found:
			return None, Problem(
				"import",
				_("{count} committees are called {name}. Write the one's number (such as PC-00001) instead."),
				{"count": len(found), "name": line},
			)
		if key in self.rows:
			return None, Problem(
				"import",
				_("{name} stands under itself, or its own row is wrong. Correct that first."),
				{"name": line},
			)
		return None, Problem(
			"import",
			_("There is no committee called {name}. Correct the name, or add it to a sheet of committees."),
			{"name": line},
		)

	def _ref(self, number: int, depth: int) -> str | None:
		"""What a row's committee is called; None where that cannot be said. Notes why."""
		if number in self._refs:
			return self._refs[number]
		record = self.records[number]
		name, above = record.values.get("committee_name"), record.values.get("parent_party_committee")
		if name is None:
			self._refs[number] = None
			return None
		if depth > DEEPEST or number in self._under_way:
			return None
		self._under_way.add(number)
		parent, problem = self._find(str(above), depth) if above is not None else (None, None)
		self._under_way.discard(number)
		if problem:
			if number not in self._refs:
				self.findings[number].append(record.found("parent_party_committee", problem))
			self._refs[number] = None
			return None
		self._parents[number] = parent
		self._refs[number] = self._same_on_site(number, identity(str(name)), parent, above) or f"#{number}"
		return self._refs[number]

	def _same_on_site(self, number: int, key: str, parent: str | None, above: object) -> str | None:
		there = self.by_name.get(key, [])
		same = [name for name in there if above is None or self.present[name].parent == parent]
		record = self.records[number]
		if len(same) > 1:
			problem = Problem(
				"import",
				_("{count} committees are called {name}. Say which by the committee above it."),
				{"count": len(same), "name": record.values["committee_name"]},
			)
			self.findings[number].append(record.found("committee_name", problem))
		elif there and not same:
			self.findings[number].append(
				record.found(
					"committee_name",
					Problem(
						"import",
						_(
							"A committee of this name stands under another one already. This one is made anew beside it."
						),
					),
					stops=False,
				)
			)
		return same[0] if same else None

	def _refuse_twice(self) -> None:
		first: dict[tuple, int] = {}
		for number, ref in self._refs.items():
			if not ref:
				continue
			record = self.records[number]
			own = (identity(str(record.values["committee_name"])), self._parents.get(number))
			key = own if ref.startswith("#") else (ref,)
			if key in first:
				other = self.records[first[key]]
				problem = Problem(
					"import",
					_("The committee stands in {sheet}, row {row} already. Remove one of the two."),
					{"sheet": other.sheet, "row": other.row},
				)
				self.findings[number].append(record.found("committee_name", problem))
			first.setdefault(key, number)
		self._by_ref = {ref: number for number, ref in self._refs.items() if ref and not ref.startswith("#")}

	def _refuse_levels(self) -> None:
		for number, ref in self._refs.items():
			record, parent = self.records[number], self._parents.get(number)
			if not ref:
				continue
			level = self.level(ref)
			if not level:
				if not any(
					one.column and one.column == record.places.get("level") for one in record.findings
				):
					problem = Problem("import", _("A new committee needs its level. Fill it in."))
					self.findings[number].append(record.found("level", problem))
				continue
			above = parent or (self.present[ref].parent if ref in self.present else None)
			problem = cells.parent_problem(level, self.level(above)) if above and self.level(above) else None
			if problem:
				self.findings[number].append(record.found("level", problem))
