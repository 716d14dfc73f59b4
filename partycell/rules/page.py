"""Paper, margins and type of printed party documents."""

import re
from dataclasses import asdict, dataclass, fields

# width, height in mm
PAPERS = {"A4": (210, 297), "A5": (148, 210)}

# They have the metrics of Times New Roman and the Vietnamese letters; Liberation Serif only from its
# version 2, with version 1 a browser mixes in letters of another design.
FALLBACK_FONTS = ("Times New Roman", "Liberation Serif", "Tinos", "serif")


@dataclass(frozen=True)
class PageSetup:
	"""Paper, margins in mm and type in points of a printed party document.

	The defaults are those of HD 36-HD/VPTW 2018; an office may change them. ``title_pt`` is for the
	party's name at the top right, ``kind_pt`` for the kind of the document, ``subject_pt`` for what it is
	about, ``table_pt`` for long tables. ValueError for what no page can have.
	"""

	paper: str = "A4"
	margin_top: float = 25
	margin_bottom: float = 25
	margin_left: float = 35
	margin_right: float = 15
	font_family: str = "Times New Roman"
	body_pt: float = 14
	page_number_pt: float = 14
	title_pt: float = 15
	kind_pt: float = 16
	subject_pt: float = 15
	table_pt: float = 12

	def __post_init__(self):
		if self.paper not in PAPERS:
			raise ValueError(f"paper {self.paper!r}: choose one of {', '.join(PAPERS)}")
		# The name goes into a style sheet.
		if not re.fullmatch(r"[^\W\d][\w -]*(, ?[^\W\d][\w -]*)*", self.font_family):
			raise ValueError(f"font family {self.font_family!r}: letters, digits, spaces and hyphens only")
		for field in fields(self):
			value = getattr(self, field.name)
			if field.name.startswith("margin_") and not 0 <= value <= 80:
				raise ValueError(f"{field.name} {value}: a margin is 0 to 80 mm")
			if field.name.endswith("_pt") and not 6 <= value <= 30:
				raise ValueError(f"{field.name} {value}: a size is 6 to 30 pt")

	@property
	def text_width(self) -> float:
		"""The width between the margins, in mm."""
		return PAPERS[self.paper][0] - self.margin_left - self.margin_right

	@property
	def text_height(self) -> float:
		"""The height between the margins, in mm."""
		return PAPERS[self.paper][1] - self.margin_top - self.margin_bottom

	def for_template(self) -> dict:
		"""What the templates know as ``page``: the fields, ``text_width`` in mm and ``fonts`` for CSS."""
		fonts = dict.fromkeys([*re.split(r", ?", self.font_family), *FALLBACK_FONTS])
		return {**asdict(self), "text_width": self.text_width, "fonts": ", ".join(fonts)}
