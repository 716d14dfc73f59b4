"""What a phone sends again after its connection was lost is carried out once.

The phone gives each act a key of its own and keeps sending until it has an answer. The key is written in
the transaction of the act: either both stay or neither.
"""

import json
import re
from collections.abc import Callable
from typing import Any

import frappe
from frappe import _
from frappe.utils import add_days, now

from partycell.errors import SentAgainError, SentRequestError

DOCTYPE = "Sent Request"
KEY = re.compile(r"[0-9a-f-]{16,64}")


def once(key: str, act: str, carry_out: Callable[[], Any]) -> Any:
	"""The answer of an act that a device named by a key: carried out now, or what it answered the first time.

	key: 16 to 64 hexadecimal digits and hyphens, such as a UUID, chosen by the device
	carry_out: does the act and returns what JSON can hold; what it raises undoes the key as well

	Refuses a key that is not one, or that somebody else has used; of two that come at the same instant the
	second is refused, and finds the answer when it is sent again.
	"""
	if not KEY.fullmatch(key or ""):
		frappe.throw(_("This request has no key. Load the page again."), SentRequestError)
	known = frappe.db.get_value(DOCTYPE, key, ["user", "act", "answer"], as_dict=True)
	if known:
		if (known.user, known.act) != (frappe.session.user, act):
			frappe.throw(_("This request has the key of another one. Load the page again."), SentRequestError)
		return json.loads(known.answer)
	row = frappe.new_doc(DOCTYPE).update({"key": key, "user": frappe.session.user, "act": act})
	row.set_new_name()
	try:
		# Nobody has a right to these rows; what the act itself may do is decided where it is done.
		row.db_insert()
	except frappe.DuplicateEntryError:
		# Frappe has put its own message before.
		frappe.clear_messages()
		frappe.throw(_("This was sent twice at once. Wait a moment."), SentAgainError)
	answer = carry_out()
	frappe.db.set_value(DOCTYPE, row.name, "answer", json.dumps(answer, default=str), update_modified=False)
	return json.loads(json.dumps(answer, default=str))


def forget(days: int) -> None:
	"""Deletes keys older than ``days``: no phone sends them any more."""
	table = frappe.qb.DocType(DOCTYPE)
	frappe.qb.from_(table).delete().where(table.creation < add_days(now(), -days)).run()
