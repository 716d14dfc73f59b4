"""Searching the handbook, the directives and the folder: the same with and without diacritics.

Each word of an entry is a row of ``Handbook Word`` in its comparable form. A search goes by the rarest of
its words, so that a hundred thousand entries cost no more than those that hold it; a word that most
entries hold is looked for from the newest entry backwards, where hits are dense. What is found is judged
by the derived permissions in the same statement.
"""

from collections.abc import Sequence

import frappe
from frappe.query_builder.functions import Count
from frappe.utils import now
from pypika.terms import ExistsCriterion

from partycell.access import handbook_access, scope
from partycell.framework import bulk
from partycell.rules import handbook as rules
from partycell.rules import prose, searching

NOTE, WORD = "Handbook Note", "Handbook Word"
COLUMNS = "name creation modified owner modified_by docstatus idx word note cell".split()
COMMON = 5_000
"""Entries from which a word counts as common."""
CANDIDATES = 100
"""Entries that are ranked; the newest of those that hold every word."""
FIELDS = "name note_type title cell committee workflow_state search_text version".split()


def note_words(doc) -> None:
	"""After a save: the entry's words are those of its text."""
	wanted = set(searching.words(doc.search_text))
	there = (
		set() if doc.flags.in_insert else set(frappe.get_all(WORD, filters={"note": doc.name}, pluck="word"))
	)
	if gone := there - wanted:
		frappe.db.delete(WORD, {"note": doc.name, "word": ("in", sorted(gone))})
	add_words([(doc.name, doc.cell, word) for word in sorted(wanted - there)])


def add_words(rows: Sequence[tuple[str, str | None, str]]) -> None:
	"""Adds (entry, its cell, word) to the index; what is there already is left alone."""
	stamp, user = now(), frappe.session.user
	values = [
		[frappe.generate_hash(length=12), stamp, stamp, user, user, 0, 0, word, note, cell]
		for note, cell, word in rows
	]
	if values:
		bulk.insert(WORD, COLUMNS, values, ignore_duplicates=True)


def forget_words(doc) -> None:
	"""Before an entry is deleted."""
	frappe.db.delete(WORD, {"note": doc.name})


def notes(query: str, limit: int = 20, types: Sequence[str] = rules.TYPES) -> list[dict]:
	"""Entries that hold every word of the query and that the user may see, best first.

	``[{doctype, name, note_type, title, cell, state, excerpt}]``
	"""
	asked = searching.query_words(query)
	if not asked:
		return []
	table, reach = frappe.qb.DocType(NOTE), scope.of(frappe.session.user)
	seen = None if reach.everything else handbook_access.visible(table, reach)
	if seen is None and not reach.everything:
		return []
	if reach.everything or reach.ranges:
		select = _by_words(table, asked)
	else:
		select = frappe.qb.from_(table)
		# One cell's handbook is small: its own rows are read through their index.
		for word in asked:
			select = select.where(table.search_text.like(f"%{word}%"))
	if set(types) != set(rules.TYPES):
		select = select.where(table.note_type.isin(list(types)))
	if seen is not None:
		select = select.where(seen)
	select = select.select(*(table[field] for field in FIELDS))
	rows = select.orderby(table.modified, order=frappe.qb.desc).limit(CANDIDATES).run(as_dict=True)
	rows = [row for row in rows if searching.matches(asked, row.search_text or "")]
	rows.sort(key=lambda row: -searching.score(asked, row.title, row.search_text))
	return _shown(rows[:limit], asked)


def similar(text: str, limit: int = 5, leave_out: str | None = None) -> list[dict]:
	"""Guidance and questions like what somebody is writing: those that share its rarer words, best first."""
	asked = searching.words(text)[:30]
	often = {word: _how_often(word, whole=True) for word in asked}
	rare = sorted((word for word in asked if often[word]), key=lambda word: often[word])[:6]
	if not rare:
		return []
	word, table = frappe.qb.DocType(WORD), frappe.qb.DocType(NOTE)
	reach = scope.of(frappe.session.user)
	seen = None if reach.everything else handbook_access.visible(table, reach)
	if seen is None and not reach.everything:
		return []
	select = (
		frappe.qb.from_(word)
		.join(table)
		.on(table.name == word.note)
		.select(word.note)
		.where(word.word.isin(rare))
		.where(table.note_type.isin((rules.GUIDANCE, rules.QUESTION)))
		.where(table.workflow_state.notin((rules.WITHDRAWN, rules.SUPERSEDED)))
		.groupby(word.note)
		.orderby(Count(word.word), order=frappe.qb.desc)
		.limit(CANDIDATES)
	)
	if seen is not None:
		select = select.where(seen)
	names = [name for (name,) in select.run() if name != leave_out]
	rows = frappe.get_all(NOTE, filters={"name": ("in", names)}, fields=FIELDS) if names else []
	for row in rows:
		row.likeness = searching.likeness(asked, searching.words(row.title)) + 0.5 * searching.likeness(
			asked, searching.words(row.search_text)
		)
	rows = sorted((row for row in rows if row.likeness >= 0.5), key=lambda row: -row.likeness)
	return _shown(rows[:limit], asked)


def documents(doctype: str, shown: Sequence[str], query: str, limit: int = 10) -> list[dict]:
	"""Records of another DocType with a search column that hold every word and that the user may see."""
	asked = searching.query_words(query)
	if not asked or not frappe.has_permission(doctype, "read"):
		return []
	rows = frappe.get_list(
		doctype,
		filters=[[doctype, "search_text", "like", f"%{word}%"] for word in asked],
		fields=["name", "search_text", *shown],
		order_by="modified desc",
		limit_page_length=CANDIDATES,
	)
	rows = [row for row in rows if searching.matches(asked, row.search_text or "")]
	rows.sort(key=lambda row: -searching.score(asked, row[shown[0]], row.search_text))
	return [
		{
			"doctype": doctype,
			"name": row.name,
			"title": " · ".join(str(row[field]) for field in shown if row.get(field)),
		}
		for row in rows[:limit]
	]


def _by_words(table, asked: Sequence[str]):
	"""A query of the entries that hold every word, by the way that reads least."""
	often = {word: _how_often(word, whole=word != asked[-1]) for word in asked}
	rarest = min(often, key=often.get)
	select = frappe.qb.from_(table)
	if often[rarest] < COMMON:
		held = _holding(rarest, whole=rarest != asked[-1]).distinct()
		for word in asked[:-1]:
			if word != rarest:
				held = held.where(_beside(word))
		held = held.as_("held")
		# A join that SQLite takes in the order written: it would go through all entries by date instead.
		select = frappe.qb.from_(held).cross_join(table).cross().where(table.name == held.note)
		asked = [word for word in asked[-1:] if word != rarest]
	for word in asked:
		# The space before it spares looking at words that only end so.
		select = select.where(
			table.search_text.like(f"{word}%") | table.search_text.like(f"% {word}%")
			if word.isalpha()
			else table.search_text.like(f"%{word}%")
		)
	return select


def _beside(word: str):
	"""The condition that the entry of a row of the index holds another whole word as well."""
	row, other = frappe.qb.DocType(WORD), frappe.qb.DocType(WORD).as_("other")
	there = frappe.qb.from_(other).select(other.note)
	return ExistsCriterion(there.where((other.word == word) & (other.note == row.note)))


def _holding(word: str, whole: bool):
	row = frappe.qb.DocType(WORD)
	query = frappe.qb.from_(row).select(row.note)
	return query.where(row.word == word if whole else row.word.between(word, f"{word}zzzz"))


def _how_often(word: str, whole: bool) -> int:
	"""How many entries hold a word, or words that begin so; counted up to ``COMMON``."""
	rows = _holding(word, whole).limit(COMMON)
	return frappe.qb.from_(rows.as_("held")).select(Count("*")).run()[0][0]


def _shown(rows: list, asked: Sequence[str]) -> list[dict]:
	texts = {
		row.name: prose.plain(f"{row.body or ''}{row.answer or ''}")
		for row in frappe.get_all(
			NOTE, filters={"name": ("in", [row.name for row in rows])}, fields=["name", "body", "answer"]
		)
	}
	return [_one(row, texts.get(row.name, ""), asked) for row in rows]


def _one(row, text: str, asked: Sequence[str]) -> dict:
	return {
		"doctype": NOTE,
		"name": row.name,
		"note_type": row.note_type,
		"title": row.title,
		"cell": row.cell,
		"state": row.workflow_state,
		"excerpt": searching.excerpt(text, asked),
	}
