"""What an import finds on the site: the committees, cells and people that a spreadsheet names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from partycell.rules import terms as office
from partycell.rules.import_tree import Committee


@dataclass(frozen=True)
class Person:
	"""An account. person: whether it is somebody's, not one of Frappe's own."""

	user: str
	full_name: str
	person: bool = True


@dataclass(frozen=True)
class Cell:
	"""A cell of the site: its record's name, and the fields that an import may change."""

	name: str
	committee: str
	status: str
	values: Mapping[str, object]


@dataclass(frozen=True)
class Present:
	"""What the site holds.

	committees: by record name; cells: all of the named committees; sitting: cell: who holds its office;
	terms: cell: its terms that were not annulled; people: by e-mail address
	"""

	committees: Mapping[str, Committee] = field(default_factory=dict)
	cells: Sequence[Cell] = ()
	sitting: Mapping[str, Person] = field(default_factory=dict)
	terms: Mapping[str, Sequence[office.Term]] = field(default_factory=dict)
	people: Mapping[str, Person] = field(default_factory=dict)
