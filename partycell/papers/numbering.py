"""Numbers of minutes and reports: from 01, each kind by itself, within an organisation and its congress term."""

from datetime import date

import frappe
from frappe.query_builder.functions import Max
from frappe.utils import cint

from partycell.framework import settings
from partycell.rules.terms import congress_term


def take(doc, within: str, day: date) -> None:
	"""Gives a document the next ``minutes_number``, and the ``congress_term`` that the day lies in.

	within: the field with the organisation that numbers, ``cell`` or ``committee``. The caller holds that
	record (``locking.take``), or two at once get the same number. Source: HD 36-HD/VPTW, which numbers per
	kind and term.
	"""
	office = settings.get()
	first, last = congress_term(day, office.term_first_year, office.term_years)
	doc.congress_term = f"{first}–{last}"
	table = frappe.qb.DocType(doc.doctype)
	highest = (
		frappe.qb.from_(table)
		.select(Max(table.minutes_number))
		.where((table[within] == doc.get(within)) & (table.congress_term == doc.congress_term))
	).run()
	doc.minutes_number = cint(highest[0][0]) + 1
