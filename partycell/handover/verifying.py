"""Whether a handover with a digest stands: for whoever holds the paper, without a login.

What is told is what the minutes say openly: the cell, the day, how many documents. No names of people,
no titles of documents; of files only their SHA-256, from which nothing can be read back.
"""

import re
from dataclasses import dataclass, field

import frappe
from frappe.rate_limiter import rate_limit

from partycell.handover import inventory
from partycell.rules import dossier
from partycell.rules.handover import ANNULLED, APPROVED

STANDS, IS_ANNULLED, UNKNOWN = "stands", "annulled", "unknown"
LIMIT, WITHIN = 60, 60 * 60
"""Looks from one address, and in how many seconds."""


@dataclass(frozen=True)
class Answer:
	"""What is told of a digest. ``files`` are the SHA-256 of the dossier's files, sorted."""

	status: str
	digest: str
	cell: str | None = None
	day: str | None = None
	annulled_on: str | None = None
	items: int = 0
	files: list[str] = field(default_factory=list)


@rate_limit(limit=LIMIT, seconds=WITHIN)
def look_up_limited(digest: str) -> Answer:
	"""``look_up`` for guests: nobody tries out digests, or files, by the thousand."""
	return look_up(digest)


def look_up(digest: str) -> Answer:
	"""What stands under a digest, 64 hexadecimal digits; spaces and capitals are forgiven."""
	plain = re.sub(r"\s+", "", digest or "").lower()
	if not dossier.SHA256.fullmatch(plain):
		return Answer(UNKNOWN, "")
	# Not get_list: whoever holds the paper may be anybody, and is told only what Answer has.
	found = frappe.db.get_value(
		"Handover",
		{"digest": plain, "workflow_state": ("in", (APPROVED, ANNULLED))},
		["name", "cell", "handover_date", "count_total", "workflow_state", "annulled_on"],
		as_dict=True,
	)
	if not found:
		return Answer(UNKNOWN, plain)
	annulled = found.workflow_state == ANNULLED
	return Answer(
		IS_ANNULLED if annulled else STANDS,
		plain,
		cell=frappe.db.get_value("Cell", found.cell, "cell_name"),
		day=str(found.handover_date),
		annulled_on=str(found.annulled_on)[:10] if annulled else None,
		items=found.count_total,
		files=_files(found.name),
	)


def _files(handover: str) -> list[str]:
	rows = frappe.get_all("Handover Item", filters={"parent": handover}, fields=["files"])
	return sorted({file["sha256"] for row in rows for file in inventory.files_of(row)})
