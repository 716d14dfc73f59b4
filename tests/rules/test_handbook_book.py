"""The handbook as a book: its order, its numbers, the pages entries begin on."""

from datetime import date

from partycell.rules import handbook_book as book

TOPICS = {"T1": (10, "Sinh hoạt"), "T2": (20, "Đảng viên")}


def row(title, topic="T1", **values):
	return {
		"title": title,
		"topic": topic,
		"note_type": "Guidance",
		"body": "<p>Một</p>",
		"common_mistakes": "Sai\n\n",
		"basis": ["Điều lệ"],
		"is_template": 0,
		"version": 2,
		"effective_from": date(2026, 1, 5),
		"author_name": "An",
		"modified": "2026-11-24 10:00:00",
		"committee_name": None,
	} | values


def made(*rows):
	return book.in_order(rows, TOPICS)


def test_topics_come_in_their_order_and_the_cells_own_notes_last():
	entries = made(row("B", None), row("Z", "T2"), row("N", "T1", note_type="Note"), row("A"))
	assert [(entry["no"], entry["title"], entry["topic"]) for entry in entries] == [
		(1, "A", "Sinh hoạt"),
		(2, "Z", "Đảng viên"),
		(3, "B", "Nội dung khác"),
		(4, "N", "Ghi chép của chi bộ"),
	]


def test_an_entry_says_by_whom_and_since_when():
	entry, note = made(row("A", committee_name="Đảng ủy phường"), row("N", note_type="Note"))
	assert entry["given"] == "Đảng ủy phường; phiên bản 2, áp dụng từ 05/01/2026"
	assert note["given"] == "An, ghi ngày 24/11/2026"
	assert made(row("A"))[0]["given"].startswith("Bản dùng chung; phiên bản 2")
	assert entry["mistakes"] == ["Sai"] and entry["blocks"][0]["text"] == "Một"


def test_the_page_of_an_entry_is_the_last_that_has_its_heading():
	entries = made(row("Thu đảng phí"), row("Xếp loại"), row("Zz"))
	texts = ["Mục lục 1. Thu đảng phí 2. Xếp loại", "1. Thu đảng\nphí …", "…", "2.Xếp loại"]
	assert book.pages(entries, texts) == {1: 2, 2: 4}


def test_the_list_of_directives_has_its_page_and_stands_by_itself():
	line = book.directive_line(
		{
			"number_symbol": "31-HD/TU",
			"issued_on": date(2026, 3, 1),
			"subject": "Hướng dẫn",
			"issuer_name": None,
			"in_force_until": date(2027, 3, 1),
		},
		"Đủ",
	)
	assert (line["dated"], line["until"], line["issuer"], line["place"]) == (
		"01/03/2026",
		"01/03/2027",
		"",
		"",
	)
	content = book.context(
		cell="Chi bộ 1",
		superior="ĐẢNG BỘ",
		place=None,
		day=date(2026, 11, 4),
		entries=made(row("A", is_template=1)),
		directives=[line],
	)
	texts = ["Mục lục 1. A Văn bản cấp trên còn hiệu lực", "1. A", "VĂN BẢN CẤP TRÊN CÒN\nHIỆU LỰC 31-HD/TU"]
	assert book.pages(content["entries"], texts) == {0: 3, 1: 2}
	alone = book.only_directives(content)
	assert (alone["directives"], alone["entries"], alone["topics"]) == ([line], [], [])
	assert alone["templates"] == 0


def test_the_context_groups_by_topic_and_counts_what_is_not_reviewed():
	entries = made(row("A", is_template=1), row("B"), row("C", "T2"))
	found = book.context(
		cell="Chi bộ 1", superior="ĐẢNG BỘ", place="Ayun Pa", day=date(2026, 11, 4), entries=entries
	)
	assert [(topic["title"], len(topic["entries"])) for topic in found["topics"]] == [
		("Sinh hoạt", 2),
		("Đảng viên", 1),
	]
	assert (found["templates"], found["place_and_date"]) == (1, "Ayun Pa, ngày 04 tháng 11 năm 2026")
