#!/usr/bin/env python3
"""Makes examples/to-dan-pho-3 anew: one cell's folder, with small real files. The result is committed.

The people and the texts are made up. Needs what the PDFs of the app need, and no Frappe.
"""

from __future__ import annotations

import base64
import io
import shutil
import sys
import zipfile
from datetime import date
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from partycell.offline import cellfile  # noqa: E402
from partycell.papers import pdf  # noqa: E402
from partycell.rules import names  # noqa: E402
from partycell.rules.page import PageSetup  # noqa: E402
from partycell.setup.demo import drawing  # noqa: E402

FOLDER = ROOT / "examples" / "to-dan-pho-3"
MARKS = ROOT / "examples" / "marks.csv"
CELL = "Chi bộ Tổ dân phố 3"
SECRETARY = "Nguyễn Văn Thuận"
VALUES = {
	"cell": {
		"code": "CB-AYP-003",
		"name": CELL,
		"type": "Residential",
		"committee": "Đảng ủy phường Ayun Pa",
		"place": "Ayun Pa",
		"has_cell_committee": True,
		"kept_from": date(2026, 11, 1),
		"folder_number": "CT-003",
		"folder_issued_on": date(2016, 3, 15),
	},
	"term": {"secretary": SECRETARY, "since": date(2020, 6, 10)},
	"office": {"term_first_year": 2025, "term_years": 5, "remedy_days": 30, "copies_made": 3},
}
# What this office added to the default template.
ADDED = {
	"A": {"code": "A7", "title": "Chương trình hành động của Đảng ủy phường", "due_days": 0},
	"C": {"code": "C8", "title": "Sổ theo dõi đảng viên dự sinh hoạt", "frequency": "Monthly", "due_days": 5},
}
TEXTS = {
	"A1": (
		"Điều lệ Đảng và hướng dẫn thi hành",
		"Trích yếu các quy định về chi bộ, bí thư, sinh hoạt định kỳ.",
	),
	"A2": ("Sổ tay bí thư chi bộ", "Những việc chi bộ thường làm và những lỗi thường gặp."),
	"A3": ("Hướng dẫn sinh hoạt chi bộ", "Trình tự một buổi sinh hoạt thường kỳ và biểu chấm điểm."),
	"A4": ("Nghị quyết số 18-NQ/ĐU", "Về nâng cao chất lượng sinh hoạt chi bộ trong toàn Đảng bộ phường."),
	"A5 2026-11": ("Định hướng sinh hoạt tháng 11", "Ba nội dung trọng tâm; chuẩn bị tổng kết năm."),
	"A6 2026-11": ("Tài liệu học tập tháng 11", "Thông tin nội bộ và tài liệu tuyên truyền."),
	"A7": ("Chương trình hành động 2025-2030", "Nhiệm vụ và phân công thực hiện."),
	"B1": ("Quyết định chuyển giao chi bộ", "Chi bộ trực thuộc Đảng bộ phường từ ngày 01/7/2025."),
	"B2": ("Quyết định chuẩn y bí thư", "Chuẩn y kết quả bầu cử bí thư chi bộ."),
	"B4": ("Quy chế làm việc", "Nguyên tắc, chế độ làm việc của chi ủy."),
	"B5 2026": ("Phân công nhiệm vụ đảng viên", "Mỗi đảng viên phụ trách từ 08 đến 10 hộ."),
	"C2 tháng 11-2026": ("Biên bản họp chi ủy", "Chuẩn bị nội dung sinh hoạt thường kỳ."),
	"C3 2026-11": ("Nghị quyết tháng 11", "Kết luận của buổi sinh hoạt và phân công."),
	"C4 quý IV-2026": (
		"Sinh hoạt chuyên đề quý IV",
		"Chuyên đề học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh.",
	),
	"C6 2026": ("Chương trình công tác năm", "Chỉ tiêu, giải pháp, tiến độ."),
	"C7 2026-11": ("Báo cáo tháng 11", "Tình hình, kết quả, kiến nghị."),
	"D4": ("Hồ sơ kết nạp quần chúng", "Danh mục giấy tờ của một hồ sơ kết nạp."),
	"D6 2026": ("Kiểm điểm, xếp loại năm", "Kết quả xếp loại tổ chức và đảng viên."),
	"E1 2026": ("Kế hoạch kiểm tra, giám sát", "Đối tượng, nội dung, thời gian."),
	"E2": ("Thông báo kết luận kiểm tra", "Ưu điểm, hạn chế, thời hạn khắc phục."),
	"E5": ("Quyết định khen thưởng", "Khen thưởng đảng viên hoàn thành xuất sắc nhiệm vụ."),
	"E6": ("Biên bản bàn giao kỳ trước", "Bàn giao giữa hai bí thư năm 2020."),
}
PHOTOGRAPHS = {
	"C1 2026-11": "Ảnh chụp sổ biên bản sinh hoạt",
	"D1": "Sổ danh sách đảng viên",
	"E3 2026-11": "Sổ thu nộp đảng phí",
	"C8 2026-11": "Sổ theo dõi dự sinh hoạt",
}
SHEETS = {
	"C5 2026-11": (
		"Bảng chấm điểm buổi sinh hoạt",
		[
			("Nội dung", "Điểm tối đa", "Điểm"),
			("Chuẩn bị", 15, 14),
			("Tham dự", 20, 20),
			("Tổ chức", 45, 41),
			("Kết thúc", 20, 19),
		],
	),
	"D5 2026-Q4": (
		"Danh sách quần chúng ưu tú",
		[("STT", "Họ và tên", "Ghi chú"), (1, "Kpă H'Yơn", "Đã học lớp cảm tình"), (2, "Trần Đức Vinh", "")],
	),
}
PAPERS = [
	{"item": "D2", "copies": 1, "pages": 12, "place": "Tủ nhà văn hóa, ngăn 2"},
	{"item": "D3", "copies": 1, "pages": 20, "place": "Tủ nhà văn hóa, ngăn 2"},
	{"item": "E4", "copies": 1, "pages": 36, "place": "Tủ nhà văn hóa, ngăn 3"},
	{"item": "C1/2026-11", "copies": 1, "pages": 4, "place": "Tủ nhà văn hóa, ngăn 1"},
	{
		"item": "A4",
		"copies": 2,
		"pages": 6,
		"place": "Cặp tài liệu",
		"number_symbol": "18-NQ/ĐU",
		"dated": date(2026, 3, 9),
	},
]
MARKED = """\
item,state,remark,remedy
B3,Thiếu,Không tìm thấy hồ sơ đại hội nhiệm kỳ 2025 - 2027,Xin bản sao lưu tại Văn phòng Đảng ủy phường
C1/2026-11,Hư hỏng,Thấm nước hai trang cuối,Chép lại từ bản nháp của thư ký
"""
PAGE = """<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{title}</title><style>
body {{ font: 14pt {fonts}; line-height: 1.4 }} h1 {{ font-size: 16pt; text-align: center; margin: 24pt 0 }}
p {{ text-align: justify; text-indent: 10mm }} .r {{ text-align: right }}</style></head><body>
<div><b>{cell}</b></div><div class="r"><i>Ayun Pa, tháng 11 năm 2026</i></div><h1>{title}</h1><p>{text}</p>
<p>Văn bản này thuộc dữ liệu mẫu; người và việc nêu trong đó không có thật.</p>
<div class="r"><b>{secretary}</b></div></body></html>"""


def main() -> None:
	"""Writes the folder and the marks file; what was there before goes."""
	shutil.rmtree(FOLDER, ignore_errors=True)
	sections = cellfile.default_sections()
	for section in sections:
		if section["code"] in ADDED:
			section["item"].append(ADDED[section["code"]])
		(FOLDER / names.safe(f"{section['code']} {section['title']}")).mkdir(parents=True)
	text = cellfile.text_of(VALUES, sections)
	text += "".join(
		"\n" + cellfile.text_of({"paper": paper}, []).replace("[paper]", "[[paper]]") for paper in PAPERS
	)
	(FOLDER / cellfile.NAME).write_text(text, encoding="utf-8")
	MARKS.write_text(MARKED, encoding="utf-8")
	page = PageSetup()
	for slot, (title, words) in TEXTS.items():
		html = PAGE.format(
			title=escape(title.upper()),
			text=escape(words),
			cell=CELL.upper(),
			secretary=SECRETARY,
			fonts=page.for_template()["fonts"],
		)
		_place(slot, f"{title}.pdf").write_bytes(pdf.make(html, page))
	for slot, title in PHOTOGRAPHS.items():
		_place(slot, f"{title}.png").write_bytes(drawing.photographed_page(slot))
	for slot, (title, rows) in SHEETS.items():
		_place(slot, f"{title}.xlsx").write_bytes(spreadsheet(rows))
	# The same paper photographed as well: one document, two files.
	signature = base64.b64decode(drawing.signature(SECRETARY).removeprefix(drawing.PREFIX))
	_place("B2", "Chữ ký mẫu của bí thư.png").write_bytes(signature)


def _place(slot: str, title: str) -> Path:
	folder = next(one for one in FOLDER.iterdir() if one.is_dir() and one.name.startswith(f"{slot[0]} "))
	return folder / f"{slot} {title.replace('/', '-')}"


def spreadsheet(rows: list[tuple]) -> bytes:
	"""A workbook of one sheet, as Office Open XML."""
	main_ns = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	packages = "http://schemas.openxmlformats.org/package/2006"
	kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"

	def cell(place: int, number: int, value) -> str:
		name = f"{chr(65 + place)}{number}"
		if isinstance(value, int):
			return f'<c r="{name}"><v>{value}</v></c>'
		return f'<c r="{name}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'

	lines = "".join(
		f'<row r="{number}">{"".join(cell(place, number, value) for place, value in enumerate(row))}</row>'
		for number, row in enumerate(rows, 1)
	)
	parts = {
		"[Content_Types].xml": f'<Types xmlns="{packages}/content-types"><Default Extension="rels"'
		' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
		f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
		f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>',
		"_rels/.rels": f'<Relationships xmlns="{packages}/relationships"><Relationship Id="r1"'
		f' Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
		"xl/workbook.xml": f'<workbook xmlns="{main_ns}" xmlns:r="{relations}"><sheets>'
		'<sheet name="Bảng" sheetId="1" r:id="r1"/></sheets></workbook>',
		"xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{packages}/relationships"><Relationship Id="r1"'
		f' Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
		"xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main_ns}"><sheetData>{lines}</sheetData></worksheet>',
	}
	written = io.BytesIO()
	with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as book:
		for path, text in parts.items():
			book.writestr(
				zipfile.ZipInfo(path, (2026, 11, 30, 8, 0, 0)),
				f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}',
			)
	return written.getvalue()


if __name__ == "__main__":
	main()
