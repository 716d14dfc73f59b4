"""What an office has set, with what holds where it has set nothing."""

from dataclasses import dataclass, fields

import frappe
from frappe.utils import cint


@dataclass(frozen=True)
class Settings:
	"""The numbers of Partycell Settings. Days, years and millimetres are whole numbers."""

	cell_committee_from: int = 9
	background_from: int = 50
	fixity_megabytes: int = 2000
	predecessor_read_days: int = 30
	remedy_days: int = 30
	acknowledge_days: int = 15
	directive_file_days: int = 30
	remind_before_days: int = 3
	remind_overdue_every: int = 7
	answer_days: int = 7
	rise_to_member_days: int = 7
	rise_to_officer_days: int = 14
	term_first_year: int = 2025
	term_years: int = 5
	margin_top: int = 25
	margin_bottom: int = 25
	margin_left: int = 35
	margin_right: int = 15
	body_size: int = 14
	copies_made: int = 3
	font_family: str = "Times New Roman"
	answer_days_grassroots: int = 5
	answer_days_commune: int = 7
	answer_days_above: int = 10
	answer_remind_before: int = 2
	meeting_rate_over: int = 85
	meeting_minutes: int = 90
	attend_grassroots: int = 6
	attend_commune: int = 6
	attend_above: int = 2
	members_listed: int = 0
	regular_agenda: str | None = None
	default_template: str | None = None


def get() -> Settings:
	"""The settings of this site. A number that was never saved counts as its default; 0 is kept."""
	stored = frappe.get_cached_doc("Partycell Settings")
	values = {}
	for field in fields(Settings):
		value = stored.get(field.name)
		if value is None or value == "":
			continue
		values[field.name] = cint(value) if isinstance(field.default, int) else value
	return Settings(**values)
