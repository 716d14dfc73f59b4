"""The inventory of a handover: taken from the folder, frozen, and compared with it again."""

import json
from collections import defaultdict

import frappe
from frappe.utils import cint, getdate, today

from partycell.folder import completeness
from partycell.rules import handover as rules
from partycell.rules.completeness import OUTDATED, SlotState, counts

COPIED = (
	"title code section section_title period_label number_symbol dated copies pages paper_place file_count"
).split()


def take(doc) -> None:
	"""Fills a handover's items from the folder as it is now, in the template's order.

	What the receiver had marked stays marked where the document is still as it was, in the giver's words
	too, and undisputed.
	"""
	earlier = {row.folder_item: row for row in doc.items}
	doc.set("items", [])
	for slot, files in _slots(doc.cell):
		line = {field: slot.get(field) for field in COPIED}
		line |= {
			"folder_item": slot.name,
			"delivered_state": slot.state,
			"received_state": rules.foreseen(slot.state),
			"remark": slot.remark,
			"files": json.dumps(files, ensure_ascii=False, sort_keys=True),
		}
		known = earlier.get(slot.name)
		if known:
			line["remark"] = known.remark or slot.remark
			same = known.delivered_state == slot.state and _contents(known) == _contents(line)
			if same and not known.disputed:
				line["received_state"] = known.received_state or line["received_state"]
				line["received_remark"] = known.received_remark
		doc.append("items", line)


def differences(doc) -> list:
	"""How the folder has changed since the giver signed: problems, none if it is the same."""
	return list(rules.differences(lines(doc), _live(doc.cell)))


def lines(doc) -> list[rules.Line]:
	"""The handover's items as the rules take them."""
	return [_frozen_line(row) for row in doc.items]


def files_of(row) -> list[dict]:
	"""The files of an inventory line: ``[{file, file_name, sha256, file_size}]``."""
	return json.loads(row.get("files") or "[]")


def _live(cell: str) -> list[rules.Line]:
	live = []
	for slot, files in _slots(cell, everything=True):
		values = slot | {"files": json.dumps(files, ensure_ascii=False, sort_keys=True)}
		live.append(rules.Line(slot.name, slot.title, slot.state, contents=_contents(values)))
	return live


def _slots(cell: str, everything: bool = False) -> list[tuple[dict, list[dict]]]:
	"""The cell's slots that belong on an inventory (or all), in order, with their files: three queries.

	What was superseded, and whose successor is filed, is of the past: nobody has to put it right.
	"""
	rows = frappe.get_all(
		"Folder Item",
		filters={"cell": cell},
		fields=["name", "state", "required", "due_on", "remark", "successor", *COPIED],
		order_by="section asc, sort_order asc, period asc, creation asc, name asc",
	)
	replaced = completeness.settled(cell, {row.successor for row in rows if row.successor})
	rows = [row for row in rows if not (row.state == OUTDATED and row.successor in replaced)]
	files = defaultdict(list)
	if rows:
		for row in frappe.get_all(
			"Folder Item File",
			filters={"parenttype": "Folder Item", "parent": ("in", [row.name for row in rows])},
			fields=["parent", "file", "file_name", "sha256", "file_size"],
			order_by="parent asc, idx asc",
		):
			files[row.pop("parent")].append(dict(row))
	day = getdate(today())
	return [(row, files[row.name]) for row in rows if everything or _belongs(row, day)]


def _belongs(row, day) -> bool:
	due = counts(
		SlotState(row.section, bool(row.required), row.due_on and getdate(row.due_on), row.state), day
	)
	return rules.belongs(row.state, bool(row.required), due, cint(row.file_count))


def _frozen_line(row) -> rules.Line:
	return rules.Line(
		item=row.folder_item,
		title=row.title,
		delivered=row.delivered_state,
		received=row.received_state or None,
		remark=row.received_remark or "",
		contents=_contents(row),
	)


def _contents(row) -> tuple:
	"""What stands under the signatures: number, date, copies, pages, place, and the files' digests, last."""
	files = tuple(sorted((file["file"], file["sha256"]) for file in files_of(row)))
	dated = str(getdate(row.get("dated"))) if row.get("dated") else ""
	return (
		row.get("number_symbol") or "",
		dated,
		cint(row.get("copies")),
		cint(row.get("pages")),
		row.get("paper_place") or "",
		files,
	)
