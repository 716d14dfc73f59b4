"""Search: diacritics make no difference, every word counts, and nobody finds what he may not see."""

import frappe
import pytest

from partycell.api import handbook as api
from partycell.handbook import searching
from tests.site import factories as make

NOTE = "Handbook Note"


@pytest.fixture(scope="module")
def world(fresh_site):
	made = make.world()
	frappe.set_user(made.secretary)
	made.note = _note(made.cell, "Đường vào nhà văn hóa", "Trục đường ĐÌNH làng, rẽ phải")
	frappe.set_user(made.other_secretary)
	made.other_note = _note(made.other_cell, "Nhà văn hóa tổ 2", "Đình làng ở giữa")
	frappe.set_user("Administrator")
	frappe.db.commit()
	return made


def _note(cell, title, text):
	doc = frappe.new_doc(NOTE)
	doc.update({"note_type": "Note", "cell": cell, "title": title, "body": f"<p>{text}</p>"})
	return doc.insert().name


@pytest.fixture(autouse=True)
def rolled_back(world):
	frappe.db.savepoint("before_test")
	yield
	frappe.db.rollback(save_point="before_test")


def found(user, query):
	frappe.set_user(user)
	return {row["name"] for row in api.search(query)["notes"]}


@pytest.mark.parametrize(
	"query", ["đình làng", "ĐÌNH LÀNG", "dinh lang", "Đinh Lang", "làng đình", "lang din", "dinh, lang"]
)
def test_the_same_is_found_however_it_is_typed(world, query):
	assert found(world.secretary, query) == {world.note}
	assert found(world.officer, query) == {world.note, world.other_note}
	assert found("Administrator", query) == {world.note, world.other_note}


@pytest.mark.parametrize("query", ["", "  ", "%", "_", "đình xyz", "inh lang", "dinh la ng"])
def test_what_is_not_there_is_not_found(world, query):
	assert found(world.officer, query) == set()


def test_nobody_finds_what_he_may_not_see(world):
	assert found(world.nobody, "dinh lang") == set()
	assert found(world.far_officer, "dinh lang") == set()
	assert found(world.inspector, "dinh lang") == {world.note, world.other_note}
	frappe.set_user(make.user("Không vai trò"))
	with pytest.raises(frappe.PermissionError):
		api.search("dinh lang")


def test_a_changed_text_is_found_by_its_new_words_only(world):
	frappe.set_user(world.secretary)
	doc = frappe.get_doc(NOTE, world.note)
	doc.update({"body": "<p>Gần trạm y tế</p>"}).save()
	assert found(world.officer, "dinh lang") == {world.other_note}
	assert found(world.officer, "tram y te") == {world.note}


@pytest.mark.parametrize("common", [0, 1, 5_000])
def test_common_words_and_rare_ones_lead_to_the_same(world, monkeypatch, common):
	monkeypatch.setattr(searching, "COMMON", common)
	assert found(world.officer, "nha van hoa dinh") == {world.note, world.other_note}


def test_a_word_in_the_title_comes_first(world):
	frappe.set_user(world.secretary)
	assert api.search("thu nop dang phi")["notes"][0]["title"] == "Thu, nộp và quản lý đảng phí"


def test_the_folder_is_searched_beside_it(world):
	frappe.set_user(world.secretary)
	documents = api.search("đảng phí")["documents"]
	assert documents and {row["doctype"] for row in documents} == {"Folder Item"}
	cells = {frappe.db.get_value("Folder Item", row["name"], "cell") for row in documents}
	assert cells == {world.cell}


def test_what_is_like_it_is_offered_while_one_types(world):
	frappe.set_user(world.secretary)
	offered = api.similar("Mức thu đảng phí của đảng viên nghỉ hưu")
	assert "Thu, nộp và quản lý đảng phí" in [row["title"] for row in offered]
	assert all(row["note_type"] != "Note" for row in offered)
	assert api.similar("xyz") == [] and api.similar("") == []


def test_an_entry_that_is_deleted_leaves_no_word(world):
	frappe.set_user("Administrator")
	assert frappe.db.count("Handbook Word", {"note": world.note}) > 5
	frappe.delete_doc(NOTE, world.note, force=True)
	assert frappe.db.count("Handbook Word", {"note": world.note}) == 0
