"""Another day than today, for the app's own code."""

import sys
from datetime import date

import frappe


def set_today(monkeypatch, day: str | date) -> str:
	"""The app takes this day for today until the test ends; returns it as text."""
	text = str(day)
	frappe.utils.getdate(text)
	for name, module in list(sys.modules.items()):
		if name.split(".")[0] == "partycell" and callable(getattr(module, "today", None)):
			monkeypatch.setattr(module, "today", lambda: text)
	monkeypatch.setattr(frappe.utils, "today", lambda: text)
	return text
