"""Sites from before the monthly summary: its e-mail, switched off, as a new site has it."""

from partycell.setup.install import make_monthly_mail


def execute() -> None:
	"""Sets it up unless the office has done so already."""
	make_monthly_mail()
