"""Sites from before directives: the kinds that a new site begins with."""

from partycell.setup.install import make_directive_kinds


def execute() -> None:
	"""Makes the kinds unless the office has some already."""
	make_directive_kinds()
