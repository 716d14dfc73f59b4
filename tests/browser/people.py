"""The people of the demo at their devices, and what they do with their fingers."""

import io
from dataclasses import dataclass

from PIL import Image, ImageDraw
from playwright.sync_api import Locator, Page

from tests.browser.site import ATTEMPTS, LOCKED

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
DESK = {"viewport": {"width": 1280, "height": 900}}
DEVICES = {"phone": PHONE, "desk": DESK}
WHERE = {"locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh"}

MANAGER = "quanly@ayunpa.example"
OFFICER = "canbo.00.1@ayunpa.example"
INSPECTOR = "kiemtra.00.1@ayunpa.example"

# Said by Frappe itself where no socket.io server runs, which nothing here needs.
EXPECTED_NOISE = ("socket.io", "Error connecting to socket")


@dataclass
class Errors:
	"""What went wrong in a page's own scripts while it was open."""

	seen: list[str]

	def follow(self, page: Page) -> None:
		"""Collect from now on."""
		page.on("pageerror", lambda error: self.note(str(error)))

	def note(self, text: str) -> None:
		"""Keep it, unless it is noise of the test's own making."""
		if not any(noise in text for noise in EXPECTED_NOISE):
			self.seen.append(text)


def photograph(text: str = "Biên bản", size: tuple[int, int] = (1500, 2000)) -> dict:
	"""A photographed paper as a file field takes it."""
	picture = Image.new("RGB", size, "#f4f1ea")
	brush = ImageDraw.Draw(picture)
	for line in range(200, size[1] - 200, 70):
		brush.line((150, line, size[0] - 150, line), fill="#40454d", width=6)
	brush.text((160, 120), text.encode("ascii", "replace").decode(), fill="black")
	written = io.BytesIO()
	picture.save(written, "JPEG", quality=80)
	return {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": written.getvalue()}


def sign(field: Locator) -> None:
	"""Draw a line in a signature field, as a finger does."""
	field.scroll_into_view_if_needed()
	box = field.bounding_box()
	mouse = field.page.mouse
	points = [(0.2, 0.6), (0.35, 0.3), (0.5, 0.7), (0.65, 0.35), (0.8, 0.6)]
	places = [(box["x"] + box["width"] * x, box["y"] + box["height"] * y) for x, y in points]
	mouse.move(*places[0])
	mouse.down()
	for place in places[1:]:
		mouse.move(*place, steps=4)
	mouse.up()


def log_in(page: Page, address: str, user: str, password: str) -> None:
	"""A session for the page's context, without typing: the login page is Frappe's."""
	for _attempt in range(ATTEMPTS):
		answer = page.request.post(f"{address}/api/method/login", form={"usr": user, "pwd": password})
		if answer.ok or LOCKED not in answer.text():
			break
		page.wait_for_timeout(2000)
	assert answer.ok, answer.text()


def open_desk(page: Page, path: str) -> None:
	"""Open a page of the desk and wait until nothing moves any more."""
	for _attempt in range(ATTEMPTS):
		answer = page.goto(path, wait_until="domcontentloaded")
		if not answer or answer.status < 500:
			break
		page.wait_for_timeout(2000)
	page.wait_for_selector(".page-head, .desk-page, .layout-main-section")
	settle(page)


def settle(page: Page) -> None:
	"""Wait until the desk has asked what it asks, and drawn it."""
	page.wait_for_load_state("networkidle")
	page.wait_for_function(
		"() => !window.frappe?.request?.ajax_count && !document.querySelector('.freeze-message-container')"
	)
