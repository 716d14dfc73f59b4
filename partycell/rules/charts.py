"""Charts as SVG that stands within a page: no script, no picture, no style sheet, drawn alike by every engine.

Lengths within are tenths of a millimetre, so that type and lines keep their size on paper.
"""

from collections.abc import Sequence
from html import escape

INK, PALE, FILL = "#222222", "#bbbbbb", "#9b2c2c"
TYPE = 34
LEFT, RIGHT, TOP, BOTTOM = 110, 30, 50, 60
ASIDE = 50
WIDEST_BAR = 160


def line(points: Sequence[tuple[str, float]], width: int, height: int, top: float = 100.0) -> str:
	"""A course over time: ``(label, value)`` in order, values from 0 to ``top``; width and height in mm.

	Labels that would lie on one another are left out; the last value stands beside its point.
	"""
	across, down = width * 10, height * 10
	inner, tall = across - LEFT - RIGHT - ASIDE * 2, down - TOP - BOTTOM
	step = inner / max(1, len(points) - 1)
	places = [
		(LEFT + ASIDE + number * step, TOP + tall * (1 - min(max(value, 0), top) / top))
		for number, (_label, value) in enumerate(points)
	]
	parts = [_grid(level, TOP + tall * (1 - level / top), across) for level in _levels(top)]
	path = " ".join(f"{x:.0f},{y:.0f}" for x, y in places)
	parts.append(f'<polyline points="{path}" fill="none" stroke="{FILL}" stroke-width="7"/>')
	every = max(1, -(-len(points) * 140 // max(1, inner)))
	for number, ((label, value), (x, y)) in enumerate(zip(points, places, strict=True)):
		last = number == len(points) - 1
		if last or number == 0:
			parts.append(f'<circle cx="{x:.0f}" cy="{y:.0f}" r="11" fill="{FILL}"/>')
			parts.append(_text(x, y - 22, written(value), "middle", bold=True))
		if last or (number % every == 0 and len(points) - 1 - number >= every):
			parts.append(_text(x, down - 15, label, "middle"))
	return _svg(parts, width, height)


def bars(points: Sequence[tuple[str, float]], width: int, height: int) -> str:
	"""One bar for each ``(label, value)``, with the value above it; width and height in mm."""
	across, down = width * 10, height * 10
	inner, tall = across - RIGHT * 2, down - TOP - BOTTOM
	top = max((value for _label, value in points), default=0) or 1
	step = inner / max(1, len(points))
	wide = min(WIDEST_BAR, step * 0.6)
	parts = []
	for number, (label, value) in enumerate(points):
		middle, high = RIGHT + (number + 0.5) * step, tall * max(value, 0) / top
		parts.append(
			f'<rect x="{middle - wide / 2:.0f}" y="{TOP + tall - high:.0f}" width="{wide:.0f}"'
			f' height="{high:.0f}" fill="{FILL}"/>'
		)
		parts.append(_text(middle, TOP + tall - high - 12, written(value), "middle", bold=True))
		parts.append(_text(middle, down - 15, label, "middle"))
	base = f'<line x1="{RIGHT}" y1="{TOP + tall}" x2="{across - RIGHT}" y2="{TOP + tall}"'
	return _svg([*parts, f'{base} stroke="{INK}" stroke-width="3"/>'], width, height)


def written(value: float) -> str:
	"""A number as Vietnamese writes it: ``1.808``, ``92,5``."""
	text = f"{value:,.1f}".removesuffix(".0")
	return text.replace(",", " ").replace(".", ",").replace(" ", ".")


def _levels(top: float) -> list[float]:
	return [top * part / 4 for part in range(5)]


def _grid(level: float, y: float, across: int) -> str:
	drawn = f'<line x1="{LEFT}" y1="{y:.0f}" x2="{across - RIGHT}" y2="{y:.0f}" stroke="{PALE}" stroke-width="2"/>'
	return drawn + _text(LEFT - 14, y + 11, written(level), "end")


def _text(x: float, y: float, text: str, anchor: str, bold: bool = False) -> str:
	weight = ' font-weight="bold"' if bold else ""
	return (
		f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}" font-size="{TYPE}"{weight}'
		f' fill="{INK}">{escape(text)}</text>'
	)


def _svg(parts: Sequence[str], width: int, height: int) -> str:
	return (
		f'<svg width="{width}mm" height="{height}mm" viewBox="0 0 {width * 10} {height * 10}"'
		f' xmlns="http://www.w3.org/2000/svg">{"".join(parts)}</svg>'
	)
