"""The demo: its figures, its handovers, made again, cut short, and taken away.

The demo is made once for the module, and every test stands on what the ones before it left.
"""

import hashlib
import io
import unicodedata
from pathlib import Path

import frappe
import pytest
from frappe.utils import add_days, getdate, today
from pypdf import PdfReader

from partycell.access import scope
from partycell.directives import coverage
from partycell.handover import sealing
from partycell.inspections import concluding
from partycell.meetings import holding
from partycell.organisation import lineage
from partycell.reorganisation import form
from partycell.reviews import paper as review_paper
from partycell.reviews import reviewing
from partycell.rules import documents, handbook, record
from partycell.rules.handover import MOVES
from partycell.setup.demo import build, clearing, first_use, issuing, plan, showcase
from partycell.setup.demo import meetings as demo_meetings
from tests.site import factories as make
from tests.site.support.command import bench

# What grows by itself, whatever is made or taken away.
GROWING = {"tabSeries", "tabError Log", "tabScheduled Job Log"}
STATES = sorted({state for move in MOVES for state in move})


class Cut(Exception):
	"""The process was killed."""


class Interrupted:
	"""A ``work`` that is cut short once in each stage, after a few items."""

	def __init__(self, after: int):
		self.after, self.cut = after, []

	def __call__(self, label: str, items: list):
		for number, item in enumerate(items):
			if number == self.after and label not in self.cut:
				self.cut.append(label)
				raise Cut(label)
			yield item


def undisturbed(label: str, items: list):
	"""A ``work`` that only works."""
	return items


def rows() -> dict[str, int]:
	"""How many rows each table of the site has."""
	frappe.db.rollback()
	ours = [table for table in frappe.db.get_tables(cached=False) if table.startswith(("tab", "__"))]
	return {
		table: frappe.db.sql(f"select count(*) from `{table}`")[0][0]
		for table in ours
		if table not in GROWING
	}


def files_on_disk() -> set[str]:
	return {path.name for path in Path(frappe.get_site_path("private", "files")).iterdir()}


def difference(before: dict, after: dict) -> dict:
	return {table: after[table] - before[table] for table in after if after[table] != before.get(table, 0)}


def letters(pdf: bytes) -> str:
	"""What a PDF says, without the spaces: engines put them where they like."""
	text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
	return "".join(unicodedata.normalize("NFC", text).split())


class Made:
	"""What the module stands on: an office's own records, what there was before the demo, and the demo."""

	def __init__(self):
		self.office = make.world()
		frappe.db.commit()
		self.rows, self.files = rows(), files_on_disk()
		work = Interrupted(after=12)
		while True:
			try:
				self.written = build.make(plan.PASSWORD, work)
				break
			except Cut:
				frappe.db.rollback()
		self.cut = work.cut
		frappe.db.commit()


@pytest.fixture(scope="module")
def demo(fresh_site):
	return Made()


def test_it_has_the_figures_of_ayun_pa_however_often_it_was_cut_short(demo):
	assert {"Accounts", "Committees", "Cells", "Files"} <= set(demo.cut)
	found = build.figures()
	assert (found.organisations, found.subordinate_cells, found.members) == (43, 90, 1808)
	assert (found.committees, found.cells) == (15, 119)
	town = frappe.get_doc("Party Committee", plan.TOWN)
	assert (town.committee_name, town.level, town.parent_party_committee) == ("Thị ủy Ayun Pa", "Town", None)
	assert frappe.db.count("Party Committee", {"lft": (">", town.lft), "rgt": ("<", town.rgt)}) == 14
	assert build.own_cells() == 3


def test_every_cell_has_one_secretary_who_reaches_it_and_nothing_else(demo):
	terms = frappe.get_all(
		"Secretary Term", filters={"cell": ("like", "CELL-DEMO-%"), "status": "Open"}, fields=["cell", "user"]
	)
	assert len(terms) == len({term.cell for term in terms}) == 119
	assert len({term.user for term in terms}) == 119
	for term in terms[::40]:
		assert scope.of(term.user).held == {term.cell}
	closed = frappe.db.count("Secretary Term", {"name": ("like", "TERM-DEMO-%"), "status": "Closed"})
	assert closed >= 20


def test_there_is_a_handover_in_each_state(demo):
	found = frappe.get_all(
		"Handover",
		# Those of 2016 to 2019 are all approved.
		filters={
			"cell": ("like", "CELL-DEMO-%"),
			"name": ("not like", "HO-DEMO-%"),
			"reorganisation": ("is", "not set"),
		},
		fields=["name", "workflow_state", "docstatus"],
	)
	assert sorted(row.workflow_state for row in found) == STATES
	approved = frappe.get_doc("Handover", next(row.name for row in found if row.workflow_state == "Approved"))
	assert approved.owner == approved.giver and approved.approved_by not in (
		approved.giver,
		approved.receiver,
	)
	assert approved.digest == record.digest(sealing.of(approved))
	wrong = approved.count_missing + approved.count_damaged + approved.count_outdated
	actions = frappe.get_all("Corrective Action", filters={"handover": approved.name}, pluck="workflow_state")
	assert len(actions) == wrong and {"Open", "Done", "Effective", "Written Off"} <= set(actions)


def test_there_are_two_years_of_inspections_with_both_sets_and_a_plan_under_way(demo):
	found = frappe.get_all(
		"Inspection",
		filters={"cell": ("like", "CELL-DEMO-%")},
		fields=["name", "criteria_set", "workflow_state", "rating", "concluded_on", "minutes_number"],
	)
	past = [row for row in found if row.workflow_state == "Concluded"]
	assert len(past) > 250 and len({row.criteria_set for row in past}) == 2
	assert {row.rating for row in past} >= {"Tốt", "Khá", "Trung bình"}
	spread = getdate(max(row.concluded_on for row in past)) - getdate(min(row.concluded_on for row in past))
	assert spread.days > 550
	states = {row.workflow_state for row in found}
	assert states == {"Concluded", "Planned", "In Progress", "With Cell"}
	doc = frappe.get_doc("Inspection", past[0].name)
	assert doc.digest == record.digest(concluding.sealed(doc))
	assert doc.points == sum(row.score for row in doc.scores)
	assert frappe.db.count("Corrective Action", {"inspection": ("is", "set"), "workflow_state": "Open"}) > 5


def test_every_document_is_one_that_the_rules_let_through(demo):
	day, number = getdate(today()), 0
	for row in frappe.get_all("Folder Item", filters={"cell": ("like", "CELL-DEMO-%")}, fields=["*"]):
		dated = getdate(row.dated) if row.dated else None
		problems = documents.problems(
			title=row.title,
			state=row.state,
			copies=row.copies,
			pages=row.pages,
			files=row.file_count,
			classified=bool(row.classified),
			period=row.period,
			dated=dated,
		)
		assert not list(map(str, problems))
		assert documents.copies_held(row.state, row.copies, row.file_count) == row.copies
		assert dated is None or dated <= day
		number += 1
	assert number > 119 * 40
	levels = set(frappe.get_all("Cell", filters={"name": ("like", "CELL-DEMO-%")}, pluck="completeness"))
	assert max(levels) == 100 and min(levels) < 50 and len(levels) > 20


def test_thirty_directives_with_chains_are_acknowledged_in_every_way(demo):
	found = {row.name: row for row in frappe.get_all("Directive", fields=["name", "status", "superseded_by"])}
	assert len(found) == 30 and {row.status for row in found.values()} == {"Issued", "Superseded"}
	after = {name.removeprefix("DIR-DEMO-"): row.superseded_by for name, row in found.items()}
	assert (after["SH1"], after["SH2"], after["SH3"]) == ("DIR-DEMO-SH2", "DIR-DEMO-SH3", None)
	assert after["SO1"] == after["SO2"] == "DIR-DEMO-SO3"
	covered = coverage.of(sorted(found)).values()
	assert all(any(getattr(one, kind) for one in covered) for kind in ("in_time", "late", "open", "overdue"))


def test_the_review_of_2016_to_2019_states_each_figure_of_the_source(demo):
	doc = frappe.get_doc("Programme Review", "PR-DEMO-2019")
	rows = {row.figure: (row.before, row.value) for row in doc.figures}
	assert rows["organisations"] == (44, 43)
	assert rows["cells_below"] == (97, 90)
	assert rows["members"] == (1550, 1808)
	assert rows["folders"][1] == 150
	assert [rows[f"folders_{to}"][1] for to in ("cells", "committees", "reserve")] == [97 + 30, 14, 9]
	assert rows["handovers"][1] == 36 == rows["handovers_whole"][1] + rows["handovers_wanting"][1]
	assert rows["completeness"][0] < 50 < 90 < rows["completeness"][1]
	said = letters(review_paper.pdf_of(doc))
	for figure in (
		"44 tổ chức cơ sở đảng, 97 chi bộ trực thuộc các đảng ủy cơ sở, 1.550 đảng viên",
		"43 tổ chức cơ sở đảng (giảm 1), 90 chi bộ trực thuộc các đảng ủy cơ sở (giảm 7), 1.808 đảng viên",
		"Đã cấp phát 150 cặp tài liệu sinh hoạt chi bộ",
	):
		assert "".join(figure.split()) in said, figure
	assert "DỰTHẢO" not in said and doc.digest == record.digest(reviewing.sealed(doc))


def test_what_the_demo_has_of_those_years_is_as_the_acts_would_have_left_it(demo):
	there = frappe.get_all(
		"Cell", filters={"name": ("like", "CELL-DEMO-%"), "status": "Merged"}, pluck="name"
	)
	assert len(there) == 8
	went = lineage.successors(there, getdate("2020-01-01"))
	assert all(len(into) == 1 and not into & set(there) for into in went.values())
	for name in frappe.get_all("Handover", filters={"name": ("like", "HO-DEMO-%")}, pluck="name"):
		doc = frappe.get_doc("Handover", name)
		assert doc.digest == sealing.digest(doc), name
		assert (doc.giver_term, doc.receiver_term) != (None, None) and doc.count_total == len(doc.items)
	for row in frappe.get_all("User", filters={"name": ("like", "cuu.%")}, fields=["enabled"]):
		assert not row.enabled
	held = frappe.get_all(
		"Issued Folder", filters={"current_key": ("is", "set")}, fields=["cell", "folder_number"]
	)
	numbers = dict(frappe.get_all("Cell", fields=["name", "folder_number"], as_list=True))
	assert len(held) == 119 and all(numbers[row.cell] == row.folder_number for row in held)


def test_the_handbook_has_notes_and_versions_and_questions_in_each_state(demo):
	found = frappe.get_all(
		"Handbook Note",
		filters={"name": ("like", "HN-DEMO-Q%")},
		fields=["name", "workflow_state", "cell", "due_on", "published_as", "owner"],
	)
	states = {move for pair in handbook.MOVES[handbook.QUESTION] for move in pair}
	assert {row.workflow_state for row in found} == states
	assert build.figures().questions["Escalated"] == 2
	late = [row.name for row in found if row.due_on and getdate(row.due_on) < getdate(today())]
	assert sorted(late) == ["HN-DEMO-Q3", "HN-DEMO-Q5"]
	whole = frappe.get_doc("Handbook Note", "HN-DEMO-Q8")
	assert [(row.act, row.acted_by) for row in whole.path] == [
		("Asked", "bithu.028@ayunpa.example"),
		("Escalated", "canbo.04.1@ayunpa.example"),
		("Answered", "canbo.00.1@ayunpa.example"),
		("Published", "canbo.00.1@ayunpa.example"),
	]
	for row in found:
		assert row.owner == frappe.db.get_value(
			"Secretary Term", {"cell": row.cell, "status": "Open"}, "user"
		)
	assert frappe.db.get_value("Handbook Note", whole.published_as, "committee") == plan.TOWN
	versions = frappe.get_all("Handbook Note", filters={"entry": "HN-DEMO-G1"}, pluck="workflow_state")
	assert sorted(versions) == ["Published", "Superseded"]
	assert frappe.db.get_value("Handbook Note", "HN-DEMO-G2", "needs_review") == 1
	assert frappe.db.count("Handbook Note", {"note_type": "Note", "cell": ("like", "CELL-DEMO-%")}) == 5


def test_a_merger_was_taken_back_and_one_is_prepared(demo):
	found = frappe.get_all("Reorganisation", fields=["name", "status", "docstatus"], order_by="name asc")
	assert [(row.name, row.status) for row in found] == [("REO-DEMO-1", "Undone"), ("REO-DEMO-2", "Draft")]
	undone, draft = (frappe.get_doc("Reorganisation", row.name) for row in found)
	handover = frappe.get_doc("Handover", {"reorganisation": undone.name})
	assert (handover.workflow_state, handover.cell, handover.to_cell) == (
		"Annulled",
		"CELL-DEMO-089",
		"CELL-DEMO-088",
	)
	assert undone.carried_out_by == "canbo.14.1@ayunpa.example" and undone.undone_by == plan.MANAGER
	told = form.preview(draft)
	assert told["problems"] == [] and len(told["cells"]) == 3 and told["signs"]


def test_folders_are_received_lost_replaced_returned_and_issued_anew(demo):
	rows = frappe.get_all(
		"Issued Folder",
		filters={"committee": plan.TOWN},
		fields=["status", "end_reason", "replaces", "current_key", "cell"],
	)
	assert {row.status for row in rows} == {"Given Out", "Received", "Replaced", "Returned"}
	assert {row.end_reason for row in rows if row.status == "Replaced"} == {"Lost", "Damaged"}
	assert sum(bool(row.replaces) for row in rows) == 3
	assert len([row for row in rows if row.current_key]) == issuing.figures() == 119
	assert frappe.db.count("Folder Issue", {"committee": plan.TOWN, "status": "Draft"}) == 1


def test_cells_have_met_for_a_year_and_the_papers_of_the_last_meeting_are_in_the_folder(demo):
	meetings_of = frappe.get_all(
		"Cell Meeting",
		filters={"cell": "CELL-DEMO-001", "docstatus": 1},
		fields=["name", "meeting_type", "minutes_number", "congress_term"],
	)
	kinds = [row.meeting_type for row in meetings_of]
	assert (kinds.count("Regular"), kinds.count("Thematic")) == (13, 4)
	assert len({(row.congress_term, row.minutes_number) for row in meetings_of}) == 17
	last = frappe.get_last_doc("Cell Meeting", {"cell": "CELL-DEMO-001", "docstatus": 1}, "concluded_on desc")
	assert all(one["met"] for one in holding.frame_of(last)), "every point of its minutes is written"
	assert frappe.db.exists("File", {"file_name": ("like", f"bien-ban-sinh-hoat-%{last.name}%")})
	held, planned = demo_meetings.figures()
	assert held > 200 and planned > 119 * 16
	assert holding.wanting_of("CELL-DEMO-003"), "it did not meet each month"
	assert frappe.db.count("Assigned Member", {"cell": ("like", "CELL-DEMO-%")}) == 19


def test_files_are_real_and_have_vietnamese_names(demo):
	files = frappe.get_all(
		"File",
		filters={"attached_to_doctype": "Folder Item"},
		fields=["name", "file_name", "attached_to_name", "is_private"],
		order_by="file_name",
	)
	# Papers are made by the site, with names that every system keeps.
	papers = ("bien-ban-", "nghi-quyet-", "bang-cham-diem-")
	files = [file for file in files if not file.file_name.startswith(papers)]
	assert len(files) >= 25 and all(file.is_private for file in files)
	for file in files:
		assert unicodedata.is_normalized("NFC", file.file_name) and not file.file_name.isascii()
		content = Path(frappe.get_doc("File", file.name).get_full_path()).read_bytes()
		kept = frappe.db.get_value("Folder Item File", {"file": file.name}, "sha256")
		assert kept == hashlib.sha256(content).hexdigest()
		if file.file_name.endswith(".png"):
			assert content.startswith(b"\x89PNG\r\n\x1a\n")
		else:
			assert "NGHỊQUYẾT" in letters(content)


def test_a_secretary_logs_in_with_the_printed_password(demo):
	from frappe.utils.password import check_password

	assert check_password("bithu.001@ayunpa.example", plan.PASSWORD) == "bithu.001@ayunpa.example"
	person = frappe.get_doc("User", "bithu.001@ayunpa.example")
	assert (person.language, person.user_type) == ("vi", "System User")
	assert person.full_name == frappe.db.get_value("Cell", "CELL-DEMO-001", "secretary_name")


def test_made_again_it_adds_nothing(demo):
	before = rows()
	assert build.make(plan.PASSWORD, undisturbed) == 0
	frappe.db.commit()
	assert difference(before, rows()) == {}


def test_one_handover_is_carried_out_by_its_people_to_the_printed_minutes(demo, tmp_path):
	done = bench("demo-handover", "--output", str(tmp_path))
	assert done.returncode == 0, done.stderr
	(paper,) = tmp_path.iterdir()
	assert f"SHA-256 {hashlib.sha256(paper.read_bytes()).hexdigest()}" in done.stdout
	doc = frappe.get_last_doc("Handover", {"workflow_state": "Approved"})
	assert doc.cell == "CELL-DEMO-001" and f"SHA-256 {doc.digest}" in done.stdout
	marked = {row.received_state for row in doc.items if row.delivered_state == "Present"}
	assert marked == {"Present", "Damaged", "Missing"}
	assert all(row.received_remark for row in doc.items if row.received_state == "Damaged")
	assert [doc.owner, doc.receiver, doc.approved_by] == [
		"bithu.001@ayunpa.example",
		"kenhiem.001@ayunpa.example",
		"canbo.01.1@ayunpa.example",
	]
	assert "ĐẢNGBỘPHƯỜNGCHEOREO" in letters(paper.read_bytes())


def test_a_second_one_takes_the_next_cell(demo, tmp_path):
	one = showcase.run(tmp_path / "a", plan.PASSWORD)
	worn = make.slots("CELL-DEMO-004", state="Present")[0].name
	frappe.db.set_value("Folder Item", worn, "state", "Damaged")
	frappe.db.commit()
	two = showcase.run(tmp_path / "b", plan.PASSWORD)
	cells = [frappe.db.get_value("Handover", done.handover, "cell") for done in (one, two)]
	assert cells == ["CELL-DEMO-003", "CELL-DEMO-004"]
	assert two.minutes.read_bytes().startswith(b"%PDF")
	said = frappe.db.get_value(
		"Handover Item", {"parent": two.handover, "folder_item": worn}, ["received_state", "received_remark"]
	)
	assert said == ("Damaged", "Hư hỏng như bên giao đã báo")


def test_what_an_office_needs_is_kept_when_the_demo_goes(demo):
	user = "bithu.050@ayunpa.example"
	frappe.db.set_value("Secretary Term", demo.office.term, "user", user)
	frappe.db.set_value("Cell", demo.office.other_cell, "committee", "PC-DEMO-03")
	frappe.db.commit()
	done = clearing.clear(undisturbed)
	assert done.kept[user] == f"Secretary Term {demo.office.term}"
	assert done.kept["PC-DEMO-03"] == f"Cell {demo.office.other_cell}"
	# The committee's parent, and who acts for both, stay with it.
	assert done.kept[plan.TOWN] == "Party Committee PC-DEMO-03"
	assert {name for name in done.kept if "@" in name} == {
		user,
		*frappe.get_all("Party Committee User", filters={"parent": ("like", "PC-DEMO-%")}, pluck="user"),
	}
	assert (
		frappe.db.exists("User", user)
		and frappe.db.count("Party Committee", {"name": ("like", "PC-DEMO%")}) == 2
	)


def test_nothing_of_it_is_left_and_the_office_has_all_it_had(demo):
	frappe.db.set_value("Secretary Term", demo.office.term, "user", demo.office.secretary)
	frappe.db.set_value("Cell", demo.office.other_cell, "committee", demo.office.commune)
	frappe.db.commit()
	assert clearing.clear(undisturbed).kept == {}
	assert difference(demo.rows, rows()) == {}
	assert files_on_disk() == demo.files
	assert frappe.db.get_value("Cell", demo.office.cell, "secretary_name") == "Nguyễn Văn Giao"


def test_beside_real_data_it_asks_first(demo):
	done = bench("demo")
	assert done.returncode != 0 and "This site has 3 cells of its own" in done.stdout + done.stderr
	assert not frappe.db.exists("Cell", "CELL-DEMO-001")


def test_without_the_demo_no_handover_is_shown(demo, tmp_path):
	done = bench("demo-handover", "--output", str(tmp_path))
	assert done.returncode == 1 and "There is no demo data here" in done.stderr
	assert not list(tmp_path.iterdir())


def test_a_site_nobody_has_set_up_is_set_up_for_vietnam_once(demo):
	assert first_use.set_up() is True
	settings = frappe.get_doc("System Settings")
	assert (settings.language, settings.time_zone, settings.setup_complete) == ("vi", "Asia/Ho_Chi_Minh", 1)
	assert first_use.set_up() is False


def test_terms_begin_before_today_on_any_day():
	for day in ("2024-01-31", "2026-11-24", "2031-06-01"):
		for cell in plan.make(getdate(day)).cells:
			for before, after in zip(cell.terms, cell.terms[1:], strict=False):
				assert before.until == after.since
			assert cell.terms[-1].until is None and cell.terms[-1].since <= getdate(add_days(day, -30))
