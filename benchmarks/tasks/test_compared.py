"""Runs the comparison on a site of its own: ``make browser ARGS=benchmarks/tasks/test_compared.py``."""

from benchmarks.tasks import __main__ as comparison


def test_both_ways_are_gone_to_their_end(capsys):
	with capsys.disabled():
		assert comparison.main() == 0
