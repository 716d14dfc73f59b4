"""Whoever's turn it is finds a notification; both parties are told how it ended; nobody else is."""

import frappe
import pytest

from partycell.api import handovers
from partycell.framework import compat, locking
from tests.site import factories as make
from tests.site.support import acts

MAKE_LOGS = "frappe.desk.doctype.notification_log.notification_log.make_notification_logs"


@pytest.fixture
def world():
	made = make.world()
	acts.fill(made.cell)
	return made


def told(handover: str) -> list[tuple[str, str]]:
	"""(user, subject) of each notification about a handover since the last call."""
	rows = frappe.get_all(
		"Notification Log",
		filters={"document_type": "Handover", "document_name": handover, "read": 0},
		fields=["name", "for_user", "subject"],
	)
	for row in rows:
		frappe.db.set_value("Notification Log", row.name, "read", 1)
	return sorted((row.for_user, row.subject) for row in rows)


def users(rows) -> list[str]:
	return [user for user, _subject in rows]


def test_each_act_tells_whoever_is_next_and_nobody_else(world):
	name = make.draft(world).name
	assert told(name) == []
	acts.by(world.secretary, handovers.deliver, name, make.SIGNATURE)
	assert users(told(name)) == [world.receiver]
	acts.by(world.receiver, handovers.mark_rest_present, name)
	assert told(name) == []
	acts.by(world.receiver, handovers.receive, name, make.SIGNATURE)
	assert users(told(name)) == [world.officer]
	acts.by(world.officer, handovers.approve, name)
	assert users(told(name)) == sorted([world.secretary, world.receiver])


def test_what_is_disputed_goes_back_to_the_giver(world):
	doc = make.draft(world)
	acts.by(world.secretary, handovers.deliver, doc.name, make.SIGNATURE)
	told(doc.name)
	doc.reload()
	acts.by(world.receiver, handovers.contest, doc.name, "Thiếu sổ", [doc.items[0].name])
	assert users(told(doc.name)) == [world.secretary]


def test_a_withdrawal_is_told_to_both(world):
	name = make.draft(world).name
	acts.by(world.secretary, handovers.deliver, name, make.SIGNATURE)
	told(name)
	acts.by(world.secretary, handovers.withdraw, name, "Hoãn đại hội")
	assert told(name) == sorted(
		(user, "Chi bộ Tổ dân phố 1: Nguyễn Văn Giao → Phạm Thị Nhận: Withdrawn")
		for user in (world.secretary, world.receiver)
	)


def test_it_is_said_in_vietnamese_where_vietnamese_is_spoken(world, monkeypatch):
	monkeypatch.setattr(frappe.local, "lang", "vi")
	name = make.draft(world).name
	acts.by(world.secretary, handovers.deliver, name, make.SIGNATURE)
	assert told(name) == [(world.receiver, "Bàn giao Chi bộ Tổ dân phố 1: đến lượt đồng chí")]


def test_on_sqlite_the_job_writes_before_it_reads():
	before = frappe.db.transaction_writes
	locking.begin_job(method="frappe.utils.background_jobs.anything", kwargs={}, transaction_type="job")
	assert frappe.db.transaction_writes == before
	locking.begin_job(method=MAKE_LOGS, kwargs={}, transaction_type="job")
	assert frappe.db.transaction_writes - before == int(compat.is_sqlite())


def test_the_job_is_named_as_frappe_enqueues_it():
	assert frozenset({MAKE_LOGS}) == locking.LOST_WHEN_LATE
	assert callable(frappe.get_attr(MAKE_LOGS))
