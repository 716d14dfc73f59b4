"""What an import would do: which rows make a record, which change one, which leave all as it is.

Pure: given the records of a spreadsheet and what the site holds of the committees, cells and people that
they name. An empty cell of a spreadsheet changes nothing; nothing is ever removed.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from partycell.rules import cells
from partycell.rules import terms as office
from partycell.rules.import_columns import CELLS, COMMITTEES, SECRETARY
from partycell.rules.import_reading import Finding, Record
from partycell.rules.import_site import Cell, Person, Present
from partycell.rules.import_tree import Committee, Tree
from partycell.rules.problems import Problem, _
from partycell.rules.sheets import identity

CREATE, CHANGE, LEAVE = "Create", "Change", "Leave"


@dataclass(frozen=True)
class Line:
	"""What becomes of one row.

	target: the record that is there already; place: the committee above, by name or as ``import_tree`` names a
	new one; values: what is written; before: what stood there, for what changes; opens: whether a term is opened
	"""

	record: Record
	act: str
	target: str | None = None
	place: str | None = None
	values: Mapping[str, object] = field(default_factory=dict)
	before: Mapping[str, object] = field(default_factory=dict)
	opens: bool = False
	findings: tuple[Finding, ...] = ()

	@property
	def is_wrong(self) -> bool:
		"""Whether the row keeps the import from being carried out."""
		return any(one.stops for one in self.findings)


@dataclass(frozen=True)
class Plan:
	"""All that an import would do.

	of_sheets: what is to be said of sheets as a whole; accounts: e-mail: the first row that asks for an account
	"""

	lines: Sequence[Line]
	of_sheets: Sequence[Finding]
	accounts: Mapping[str, Record]

	@property
	def findings(self) -> list[Finding]:
		"""Everything that is to be said, in the order of the sheets' rows."""
		return [*self.of_sheets, *(finding for line in self.lines for finding in line.findings)]

	@property
	def problems(self) -> list[Finding]:
		"""What keeps it from being carried out."""
		return [one for one in self.findings if one.stops]

	def count(self, act: str) -> int:
		"""How many rows make, change or leave a record; those that are wrong do none of it."""
		return sum(line.act == act and not line.is_wrong for line in self.lines)

	def fingerprint(self) -> str:
		"""Two plans with the same fingerprint do the same."""
		digest = hashlib.sha256()
		for line in self.lines:
			said = (line.record.sheet, line.record.row, line.act, line.target, line.place, line.opens)
			written = sorted((key, str(value)) for key, value in line.values.items())
			before = sorted((key, str(value)) for key, value in line.before.items())
			digest.update(repr((said, written, before)).encode())
		digest.update(repr(sorted(self.accounts)).encode())
		return digest.hexdigest()


def make(
	records: Sequence[Record],
	said: Iterable[Finding],
	present: Present,
	*,
	day: date,
	accounts: bool,
) -> Plan:
	"""The plan for these records. accounts: whether an account is made for a secretary who has none."""
	tree = Tree([one for one in records if one.kind == COMMITTEES], present.committees)
	lines = [_of_committee(*one) for one in tree.nodes()]
	work = _Cells(tree, present, day, accounts)
	lines += [work.line(record) for record in records if record.kind == CELLS]
	return Plan(lines, list(said), work.accounts)


def _of_committee(record: Record, place: str | None, target: Committee | None, findings: tuple) -> Line:
	given = {
		key: value
		for key, value in record.values.items()
		if value is not None and key != "parent_party_committee"
	}
	if not target:
		return Line(record, CREATE, None, place, given, findings=findings)
	given.pop("committee_name", None)
	values, before = _difference(given, target.values)
	return Line(record, CHANGE if values else LEAVE, target.name, place, values, before, findings=findings)


class _Cells:
	"""The rows of cells, one after the other, each judged beside what the rows before it have said."""

	def __init__(self, tree: Tree, present: Present, day: date, accounts: bool):
		self.tree, self.present, self.day, self.make_accounts = tree, present, day, accounts
		self.accounts: dict[str, Record] = {}
		self.seen: dict[tuple, Record] = {}
		self.there: dict[tuple, list[Cell]] = defaultdict(list)
		for cell in present.cells:
			self.there[cell.committee, identity(str(cell.values["cell_name"]))].append(cell)

	def line(self, record: Record) -> Line:
		findings = list(record.findings)
		place, problem = self.tree.place(record.values.get("committee"))
		if problem:
			findings.append(record.found("committee", problem))
		name = record.values.get("cell_name")
		if not place or name is None:
			return Line(record, LEAVE, findings=tuple(findings))
		key = (place, identity(str(name)))
		if key in self.seen:
			first = self.seen[key]
			values = {"sheet": first.sheet, "row": first.row}
			findings.append(
				record.found(
					"cell_name",
					Problem(
						"import",
						_("The cell stands in {sheet}, row {row} already. Remove one of the two."),
						values,
					),
				)
			)
			return Line(record, LEAVE, findings=tuple(findings))
		self.seen[key] = record
		target, problem = self._target(key)
		if problem:
			findings.append(record.found("cell_name", problem))
			return Line(record, LEAVE, findings=tuple(findings))
		given = {
			field: value
			for field, value in record.values.items()
			if value is not None and field not in (*SECRETARY, "committee")
		}
		if target:
			given.pop("cell_name")
			values, before = _difference(given, target.values)
		else:
			values, before = given, {}
		findings += self._wrong(record, place, {**(target.values if target else {}), **values})
		opens, about = self._secretary(record, target)
		findings += about
		act = CREATE if not target else CHANGE if values or opens else LEAVE
		return Line(record, act, target and target.name, place, values, before, opens, tuple(findings))

	def _target(self, key: tuple) -> tuple[Cell | None, Problem | None]:
		found = self.there.get(key, [])
		active = [cell for cell in found if cell.status == cells.ACTIVE]
		if len(active) > 1:
			return None, Problem(
				"import",
				_("The committee has {count} cells of this name. Give them different names first."),
				{"count": len(active)},
			)
		if not active and found:
			return None, cells.closed_cell_problem(str(found[0].values["cell_name"]), found[0].status)
		return (active[0] if active else None), None

	def _wrong(self, record: Record, place: str, values: Mapping) -> list[Finding]:
		level = self.tree.level(place)
		if not level:
			# What is wrong with the committee is said in its own row.
			return []
		full = values.get("full_members") or 0
		members = values.get("members")
		found = cells.cell_problems(
			status=cells.ACTIVE,
			merged_into=None,
			members=full if members is None else members,
			full_members=full,
			meeting_day=values.get("meeting_day") or 0,
			level=level,
		)
		return [record.found(_place_of(problem, record), problem) for problem in found]

	def _secretary(self, record: Record, target: Cell | None) -> tuple[bool, list[Finding]]:
		"""Whether a term is opened, and what is to be said of it."""
		name, email = record.values.get("secretary_name"), record.values.get("secretary_email")
		if not name and not email:
			return False, []
		known = self.present.people.get(str(email)) if email else None
		sitting = self.present.sitting.get(target.name) if target else None
		if sitting:
			return False, self._sitting(record, sitting, known, name, email)
		if not email:
			problem = Problem(
				"import",
				_(
					"{name} has no e-mail address here, so no term is opened. Add the address, or open the term."
				),
				{"name": name},
			)
			return False, [record.found("secretary_name", problem, stops=False)]
		if known and not known.person:
			return False, [
				record.found(
					"secretary_email",
					Problem(
						"import",
						_("{user} is no person. Choose the account of a person."),
						{"user": known.user},
					),
				)
			]
		if not known and (problem := self._account(record, str(email), name)):
			return False, [record.found("secretary_email", problem)]
		begins = record.values.get("term_from") or self.day
		others = self.present.terms.get(target.name, ()) if target else ()
		wrong = list(office.problems(office.Term("", begins), others))
		return not wrong, [record.found("term_from", problem) for problem in wrong]

	def _account(self, record: Record, email: str, name: object) -> Problem | None:
		if not self.make_accounts:
			return Problem(
				"import",
				_(
					"There is no account {email}. Make it first, or have the import make accounts for secretaries."
				),
				{"email": email},
			)
		if not name:
			return Problem("import", _("A new account needs the secretary's name. Fill it in."))
		first = self.accounts.setdefault(email, record)
		if identity(str(first.values["secretary_name"])) != identity(str(name)):
			values = {
				"email": email,
				"name": first.values["secretary_name"],
				"sheet": first.sheet,
				"row": first.row,
			}
			return Problem(
				"import",
				_(
					"The address {email} is {name}'s in {sheet}, row {row}. Each person has an address of their own."
				),
				values,
			)
		return None

	def _sitting(
		self, record: Record, sitting: Person, known: Person | None, name: object, email: object
	) -> list[Finding]:
		same = (
			known.user == sitting.user
			if known
			else (not email and identity(str(name)) == identity(sitting.full_name))
		)
		if same:
			return []
		problem = Problem(
			"import",
			_(
				"The secretary is {sitting}, and stays so: the office passes by a handover. Open one for the cell."
			),
			{"sitting": sitting.full_name},
		)
		return [record.found("secretary_email" if email else "secretary_name", problem, stops=False)]


def _difference(given: Mapping, there: Mapping) -> tuple[dict, dict]:
	"""What is given and stands otherwise: the new values, and the old ones."""
	changed = {key: value for key, value in given.items() if value != (there.get(key) or _nothing(value))}
	return changed, {key: there.get(key) for key in changed}


def _nothing(value: object) -> object:
	return 0 if isinstance(value, int) else None


def _place_of(problem: Problem, record: Record) -> str:
	"""The column in which a rule's problem is best put right."""
	if "level" in problem.values:
		return "committee"
	if "meeting day" in problem.text:
		return "meeting_day"
	return "full_members" if "full_members" in record.values else "members"
