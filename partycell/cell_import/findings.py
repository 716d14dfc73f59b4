"""What an import says of its rows: for the form, for the csv, in the user's language."""

from collections.abc import Sequence
from datetime import date

from frappe import _
from frappe.utils import formatdate

from partycell.errors import say
from partycell.rules.import_columns import COLUMNS
from partycell.rules.import_plan import CHANGE, CREATE, Line, Plan
from partycell.rules.import_reading import Finding
from partycell.rules.problems import Problem

PROBLEM, REMARK = "Problem", "Remark"
SHOWN = {PROBLEM: 200, REMARK: 100, CHANGE: 100, CREATE: 50}
"""How many of each the form shows; the csv has all."""


def lines(plan: Plan, names: dict | None = None) -> list[dict]:
	"""One entry for everything that is said of a row: ``{sheet, row, column, what, name, text}``.

	names: (sheet, row): the record's name, once it is imported
	"""
	said = [_entry(finding, "") for finding in plan.of_sheets]
	for line in plan.lines:
		name = _name(line)
		said += [_entry(finding, name) for finding in line.findings]
		if not line.is_wrong:
			said.append(
				{
					"sheet": line.record.sheet,
					"row": line.record.row,
					"column": "",
					"what": line.act,
					"name": name,
					"text": _written(line),
					"record": (names or {}).get((line.record.sheet, line.record.row)) or line.target or "",
				}
			)
	return said


def most_telling(said: Sequence[dict]) -> dict[str, list[dict]]:
	"""What the form shows, problems first."""
	return {what: [one for one in said if one["what"] == what][:most] for what, most in SHOWN.items()}


def table(said: Sequence[dict]) -> list[list]:
	"""All of it, as rows with headings."""
	heads = [_("Sheet"), _("Row"), _("Column"), _("What"), _("Name"), _("Explanation"), _("Record")]
	return [heads] + [
		[
			one["sheet"],
			one["row"] or "",
			one["column"],
			_(one["what"]),
			one["name"],
			one["text"],
			one.get("record", ""),
		]
		for one in said
	]


def explained() -> list[list[str]]:
	"""For the template: each column, what may stand in it, and whether it must."""
	kinds = {
		"text": _("Text"),
		"number": _("Whole number"),
		"date": _("Date: day/month/year"),
		"phone": _("Telephone number"),
		"email": _("E-mail address"),
		"yes_no": _("Yes or no"),
	}
	rows = [[_("Column"), _("What Stands in It"), _("Must Be Filled In")]]
	for kind, columns in COLUMNS.items():
		rows.append([_(kind), "", ""])
		for column in columns.values():
			choices = ", ".join(_(value) for value in dict.fromkeys(column.choices.values()))
			must = column.required or column.label in ("Committee", "Level")
			rows.append([_(column.label), choices or kinds[column.kind], _("Yes") if must else ""])
	return rows


def words() -> tuple[str, ...]:
	"""The words of an entry's ``what``, as they are shown."""
	return _("Create"), _("Change"), _("Leave"), _("Problem"), _("Remark"), _("Committees"), _("Cells")


def _entry(finding: Finding, name: str) -> dict:
	return {
		"sheet": finding.sheet,
		"row": finding.row,
		"column": _column(finding.column),
		"what": PROBLEM if finding.stops else REMARK,
		"name": name,
		"text": _said(finding.problem),
	}


def _said(problem: Problem) -> str:
	"""The problem in the user's language; what is filled in comes from a spreadsheet and stays as it is."""
	if "choices" in problem.values:
		translated = ", ".join(_(value) for value in str(problem.values["choices"]).split(", "))
		return _(problem.text).format(**{**problem.values, "choices": translated})
	return say(problem)


def _column(place: str) -> str:
	"""``C (Cell Name)`` with the label translated."""
	letter, _space, label = place.partition(" ")
	return f"{letter} ({_(label[1:-1])})" if label else letter


def _name(line: Line) -> str:
	values = line.record.values
	return str(values.get("cell_name") or values.get("committee_name") or "")


def _written(line: Line) -> str:
	"""What is written: for a change the old value and the new one."""
	columns, said = COLUMNS[line.record.kind], []
	if line.act == CHANGE:
		for field, value in line.values.items():
			said.append(
				_("{field}: {old} → {new}").format(
					field=_(columns[field].label), old=_shown(line.before.get(field)), new=_shown(value)
				)
			)
	if line.opens:
		who = line.record.values.get("secretary_name") or line.record.values["secretary_email"]
		said.append(_("Term of {secretary}").format(secretary=who))
	return "; ".join(said)


def _shown(value: object) -> str:
	if value is None or value == "":
		return "–"
	if isinstance(value, date):
		return formatdate(value)
	return _(value) if isinstance(value, str) else str(value)
