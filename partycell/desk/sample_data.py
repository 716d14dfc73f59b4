"""Sample data from the desk: loaded and taken away by one click, in the background, with its progress.

What is loaded is the demo of ``setup.demo``; its accounts get a password that is made for this site and shown
to whoever asked for them, for a password that everybody knows has no place on a server.
"""

import secrets
import time
from collections.abc import Iterable

import frappe
from frappe import _, _lt
from frappe.utils.background_jobs import is_job_enqueued

from partycell.desk import first_hour, onboarding
from partycell.errors import PartycellError
from partycell.setup.demo import build, clearing, people, plan

JOB = "partycell-sample-data"
KEY = "partycell_sample_data"
KEPT = 24 * 3600  # seconds that the outcome is remembered
EVERY = 0.5  # seconds between two words about the progress
PATIENCE = 20  # seconds without a word, after which a job that is not there has broken off
LOADING, REMOVING, LOADED, REMOVED, FAILED = "Loading", "Removing", "Loaded", "Removed", "Failed"
# What the demo calls its parts, for the catalogue.
PARTS = (
	_lt("Accounts"),
	_lt("Cells"),
	_lt("Committees"),
	_lt("Directives"),
	_lt("Files"),
	_lt("Folders"),
	_lt("Handbook"),
	_lt("Handovers"),
	_lt("History"),
	_lt("Inspections"),
	_lt("Issued folders"),
	_lt("Meetings"),
)
AT_WORK = frozenset({LOADING, REMOVING})


def state() -> dict:
	"""What there is, and what is being done: ``present``, ``own_cells``, and ``work`` or None.

	``work`` holds ``what`` (one of the words above), ``label``, ``done``, ``of``, and for whoever loaded it
	``logins`` and their ``password``, as long as they are remembered.
	"""
	_only_those_who_may()
	work = frappe.cache.get_value(KEY, expires=True)
	# A job is queued when the request that began it is committed: until then it is only about to be.
	if work and work["what"] in AT_WORK and time.time() - work["at"] > PATIENCE and not is_job_enqueued(JOB):
		work = {**work, "what": FAILED}
	if work and work.get("by") != frappe.session.user:
		work = {key: value for key, value in work.items() if key not in ("password", "logins")}
	return {"present": is_present(), "own_cells": build.own_cells(), "work": work}


def is_present() -> bool:
	"""Whether anything of the sample is on the site."""
	return bool(
		frappe.db.exists("Party Committee", {"name": ("like", f"{plan.COMMITTEE}%")})
		or frappe.db.exists("User", {"name": ("like", f"%@{plan.DOMAIN}")})
	)


def load() -> None:
	"""Begins to load. Refused where the office has cells of its own: the two would stand in the same lists."""
	_only_those_who_may()
	own = build.own_cells()
	if own:
		frappe.throw(
			_(
				"This site has {count} cells of its own, so sample data is not loaded. Try it on another site."
			).format(count=own),
			PartycellError,
		)
	_begin(LOADING)


def remove() -> None:
	"""Begins to take the sample away; what the office made itself stays."""
	_only_those_who_may()
	_begin(REMOVING)


def renew_logins() -> None:
	"""Gives the sample's logins a new password and shows it to this user; for when the last one is forgotten."""
	_only_those_who_may()
	if not is_present() or is_job_enqueued(JOB):
		frappe.throw(_("There is no sample data here, or it is being worked on."), PartycellError)
	password = secrets.token_urlsafe(9)
	_known(password)
	_Note(LOADED, frappe.session.user).end(LOADED, password=password, logins=_logins())


def run(what: str, user: str) -> None:
	"""The job. Cut short, it is begun again from the page and goes on where it stopped."""
	_only_those_who_may(user)
	note = _Note(what, user)
	try:
		# The demo writes records of many people, as the bench command does; a manager has asked for it.
		with people.acting("Administrator"):
			if what == LOADING:
				password = secrets.token_urlsafe(9)
				build.make(password, note.follow)
				_known(password)
				# With the accounts themselves, which are kept as they are made.
				frappe.db.commit()
				note.end(LOADED, password=password, logins=_logins())
			else:
				kept = clearing.clear(note.follow).kept
				onboarding.begin_again()
				note.end(REMOVED, kept=len(kept))
	except Exception:
		frappe.db.rollback()
		frappe.log_error(title="partycell sample data")
		# Why it broke off is kept, whatever is undone.
		frappe.db.commit()
		note.end(FAILED)


def _begin(what: str) -> None:
	if is_job_enqueued(JOB):
		frappe.throw(
			_("The sample data is being worked on already. Wait until that has ended."), PartycellError
		)
	_Note(what, frappe.session.user).say("", 0, 0)
	frappe.enqueue(
		"partycell.desk.sample_data.run",
		queue="long",
		timeout=3600,
		job_id=JOB,
		deduplicate=True,
		enqueue_after_commit=True,
		what=what,
		user=frappe.session.user,
	)


class _Note:
	"""What is being done, kept where the page reads it: a worker writes it before its work is committed."""

	def __init__(self, what: str, user: str):
		self.what, self.user, self.said = what, user, 0.0

	def follow(self, label: str, items: list) -> Iterable:
		"""The items, with how far they are: what ``build`` and ``clearing`` call a Work."""
		for number, item in enumerate(items):
			if time.monotonic() - self.said > EVERY:
				self.say(label, number, len(items))
			yield item

	def say(self, label: str, done: int, of: int) -> None:
		self.said = time.monotonic()
		self._keep({"what": self.what, "label": label, "done": done, "of": of})

	def end(self, what: str, **more) -> None:
		self._keep({"what": what, **more})

	def _keep(self, values: dict) -> None:
		frappe.cache.set_value(KEY, {**values, "by": self.user, "at": time.time()}, expires_in_sec=KEPT)


def _known(password: str) -> None:
	"""Accounts that were there already, of a run that was cut short, get the password that is shown."""
	from frappe.utils.password import update_password

	for user in _logins().values():
		if frappe.db.exists("User", user):
			update_password(user, password)


def _logins() -> dict[str, str]:
	"""One login for each role, by the role."""
	return {
		"Partycell Manager": plan.MANAGER,
		"Committee Officer": f"canbo.00.1@{plan.DOMAIN}",
		"Inspector": f"kiemtra.00.1@{plan.DOMAIN}",
		"Cell Secretary": f"bithu.001@{plan.DOMAIN}",
	}


def _only_those_who_may(user: str | None = None) -> None:
	if not first_hour.may(user):
		frappe.throw(_("Only a Partycell Manager can load sample data."), frappe.PermissionError)
