"""Each test in a transaction that is rolled back, without losing what commit and enqueue mean."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import frappe
import frappe.defaults
import frappe.utils.background_jobs
import frappe.utils.caching

POINT = "partycell_test_commit"

LASTING = (
	# Facts about the code and the schema. They cost most to find again, and no test that is rolled
	# back changes them: whoever changes the schema commits, and then everything is flushed.
	"all_apps",
	"app_hooks",
	"app_modules",
	"assets_json",
	"db_tables",
	"doctype_form_meta",
	"doctype_meta",
	"doctype_modules",
	"installed_app_modules",
	"installed_apps",
	"is_table",
	"module_app",
	"module_installed_app",
	"scheduler_events",
	"table_columns",
	"time_zone",
	"merged_translations",
	"translation_assets",
	"wkhtmltopdf_version",
)


@dataclass(frozen=True)
class Job:
	"""Something that was enqueued."""

	method: str | Callable
	kwargs: dict[str, Any]
	queue: str


JOBS: list[Job] = []
_STATE: dict[str, Any] = {}


def connect(site: str) -> None:
	"""Connect to a site of the current folder, as tests want it; also anew."""
	frappe.init(site, sites_path=".", force=True)
	frappe.connect()
	# On SQLite writes before the first commit would stand outside any transaction.
	frappe.db.rollback()
	frappe.flags.in_test = True
	frappe.local.lang = "en"


def begin_test() -> None:
	"""Administrator, no messages, a new transaction."""
	frappe.db.rollback()
	JOBS.clear()
	_STATE["flags"] = dict(frappe.local.flags)
	_STATE["files"] = _files()
	frappe.set_user("Administrator")
	frappe.local.message_log = []
	frappe.local.error_log = []
	frappe.local.locked_documents = []
	frappe.local.form_dict = frappe._dict()
	frappe.local.response = frappe._dict({"docs": []})
	frappe.local.lang = "en"


def end_test(*, keep_files: bool = False) -> None:
	"""Undo what was not committed, with its files, and forget what was cached from it."""
	frappe.db.rollback()
	if not keep_files:
		for path in _files() - _STATE.get("files", set()):
			path.unlink(missing_ok=True)
	frappe.set_user("Administrator")
	frappe.local.flags.clear()
	frappe.local.flags.update(_STATE.get("flags", {}))
	forget_touched()


def _files() -> set[Path]:
	"""What lies in the site's folders of files; Frappe leaves a file there when its row is rolled back."""
	folders = (Path(frappe.get_site_path(kind, "files")) for kind in ("private", "public"))
	return {path for folder in folders for path in folder.rglob("*") if path.is_file()}


@contextmanager
def uncommitted() -> Iterator[None]:
	"""Within: commit runs its hooks and moves a savepoint, rollback goes back to that savepoint."""
	db = frappe.db
	leftover: list[Callable] = []

	def mark() -> None:
		db.sql(f"savepoint {POINT}")

	def commit(*_: Any, **__: Any) -> None:
		# What a real commit forgets still has to be undone when the test ends: caches, files.
		leftover.extend(db.after_rollback._functions)
		db.before_rollback.reset()
		db.after_rollback.reset()
		db.before_commit.run()
		mark()
		db.after_commit.run()

	def rollback(*_: Any, save_point: str | None = None) -> None:
		if save_point:
			db.sql(f"rollback to savepoint {save_point}")
			return
		db.before_commit.reset()
		db.after_commit.reset()
		db.before_rollback.run()
		db.sql(f"rollback to savepoint {POINT}")
		db.after_rollback.run()

	mark()
	db.commit, db.rollback, db.begin = commit, rollback, lambda **_: None
	try:
		yield
	finally:
		# Instance attributes: without them the class's own methods are there again.
		for name in ("commit", "rollback", "begin"):
			db.__dict__.pop(name, None)
		db.rollback()
		for undo in leftover:
			undo()


@contextmanager
def jobs_at_once() -> Iterator[None]:
	"""Within: what is enqueued is called, in this process, as the same user."""
	module = frappe.utils.background_jobs
	real = {id(module.enqueue), id(frappe.enqueue)}
	replaced = []
	for loaded in list(sys.modules.values()):
		# Also where somebody wrote `from frappe import enqueue`.
		name = getattr(loaded, "__dict__", {}).get("enqueue")
		if name is not None and id(name) in real:
			replaced.append((loaded, name))
			loaded.enqueue = _enqueue
	try:
		yield
	finally:
		for loaded, name in replaced:
			loaded.enqueue = name


@contextmanager
def cheap_defaults() -> Iterator[None]:
	"""Within: a new default leaves the schema's caches alone.

	Frappe 15 sets a global default with every new user and empties all caches for it, after which
	some thirty DocTypes are read anew: a second for each user that a test makes.
	"""
	real = frappe.defaults._clear_cache

	def clear(parent: str) -> None:
		if parent in frappe.defaults.common_default_keys:
			forget_touched()
		else:
			real(parent)

	frappe.defaults._clear_cache = clear
	try:
		yield
	finally:
		frappe.defaults._clear_cache = real


def _enqueue(
	method,
	queue="default",
	timeout=None,
	event=None,
	is_async=True,
	job_name=None,
	now=False,
	enqueue_after_commit=False,
	*,
	on_success=None,
	on_failure=None,
	at_front=False,
	job_id=None,
	deduplicate=False,
	at_front_when_starved=False,
	**kwargs,
):
	"""frappe.enqueue's arguments; a failing job fails the test."""
	kwargs.pop("async", None)
	JOBS.append(Job(method, kwargs, queue))

	def call():
		function = frappe.get_attr(method) if isinstance(method, str) else method
		return function(**kwargs)

	def call_after_commit():
		call()
		# A worker keeps what a job has done; left open, it would lock the site for every other process.
		frappe.db.commit()

	if enqueue_after_commit and not now:
		frappe.db.after_commit.add(call_after_commit)
		return None
	return call()


def forget_touched() -> None:
	"""Empty the caches, except of what a rolled-back test cannot have changed."""
	frappe.db.value_cache.clear()
	local = frappe.local
	local.role_permissions = {}
	local.user_perms = None
	if hasattr(local, "request_cache"):
		local.request_cache.clear()
	for name in ("system_settings", "website_settings"):
		if hasattr(local, name):
			delattr(local, name)
	frappe.utils.caching._SITE_CACHE.clear()
	_drop(local.cache)
	shared = getattr(frappe, "client_cache", None)
	if shared is not None and hasattr(shared, "cache"):
		with shared.lock:
			_drop(shared.cache)
	stale = [key for key in frappe.cache.keys(f"{frappe.conf.db_name}|*") if not _lasts(key)]
	if stale:
		frappe.cache.delete(*stale)


def forget_everything() -> None:
	"""Empty all caches: the schema itself may be another one now."""
	frappe.cache.flushall()
	frappe.local.cache = {}
	if hasattr(frappe.local, "request_cache"):
		frappe.local.request_cache.clear()
	shared = getattr(frappe, "client_cache", None)
	if shared is not None and hasattr(shared, "clear_cache"):
		shared.clear_cache()


def _drop(cache: dict) -> None:
	for key in [key for key in cache if not _lasts(key)]:
		del cache[key]


def _lasts(key: bytes | str) -> bool:
	name = key.decode(errors="replace") if isinstance(key, bytes) else str(key)
	return name.partition("|")[2].startswith(LASTING)
