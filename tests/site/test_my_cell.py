"""The secretary's page on the phone: what it shows, and that what is sent twice is carried out once."""

import io
import uuid

import frappe
import pytest
from frappe.utils import add_days, getdate, now, today
from pypdf import PdfReader

from partycell.api import my_cell as api_my_cell
from partycell.api import reorganisation
from partycell.errors import SentAgainError, SentRequestError
from partycell.my_cell import contents, page_parts, photographs, sent_once
from partycell.refusal import Refusal
from tests.site import factories as make
from tests.site.support import acts
from tests.site.support.acts import by
from tests.site.support.pictures import photograph
from tests.site.support.refusals import refused


@pytest.fixture
def world(standing_world):
	frappe.set_user(standing_world.secretary)
	return standing_world


def key() -> str:
	return str(uuid.uuid4())


class TestThePage:
	def test_the_token_of_the_session_is_written_before_anything_is_read(self, world, monkeypatch):
		"""On SQLite a request that has read cannot write any more once another wrote: the page answered 500."""
		order = []
		monkeypatch.setattr("frappe.sessions.get_csrf_token", lambda: order.append("token") or "T")
		monkeypatch.setattr(contents, "of", lambda *_given: order.append("page") or {"items": []})
		assert api_my_cell.everything() == {"items": [], "csrf_token": "T"}
		assert order == ["token", "page"]

	def test_it_has_the_folder_what_is_missing_and_what_is_to_be_read(self, world):
		frappe.set_user("Administrator")
		directive = make.directive(
			frappe.db.get_value("Cell", world.cell, "committee"),
			"Về công tác cuối năm",
			cells=[world.cell],
			acknowledgement_asked=1,
		)
		page = by(world.secretary, contents.of, world.secretary)
		assert page["cell"]["name"] == world.cell
		assert [one["name"] for one in page["cells"]] == [world.cell]
		assert set(page["lacking"]) <= {item["name"] for item in page["items"]} and page["lacking"]
		assert [(one["name"], one["overdue"]) for one in page["directives"]] == [(directive, False)]
		assert page["questions"] == page["handovers"] == []

	def test_another_cell_cannot_be_asked_for(self, world):
		page = by(world.secretary, contents.of, world.secretary, world.other_cell)
		assert page["cell"]["name"] == world.cell

	def test_one_without_an_office_sees_nothing_but_the_handover_that_names_him(self, world):
		acts.fill(world.cell)
		name = make.delivered(world)
		page = by(world.receiver, contents.of, world.receiver)
		assert page["cell"] is None and "items" not in page
		assert [(one["name"], one["my_turn"]) for one in page["handovers"]] == [(name, True)]
		assert len(page["handovers"][0]["items"]) == page["handovers"][0]["total"] > 0
		assert by(world.nobody, contents.of, world.nobody)["handovers"] == []

	def test_one_whose_cell_was_merged_is_told_where_it_went(self, world):
		assert by(world.nobody, contents.of, world.nobody)["former"] is None
		frappe.set_user(world.officer)
		cells = [world.cell, world.other_cell]
		merger = make.reorganisation(world.commune, "Merge", cells, [{"cell": world.other_cell}])
		by(world.officer, reorganisation.carry_out, merger.name, make.SIGNATURE)
		page = by(world.secretary, contents.of, world.secretary)
		assert page["cell"] is None
		names = [frappe.db.get_value("Cell", cell, "cell_name") for cell in cells]
		told = page["former"]
		assert [told["cell_name"], told["into"]] == names
		assert [str(getdate(told[day])) for day in ("until", "closed_on")] == [today(), today()]

	def test_the_giver_who_waits_is_not_sent_the_lines(self, world):
		acts.fill(world.cell)
		make.delivered(world)
		told = by(world.secretary, contents.of, world.secretary)["handovers"][0]
		assert (told["my_turn"], told["items"]) == (False, [])

	def test_its_words_are_vietnamese_and_its_addresses_change_with_what_they_lead_to(
		self, monkeypatch, tmp_path
	):
		frappe.local.lang = "vi"
		parts = page_parts.of("my_cell")
		assert parts["texts"]["I Have Taken Note"] == "Xác nhận quán triệt"
		left = {text for text, said in parts["texts"].items() if text == said}
		assert not left, f"no Vietnamese for {left}"
		assert set(parts["imports"]["imports"]) >= {"my-cell/app", "my-cell/queue"}
		before = page_parts._address(page_parts.PUBLIC / "my_cell" / "app.js")
		(tmp_path / "my_cell").mkdir()
		(tmp_path / "my_cell" / "app.js").write_text("other")
		monkeypatch.setattr(page_parts, "PUBLIC", tmp_path)
		assert page_parts._address(tmp_path / "my_cell" / "app.js") != before


class TestSentTwice:
	def test_a_question_is_asked_once_and_answered_the_same(self, world):
		given = {
			"key": key(),
			"cell": world.cell,
			"title": "Về đảng phí",
			"body": "Thu thế nào?\n\n<b>Hỏi</b>",
		}
		first = api_my_cell.ask(**given)
		assert api_my_cell.ask(**given) == first
		asked = frappe.get_all("Handbook Note", {"cell": world.cell}, ["name", "workflow_state", "body"])
		assert [(row.name, row.workflow_state) for row in asked] == [(first["name"], "Asked")]
		assert "&lt;b&gt;Hỏi" in asked[0].body, "what is typed is text"

	def test_a_key_is_one_persons_and_for_one_act(self, world):
		one = key()
		api_my_cell.ask(one, world.cell, "Về đảng phí", "Thu thế nào?")
		with refused(SentRequestError, "has the key of another one"):
			api_my_cell.acknowledge(one, [])
		with refused(SentRequestError, "has no key"):
			api_my_cell.ask("1", world.cell, "Về đảng phí", "Thu thế nào?")

	def test_what_was_refused_leaves_no_key(self, world):
		one = key()
		with pytest.raises(frappe.MandatoryError):
			api_my_cell.ask(one, world.cell, "Trống", "  \n ")
		frappe.db.rollback()
		assert not frappe.db.exists("Sent Request", one)

	def test_the_second_of_two_at_once_is_told_to_wait(self, world, monkeypatch):
		one = key()
		sent_once.once(one, "ask", lambda: 1)
		monkeypatch.setattr(frappe.db, "get_value", lambda *args, **how: None)
		with refused(SentAgainError, "sent twice at once"):
			sent_once.once(one, "ask", lambda: 2)
		assert SentAgainError.http_status_code == 409

	def test_keys_are_forgotten_after_a_month(self, world):
		old, new = key(), key()
		for one in (old, new):
			sent_once.once(one, "ask", lambda: 1)
		frappe.db.set_value("Sent Request", old, "creation", add_days(now(), -31), update_modified=False)
		frappe.get_doc("Sent Request", new).clear_old_logs(30)
		assert frappe.get_all("Sent Request", {"name": ("in", (old, new))}, pluck="name") == [new]

	def test_directives_are_taken_note_of_once(self, world):
		frappe.set_user("Administrator")
		committee = frappe.db.get_value("Cell", world.cell, "committee")
		directive = make.directive(committee, "Về Tết", cells=[world.cell], acknowledgement_asked=1)
		frappe.set_user(world.secretary)
		given = {"key": key(), "directives": [directive]}
		assert (
			api_my_cell.acknowledge(**given) == api_my_cell.acknowledge(**given) == {"recorded": 1, "left": 0}
		)


class TestPhotographs:
	def test_pages_become_one_pdf_upright_and_small(self):
		large = photograph(4000, 3000)
		paper = photographs.joined([photograph(turned=True), photograph(kind="PNG"), large])
		pages = PdfReader(io.BytesIO(paper)).pages
		sizes = [page.images[0].image.size for page in pages]
		assert sizes == [(300, 400), (300, 400), (2000, 1500)]
		first = pages[0].images[0].image.convert("L")
		assert first.getpixel((150, 50)) < 60 and first.getpixel((150, 350)) > 200, "turned upright"
		assert b"GPS" not in paper and b"Exif" not in paper, "where it was taken is nobody's business"

	@pytest.mark.parametrize("content", [b"", b"no picture", photograph()[:200], b"GIF89a" + b"\0" * 20])
	def test_what_is_no_photograph_is_named_by_its_page(self, content):
		with pytest.raises(Refusal, match="Page 2 is no photograph"):
			photographs.joined([photograph(), content])

	def test_none_and_too_many(self):
		with pytest.raises(Refusal, match="at least one page"):
			photographs.joined([])
		with pytest.raises(Refusal, match="At most 60 pages"):
			photographs.joined([b""] * 61)
