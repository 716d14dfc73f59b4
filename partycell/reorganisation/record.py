"""What was before an act of rearranging, kept with it so that the act can be taken back."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence

import frappe
from frappe.utils import now


class Before:
	"""Values as they were, and what the act made: ``rows[doctype][name] = {field: value}``."""

	def __init__(self, kept: str | None = None):
		found = json.loads(kept) if kept else {}
		self.rows: dict[str, dict[str, dict]] = defaultdict(dict, found.get("rows", {}))
		self.made: dict[str, list[str]] = defaultdict(list, found.get("made", {}))

	def note(self, doctype: str, names: Iterable[str], fields: Sequence[str]) -> list[dict]:
		"""Keeps these fields of these records as they are now; returns the rows."""
		names = sorted(set(names))
		if not names:
			return []
		rows = frappe.get_all(doctype, filters={"name": ("in", names)}, fields=["name", *fields])
		for row in rows:
			self.rows[doctype][row.name] = {field: row[field] for field in fields}
		return rows

	def kept(self) -> str:
		"""As text, to be stored with the act."""
		return json.dumps({"rows": self.rows, "made": self.made}, default=str, ensure_ascii=False)

	def put_back(self, doctype: str) -> None:
		"""Writes the old values; records that had the same are written together."""
		groups: dict[str, list[str]] = defaultdict(list)
		for name, values in self.rows.get(doctype, {}).items():
			groups[json.dumps(values, sort_keys=True)].append(name)
		table = frappe.qb.DocType(doctype)
		for values, names in groups.items():
			query = frappe.qb.update(table).where(table.name.isin(names))
			for field, value in json.loads(values).items():
				query = query.set(table[field], value)
			# modified moves too, so that a form opened before cannot write over this.
			query.set(table.modified, now()).set(table.modified_by, frappe.session.user).run()
			for name in names:
				frappe.clear_document_cache(doctype, name)


def write(doctype: str, names: Iterable[str], **values) -> None:
	"""One update of many records, whose open forms become stale by it."""
	names = sorted(set(names))
	if not names:
		return
	table = frappe.qb.DocType(doctype)
	query = frappe.qb.update(table).where(table.name.isin(names))
	for field, value in {**values, "modified": now(), "modified_by": frappe.session.user}.items():
		query = query.set(table[field], value)
	query.run()
	for name in names:
		frappe.clear_document_cache(doctype, name)
