"""The default handbook: made once, marked for review, the office's own afterwards."""

import json
from html import escape
from pathlib import Path

import frappe
from frappe.utils import now, today

from partycell.rules import handbook as rules

DATA = Path(__file__).parent / "data" / "handbook.json"
NOTE, TOPIC = "Handbook Note", "Handbook Topic"


def make_default() -> int:
	"""Makes the topics and entries of ``data/handbook.json`` unless the site has topics; returns how many entries.

	They are in force for every cell, and each says that the office has not reviewed it yet.
	"""
	if frappe.db.count(TOPIC):
		return 0
	content = json.loads(DATA.read_text(encoding="utf-8"))
	topics = {
		title: frappe.get_doc({"doctype": TOPIC, "topic_name": title, "sort_order": number * 10})
		.insert()
		.name
		for number, title in enumerate(content["topics"], 1)
	}
	for entry in content["entries"]:
		doc = frappe.new_doc(NOTE)
		doc.update(
			{
				"note_type": rules.GUIDANCE,
				"title": entry["title"],
				"topic": topics[entry["topic"]],
				"body": body(entry),
				"common_mistakes": "\n".join(entry["mistakes"]),
			}
		)
		for document, clause in entry["basis"]:
			doc.append("basis", {"document": document, "clause": clause})
		doc.insert()
		# It ships published: nobody of the office wrote it, so nobody of the office approves it now.
		doc.db_set(
			{
				"workflow_state": rules.PUBLISHED,
				"live_key": doc.entry,
				"draft_key": None,
				"effective_from": today(),
				"published_on": now(),
				"is_template": 1,
				"author": None,
				"author_name": None,
			}
		)
	return len(content["entries"])


def body(entry: dict) -> str:
	"""An entry of the data file as the text field holds it."""
	steps = "".join(f"<li>{escape(step)}</li>" for step in entry["steps"])
	return f"<p>{escape(entry['intro'])}</p><ol>{steps}</ol>"
