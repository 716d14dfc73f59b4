"""A page that counts what its user does on it, and at what pace.

The pace is that of the keystroke-level model: S. K. Card, T. P. Moran, A. Newell, "The Keystroke-Level Model for
User Performance Time with Interactive Systems", Communications of the ACM 23(7), 1980, pp. 396-410. It adds up
operators of fixed length; what the site takes is measured. A tap of a finger is counted like a click.
"""

import time
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page

KEY = 0.28
"""K, s: one key, of somebody who types but not for a living."""
POINT = 1.1
"""P, s: to a place on the screen."""
PRESS = 0.2
"""BB, s: button down and up."""
HOME = 0.4
"""H, s: the hand from one device to the other."""
MENTAL = 1.35
"""M, s: what is to be done next. Before every act: the model leaves out those of a practised user."""
QUIET = 0.6
"""Seconds without a request after which a page is said to have come to rest; not counted."""
PATIENCE = 60


@dataclass
class Tally:
	"""What was done: numbers of acts, and seconds of the user's hands and of the site."""

	clicks: int = 0
	fields: int = 0
	keys: int = 0
	pages: int = 0
	"""How often another page, list or form stood on the screen after an act."""
	hands: float = 0.0
	site: float = 0.0
	people: set = field(default_factory=set)

	@property
	def seconds(self) -> float:
		"""Hands and site, one after the other."""
		return self.hands + self.site


class Counted:
	"""One user's page. Every act is counted, carried out, and waited for until the page is at rest."""

	def __init__(self, page: Page, tally: Tally, who: str):
		self.page, self.tally, self.who = page, tally, who
		self.open_requests, self.last = 0, 0.0
		tally.people.add(who)
		page.on("request", lambda _request: self._went(1))
		page.on("requestfinished", lambda _request: self._went(-1))
		page.on("requestfailed", lambda _request: self._went(-1))

	def open(self, path: str) -> None:
		"""A bookmark or an icon: one click."""
		self._spend(MENTAL + POINT + PRESS, clicks=1)
		self._act(lambda: self.page.goto(path, wait_until="load"), always=True)

	def click(self, place: Locator) -> None:
		"""One click or tap."""
		self._spend(MENTAL + POINT + PRESS, clicks=1)
		self._act(place.click)

	def write(self, place: Locator, text: str, *, slowly: bool = False) -> None:
		"""A field: click into it, type, back to the mouse. ``slowly``: key by key, where the page answers each."""
		self._spend(MENTAL + POINT + PRESS + 2 * HOME, clicks=1, fields=1)
		self.type(text)
		self._act(place.click)
		self._act(
			(lambda: place.press_sequentially(text, delay=20)) if slowly else (lambda: place.fill(text))
		)

	def type(self, text: str) -> None:
		"""Keys alone; what carries them out is the caller's."""
		self._spend(len(text) * KEY, keys=len(text))

	def choose(self, place: Locator, value: str) -> None:
		"""A list that opens: two clicks and a field."""
		self._spend(MENTAL + 2 * (POINT + PRESS), clicks=2, fields=1)
		self._act(lambda: place.select_option(value))

	def link(self, place: Locator, text: str, choice: Locator) -> None:
		"""A field that searches: type, and click on what was found."""
		self.write(place, text, slowly=True)
		choice.wait_for()
		self.click(choice)

	def upload(self, place: Locator, files: list[dict]) -> None:
		"""The button, each picture, and the system's button that ends the choice."""
		self._spend(MENTAL + (2 + len(files)) * (POINT + PRESS), clicks=2 + len(files))
		with self.page.expect_file_chooser() as chooser:
			place.click()
		self._act(lambda: chooser.value.set_files(files))

	def sign(self, place: Locator, how) -> None:
		"""A signature with the finger: four strokes of 2 cm, D = 0.9 s a stroke + 0.16 s a cm."""
		self._spend(MENTAL + POINT + 4 * (0.9 + 0.16 * 2), clicks=1)
		self._act(lambda: how(place))

	def _spend(self, seconds: float, **acts: int) -> None:
		self.tally.hands += seconds
		for name, number in acts.items():
			setattr(self.tally, name, getattr(self.tally, name) + number)

	def _went(self, change: int) -> None:
		self.open_requests = max(0, self.open_requests + change)
		self.last = time.monotonic()

	def _act(self, act, *, always: bool = False) -> None:
		before, began = self.page.url.split("?")[0], time.monotonic()
		act()
		# Without a request the act itself is what the user waits for.
		self.last = max(self.last, time.monotonic()) if self.open_requests or always else self.last
		done = time.monotonic()
		while time.monotonic() - max(self.last, done) < QUIET or self._busy():
			if time.monotonic() - began > PATIENCE:
				raise AssertionError(f"no rest at {self.page.url}")
			self.page.wait_for_timeout(50)
		self.tally.site += max(0.0, max(self.last, done) - began)
		self.tally.pages += always or self.page.url.split("?")[0] != before

	def _busy(self) -> bool:
		return self.open_requests > 0 or self.page.evaluate("() => !!window.frappe?.request?.ajax_count")
