"""Values of documents as records and papers state them: text in one spelling, no floats, ISO 8601."""

from frappe.utils import cint, cstr, flt, get_datetime, getdate


def day(value) -> str | None:
	"""A day: ``2026-05-19``."""
	return getdate(value).isoformat() if value else None


def second(value) -> str | None:
	"""A moment to the second, for what is sealed: the two databases do not keep microseconds alike."""
	return get_datetime(value).replace(microsecond=0).isoformat() if value else None


def minute(value) -> str | None:
	"""A moment to the minute, for what is printed."""
	return get_datetime(value).isoformat(timespec="minutes") if value else None


def minute_of(date, time) -> str | None:
	"""The same from a day and a time of day, which comes as text or as time since midnight."""
	if time in (None, ""):
		return None
	hour, minutes = str(time).split(":")[:2]
	return f"{getdate(date).isoformat()}T{cint(hour):02d}:{cint(minutes):02d}"


def number(value) -> str:
	"""Points or a figure with two decimals: a record holds no floats."""
	return f"{flt(value, 2):.2f}"


def lines(text) -> list[str]:
	"""The lines of a text that say something."""
	return [line.strip() for line in cstr(text).splitlines() if line.strip()]
