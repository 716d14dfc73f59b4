"""Figures of reviews year beside year: who may see them, and how they are laid out."""

from collections.abc import Mapping

import frappe
from frappe import _

from partycell.access import scope
from partycell.errors import ReviewError
from partycell.rules import review as rules


def own_committee() -> str | None:
	"""The highest committee that the session's user acts for; for one who sees all, the first of the tree."""
	reach = scope.of(frappe.session.user)
	lefts = [low for low, _high in reach.ranges]
	filters = {} if reach.everything else {"lft": ("in", lefts or [0])}
	found = frappe.get_all("Party Committee", filters=filters, order_by="lft asc", limit=1, pluck="name")
	return found[0] if found else None


def refuse(committee: str | None, first: int, last: int) -> None:
	"""PermissionError for a committee that is neither the user's nor below one; ReviewError for the years."""
	reach = scope.of(frappe.session.user)
	if not (reach.everything or scope.within(committee, reach.ranges)):
		raise frappe.PermissionError(committee)
	if not 0 <= last - first <= rules.LONGEST_YEARS or first < rules.FIRST_YEAR:
		frappe.throw(
			_("Choose {years} years at most, the first before the last.").format(years=rules.LONGEST_YEARS),
			ReviewError,
		)


def rows(by_year: Mapping[int, Mapping[str, rules.Figure]]) -> list[dict]:
	"""One row a figure, ``{label, unit, y2019, y2020, …}``, in the order of the paper."""
	every = {key: one for figures in by_year.values() for key, one in figures.items()}
	places = {group: place for place, group in enumerate(rules.GROUPS)}
	ordered = sorted(every.values(), key=lambda one: places.get(one.group, len(places)))
	return [
		{"label": one.label, "unit": one.unit}
		| {f"y{year}": figures[one.key].value for year, figures in by_year.items() if one.key in figures}
		for one in ordered
	]
