"""What the parts that somebody has in a record allow: which fields to write in a state, which ways on to take."""

from collections.abc import Iterable, Mapping


def writable(
	writes: Mapping[str, Mapping[str, frozenset[str]]], state: str, parts: Iterable[str]
) -> frozenset[str]:
	"""The fields that someone with these parts may change; ``writes`` has them by state and part."""
	by_part = writes.get(state, {})
	return frozenset().union(*(by_part.get(part, frozenset()) for part in parts))


def ways_on(
	moves: Mapping[tuple[str, str], frozenset[str]], state: str, parts: Iterable[str]
) -> tuple[str, ...]:
	"""The states to which someone with these parts may bring a record, in the order of ``moves``.

	moves: who may bring it from one state to another, by (from, to)
	"""
	mine = frozenset(parts)
	return tuple(new for (old, new), allowed in moves.items() if old == state and allowed & mine)
