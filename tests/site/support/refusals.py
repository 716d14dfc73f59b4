"""An act that must be refused, by what its message says."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest


@contextmanager
def refused(error: type[Exception], *parts: str) -> Iterator[pytest.ExceptionInfo]:
	"""Within: this error is raised, and its message holds each of these parts, letter by letter."""
	with pytest.raises(error) as caught:
		yield caught
	for part in parts:
		assert part in str(caught.value)
