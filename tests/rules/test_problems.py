"""A problem says what is wrong in words that can be translated."""

import ast
import string
from pathlib import Path

import pytest

from partycell.rules.problems import Problem

RULES = Path(__file__).resolve().parents[2] / "partycell" / "rules"


def calls() -> list:
	"""Every ``Problem(…)`` that the rules make: (where, node)."""
	found = []
	for path in sorted(RULES.glob("*.py")):
		for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
			if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Problem":
				found.append(pytest.param(node, id=f"{path.stem}:{node.lineno}"))
	return found


def test_values_go_into_the_text():
	assert (
		str(Problem("term", "The term overlaps {other}.", {"other": "TERM-000001"}))
		== "The term overlaps TERM-000001."
	)
	assert str(Problem("term", "Nothing to fill in.")) == "Nothing to fill in."


@pytest.mark.parametrize("node", calls())
def test_a_message_is_one_marked_text_that_ends_a_sentence_and_names_its_values(node):
	text = node.args[1]
	assert isinstance(text, ast.Call) and text.func.id == "_", "mark the message with _() for the catalogue"
	assert isinstance(text.args[0], ast.Constant), "a message is one literal"
	message = text.args[0].value
	assert message[0].isupper() or message[0] == "{"
	assert message.endswith(".")
	names = [
		name for _text, name, _spec, _conversion in string.Formatter().parse(message) if name is not None
	]
	assert all(name.isidentifier() for name in names), "values are named, for a translator moves them about"
	assert bool(names) == (len(node.args) > 2)
