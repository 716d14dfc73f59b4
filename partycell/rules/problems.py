"""How a rule says that something is wrong.

A rule returns problems; it never raises them and never speaks to a person. Whoever called turns a
problem into a refusal in the user's language: on a site ``partycell.errors``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Problem:
	"""One thing that is wrong.

	kind: the family of refusal it belongs to, a key of ``partycell.errors.KINDS``
	text: the English message, which is also the gettext id; says what is wrong and what to do
	values: what goes into the braces of the text
	"""

	kind: str
	text: str
	values: Mapping[str, object] = field(default_factory=dict)

	def __str__(self) -> str:
		return self.text.format(**self.values)


def _(text: str) -> str:
	"""Marks a message for the catalogue; it is translated where it is shown."""
	return text
