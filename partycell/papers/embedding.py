"""Whether a document has everything it shows within itself."""

import re
from html.parser import HTMLParser

_PICTURE = re.compile(r"data:image/(png|jpeg|gif);base64,[A-Za-z0-9+/=\s]*\Z", re.IGNORECASE)
_LOADING = {
	*("action", "archive", "background", "code", "data", "formaction", "href", "manifest", "ping", "poster"),
	*("src", "srcdoc", "srcset", "xlink:href"),
}
# An escape can spell url( in many ways; our style sheets need none.
_CSS = re.compile(r"@import[^;]*|url\s*\([^)]*|image-set\s*\([^)]*|\\.{0,6}", re.IGNORECASE)


def outside(html: str) -> list[str]:
	"""What a browser would load, or go to, beyond the document itself; empty if nothing.

	Pictures may be embedded as data: URIs (PNG, JPEG, GIF); links may lead to places in the document.
	"""
	parser = _Loads()
	parser.feed(html)
	parser.close()
	return parser.found


class _Loads(HTMLParser):
	def __init__(self):
		super().__init__()
		self.found = []
		self._in_style = False

	def handle_starttag(self, tag, attrs):
		self._in_style = tag == "style"
		for name, value in attrs:
			value = (value or "").strip()
			if name == "style":
				self.found += _CSS.findall(value)
			elif name in _LOADING and value and not value.startswith("#") and not _PICTURE.match(value):
				self.found.append(value)
			elif tag == "meta" and (name == "http-equiv" or (name == "name" and value.startswith("pdfkit-"))):
				# A refresh leads elsewhere; pdfkit takes its own options from such a name.
				self.found.append(f"meta {name}={value}")

	def handle_endtag(self, tag):
		if tag == "style":
			self._in_style = False

	def handle_data(self, data):
		if self._in_style:
			self.found += _CSS.findall(data)
