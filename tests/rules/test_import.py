"""Spreadsheets of offices: headings found, values read, and what an import would do."""

import random
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partycell.rules import import_plan, import_reading, sheets
from partycell.rules import terms as office
from partycell.rules.import_columns import CELLS, COLUMNS, COMMITTEES, names, required
from partycell.rules.import_reading import Table
from partycell.rules.import_tree import Committee
from partycell.rules.text import normalise

DAY = date(2026, 3, 1)
WARD = Committee(
	"PC-00001",
	None,
	{"committee_name": "Đảng ủy phường", "level": "Commune", "symbol": None, "place": None, "has_seal": 0},
)


def plan(*tables: Table, present=None, accounts=False):
	records, said = import_reading.read(tables)
	present = present or import_plan.Present({WARD.name: WARD})
	return import_plan.make(records, said, present, day=DAY, accounts=accounts)


def cells(*rows, heads=("Đảng ủy", "Tên chi bộ", "Số đảng viên", "Chính thức")) -> Table:
	return Table("Chi bộ", [heads, *rows])


def told(made) -> list[tuple[int, str, str]]:
	return [(one.row, one.column, str(one.problem)) for one in made.problems]


@pytest.mark.parametrize("kind", COLUMNS)
def test_no_heading_means_two_things(kind):
	taken: dict[str, str] = {}
	for field, column in COLUMNS[kind].items():
		for one in {sheets.heading(text) for text in (column.label, *column.headings.split("|"))} - {""}:
			assert taken.setdefault(one, field) == field, one


@given(st.sampled_from(sorted(COLUMNS[CELLS].items())), st.data())
def test_a_heading_is_known_in_any_case_and_without_diacritics(field_column, data):
	field, column = field_column
	text = data.draw(st.sampled_from([column.label, *filter(None, column.headings.split("|"))]))
	for written in (text, text.upper(), normalise(text), f"  {text}:\n", f"{text} (*)"):
		assert names(CELLS)[sheets.heading(written)] == field


HEADS = ["TT", "Cấp ủy", "Tên chi bộ", "Số đảng viên", "Ghi chú"]


@pytest.mark.parametrize(
	("rows", "last", "columns"),
	[
		([HEADS], 0, {"committee": 1, "cell_name": 2, "members": 3}),
		(
			[["ĐẢNG BỘ XÃ"], [], ["DANH SÁCH CHI BỘ"], HEADS],
			3,
			{"committee": 1, "cell_name": 2, "members": 3},
		),
		(
			[
				["Chi bộ", "Đảng viên", None, "Bí thư", None],
				[None, "Tổng số", "Chính thức", "Họ và tên", "Email"],
			],
			1,
			{"cell_name": 0, "members": 1, "full_members": 2, "secretary_name": 3, "secretary_email": 4},
		),
	],
)
def test_headings_below_a_title_and_in_two_rows(rows, last, columns):
	found = sheets.find_headings(rows, names(CELLS), required(CELLS))
	assert (found.last, dict(found.columns), found.twice) == (last, columns, ())
	assert set(found.ignored) <= {"Ghi chú"}


def test_rows_that_are_no_records_are_passed_over_and_a_merged_committee_goes_on():
	made = plan(
		cells(
			(1, 2, 3, 4),
			("Đảng ủy phường", "Chi bộ 1", 5, 4),
			(None, "Chi bộ 2", 6, 4),
			(),
			("Tổng cộng", None, 11, 8),
		)
	)
	assert not made.problems
	assert [(line.place, line.values["cell_name"]) for line in made.lines] == [
		(WARD.name, "Chi bộ 1"),
		(WARD.name, "Chi bộ 2"),
	]


@given(st.dates(sheets.EARLIEST, sheets.LATEST - timedelta(days=1)))
def test_a_date_is_read_however_it_is_written(day):
	serial = (day - date(1899, 12, 30)).days
	written = [
		day,
		datetime(day.year, day.month, day.day, 7, 30),
		serial,
		float(serial),
		f"{day.day}/{day.month}/{day.year:04}",
		f"{day.day:02}-{day.month:02}-{day.year:04}",
		f" {day.day:02}.{day.month:02}.{day.year:04} ",
		day.isoformat(),
	]
	assert {sheets.read("date", value) for value in written} == {(day, None)}


@pytest.mark.parametrize(
	("kind", "value"),
	[
		("date", "31/02/2026"),
		("date", "1/2/26"),
		("date", "tháng 3"),
		("date", 2026),
		("date", True),
		("number", "12a"),
		("number", -1),
		("number", 1.5),
		("number", "²"),
		("number", float("nan")),
		("number", float("inf")),
		("phone", "12345"),
		("email", "a@b"),
		("email", "a b@c.vn"),
		("yes_no", "có lẽ"),
		("text", "x" * 141),
		("text", "#REF!"),
		("text", "#N/A"),
		("date", float("nan")),
	],
)
def test_what_cannot_be_read_is_said(kind, value):
	found, problem = sheets.read(kind, value)
	assert found is None and problem.kind == "import" and str(problem)


@pytest.mark.parametrize(
	("kind", "value", "found"),
	[
		("phone", 912345678, "0912345678"),
		("phone", "+84 912.345.678", "0912345678"),
		("phone", "0269 3852 123", "02693852123"),
		("email", " A.B@Chibo.VN ", "a.b@chibo.vn"),
		("number", "007", 7),
		("number", 12.0, 12),
		("text", 7.0, "7"),
		("text", " Chi  bộ\n1 ", "Chi bộ 1"),
		("yes_no", "X", 1),
		("yes_no", "Không", 0),
		("text", "   ", None),
	],
)
def test_a_value_is_read_as_it_is_meant(kind, value, found):
	assert sheets.read(kind, value) == (found, None)


@given(
	st.sampled_from(["text", "number", "date", "phone", "email", "yes_no"]),
	st.none() | st.text() | st.integers() | st.floats() | st.booleans() | st.datetimes(),
)
def test_nothing_that_stands_in_a_cell_breaks_the_reading(kind, value):
	found, problem = sheets.read(kind, value)
	assert found is None or problem is None


@given(st.text())
def test_no_text_that_is_written_is_a_formula(text):
	assert sheets.safe_for_spreadsheets(text)[:1] not in ("=", "+", "-", "@", "\t", "\r")


def test_names_that_differ_in_a_tone_are_two_and_in_its_place_are_one():
	assert sheets.identity("Chi bộ Hòa  Bình") == sheets.identity("chi bộ hoà bình")
	assert sheets.identity("Thôn Hà") != sheets.identity("Thôn Hạ")
	assert sheets.identity("Thôn Đa") != sheets.identity("Thôn Da")


def test_letters_of_columns():
	assert [
		sheets.column_letter(index) for index in (0, 25, 26, 51, 52, 701, 702)
	] == "A Z AA AZ BA ZZ AAA".split()


NUMBERS = st.integers(0, 60)
ROWS = st.lists(
	st.tuples(st.integers(0, 12), NUMBERS, NUMBERS), min_size=1, max_size=12, unique_by=lambda row: row[0]
)


def after(made, before: list) -> import_plan.Present:
	"""What the site would hold once a plan is carried out."""
	there = {cell.name: cell for cell in before}
	for number, line in enumerate(made.lines):
		name = line.target or f"CELL-{len(there)}-{number}"
		old = there[name].values if line.target else dict.fromkeys(COLUMNS[CELLS])
		there[name] = import_plan.Cell(name, line.place, "Active", {**old, **line.values})
	return import_plan.Present({WARD.name: WARD}, list(there.values()))


@given(ROWS, ROWS)
def test_what_was_imported_is_left_alone_and_a_second_list_changes_only_what_differs(first, second):
	def table(rows):
		return cells(*(("Đảng ủy phường", f"Chi bộ {key}", a + b, b) for key, a, b in rows))

	made = plan(table(first), Table("x", []))
	there = after(made, [])
	again = plan(table(first), present=there)
	assert {line.act for line in again.lines} <= {"Leave"} and not again.problems
	old = {key: (a + b, b) for key, a, b in first}
	for line, (key, a, b) in zip(plan(table(second), present=there).lines, second, strict=False):
		new = (a + b, b)
		if key not in old:
			assert line.act == "Create"
		else:
			assert line.act == ("Leave" if old[key] == new else "Change")
			changed = {
				name
				for name, one, other in zip(("members", "full_members"), old[key], new, strict=True)
				if one != other
			}
			assert set(line.values) == changed


def test_an_empty_cell_changes_nothing():
	there = import_plan.Cell(
		"C1", WARD.name, "Active", {"cell_name": "Chi bộ 1", "members": 9, "full_members": 8}
	)
	made = plan(
		cells(("Đảng ủy phường", "Chi bộ 1", None, "")),
		present=import_plan.Present({WARD.name: WARD}, [there]),
	)
	assert [(line.act, line.values) for line in made.lines] == [("Leave", {})]


def tree(*rows) -> Table:
	return Table("Cấp ủy", [("Tên cấp ủy", "Cấp", "Cấp ủy cấp trên"), *rows])


def test_committees_stand_under_one_another_in_any_order():
	made = plan(tree(("Chi ủy khoa", "Bộ phận", "đảng ủy viện"), ("Đảng ủy viện", "Cơ sở", "Đảng ủy phường")))
	assert not made.problems
	assert [line.place for line in made.lines] == ["#1", WARD.name]


@pytest.mark.parametrize(
	("rows", "text"),
	[
		([("A", "Cơ sở", "B"), ("B", "Cơ sở", "A")], "stands under itself"),
		([("A", "Cơ sở", "A")], "stands under itself"),
		([("A", "Cơ sở", "Không có")], "There is no committee called Không có"),
		(
			[("A", "Tỉnh", "Đảng ủy phường")],
			"A committee of level Province cannot stand under one of level Commune",
		),
		([("A", None, "Đảng ủy phường")], "A new committee needs its level"),
		([("A", "Cấp lạ", "Đảng ủy phường")], "Cấp lạ is not among the choices"),
		([("A", "Cơ sở", None), ("a", "Cơ sở", None)], "stands in Cấp ủy, row 2 already"),
		(
			[(f"C{number}", "Cơ sở", f"C{number + 1}") for number in range(400)],
			"There is no committee called C400",
		),
	],
)
def test_a_tree_that_cannot_be_is_refused(rows, text):
	assert text in " ".join(said for _row, _column, said in told(plan(tree(*rows))))


def test_committees_of_one_name_are_told_apart_by_what_stands_above():
	other = Committee("PC-00002", None, WARD.values | {"committee_name": "Đảng ủy xã"})
	school = Committee(
		"PC-00003", "PC-00002", WARD.values | {"committee_name": "Đảng bộ Trường", "level": "Grassroots"}
	)
	present = import_plan.Present({one.name: one for one in (WARD, other, school)})
	made = plan(
		tree(("Đảng bộ Trường", "Cơ sở", "Đảng ủy phường"), ("Đảng bộ trường", "Cơ sở", "Đảng ủy xã")),
		cells(("Đảng bộ Trường", "Chi bộ 1", 3, 3), ("PC-00003", "Chi bộ 1", 3, 3)),
		present=present,
	)
	assert [(line.act, line.target) for line in made.lines[:2]] == [("Create", None), ("Leave", "PC-00003")]
	assert [one.row for one in made.problems] == [2] and "2 committees are called" in told(made)[0][2]
	assert made.lines[3].place == "PC-00003"


HOLDER = import_plan.Person("a@x.vn", "Nguyễn Văn An")
SEATED = import_plan.Cell("C1", WARD.name, "Active", {"cell_name": "Chi bộ 1"})
OFFICE_HEADS = ("Đảng ủy", "Chi bộ", "Bí thư", "Email", "Giữ chức từ ngày")


@pytest.mark.parametrize(
	("name", "email", "since", "opens", "stops", "text"),
	[
		("Nguyễn Văn An", "a@x.vn", None, False, False, None),
		("Người Khác", "b@x.vn", None, False, False, "passes by a handover"),
		("nguyễn văn an", None, None, False, False, None),
		("Người Khác", None, None, False, False, "passes by a handover"),
	],
)
def test_a_sitting_secretary_is_never_replaced(name, email, since, opens, stops, text):
	people = {"a@x.vn": HOLDER, "b@x.vn": import_plan.Person("b@x.vn", "Người Khác")}
	present = import_plan.Present({WARD.name: WARD}, [SEATED], {"C1": HOLDER}, {}, people)
	made = plan(
		cells(("Đảng ủy phường", "Chi bộ 1", name, email, since), heads=OFFICE_HEADS), present=present
	)
	assert [line.opens for line in made.lines] == [opens] and bool(made.problems) == stops
	assert [text in str(one.problem) for one in made.findings] == ([True] if text else [])


def test_a_term_does_not_begin_before_the_last_one_ended():
	closed = {"C1": [office.Term("TERM-1", date(2020, 1, 1), date(2026, 2, 1))]}
	present = import_plan.Present({WARD.name: WARD}, [SEATED], {}, closed, {"a@x.vn": HOLDER})
	for since, opens in (("31/01/2026", False), ("01/02/2026", True), (None, True)):
		made = plan(
			cells(("Đảng ủy phường", "Chi bộ 1", "An", "a@x.vn", since), heads=OFFICE_HEADS), present=present
		)
		assert [line.opens for line in made.lines] == [opens] and bool(made.problems) != opens


def test_accounts_are_made_once_for_each_address_and_only_where_that_is_wanted():
	rows = [
		("Đảng ủy phường", f"Chi bộ {number}", who, "moi@x.vn", None)
		for number, who in enumerate(("An", "An", "Bình"))
	]
	made = plan(cells(*rows, heads=OFFICE_HEADS), accounts=True)
	assert list(made.accounts) == ["moi@x.vn"] and [line.opens for line in made.lines] == [True, True, False]
	assert "is An's in Chi bộ, row 2" in told(made)[0][2]
	assert len(plan(cells(*rows, heads=OFFICE_HEADS)).problems) == 3


def test_two_plans_that_do_different_things_have_different_fingerprints():
	rows = [("Đảng ủy phường", "Chi bộ 1", 9, 8)]
	there = import_plan.Cell(
		"C1", WARD.name, "Active", {"cell_name": "Chi bộ 1", "members": 9, "full_members": 7}
	)
	plans = [
		plan(cells(*rows)),
		plan(cells(*rows), present=import_plan.Present({WARD.name: WARD}, [there])),
		plan(cells(("Đảng ủy phường", "Chi bộ 1", 9, 7))),
	]
	assert len({one.fingerprint() for one in plans}) == 3
	assert plans[0].fingerprint() == plan(cells(*rows)).fingerprint()


def test_ten_thousand_rows_with_fifty_planted_errors_each_reported_with_row_and_column():
	draw = random.Random(7)
	rows = [
		["Đảng ủy phường", f"Chi bộ số {number}", 20, 15, "0912345678", "05/01/2026"]
		for number in range(10_000)
	]
	heads = ("Đảng ủy", "Tên chi bộ", "Số đảng viên", "Chính thức", "Điện thoại", "Ngày cấp cặp")
	wrong = {0: "Đảng ủy không có", 1: None, 2: "hai mươi", 3: 21, 4: "12", 5: "30/02/2026"}
	letters = {}
	for number in draw.sample(range(10_000), 50):
		column = draw.choice(sorted(wrong))
		rows[number][column] = wrong[column]
		letters[number + 2] = "ABCDEF"[column]
	made = plan(cells(*rows, heads=heads))
	assert {one.row: one.column[0] for one in made.problems} == letters
	assert len(made.problems) == 50 and len(made.lines) == 10_000
	assert made.count("Create") == 9_950


def test_a_sheet_without_headings_is_left_out_and_one_alone_is_a_problem():
	made = plan(Table("Ghi chú", [["Bảng này để ghi chú"]]))
	assert [one.stops for one in made.findings] == [False, True]
	assert not plan(Table("Ghi chú", [["Bảng này"]]), cells(("Đảng ủy phường", "Chi bộ 1", 1, 1))).problems


def test_two_columns_of_one_meaning_are_a_problem():
	made = plan(
		cells(("Đảng ủy phường", "A", 3, 4), heads=("Đảng ủy", "Chi bộ", "Số đảng viên", "Tổng số đảng viên"))
	)
	assert "Two columns mean the same" in told(made)[0][2]
	assert COMMITTEES in COLUMNS
