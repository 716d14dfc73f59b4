"""A site from before the inspections gets the criteria sets that come with them."""

from partycell.setup.install import make_criteria_sets


def execute() -> None:
	"""Makes them where the site has none."""
	make_criteria_sets()
