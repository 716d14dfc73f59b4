"""The canonical form of a record, and its digest.

Two parties with the same facts must get the same bytes, on a site or off it, today or in ten years:
JSON with sorted keys and no spaces, UTF-8, every text in Unicode's NFC, whole numbers only.
"""

import hashlib
import json
import unicodedata

Plain = None | bool | int | str | list | dict


def canonical(record: Plain) -> bytes:
	"""The record's only spelling.

	TypeError for a float, a date or any other value that JSON cannot say in exactly one way;
	ValueError for two keys of one object that differ only in Unicode form.
	"""
	text = json.dumps(_plain(record), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
	return text.encode("utf-8")


def digest(record: Plain) -> str:
	"""SHA-256 of the canonical form, 64 lower-case hexadecimal digits."""
	return hashlib.sha256(canonical(record)).hexdigest()


def _plain(value: Plain) -> Plain:
	if value is None or isinstance(value, bool | int):
		return value
	if isinstance(value, str):
		return unicodedata.normalize("NFC", value)
	if isinstance(value, list | tuple):
		return [_plain(entry) for entry in value]
	if isinstance(value, dict):
		plain = {unicodedata.normalize("NFC", key): _plain(entry) for key, entry in value.items()}
		if len(plain) != len(value):
			raise ValueError("two keys of a record differ only in their Unicode form")
		return plain
	raise TypeError(f"a record holds no {type(value).__name__}: {value!r}")
