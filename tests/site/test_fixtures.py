"""The fixtures themselves: what other tests take for granted about commit, rollback, jobs and HTTP."""

import json
import os
import subprocess
import sys

import frappe
import pytest


def note(text: str) -> str:
	"""A small document of Frappe's own."""
	return frappe.get_doc({"doctype": "ToDo", "description": text}).insert().name


def notes() -> list[str]:
	"""What is there of them, as the database has it."""
	return sorted(frappe.get_all("ToDo", pluck="description"))


@pytest.mark.parametrize("turn", [1, 2])
def test_what_a_test_commits_is_gone_for_the_next(turn):
	assert notes() == []
	note("committed")
	frappe.db.commit()
	assert notes() == ["committed"]


def test_rollback_goes_back_to_the_last_commit():
	note("kept")
	frappe.db.commit()
	note("lost")
	frappe.db.rollback()
	assert notes() == ["kept"]


def test_commit_runs_the_hooks():
	seen = []
	frappe.db.before_commit.add(lambda: seen.append("before"))
	frappe.db.after_commit.add(lambda: seen.append("after"))
	frappe.db.after_rollback.add(lambda: seen.append("rollback"))
	frappe.db.commit()
	assert seen == ["before", "after"]


def test_own_savepoints_work():
	frappe.db.savepoint("mine")
	note("lost")
	frappe.db.rollback(save_point="mine")
	assert notes() == []


def test_a_changed_document_is_cached():
	frappe.db.set_value("User", "Guest", "first_name", "Somebody")
	assert frappe.get_cached_doc("User", "Guest").first_name == "Somebody"
	assert frappe.db.get_value("User", "Guest", "first_name", cache=True) == "Somebody"


def test_cached_documents_do_not_outlive_the_test_they_were_read_in():
	assert frappe.get_cached_doc("User", "Guest").first_name == "Guest"
	assert frappe.db.get_value("User", "Guest", "first_name", cache=True) == "Guest"


def test_jobs_are_called_at_once_or_at_commit(jobs):
	frappe.enqueue(note, text="at once", queue="long")
	frappe.enqueue(note, text="at commit", enqueue_after_commit=True)
	assert notes() == ["at once"]
	frappe.db.commit()
	assert notes() == ["at commit", "at once"]
	assert [job.queue for job in jobs] == ["long", "default"]


def test_a_change_of_user_ends_with_the_test():
	frappe.set_user("Guest")


def test_each_test_begins_as_administrator():
	assert frappe.session.user == "Administrator"


@pytest.mark.parametrize("turn", [1, 2])
def test_files_of_a_rolled_back_test_are_gone(turn):
	assert not os.path.exists(frappe.get_site_path("private", "files", "b.txt"))
	frappe.get_doc({"doctype": "File", "file_name": "b.txt", "content": b"b", "is_private": 1}).insert()
	frappe.db.commit()
	assert os.path.exists(frappe.get_site_path("private", "files", "b.txt"))


@pytest.mark.committed
@pytest.mark.parametrize("turn", [1, 2])
def test_another_process_sees_what_a_committed_test_wrote_and_the_site_is_put_back(turn):
	assert notes() == []
	note("seen elsewhere")
	frappe.get_doc({"doctype": "File", "file_name": "a.txt", "content": b"a", "is_private": 1}).insert()
	frappe.db.commit()
	program = (
		"import frappe, json, os; frappe.init(os.environ['PARTYCELL_TEST_SITE']); frappe.connect();"
		"print(json.dumps(frappe.get_all('ToDo', pluck='description')))"
	)
	done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
	assert json.loads(done.stdout) == ["seen elsewhere"]


def test_files_of_a_committed_test_are_gone_too():
	assert not os.path.exists(frappe.get_site_path("private", "files", "a.txt"))


@pytest.mark.committed
@pytest.mark.parametrize("turn", [1, 2])
def test_a_changed_schema_is_put_back(turn):
	from frappe.custom.doctype.custom_field.custom_field import create_custom_field

	assert not frappe.get_meta("ToDo").has_field("weight_in_kg")
	create_custom_field("ToDo", {"fieldname": "weight_in_kg", "fieldtype": "Int", "label": "Weight"})
	assert frappe.get_meta("ToDo").has_field("weight_in_kg")
	assert frappe.db.has_column("ToDo", "weight_in_kg")


def test_the_schema_is_as_it_was():
	assert not frappe.get_meta("ToDo").has_field("weight_in_kg")
	assert not frappe.db.has_column("ToDo", "weight_in_kg")


@pytest.mark.committed
def test_http_knows_its_user_and_both_sides_see_each_other(http):
	user = frappe.get_doc(
		{
			"doctype": "User",
			"email": "lan@example.org",
			"first_name": "Lan",
			"send_welcome_email": 0,
			"roles": [{"role": "System Manager"}],
		}
	).insert()
	client = http(user.name)
	assert client.message("frappe.auth.get_logged_user") == "lan@example.org"
	made = client.post("/api/resource/ToDo", json={"description": "from outside"})
	assert made.status_code == 200, made.text
	assert notes() == ["from outside"]
	note("from inside")
	assert len(client.get("/api/resource/ToDo").json()["data"]) == 2
	assert http().get("/api/resource/ToDo").status_code in (401, 403)


@pytest.fixture(scope="module")
def shared(fresh_site):
	"""Data that several tests share."""
	return note("shared")


def test_module_data_is_there(shared):
	assert notes() == ["shared"]
	note("more")
	frappe.db.commit()


def test_module_data_is_still_there(shared):
	assert notes() == ["more", "shared"]
