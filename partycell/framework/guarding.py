"""Which field of a document was changed by somebody who may not change it now.

Forms, REST and imports all save a whole document; so what differs from the database is compared with
what the user may write, field by field and line by line.
"""

from dataclasses import dataclass

from frappe.utils import cstr, flt, get_datetime, getdate

NO_COMPARISON = frozenset({"Section Break", "Column Break", "Tab Break", "HTML", "Table"})
NUMBERS = frozenset({"Float", "Percent", "Currency"})


@dataclass(frozen=True)
class Refused:
	"""The label of the field, or of the table to which a line was added or from which one was taken."""

	label: str
	line_added_or_removed: bool = False


def first_refused(doc, before, writable: frozenset[str], growing: tuple[str, ...] = ()) -> Refused | None:
	"""The first difference from ``before`` that is not in ``writable``; None where all is allowed.

	writable: field names, ``table.field`` for a line's; the state is left to whoever moves it
	growing: tables whose lines may come and go, if any field of theirs may be written
	"""
	for field in doc.meta.fields:
		if field.fieldtype == "Table":
			refused = _rows(doc, before, field, writable, field.fieldname in growing)
			if refused:
				return refused
		elif field.fieldname not in writable | {"workflow_state"} and differs(field, doc, before):
			return Refused(field.label)
	return None


def differs(field, one, other) -> bool:
	"""Whether a field has another value in one document than in the other; nothing and 0 are the same."""
	if field.fieldtype in NO_COMPARISON:
		return False
	return _plain(field, one.get(field.fieldname)) != _plain(field, other.get(field.fieldname))


def _rows(doc, before, table, writable: frozenset[str], grows: bool) -> Refused | None:
	earlier = {row.name: row for row in before.get(table.fieldname)}
	present = {row.name for row in doc.get(table.fieldname)}
	mine = {name.partition(".")[2] for name in writable if name.startswith(f"{table.fieldname}.")}
	if present != set(earlier) and not (grows and mine):
		return Refused(table.label, line_added_or_removed=True)
	for row in doc.get(table.fieldname):
		old = earlier.get(row.name) or {}
		for field in row.meta.fields:
			if field.fieldname not in mine and differs(field, row, old):
				return Refused(field.label)
	return None


def _plain(field, value) -> str:
	if not value:
		return ""
	if field.fieldtype == "Date":
		return str(getdate(value))
	if field.fieldtype == "Datetime":
		return str(get_datetime(value))
	if field.fieldtype in NUMBERS:
		return str(flt(value, 4)) if flt(value, 4) else ""
	return cstr(value)
