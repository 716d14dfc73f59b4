"""Guidance and notes: written, approved by a second person, read in their scope, versions that replace each other."""

import frappe
import pytest
from frappe.utils import add_days, getdate, today

from partycell.api import handbook as api
from partycell.errors import AlreadyDoneError, HandbookError, HandbookTurnError, VersionError
from partycell.handbook import entries, versions
from tests.site import factories as make
from tests.site.support.refusals import refused

NOTE = "Handbook Note"


@pytest.fixture(scope="module")
def people(standing_world):
	"""A second officer beside the first, and a school's cell under the same commune."""
	frappe.set_user("Administrator")
	second = make.user("Phó Bí Thư")
	doc = frappe.get_doc("Party Committee", standing_world.commune)
	doc.append("users", {"user": second, "function": "Officer", "from_date": add_days(today(), -7)})
	doc.save()
	school = make.cell(standing_world.commune, "Chi bộ Trường học", cell_type="School")
	teacher = make.user("Cô Giáo")
	make.term(school, teacher)
	frappe.db.commit()
	return frappe._dict(second=second, school=school, teacher=teacher)


@pytest.fixture
def world(standing_world, people):
	return standing_world


def write(user: str, note_type: str = "Guidance", **values):
	frappe.set_user(user)
	doc = frappe.new_doc(NOTE)
	doc.update({"note_type": note_type, "title": "Thu đảng phí", "body": "<p>Thu hằng tháng</p>"} | values)
	return doc.insert()


def guidance(world, people, **values) -> str:
	"""Guidance of the commune, written by the first officer and published by the second."""
	doc = write(world.officer, committee=world.commune, **values)
	api.act(doc.name, "In Review")
	frappe.set_user(people.second)
	api.act(doc.name, "Published")
	return doc.name


def sees(user: str, name: str) -> bool:
	"""Whether a user sees an entry; list and form must agree."""
	frappe.set_user(user)
	listed = name in frappe.get_list(NOTE, pluck="name", limit_page_length=0)
	assert listed == bool(frappe.has_permission(NOTE, "read", doc=name)), user
	return listed


def test_the_default_handbook_is_there_for_every_cell_and_says_that_it_is_a_template(world):
	frappe.set_user(world.secretary)
	rows = frappe.get_list(
		NOTE,
		fields=["is_template", "workflow_state", "common_mistakes", "topic", "name"],
		limit_page_length=0,
	)
	assert len(rows) >= 15
	for row in rows:
		assert (row.is_template, row.workflow_state) == (1, "Published")
		doc = frappe.get_doc(NOTE, row.name)
		assert row.common_mistakes and row.topic and doc.basis and "<ol>" in doc.body


def test_guidance_is_published_by_a_second_person(world, people):
	doc = write(world.officer, committee=world.commune)
	api.act(doc.name, "In Review")
	assert frappe.db.get_value(NOTE, doc.name, "awaiting") == people.second
	with refused(HandbookTurnError, "It is not for you to bring this entry from In Review to Published."):
		api.act(doc.name, "Published")
	frappe.set_user(people.second)
	api.act(doc.name, "Published")
	doc.reload()
	assert (doc.workflow_state, doc.published_by_name, getdate(doc.effective_from)) == (
		"Published",
		"Phó Bí Thư",
		getdate(today()),
	)


def test_a_draft_is_seen_by_officers_and_what_is_published_by_the_cells_below(world, people):
	doc = write(world.officer, committee=world.commune)
	assert sees(people.second, doc.name) and not sees(world.secretary, doc.name)
	assert not sees(world.inspector, doc.name)
	name = guidance(world, people)
	for user in (world.secretary, world.other_secretary, world.inspector, people.teacher):
		assert sees(user, name)
	for user in (world.far_officer, world.nobody):
		assert not sees(user, name)


def test_guidance_for_some_types_of_cell_is_not_for_the_others(world, people):
	name = guidance(world, people, cell_types="School")
	assert sees(people.teacher, name) and not sees(world.secretary, name)
	with refused(HandbookError, "There is no type of cell named Xóm."):
		write(world.officer, committee=world.commune, cell_types="Xóm")


def test_guidance_is_given_by_a_committee_that_one_acts_for(world):
	with pytest.raises(frappe.PermissionError):
		write(world.far_officer, committee=world.commune)
	with pytest.raises(frappe.PermissionError):
		write(world.secretary, committee=world.commune)
	with pytest.raises(frappe.PermissionError):
		write(world.officer)


def test_what_is_sent_back_says_why_and_begins_anew(world, people):
	doc = write(world.officer, committee=world.commune)
	api.act(doc.name, "In Review")
	frappe.set_user(people.second)
	with refused(HandbookError, "Say why, so that others can follow it."):
		api.act(doc.name, "Draft")
	api.act(doc.name, "Draft", remark="Thiếu căn cứ")
	doc.reload()
	assert (doc.workflow_state, doc.review_reason, doc.awaiting) == ("Draft", "Thiếu căn cứ", world.officer)


def test_a_published_text_is_not_changed(world, people):
	name = guidance(world, people)
	frappe.set_user(world.manager)
	doc = frappe.get_doc(NOTE, name)
	doc.body = "<p>Khác</p>"
	with refused(HandbookTurnError, "Text cannot be changed by you while the entry is Published."):
		doc.save()


@pytest.mark.parametrize("field", ["entry", "version", "author", "live_key", "is_template", "published_as"])
def test_what_acts_write_is_not_written_by_hand(world, people, field):
	sent = {"version": 7, "is_template": 1, "author": people.second, "published_as": guidance(world, people)}
	doc = write(world.officer, committee=world.commune)
	doc.set(field, sent.get(field, "x"))
	with refused(HandbookTurnError, "cannot be changed by you while the entry is Draft."):
		doc.save()
	fresh = write(world.officer, committee=world.commune, **{field: sent.get(field, "x")})
	assert fresh.get(field) != sent.get(field, "x") and (fresh.version, fresh.author) == (1, world.officer)


@pytest.mark.parametrize("state", ["Published", "In Review", "Withdrawn"])
def test_an_entry_begins_as_a_draft(world, state):
	with pytest.raises((HandbookTurnError, frappe.PermissionError, frappe.ValidationError)):
		write(world.officer, committee=world.commune, workflow_state=state)
	assert not frappe.db.exists(NOTE, {"committee": world.commune, "workflow_state": state})


def test_whoever_comes_second_is_told(world, people):
	doc = write(world.officer, committee=world.commune)
	api.act(doc.name, "In Review")
	with refused(AlreadyDoneError, "Trần Thị Ủy has just done this: the entry is In Review."):
		api.act(doc.name, "In Review")


def test_a_new_version_replaces_the_old_one_which_stays_readable(world, people):
	old = guidance(
		world, people, common_mistakes="Thu gộp\nThiếu chữ ký", basis=[{"document": "Quy định 342-QĐ/TW"}]
	)
	frappe.set_user(world.officer)
	new = api.new_version(old)
	with refused(VersionError, "Another version of this entry is in work."):
		api.new_version(old)
	doc = frappe.get_doc(NOTE, new)
	doc.common_mistakes = "Thu gộp\nKhông ghi sổ"
	doc.save()
	assert (doc.version, doc.replaces, doc.basis[0].document) == (2, old, "Quy định 342-QĐ/TW")
	api.act(new, "In Review")
	frappe.set_user(people.second)
	api.act(new, "Published")
	before = frappe.get_doc(NOTE, old)
	assert (before.workflow_state, before.replaced_by) == ("Superseded", new)
	assert getdate(before.effective_until) == getdate(add_days(today(), -1))
	assert sees(world.secretary, old) and sees(world.secretary, new)
	(change,) = api.changes(new)
	assert change["field"] == "What Is Most Often Got Wrong"
	assert [(line["how"], line["text"]) for line in change["lines"]] == [
		("same", "Thu gộp"),
		("gone", "Thiếu chữ ký"),
		("new", "Không ghi sổ"),
	]
	assert api.changes(old) == []
	with refused(HandbookTurnError, "Only guidance that is in force gets a new version."):
		api.new_version(old)
	told = entries.desk(frappe.get_doc(NOTE, new))["versions"]
	assert [row.version for row in told] == [2, 1]


def test_of_two_versions_in_work_only_one_is_kept_even_past_the_check(world, people):
	old = frappe.get_doc(NOTE, guidance(world, people))
	frappe.set_user(world.officer)
	api.new_version(old.name)
	second = frappe.new_doc(NOTE).update({"note_type": "Guidance", "title": "T", "committee": world.commune})
	second.flags.carried = {"entry": old.entry, "version": 2, "replaces": old.name}
	with refused(VersionError, "Another version of this entry is in work."):
		second.insert()


def test_withdrawn_guidance_stays_readable_and_ends(world, people):
	name = guidance(world, people)
	with refused(HandbookError, "Say why"):
		api.act(name, "Withdrawn")
	api.act(name, "Withdrawn", remark="Không còn phù hợp")
	doc = frappe.get_doc(NOTE, name)
	assert (doc.workflow_state, getdate(doc.effective_until)) == ("Withdrawn", getdate(today()))
	assert sees(world.secretary, name)


def test_a_template_is_confirmed_by_a_manager(world):
	name = frappe.db.get_value(NOTE, {"is_template": 1})
	frappe.set_user(world.officer)
	with refused(HandbookTurnError, "Only those who give the guidance confirm it."):
		api.confirm_review(name)
	frappe.set_user(world.manager)
	api.confirm_review(name)
	assert frappe.db.get_value(NOTE, name, "is_template") == 0


def test_a_note_is_the_cells_own(world, people):
	note = write(world.secretary, "Note", cell=world.cell, title="Nhà văn hóa khóa cửa sau 21 giờ")
	assert sees(world.officer, note.name) and sees(world.inspector, note.name)
	assert not sees(world.other_secretary, note.name) and not sees(people.teacher, note.name)
	frappe.set_user(world.officer)
	assert not frappe.has_permission(NOTE, "write", doc=note.name)
	with pytest.raises(frappe.PermissionError):
		write(world.officer, "Note", cell=world.cell)
	frappe.set_user(world.secretary)
	api.act(note.name, "Withdrawn")
	assert frappe.db.get_value(NOTE, note.name, "workflow_state") == "Withdrawn"


def test_a_cells_notes_are_on_its_handover_and_pass_to_the_successor(world):
	note = write(world.secretary, "Note", cell=world.cell, title="Chìa khóa tủ ở nhà văn hóa")
	doc = make.draft(world)
	assert ("Handbook Note", note.name) in [(row.kind, row.reference_name) for row in doc.open_matters]


def test_what_a_user_edited_is_not_installed_again(world):
	from partycell.setup import handbook as default

	frappe.set_user("Administrator")
	before = frappe.db.count(NOTE)
	assert default.make_default() == 0 and frappe.db.count(NOTE) == before


def test_guidance_whose_directive_went_out_of_force_is_flagged_to_its_author(world, people):
	frappe.set_user("Administrator")
	old = make.directive(world.commune, "Quy định về đảng phí")
	number = frappe.db.get_value("Directive", old, "number_symbol")
	name = guidance(world, people, basis=[{"directive": old, "clause": "Điều 2"}])
	other = guidance(world, people, basis=[{"document": "Khác"}])
	assert frappe.get_doc(NOTE, name).basis[0].document == f"{number}: Quy định về đảng phí"
	frappe.set_user("Administrator")
	assert frappe.get_hooks("partycell_directive_outdated")
	assert versions.directive_outdated(old) == 1
	assert frappe.db.get_value(NOTE, name, ["needs_review", "review_reason"]) == (
		1,
		f"{number}, on which it rests, is no longer in force.",
	)
	assert frappe.db.get_value(NOTE, other, "needs_review") == 0
	assert frappe.get_all(
		"Notification Log", {"document_name": name, "for_user": world.officer}, pluck="subject"
	) == ["1 entries of the handbook need review"]


def test_flagging_and_publishing_a_new_version_clears_the_flag(world, people):
	name = guidance(world, people)
	frappe.db.set_value(NOTE, name, {"needs_review": 1, "review_reason": "Căn cứ hết hiệu lực"})
	frappe.set_user(world.officer)
	versions.confirm_review(name)
	assert frappe.db.get_value(NOTE, name, ["needs_review", "review_reason"]) == (0, None)
