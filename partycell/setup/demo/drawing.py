"""Pictures without a picture library: PNG needs only zlib."""

import base64
import math
import random
import struct
import zlib

PREFIX = "data:image/png;base64,"
INK, PAPER = 30, 255
SIGNATURE_SIZE = (420, 130)


class Canvas:
	"""A grey picture: ``width`` by ``height`` points of 0 (black) to 255 (white)."""

	def __init__(self, width: int, height: int, shade: int = PAPER):
		self.width, self.height = width, height
		self.points = bytearray([shade]) * (width * height)

	def dot(self, x: float, y: float, radius: float, shade: int = INK) -> None:
		"""A round spot of ink; what lies outside the picture is lost."""
		for row in range(int(y - radius), int(y + radius) + 2):
			for column in range(int(x - radius), int(x + radius) + 2):
				inside = 0 <= column < self.width and 0 <= row < self.height
				if inside and math.hypot(column - x, row - y) <= radius:
					at = row * self.width + column
					self.points[at] = min(self.points[at], shade)

	def line(
		self, start: tuple[float, float], end: tuple[float, float], radius: float, shade: int = INK
	) -> None:
		"""A straight stroke of the pen."""
		steps = max(1, math.ceil(math.dist(start, end)))
		for step in range(steps + 1):
			share = step / steps
			self.dot(
				start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share, radius, shade
			)

	def png(self) -> bytes:
		"""The picture as a PNG file, 8 bits of grey a point."""
		width = self.width
		rows = b"".join(
			b"\x00" + bytes(self.points[row * width : (row + 1) * width]) for row in range(self.height)
		)
		header = struct.pack(">IIBBBBB", width, self.height, 8, 0, 0, 0, 0)
		parts = [(b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b"")]
		return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def signature(name: str) -> str:
	"""A hand's signature for a name, always the same one, as the data URI that Frappe keeps."""
	width, height = SIGNATURE_SIZE
	chance, canvas = random.Random(name), Canvas(width, height)
	# A tall letter for each word, loops that grow smaller after it, and a line beneath.
	letters = [size for word in name.split() for size in (1.5, *(0.5 for _ in word[1:4]))]
	x, middle = width * 0.1, height * 0.52
	step = min(38, width * 0.72 / len(letters))
	points = [(x, middle + height * 0.12)]
	for number, tall in enumerate(letters):
		size = height * 0.28 * tall * chance.uniform(0.55, 1.15) * (1 - 0.03 * number)
		left, base = x + step * number, middle - number * 1.2
		points += [
			(left + step * chance.uniform(0.3, 0.7), base - size),
			(left + step * chance.uniform(0.0, 0.3), base + size * 0.15),
			(left + step * chance.uniform(0.5, 0.9), base + size * chance.uniform(0.2, 0.55)),
		]
	_pen(canvas, points, 1.6)
	tail = points[-1]
	turn = (min(width * 0.95, tail[0] + width * 0.2), middle - height * 0.12)
	low = height * chance.uniform(0.82, 0.92)
	_pen(canvas, [tail, turn, (tail[0] * 0.7, low), (width * 0.14, low - height * 0.04)], 1.2)
	return PREFIX + base64.b64encode(canvas.png()).decode()


def photographed_page(seed: str) -> bytes:
	"""A PNG that looks like the photograph of a written page: a frame, a heading, lines of handwriting."""
	chance, canvas = random.Random(seed), Canvas(310, 440, 226)
	for edge in ((22, 26, 288, 26), (22, 418, 288, 418), (22, 26, 22, 418), (288, 26, 288, 418)):
		canvas.line(edge[:2], edge[2:], 0.8, 150)
	canvas.line((96, 52), (214, 52), 2.2, 60)
	for number, y in enumerate(range(82, 396, 19)):
		x, end = 44.0, 262 if number % 6 != 5 else chance.randint(90, 200)
		while x < end:
			word = min(chance.randint(10, 34), end - x)
			_pen(canvas, [(x + at, y + chance.uniform(-2.6, 2.6)) for at in range(0, int(word) + 1, 4)], 0.7)
			x += word + 7
	return canvas.png()


def _pen(canvas: Canvas, points: list[tuple[float, float]], radius: float) -> None:
	"""A smooth line through all points (Catmull and Rom's)."""
	if len(points) < 2:
		return
	around = [points[0], *points, points[-1]]
	last = points[0]
	for before, start, end, after in zip(around, around[1:], around[2:], around[3:], strict=False):
		for step in range(1, 13):
			share = step / 12
			here = tuple(
				_through(before[axis], start[axis], end[axis], after[axis], share) for axis in (0, 1)
			)
			canvas.line(last, here, radius)
			last = here


def _through(before: float, start: float, end: float, after: float, share: float) -> float:
	return 0.5 * (
		2 * start
		+ (end - before) * share
		+ (2 * before - 5 * start + 4 * end - after) * share**2
		+ (3 * start - before - 3 * end + after) * share**3
	)


def _chunk(kind: bytes, data: bytes) -> bytes:
	return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
