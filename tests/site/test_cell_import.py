"""Importing committees, cells, secretaries and folders from a spreadsheet."""

import csv
import io
import json
import random
from datetime import date, datetime
from pathlib import Path

import frappe
import pytest
from frappe.utils import getdate, today
from openpyxl import Workbook

from partycell.api import cell_import as cell_import_api
from partycell.cell_import import importing
from partycell.errors import CellImportError, FiledFileError
from partycell.framework import spreadsheets
from tests.site import factories as make
from tests.site.support.refusals import refused

HEADS = [
	"TT",
	"Đảng ủy",
	"Tên chi bộ",
	"Số đảng viên",
	"Chính thức",
	"Bí thư",
	"Email",
	"Ngày cấp cặp",
	"Số cặp",
]


@pytest.fixture(scope="module")
def world(standing_world):
	return standing_world


def workbook(**sheets) -> bytes:
	book = Workbook()
	book.remove(book.active)
	for name, rows in sheets.items():
		sheet = book.create_sheet(name)
		for row in rows:
			sheet.append(row)
	out = io.BytesIO()
	book.save(out)
	return out.getvalue()


def begun(world, content: bytes, name: str = "danh-sach.xlsx", **values) -> str:
	"""An import by the manager with this spreadsheet."""
	frappe.set_user(world.manager)
	doc = frappe.new_doc("Cell Import").update(values).insert()
	return attached(doc.name, content, name)


def attached(name: str, content: bytes, file_name: str = "danh-sach.xlsx") -> str:
	file = frappe.new_doc("File")
	file.update({"attached_to_doctype": "Cell Import", "attached_to_name": name, "file_name": file_name})
	file.update({"content": content, "is_private": 1})
	file.insert()
	doc = frappe.get_doc("Cell Import", name)
	doc.file = file.file_url
	doc.save()
	return name


def said(name: str) -> list[list[str]]:
	"""The rows of the findings that can be downloaded, without the headings."""
	url = frappe.db.get_value("Cell Import", name, "findings_file")
	file = frappe.get_doc("File", {"file_url": url, "attached_to_name": name})
	assert file.is_private
	with open(file.get_full_path(), encoding="utf-8-sig", newline="") as stream:
		return list(csv.reader(stream))[1:]


def office_list() -> bytes:
	return workbook(
		**{
			"Đảng bộ": [
				["ĐẢNG BỘ TỈNH GIA LAI"],
				["Tên cấp ủy", "Cấp", "Cấp ủy cấp trên", "Con dấu"],
				["Đảng ủy cơ sở Bệnh viện", "Cơ sở", "Đảng ủy xã mới", "không"],
				["Đảng ủy xã mới", "Xã", None, "có"],
			],
			"Chi bộ": [
				["DANH SÁCH CHI BỘ"],
				HEADS,
				[
					1,
					"Đảng ủy xã mới",
					"Chi bộ Thôn Hà",
					12,
					10,
					"Rơ Châm H'Nga",
					"NGA@chibo.test",
					"05/01/2026",
					"07",
				],
				[
					2,
					"dang uy xa moi".upper() and "ĐẢNG ỦY XÃ MỚI",
					"Chi bộ Thôn Hạ",
					9,
					9,
					None,
					None,
					datetime(2026, 1, 6),
					8,
				],
				[3, "Đảng ủy cơ sở Bệnh viện", "Chi bộ Khoa Nội", "30", 28.0, None, None, None, None],
				["", "Tổng cộng", None, 51],
			],
		}
	)


def cell(name: str):
	"""By its exact name: to MariaDB Hà and Hạ are the same."""
	(found,) = [
		row.name for row in frappe.get_all("Cell", fields=["name", "cell_name"]) if row.cell_name == name
	]
	return frappe.get_doc("Cell", found)


def test_an_offices_list_is_checked_without_a_trace_then_imported_whole(world):
	before = {
		doctype: frappe.db.count(doctype) for doctype in ("Cell", "Party Committee", "User", "Folder Item")
	}
	name = begun(world, office_list(), make_accounts=1)
	counts = cell_import_api.check(name)
	assert counts == {
		"state": "Checked",
		"to_create": 5,
		"to_change": 0,
		"to_leave": 0,
		"problems": 0,
		"remarks": 0,
	}
	assert before == {doctype: frappe.db.count(doctype) for doctype in before}
	assert cell_import_api.run(name)["state"] == "Imported"
	first, second, third = cell("Chi bộ Thôn Hà"), cell("Chi bộ Thôn Hạ"), cell("Chi bộ Khoa Nội")
	commune = frappe.get_doc("Party Committee", first.committee)
	assert (commune.committee_name, commune.level, commune.has_seal) == ("Đảng ủy xã mới", "Commune", 1)
	assert frappe.db.get_value("Party Committee", third.committee, "parent_party_committee") == commune.name
	assert commune.lft < frappe.db.get_value("Party Committee", third.committee, "lft") < commune.rgt
	assert (first.members, first.full_members, first.folder_number, first.symbol) == (12, 10, "07", "CB")
	assert first.folder_issued_on == date(2026, 1, 5) == first.kept_from
	assert (second.folder_issued_on, second.folder_number) == (date(2026, 1, 6), "8")
	assert first.has_cell_committee and first.secretary_name == "Rơ Châm H'Nga"
	assert frappe.db.count("Folder Item", {"cell": first.name, "period": ("like", "%term%")}) or make.slots(
		first.name
	)
	account = frappe.get_doc("User", "nga@chibo.test")
	assert not account.enabled and "Cell Secretary" in [row.role for row in account.roles]
	term = frappe.get_doc("Secretary Term", {"cell": first.name})
	assert (term.user, term.status, term.open_key) == ("nga@chibo.test", "Open", first.name)
	assert getdate(term.from_date) == getdate(today())


def test_a_cell_that_is_imported_is_like_one_that_is_made_by_hand(world):
	name = begun(world, workbook(A=[HEADS[1:5], ["Đảng ủy phường", "Chi bộ Nhập", 12, 10]]))
	cell_import_api.check(name)
	cell_import_api.run(name)
	by_hand = frappe.get_doc("Cell", make.cell(world.commune, "Chi bộ Nhập tay"))
	imported = cell("Chi bộ Nhập")
	own = {"name", "cell_name", "creation", "modified", "search_text", "owner", "modified_by", "sections"}
	assert {key: value for key, value in imported.as_dict().items() if key not in own} == {
		key: value for key, value in by_hand.as_dict().items() if key not in own
	}
	assert imported.search_text == "chi bo nhap"
	keys = [{(item.source, item.period) for item in make.slots(one.name)} for one in (imported, by_hand)]
	assert keys[0] == keys[1] and keys[0]
	assert make.cell(world.commune, "Chi bộ sau") > by_hand.name > imported.name, "the series goes on"


def test_again_it_changes_only_what_changed(world):
	for _number in range(2):
		name = begun(world, office_list(), make_accounts=1)
		counts = cell_import_api.check(name)
		if _number:
			assert (counts["to_create"], counts["to_change"], counts["to_leave"]) == (0, 0, 5)
		cell_import_api.run(name)
	stamps = dict(frappe.get_all("Cell", fields=["name", "modified"], as_list=True))
	rows = [HEADS, [1, "Đảng ủy xã mới", "chi bộ  thôn hà", 13, None, "Rơ Châm H'Nga", "nga@chibo.test"]]
	name = begun(world, workbook(A=rows))
	assert cell_import_api.check(name)["to_change"] == 1
	assert [row[3:6] for row in said(name)] == [["Change", "chi bộ thôn hà", "Members: 12 → 13"]]
	cell_import_api.run(name)
	changed = cell("Chi bộ Thôn Hà")
	assert (changed.members, changed.full_members, changed.folder_number) == (13, 10, "07")
	now = dict(frappe.get_all("Cell", fields=["name", "modified"], as_list=True))
	assert {key for key in now if now[key] != stamps[key]} == {changed.name}


def test_every_problem_is_said_at_once_with_its_row_and_column_and_nothing_is_imported(world):
	rows = [
		HEADS,
		[1, "Đảng ủy không có", "Chi bộ A", 5, 5],
		[2, "Đảng ủy phường", "Chi bộ B", "năm", 5, None, None, "31/02/2026"],
		[3, "Đảng ủy phường", None, 7],
		[4, "Đảng ủy phường", "Chi bộ D", 5, 6],
		[5, "Đảng ủy phường", "Chi bộ E", 5, 5, "Ai", "ai@"],
		[6, "Đảng ủy phường", "Chi bộ F", 5, 5, "Chưa Có", "chuaco@chibo.test"],
		[7, "Đảng ủy phường", "Chi bộ tổ dân phố 1"],
		[8, "Đảng ủy phường", "Chi bộ Tổ dân phố 1"],
	]
	name = begun(world, workbook(A=rows))
	assert cell_import_api.check(name)["problems"] == 8
	found = [(row[1], row[2], row[5]) for row in said(name) if row[3] == "Problem"]
	assert found == [
		(
			"2",
			"B (Committee)",
			"There is no committee called Đảng ủy không có. Correct the name, or add it to a sheet of committees.",
		),
		("3", "D (Members)", "năm is no whole number. Write digits only."),
		("3", "H (Folder Issued On)", "31/02/2026 is no date. Write day/month/year, such as 25/03/2026."),
		("4", "C (Cell Name)", "Cell Name is empty. Fill it in, or remove the row."),
		(
			"5",
			"E (Full Members)",
			"There cannot be more full members than members. Correct one of the numbers.",
		),
		("6", "G (Secretary's E-mail)", "ai@ is no e-mail address."),
		(
			"7",
			"G (Secretary's E-mail)",
			"There is no account chuaco@chibo.test. Make it first, or have the import make accounts for secretaries.",
		),
		("9", "C (Cell Name)", "The cell stands in A, row 8 already. Remove one of the two."),
	]
	cells = frappe.db.count("Cell")
	with refused(CellImportError, "Check the spreadsheet first"):
		cell_import_api.run(name)
	assert frappe.db.count("Cell") == cells


def test_ten_thousand_rows_show_each_of_fifty_planted_errors_with_row_and_column(world):
	"""On the site as in the rules: what the form is given, and the whole of it to download."""
	draw = random.Random(11)
	heads = ["Đảng ủy", "Tên chi bộ", "Số đảng viên", "Chính thức", "Điện thoại", "Ngày cấp cặp"]
	rows = [
		["Đảng ủy phường", f"Chi bộ số {number}", 20, 15, "0912345678", "05/01/2026"]
		for number in range(10_000)
	]
	wrong = {0: "Đảng ủy không có", 1: None, 2: "hai mươi", 3: 21, 4: "12", 5: "30/02/2026"}
	planted = {}
	for number in draw.sample(range(10_000), 50):
		column = draw.choice(sorted(wrong))
		rows[number][column] = wrong[column]
		planted[number + 2] = "ABCDEF"[column]
	name = begun(world, workbook(A=[heads, *rows]))
	counts = cell_import_api.check(name)
	assert (counts["problems"], counts["to_create"], counts["state"]) == (50, 9_950, "Checked")
	doc = frappe.get_doc("Cell Import", name)
	shown = json.loads(doc.findings)["Problem"]
	assert {one["row"]: one["column"][0] for one in shown} == planted
	file = frappe.get_doc("File", {"attached_to_name": name, "file_url": doc.findings_file})
	told = list(csv.reader(io.StringIO(Path(file.get_full_path()).read_text(encoding="utf-8-sig"))))
	assert sum(line[3] == "Problem" for line in told) == 50 and len(told) == 10_001
	with pytest.raises(CellImportError, match="Check the spreadsheet first, and correct"):
		cell_import_api.run(name)


def test_an_account_that_an_import_made_is_a_whole_one_once_it_is_enabled(world):
	name = begun(world, office_list(), make_accounts=1)
	cell_import_api.check(name)
	cell_import_api.run(name)
	frappe.set_user("Administrator")
	account = frappe.get_doc("User", "nga@chibo.test")
	assert (account.user_type, account.full_name) == ("System User", "Rơ Châm H'Nga")
	account.enabled = 1
	account.save()
	assert frappe.has_permission("User", "write", doc=account.name, user=account.name)
	held = frappe.db.get_value("Secretary Term", {"user": account.name, "status": "Open"}, "cell")
	assert frappe.has_permission("Cell", "read", doc=held, user=account.name)


def test_a_sitting_secretary_stays_and_the_handover_is_named(world):
	rows = [HEADS, [1, "Đảng ủy phường", "Chi bộ Tổ dân phố 1", None, None, "Người Khác", world.receiver]]
	name = begun(world, workbook(A=rows))
	counts = cell_import_api.check(name)
	assert (counts["problems"], counts["remarks"], counts["to_leave"]) == (0, 1, 1)
	assert said(name)[0][3] == "Remark" and "passes by a handover" in said(name)[0][5]
	cell_import_api.run(name)
	assert (
		frappe.db.get_value("Secretary Term", {"cell": world.cell, "status": "Open"}, "user")
		== world.secretary
	)


def test_a_cell_without_a_secretary_gets_one_with_the_role_of_the_office(world):
	empty = make.cell(world.commune, "Chi bộ Trống")
	who = make.user("Bí Thư Mới")
	rows = [
		["Chi bộ", "Cấp ủy", "Bí thư", "E-mail", "Giữ chức từ ngày"],
		["Chi bộ Trống", world.commune, "Bí Thư Mới", who, "01/03/2026"],
	]
	name = begun(world, workbook(A=rows))
	assert cell_import_api.check(name)["to_change"] == 1
	cell_import_api.run(name)
	term = frappe.get_doc("Secretary Term", {"cell": empty})
	assert (term.user, getdate(term.from_date), term.full_name) == (who, date(2026, 3, 1), "Bí Thư Mới")
	assert frappe.db.get_value("Cell", empty, "secretary_name") == "Bí Thư Mới"
	assert "Cell Secretary" in frappe.get_roles(who)
	assert frappe.get_all("Folder Item", {"cell": empty, "period": ("like", f"%{term.name}%")})
	frappe.set_user(who)
	assert frappe.get_list("Cell", pluck="name") == [empty]


def test_what_has_changed_since_the_check_is_not_imported(world):
	name = begun(world, workbook(A=[HEADS[1:4], ["Đảng ủy phường", "Chi bộ Z", 5]]))
	cell_import_api.check(name)
	make.cell(world.commune, "Chi bộ Z")
	with refused(CellImportError, "Something has changed since the check"):
		cell_import_api.run(name)


def test_another_file_is_checked_afresh_and_an_import_happens_once(world):
	name = begun(world, workbook(A=[HEADS[1:4], ["Đảng ủy phường", "Chi bộ Y", 5]]))
	cell_import_api.check(name)
	attached(name, workbook(A=[HEADS[1:4], ["Đảng ủy phường", "Chi bộ X", 5]]))
	assert frappe.db.get_value("Cell Import", name, "state") == "Draft"
	with refused(CellImportError, "Check the spreadsheet first"):
		cell_import_api.run(name)
	cell_import_api.check(name)
	cell_import_api.run(name)
	for act in (cell_import_api.run, cell_import_api.check):
		with refused(CellImportError, "This import is carried out"):
			act(name)
	with refused(CellImportError, "stays, as the record"):
		frappe.delete_doc("Cell Import", name)
	for file in frappe.get_all(
		"File", {"attached_to_name": name, "file_url": ("like", "%csv")}, pluck="name"
	):
		with refused(FiledFileError, "belongs to an import that is carried out"):
			frappe.delete_doc("File", file)


def test_nobody_writes_by_hand_what_a_check_found(world):
	name = begun(world, workbook(A=[HEADS[1:4], ["Đảng ủy phường", "Chi bộ W", "x"]]))
	cell_import_api.check(name)
	doc = frappe.get_doc("Cell Import", name)
	doc.update({"problems": 0, "state": "Imported", "fingerprint": "1"})
	doc.save()
	assert (doc.problems, doc.state) == (1, "Checked")


def test_only_a_file_that_hangs_on_the_import_is_read(world):
	other = begun(world, office_list())
	frappe.set_user(world.manager)
	doc = frappe.new_doc("Cell Import").insert()
	doc.file = frappe.db.get_value("Cell Import", other, "file")
	with refused(CellImportError, "not attached to this import"):
		doc.save()


@pytest.mark.parametrize("who", ["officer", "secretary", "nobody"])
def test_only_a_manager_imports(world, who):
	name = begun(world, office_list())
	frappe.set_user(getattr(world, who))
	for act in (cell_import_api.check, cell_import_api.run):
		with pytest.raises(frappe.PermissionError):
			act(name)
	with pytest.raises(frappe.PermissionError):
		cell_import_api.download_template()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_template_is_read_back_in_every_language(world, language):
	frappe.set_user(world.manager)
	frappe.local.lang = language
	try:
		sheets = {table.name: table.rows for table in spreadsheets.tables(importing.template(), "x.xlsx")}
		committees, cells, how = sheets.values()
		content = workbook(
			A=[
				committees[0],
				["Đảng ủy mẫu", "Xã" if language == "vi" else "Commune", None, "DU", "Ayun Pa", "x"],
			],
			B=[
				cells[0],
				["Đảng ủy mẫu", "Chi bộ mẫu", None, 9, 8, 5, None, "01", None, None, "A", "a@mau.test"],
			],
			C=how,
		)
		name = begun(world, content, make_accounts=1)
		counts = cell_import_api.check(name)
	finally:
		frappe.local.lang = "en"
	assert (counts["to_create"], counts["problems"], counts["remarks"]) == (2, 0, 1), said(name)
	assert len(how) == 25


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_csv_of_every_kind(world, encoding, mark):
	rows = [["Cấp ủy", "Tên chi bộ", "Số đảng viên"], ["Đảng ủy phường", "Chi bộ Đường Lê Lợi", "12"]]
	content = "\r\n".join(mark.join(row) for row in rows).encode(encoding)
	(table,) = spreadsheets.tables(content, "a.csv")
	assert [list(row) for row in table.rows] == rows


def test_what_is_no_spreadsheet_or_too_large_is_refused(world, monkeypatch):
	for content, why in (
		(b"PK\x03\x04rubbish", "cannot be read as a spreadsheet"),
		(b"\xd0\xcf\x11\xe0 old", "of an old kind"),
		(b"a,b\n" * 50_001, "larger than 50000 rows"),
		(b"x" * (spreadsheets.MOST_BYTES + 1), "larger than"),
	):
		with refused(CellImportError, why):
			spreadsheets.tables(content, "a.xlsx")
	monkeypatch.setattr(spreadsheets, "MOST_UNPACKED", 1000)
	with refused(CellImportError, "larger than"):
		spreadsheets.tables(office_list(), "a.xlsx")


def test_what_is_downloaded_holds_no_formula(world):
	name = begun(
		world,
		workbook(A=[HEADS[1:4], ["=cmd|'/c calc'!A1", "+Chi bộ", 5], ["Đảng ủy phường", "@SUM(1)", 5]]),
		"a.xlsx",
	)
	cell_import_api.check(name)
	assert not [value for row in said(name) for value in row if value[:1] in ("=", "+", "-", "@")]
	assert [row[4] for row in said(name)][-1] == "'@SUM(1)"


def test_many_are_imported_in_the_background_and_what_goes_wrong_is_noted(world, jobs, monkeypatch):
	rows = [HEADS[1:4], *(["Đảng ủy phường", f"Chi bộ nền {number}", 5] for number in range(55))]
	name = begun(world, workbook(A=rows))
	cell_import_api.check(name)
	from partycell.folder import provisioning

	with monkeypatch.context() as broken:
		broken.setattr(provisioning, "provision", lambda cells: 1 / 0)
		assert cell_import_api.run(name) is None
		frappe.db.commit()
	doc = frappe.get_doc("Cell Import", name)
	assert doc.state == "Failed" and "It broke off" in doc.failure
	assert not frappe.db.exists("Cell", {"cell_name": "Chi bộ nền 3"})
	assert cell_import_api.run(name) is None
	frappe.db.commit()
	assert frappe.db.get_value("Cell Import", name, "state") == "Imported"
	assert frappe.db.count("Cell", {"cell_name": ("like", "Chi bộ nền%")}) == 55
	assert [job.method for job in jobs].count("partycell.cell_import.importing.run_in_background") == 2
