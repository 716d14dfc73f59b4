"""Spreadsheets as offices have them: which row holds the headings, which column is which, what a value means.

Headings may be Vietnamese or English, with or without diacritics, in one row or in two with merged cells,
below a title. A table is a list of rows; a row is a sequence of what the spreadsheet holds: text, numbers,
dates, None.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from partycell.rules.problems import Problem, _
from partycell.rules.text import normalise

LONGEST = 140
HEADINGS_WITHIN = 20
"""The rows in which headings are looked for: above them stand at most the office's name and a title."""
EARLIEST, LATEST = date(1930, 1, 1), date(2100, 1, 1)
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_EXCEL_BEGINS = date(1899, 12, 30)
_YES = frozenset({"co", "x", "yes", "y", "true", "1", "dung"})
_NO = frozenset({"khong", "no", "n", "false", "0", "-", "sai"})
_EMAIL = re.compile(r"[a-z0-9._%+'-]+@[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}")
_NUMBERING = re.compile(r"\(?([0-9]{1,2}|[a-e])\)?")
_SUMS = re.compile(r"(tong( so| cong)?|cong|total|sum)\b[^a-z]*")
# What heads the first of several columns below a merged heading: it means that heading itself.
_WHOLE = frozenset({"tong so", "tong cong", "chung", "total"})
_BREAKS = ("/", "-", ".")


@dataclass(frozen=True)
class Headings:
	"""Where a table's headings stand and what they are.

	last: the index of their last row; columns: field: index of its column; ignored: headings that mean nothing
	here; twice: fields that two columns are headed by, with the second one's heading
	"""

	last: int
	columns: Mapping[str, int]
	ignored: tuple[str, ...] = ()
	twice: tuple[str, ...] = ()


def heading(text: object) -> str:
	"""A heading in its comparable form: words without diacritics, remarks in brackets left out."""
	plain = re.sub(r"\(.*?\)|\[.*?\]", " ", normalise(str(text if text is not None else "")))
	return " ".join(re.findall(r"[a-z0-9]+", plain))


def find_headings(
	rows: Sequence[Sequence], names: Mapping[str, str], required: frozenset[str]
) -> Headings | None:
	"""The headings among the first rows: those that name the most fields, all required ones among them.

	names: comparable heading: field. One row is preferred to two that say the same.
	"""
	best: Headings | None = None
	for index in range(min(len(rows), HEADINGS_WITHIN)):
		upper = [heading(value) for value in rows[index]]
		layouts = [(index, [(one,) for one in upper], rows[index])]
		if index + 1 < len(rows):
			lower = rows[index + 1]
			written = [
				text(_at(lower, place)) or text(_at(rows[index], place))
				for place in range(max(len(lower), len(upper)))
			]
			layouts.append((index + 1, _two_rows(upper, lower), written))
		for last, tried, shown in layouts:
			found = _matched(last, tried, shown, names)
			if required <= set(found.columns) and (not best or _says_more(found, best)):
				best = found
	return best


def _at(row: Sequence, index: int) -> object:
	return row[index] if index < len(row) else None


def _says_more(one: Headings, other: Headings) -> bool:
	"""A title that was taken for the first of two rows says as much, and leaves more out."""
	return (len(one.columns), -len(one.ignored)) > (len(other.columns), -len(other.ignored))


def is_no_record(row: Sequence, key: Sequence[object]) -> bool:
	"""Whether a row below the headings is none of a record: empty, the columns' numbers, or a sum.

	key: what stands in the columns that a record must have
	"""
	filled = [value for value in row if not is_empty(value)]
	if not filled:
		return True
	if len(filled) > 1 and all(_NUMBERING.fullmatch(normalise(text(value))) for value in filled):
		return True
	named = [text(value) for value in key if not is_empty(value)]
	words = [text(value) for value in filled if not isinstance(value, int | float)]
	if not named:
		# A running number alone, or a sum whose word stands in a column of its own.
		return not words if len(filled) == 1 else bool(words) and _is_sum(words[0])
	return len(named) == 1 and _is_sum(named[0])


def _is_sum(line: str) -> bool:
	return bool(_SUMS.fullmatch(normalise(line)))


def is_empty(value: object) -> bool:
	return value is None or (isinstance(value, str) and not value.strip())


def identity(name: str) -> str:
	"""What two spellings of one name have in common; ``Hòa`` and ``Hoà`` do, ``Hà`` and ``Hạ`` do not.

	Case, spaces and the letter of a syllable that bears the tone make no difference.
	"""
	words = []
	for word in unicodedata.normalize("NFD", name).casefold().split():
		tones = "".join(sorted(letter for letter in word if letter in _TONES))
		words.append("".join(letter for letter in word if letter not in _TONES) + tones)
	return unicodedata.normalize("NFC", " ".join(words))


def text(value: object) -> str:
	"""A value as text in one line; a whole number without its decimals."""
	if isinstance(value, float) and value.is_integer():
		value = int(value)
	plain = "".join(
		letter if unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn") else " "
		for letter in str(value if value is not None else "")
	)
	return unicodedata.normalize("NFC", " ".join(plain.split()))


def read(kind: str, value: object, choices: Mapping[str, str] | None = None) -> tuple[object, Problem | None]:
	"""A value as its column's kind: text, number, date, phone, email, yes_no, choice.

	Returns it and None, or None and what is wrong. An empty cell is None and nothing is wrong.
	choices: comparable word: value
	"""
	if is_empty(value):
		return None, None
	if isinstance(value, str) and value.strip().startswith("#") and value.strip().endswith(("!", "?", "A")):
		return None, Problem(
			"import", _("The spreadsheet shows the error {value} here. Correct the formula."), _quoted(value)
		)
	if kind == "choice":
		return _choice(value, choices or {})
	return _READERS[kind](value)


def _text(value: object) -> tuple[object, Problem | None]:
	if isinstance(value, datetime | date):
		value = value.strftime("%d/%m/%Y")
	line = text(value)
	if len(line) > LONGEST:
		problem = Problem(
			"import",
			_("The text is longer than {longest} characters. Shorten it."),
			{"longest": LONGEST},
		)
		return None, problem
	return line or None, None


def _number(value: object) -> tuple[object, Problem | None]:
	if (isinstance(value, int | float) and not isinstance(value, bool) and float(value).is_integer()) or (
		isinstance(value, str) and re.fullmatch(r"[0-9]{1,9}", value.strip(), re.ASCII)
	):
		found = int(value)
	else:
		return None, Problem("import", _("{value} is no whole number. Write digits only."), _quoted(value))
	if not 0 <= found <= 1_000_000:
		return None, Problem("import", _("{value} is no whole number. Write digits only."), _quoted(value))
	return found, None


def _date(value: object) -> tuple[object, Problem | None]:
	found = None
	if isinstance(value, datetime):
		found = value.date()
	elif isinstance(value, date):
		found = value
	elif isinstance(value, int | float) and not isinstance(value, bool):
		if 1 <= value < 100_000:
			found = _EXCEL_BEGINS + timedelta(days=int(value))
	else:
		found = _written_date(text(value))
	if not found or not EARLIEST <= found < LATEST:
		return None, Problem(
			"import", _("{value} is no date. Write day/month/year, such as 25/03/2026."), _quoted(value)
		)
	return found, None


def _written_date(line: str) -> date | None:
	for mark in _BREAKS:
		parts = line.split(mark)
		if len(parts) == 3 and all(re.fullmatch(r" *[0-9]+ *", part, re.ASCII) for part in parts):
			numbers = [int(part) for part in parts]
			if len(parts[0].strip()) == 4:
				numbers.reverse()
			elif len(parts[2].strip()) != 4:
				return None
			try:
				return date(numbers[2], numbers[1], numbers[0])
			except ValueError:
				return None
	return None


def _phone(value: object) -> tuple[object, Problem | None]:
	line = re.sub(r"[\s.\-()]", "", text(value))
	if re.fullmatch(r"\+?84[0-9]{9}", line, re.ASCII):
		line = "0" + line.removeprefix("+")[2:]
	elif re.fullmatch(r"[1-9][0-9]{8}", line, re.ASCII):
		# A spreadsheet takes a telephone number for a number, and drops its first 0.
		line = "0" + line
	if not re.fullmatch(r"0[0-9]{8,10}", line, re.ASCII):
		return None, Problem(
			"import", _("{value} is no telephone number. Write ten digits that begin with 0."), _quoted(value)
		)
	return line, None


def _email(value: object) -> tuple[object, Problem | None]:
	line = text(value).lower()
	if not _EMAIL.fullmatch(line) or len(line) > LONGEST:
		return None, Problem("import", _("{value} is no e-mail address."), _quoted(value))
	return line, None


def _yes_no(value: object) -> tuple[object, Problem | None]:
	word = normalise(text(value))
	if word in _YES or word in _NO:
		return int(word in _YES), None
	return None, Problem("import", _("{value} is neither yes nor no. Write có or không."), _quoted(value))


def _choice(value: object, choices: Mapping[str, str]) -> tuple[object, Problem | None]:
	found = choices.get(heading(text(value))) or choices.get(normalise(text(value)))
	if found:
		return found, None
	problem = Problem(
		"import",
		_("{value} is not among the choices. Choose one of: {choices}."),
		{"value": shown(value), "choices": ", ".join(dict.fromkeys(choices.values()))},
	)
	return None, problem


_READERS = {
	"text": _text,
	"number": _number,
	"date": _date,
	"phone": _phone,
	"email": _email,
	"yes_no": _yes_no,
}


def shown(value: object) -> str:
	"""A value as it is quoted in a message: short."""
	line = text(value)
	return f"{line[:57]}…" if len(line) > 58 else line


def _quoted(value: object) -> dict:
	return {"value": shown(value)}


def _two_rows(upper: list[str], lower: Sequence) -> list[tuple[str, ...]]:
	"""The headings of each column of two rows: a merged one above goes on to the right."""
	tried, above = [], ""
	for index in range(max(len(upper), len(lower))):
		here = upper[index] if index < len(upper) else ""
		above = here or above
		below = heading(lower[index]) if index < len(lower) else ""
		if not below:
			tried.append((here,))
		elif below in _WHOLE:
			tried.append((f"{above} {below}".strip(), above))
		else:
			tried.append((f"{above} {below}".strip(), below))
	return tried


def _matched(
	last: int, tried: Sequence[tuple[str, ...]], shown_row: Sequence, names: Mapping[str, str]
) -> Headings:
	columns: dict[str, int] = {}
	ignored, twice = [], []
	for index, headings in enumerate(tried):
		field = next((names[one] for one in headings if one in names), None)
		written = text(shown_row[index]) if index < len(shown_row) else ""
		if field and field in columns:
			twice.append(written or headings[0])
		elif field:
			columns[field] = index
		elif headings[0] and headings[0] not in ("stt", "tt", "so tt", "so thu tu", "no"):
			ignored.append(written or headings[0])
	return Headings(last, columns, tuple(ignored), tuple(twice))


def column_letter(index: int) -> str:
	"""How a spreadsheet calls a column: 0 is A, 26 is AA."""
	letters = ""
	index += 1
	while index:
		index, rest = divmod(index - 1, 26)
		letters = chr(ord("A") + rest) + letters
	return letters


def safe_for_spreadsheets(value: str) -> str:
	"""A text that a spreadsheet will not take for a formula when it opens a file with it."""
	return f"'{value}" if value.lstrip()[:1] in ("=", "+", "-", "@") or value[:1] in ("\t", "\r") else value
