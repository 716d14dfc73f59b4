"""How code that runs on a site and off it refuses: with a message that is translated where it is shown."""

from partycell.rules.problems import Problem


class Refusal(Exception):
	"""Something cannot be done. ``str()`` says why and what to do, in English; ``problem`` is translatable."""

	def __init__(self, text: str, **values: object):
		self.problem = Problem("dossier", text, values)
		super().__init__(str(self.problem))
