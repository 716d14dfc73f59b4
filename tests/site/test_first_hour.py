"""The first hour: four questions answered, sample data loaded and taken away, steps marked."""

import frappe
import pytest
from frappe.utils.password import check_password

from partycell.api import first_hour as first_hour_api
from partycell.desk import first_hour, onboarding, sample_data
from partycell.errors import CommitteeError, PartycellError, TemplateError
from partycell.setup.demo import build, clearing
from tests.site import factories as make
from tests.site.support.refusals import refused

ANSWERS = {"committee": " Đảng ủy xã Ia Rbol ", "level": "Commune", "cells": "Import", "officers": []}


@pytest.fixture(scope="module")
def people(fresh_site):
	made = frappe._dict(
		manager=make.user("Quản lý", "Partycell Manager"),
		secretary=make.user("Bí thư", "Cell Secretary"),
		officer=make.user("Cán bộ", "Committee Officer"),
		stranger=make.user("Người quen", "Website Manager"),
	)
	frappe.db.commit()
	return made


@pytest.fixture(autouse=True)
def as_it_was(isolated):
	"""Nothing that a test of this module writes stays: its people are made once and committed."""
	yield
	frappe.db.rollback()
	frappe.cache.delete_value(sample_data.KEY)


def answered(**changed) -> dict:
	template = frappe.get_all("Folder Template", pluck="name")[0]
	return first_hour_api.set_up(**{**ANSWERS, "template": template, **changed})


def test_a_manager_is_asked_until_there_is_a_committee(people):
	frappe.set_user(people.officer)
	assert not first_hour.is_due()
	frappe.set_user(people.manager)
	assert first_hour.is_due()
	told = first_hour_api.state()
	assert not told["done"] and told["templates"][0].is_default and not told["dates"]
	answered()
	assert not first_hour.is_due() and first_hour_api.state()["done"]


def test_the_answers_make_committee_officers_and_invitations(people):
	frappe.set_user(people.manager)
	done = answered(
		symbol="ĐU",
		officers=[
			{"email": people.stranger.upper(), "function": "Officer", "position": "Bí thư Đảng ủy"},
			{"email": "moi@xa.example", "full_name": "Rơ Châm H'Nga", "function": "Inspector"},
			{"email": "", "full_name": ""},
		],
	)
	doc = frappe.get_doc("Party Committee", done["committee"])
	assert (doc.committee_name, doc.level, doc.symbol) == ("Đảng ủy xã Ia Rbol", "Commune", "ĐU")
	assert [(row.user, row.function, row.position) for row in doc.users] == [
		(people.stranger, "Officer", "Bí thư Đảng ủy"),
		("moi@xa.example", "Inspector", ""),
	]
	assert "Committee Officer" in frappe.get_roles(people.stranger)
	assert "Website Manager" in frappe.get_roles(people.stranger)
	account = frappe.get_doc("User", "moi@xa.example")
	assert account.enabled and {row.role for row in account.roles} == {"Inspector"}
	assert done["next"] == "cell-import/new"
	# No e-mail leaves a scratch site, and the manager is told.
	assert (done["invited"], done["unsent"]) == ([], ["moi@xa.example"])
	assert frappe.db.get_value("Onboarding Step", "Partycell Set Up the Office", "is_complete")
	assert not frappe.db.get_value("Onboarding Step", "Partycell Enter the Cells", "is_complete")


def test_a_letter_is_sent_where_e_mail_leaves_the_site(people, monkeypatch):
	letters = []
	monkeypatch.setattr(frappe, "sendmail", lambda **letter: letters.append(letter))
	# Frappe 16's own way to a full name needs a function that SQLite does not have.
	monkeypatch.setattr("frappe.utils.user.get_user_fullname", lambda user: "Quản lý")
	frappe.get_doc(
		{"doctype": "Email Account", "email_id": "ra@xa.example", "enable_outgoing": 1, "default_outgoing": 1}
	).db_insert()
	frappe.set_user(people.manager)
	new = [{"email": "moi@xa.example", "full_name": "Rơ Châm H'Nga"}]
	done = answered(officers=new)
	assert (done["invited"], done["unsent"]) == (["moi@xa.example"], [])
	(letter,) = letters
	assert letter["recipients"] == "moi@xa.example" and "update-password" in letter["args"]["link"]


def test_a_letter_that_cannot_be_written_does_not_undo_the_office(people, monkeypatch):
	def broken(**letter):
		raise RuntimeError("the post is on strike")

	monkeypatch.setattr(frappe, "sendmail", broken)
	frappe.get_doc(
		{"doctype": "Email Account", "email_id": "ra@xa.example", "enable_outgoing": 1, "default_outgoing": 1}
	).db_insert()
	frappe.set_user(people.manager)
	done = answered(officers=[{"email": "moi@xa.example", "full_name": "Rơ Châm H'Nga"}])
	assert (done["invited"], done["unsent"]) == ([], ["moi@xa.example"])
	assert frappe.db.exists("Party Committee User", {"user": "moi@xa.example", "parent": done["committee"]})


def test_a_bad_answer_writes_nothing(people):
	frappe.set_user(people.manager)
	bad = [{"email": "moi@xa.example", "full_name": "A"}, {"email": "moi2@xa.example"}]
	with refused(CommitteeError, "moi2@xa.example"):
		answered(officers=bad)
	with refused(TemplateError, "Choose one of the folder templates"):
		answered(template="nothing")
	assert not frappe.db.count("Party Committee") and not frappe.db.exists("User", "moi@xa.example")


def test_the_questions_are_answered_once(people):
	frappe.set_user(people.manager)
	answered()
	with refused(CommitteeError, "committees already"):
		answered()
	assert frappe.db.count("Party Committee") == 1


@pytest.mark.parametrize("who", ["secretary", "officer", "stranger"])
def test_nobody_else_sets_up_or_loads(people, who):
	frappe.set_user(people[who])
	for call in (
		answered,
		first_hour_api.state,
		first_hour_api.sample_state,
		first_hour_api.load_sample,
		first_hour_api.remove_sample,
		first_hour_api.renew_sample_logins,
		lambda: sample_data.run(sample_data.LOADING, frappe.session.user),
	):
		with pytest.raises(frappe.PermissionError):
			call()
	assert not frappe.db.count("Party Committee")


def test_dates_are_changed_by_whoever_may_change_the_site(people):
	frappe.set_user(people.manager)
	before = frappe.db.get_single_value("System Settings", "date_format")
	with pytest.raises(frappe.PermissionError):
		answered(dates=1)
	frappe.db.rollback()
	assert frappe.db.get_single_value("System Settings", "date_format") == before
	frappe.set_user("Administrator")
	answered(dates=1)
	assert frappe.db.get_single_value("System Settings", "date_format") == "dd/mm/yyyy"


def test_sample_data_is_not_mixed_with_an_offices_cells(people, jobs):
	frappe.set_user(people.manager)
	make.cell(make.committee())
	with refused(PartycellError, "1 cells of its own"):
		first_hour_api.load_sample()
	assert not jobs and sample_data.state()["work"] is None


def test_loading_and_removing_say_how_far_they_are(people, monkeypatch):
	"""The demo itself has its tests; here is what the desk adds: the job, the progress, the password."""
	seen, passwords = [], []

	def make_demo(password, work):
		passwords.append(password)
		assert frappe.session.user == "Administrator"
		for _item in work("Cells", [1, 2, 3]):
			seen.append(sample_data.state()["work"])
		return 3

	monkeypatch.setattr(build, "make", make_demo)
	monkeypatch.setattr(sample_data, "EVERY", -1)
	monkeypatch.setattr(sample_data, "_known", lambda password: None)
	frappe.set_user(people.manager)
	sample_data.run(sample_data.LOADING, people.manager)
	assert [(work["label"], work["done"], work["of"]) for work in seen] == [
		("Cells", 0, 3),
		("Cells", 1, 3),
		("Cells", 2, 3),
	]
	work = first_hour_api.sample_state()["work"]
	assert work["what"] == "Loaded" and work["password"] == passwords[0] and len(passwords[0]) >= 12
	assert work["logins"]["Cell Secretary"] == "bithu.001@ayunpa.example"
	frappe.set_user("Administrator")
	assert "password" not in first_hour_api.sample_state()["work"]
	monkeypatch.setattr(clearing, "clear", lambda work: clearing.Cleared())
	sample_data.run(sample_data.REMOVING, people.manager)
	assert sample_data.state()["work"]["what"] == "Removed"


def test_a_forgotten_password_is_given_anew(people):
	frappe.set_user(people.manager)
	with refused(PartycellError, "no sample data here"):
		first_hour_api.renew_sample_logins()
	frappe.set_user("Administrator")
	login = frappe.new_doc("User")
	login.update({"email": "bithu.001@ayunpa.example", "first_name": "Mẫu", "send_welcome_email": 0}).insert()
	frappe.set_user(people.manager)
	password = first_hour_api.renew_sample_logins()["work"]["password"]
	assert check_password(login.name, password) == login.name


def test_a_job_that_breaks_off_says_so(people, monkeypatch):
	def broken(password, work):
		raise RuntimeError("no room on the disk")

	monkeypatch.setattr(build, "make", broken)
	frappe.set_user(people.manager)
	sample_data.run(sample_data.LOADING, people.manager)
	assert sample_data.state()["work"]["what"] == "Failed"
	assert "no room on the disk" in frappe.get_last_doc("Error Log").error


def test_a_job_that_is_gone_without_a_word_has_broken_off(people, monkeypatch):
	monkeypatch.setattr(sample_data, "is_job_enqueued", lambda job: False)
	frappe.set_user(people.manager)
	sample_data._Note(sample_data.LOADING, people.manager).say("Cells", 1, 3)
	assert sample_data.state()["work"]["what"] == "Loading"
	monkeypatch.setattr(sample_data, "PATIENCE", -1)
	assert sample_data.state()["work"]["what"] == "Failed"


def test_steps_are_marked_by_what_is_there(people):
	steps = set(onboarding.DONE_BY)
	assert steps == {row.step for row in frappe.get_doc("Module Onboarding", onboarding.ONBOARDING).steps}
	frappe.set_user("Administrator")
	make.term(make.cell(make.committee()), people.secretary)
	onboarding.mark()
	done = frappe.get_all(
		"Onboarding Step", filters={"name": ("in", list(steps)), "is_complete": 1}, pluck="name"
	)
	assert set(done) == {
		"Partycell Set Up the Office",
		"Partycell Enter the Cells",
		"Partycell Name the Secretaries",
	}
	# What was entered by way of trial and taken away again is not done.
	frappe.db.delete("Secretary Term")
	onboarding.mark()
	assert not frappe.db.get_value("Onboarding Step", "Partycell Name the Secretaries", "is_complete")


def test_an_onboarding_whose_steps_are_done_is_finished_until_the_sample_is_gone(people, monkeypatch):
	def finished() -> int:
		return frappe.db.get_value("Module Onboarding", onboarding.ONBOARDING, "is_complete")

	frappe.set_user("Administrator")
	monkeypatch.setattr(onboarding, "DONE_BY", {step: ("User", {}) for step in onboarding.DONE_BY})
	onboarding.mark()
	assert finished()
	monkeypatch.setattr(onboarding, "DONE_BY", {step: ("Folder Issue", {}) for step in onboarding.DONE_BY})
	onboarding.mark()
	assert finished()
	onboarding.begin_again()
	assert not finished()
	assert not frappe.get_all("Onboarding Step", {"name": ("in", list(onboarding.DONE_BY)), "is_complete": 1})
