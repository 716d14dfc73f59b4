"""Write first, then read: one act at a time on the same record, on MariaDB and on SQLite.

``for_update`` does nothing on SQLite, and a transaction that reads and then writes is refused there
when somebody else wrote in between. So an act takes its lock by a write that changes nothing.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import frappe
from frappe.exceptions import QueryDeadlockError, QueryTimeoutError

from partycell.framework import compat

TRIES = 5


def take(doctype: str, **where: str | Sequence[str]) -> None:
	"""Holds the records ``where`` until the transaction ends; whoever comes second waits, then reads afresh.

	where: by field, one value or several of which any will do

	Tries again when the database reports a deadlock or a lock held too long; the last error goes to
	the caller, who has written nothing yet.
	"""
	table = frappe.qb.DocType(doctype)
	query = frappe.qb.update(table).set(table.idx, table.idx)
	for field, value in where.items():
		query = query.where(
			table[field] == value if isinstance(value, str) else table[field].isin(list(value))
		)
	for attempt in range(TRIES):
		fresh = start_afresh()
		try:
			query.run()
			return
		except (QueryDeadlockError, QueryTimeoutError):
			# Only a transaction that has written nothing may be begun again.
			if not fresh or attempt == TRIES - 1:
				raise
			time.sleep(0.1 * 2**attempt)


@contextmanager
def first_wins(key: str, refusal: type[Exception], message: str) -> Iterator[None]:
	"""Within: whoever loses a race for a unique key is refused by name, not in the database's words.

	key: what the name of the index or of its column has in it
	"""
	try:
		yield
	except frappe.UniqueValidationError as error:
		if key not in str(error.args[-1]):
			raise
		# Frappe has put its own message before.
		frappe.clear_messages()
		frappe.throw(message, refusal)


def start_afresh() -> bool:
	"""Ends a transaction that has written nothing, so that later reads see what others committed.

	Returns whether it did: one that has written is left alone, for a rollback would lose that.
	"""
	if frappe.db.transaction_writes:
		return False
	# Nothing was written, so nothing is lost; on SQLite this also opens a transaction (see open_transaction).
	frappe.db.rollback()
	return True


def open_transaction(*args, **kwargs) -> None:
	"""Before each request and job: on SQLite, opens the transaction that Frappe 16 does not.

	Without it, rows that a request wrote before its first commit stayed when the request failed.
	"""
	request = getattr(frappe.local, "request", None)
	if request and _only_logs(request):
		return
	if frappe.db and compat.outside_transaction():
		frappe.db.rollback()
		if request and _saves(request):
			take("DocType", name="DocType")


# What the desk saves documents by. It reads them first, and SQLite refuses who has read when another has written.
SAVING = frozenset(
	{
		"frappe.client.delete",
		"frappe.client.insert",
		"frappe.client.save",
		"frappe.client.set_value",
		"frappe.client.submit",
		"frappe.desk.form.save.cancel",
		"frappe.desk.form.save.savedocs",
		"frappe.desk.reportview.delete_items",
		"frappe.model.workflow.apply_workflow",
		"upload_file",
	}
)


# What Frappe reads for, and then writes one line into its access log: nothing that could be left half-written.
LOGGED = frozenset(
	{
		"frappe.desk.query_report.export_query",
		"frappe.desk.reportview.export_query",
		"frappe.utils.print_format.download_pdf",
	}
)


def _only_logs(request) -> bool:
	"""Whether a request only reads and logs that: in a transaction, of two pictures of a page that are loaded
	at once SQLite would refuse the second its line in the log, and with it the picture.
	"""
	return request.path.startswith("/private/files/") or request.path.rpartition("/method/")[2] in LOGGED


def _saves(request) -> bool:
	"""Whether a request writes documents by Frappe's own ways: it waits its turn, instead of being refused."""
	if request.method not in ("POST", "PUT", "PATCH", "DELETE"):
		return False
	way = request.path.removeprefix("/api/")
	return way.startswith(("resource/", "v2/document/")) or way.rpartition("method/")[2] in SAVING


# Frappe's jobs that read and then write, and are lost when somebody else wrote in between on SQLite.
LOST_WHEN_LATE = frozenset({"frappe.desk.doctype.notification_log.notification_log.make_notification_logs"})


def begin_job(method: str | None = None, **kwargs) -> None:
	"""Hook before each job: opens its transaction; a job that tells people whose turn it is writes first.

	Frappe tries a job again that MariaDB refused, but not one that SQLite did.
	"""
	open_transaction()
	if method in LOST_WHEN_LATE and compat.is_sqlite():
		take("DocType", name="Notification Log")
