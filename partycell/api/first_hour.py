"""What the page of the first hour calls."""

import frappe

from partycell.desk import first_hour, onboarding, sample_data


@frappe.whitelist()
def state() -> dict:
	"""What there is to choose from, and what there is on the site already."""
	return {**first_hour.state(), "sample": sample_data.state()}


@frappe.whitelist(methods=["POST"])
def set_up(
	committee: str,
	level: str,
	template: str,
	cells: str,
	officers: str | list,
	symbol: str = "",
	place: str = "",
	dates: bool | int | str = False,
) -> dict:
	"""Carries the answers to the four questions out; see ``first_hour.set_up``."""
	lines = frappe.parse_json(officers) or []
	answer = first_hour.set_up(
		committee,
		level,
		template,
		cells,
		[line for line in lines if isinstance(line, dict)],
		symbol=symbol,
		place=place,
		dates=bool(frappe.utils.cint(dates)),
	)
	onboarding.mark()
	return answer


@frappe.whitelist()
def sample_state() -> dict:
	"""Whether there is sample data, and how far its loading or removal is."""
	return sample_data.state()


@frappe.whitelist(methods=["POST"])
def load_sample() -> dict:
	"""Begins to load the sample data."""
	sample_data.load()
	return sample_data.state()


@frappe.whitelist(methods=["POST"])
def remove_sample() -> dict:
	"""Begins to take the sample data away."""
	sample_data.remove()
	return sample_data.state()


@frappe.whitelist(methods=["POST"])
def renew_sample_logins() -> dict:
	"""Gives the sample's logins a new password, and shows it."""
	sample_data.renew_logins()
	return sample_data.state()
