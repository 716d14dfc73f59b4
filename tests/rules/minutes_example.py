"""Minutes to print: the record of a handover with as many items, and in such a state, as a test asks."""

import base64
import hashlib
import math
import struct
import zlib

from partycell.rules import minutes

TITLES = {
	"A": "Văn bản cấp trên",
	"B": "Tổ chức, nhiệm kỳ",
	"C": "Sinh hoạt, lãnh đạo",
	"D": "Đảng viên",
	"E": "Kiểm tra, tài chính, văn thư",
}
# title, symbol, copies, pages
ITEMS = {
	"A": [
		("Điều lệ Đảng, quy định và hướng dẫn thi hành", "01-HD/TW", 2, 212),
		("Sổ tay bí thư chi bộ", None, 1, 96),
		("Hướng dẫn sinh hoạt chi bộ, biểu chấm điểm", "12-HD/BTCTW", 1, 24),
		("Nghị quyết, chỉ thị còn hiệu lực", "21-NQ/TW", 6, 148),
		("Định hướng sinh hoạt của đảng ủy", "45-CV/ĐU", 10, 40),
		("Tài liệu học tập, thông tin nội bộ", None, 10, 320),
	],
	"B": [
		("Quyết định thành lập, chuyển giao chi bộ", "117-QĐ/ĐU", 1, 2),
		("Quyết định chuẩn y bí thư, chi ủy", "23-QĐ/ĐU", 1, 2),
		("Hồ sơ đại hội chi bộ", None, 1, 86),
		("Quy chế làm việc", "02-QC/CB", 1, 8),
		("Phân công nhiệm vụ đảng viên", None, 1, 4),
	],
	"C": [
		("Sổ biên bản sinh hoạt chi bộ", None, 1, 200),
		("Sổ biên bản họp chi ủy", None, 1, 120),
		("Nghị quyết, kết luận tháng", "11-NQ/CB", 11, 33),
		("Hồ sơ sinh hoạt chuyên đề", None, 4, 52),
		("Bảng chấm điểm buổi sinh hoạt", None, 11, 11),
		("Chương trình công tác năm", "01-CTr/CB", 1, 6),
		("Báo cáo tháng, quý, năm", "14-BC/CB", 15, 1045),
	],
	"D": [
		("Sổ danh sách đảng viên", None, 1, 60),
		("Sổ đảng viên ra khỏi Đảng, từ trần", None, 1, 20),
		("Sổ giao nhận, mượn đọc hồ sơ", None, 1, 40),
		("Hồ sơ kết nạp, chuyển chính thức, chuyển sinh hoạt đảng", None, 3, 75),
		("Danh sách quần chúng ưu tú", None, 4, 4),
		("Kiểm điểm, xếp loại hằng năm", None, 24, 96),
	],
	"E": [
		("Kế hoạch kiểm tra, giám sát năm", "03-KH/CB", 1, 5),
		("Hồ sơ kiểm tra, thông báo kết luận", "07-TB/UBKT", 2, 18),
		("Sổ thu nộp đảng phí", None, 1, 48),
		("Sổ công văn đi, đến", None, 2, 90),
		("Khen thưởng, kỷ luật", None, 3, 6),
		("Biên bản bàn giao các kỳ", "01-BB/CB", 2, 12),
		("Sổ theo dõi kiến nghị của đảng viên và quần chúng", None, 1, 30),
		("Tài liệu khác", None, 1, 3),
	],
}
WRONG = {
	5: ("Missing", "Thiếu số tháng 4 và tháng 5", "Xin cấp lại bản sao"),
	13: ("Damaged", "Ẩm, rách 6 trang cuối", "Sao chép, đóng lại sổ"),
	26: ("Outdated", "Đã có thông báo thay thế", "Thay bằng văn bản mới"),
}


def signature(wave: float = 6) -> str:
	"""A drawn line as a data: URI, a PNG of 240 by 80 pixels in shades of grey."""
	rows = [bytearray(b"\xff" * 240) for _ in range(80)]
	for step in range(2200):
		across = 10 + step / 10
		down = 40 + 28 * math.sin(across / wave) * math.exp(-across / 150)
		for thick in range(3):
			rows[int(down) + thick][int(across)] = 0

	def chunk(kind, data):
		return (
			struct.pack(">I", len(data))
			+ kind
			+ data
			+ struct.pack(">I", zlib.crc32(kind + data) & 0xFFFFFFFF)
		)

	raw = b"".join(b"\x00" + bytes(row) for row in rows)
	png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 240, 80, 8, 0, 0, 0, 0))
	png += chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b"")
	return "data:image/png;base64," + base64.b64encode(png).decode()


def record(count: int = 32, *, status: str = "approved", wrong: bool = True, **changes) -> dict:
	"""The record ``m`` of a handover of ``count`` items (periodic ones repeat by month); see changes last."""
	items, month = [], 0
	while len(items) < count:
		for section, kinds in ITEMS.items():
			for place, (title, symbol, copies, pages) in enumerate(kinds, 1):
				items.append(
					{
						"section": section,
						"code": f"{section}{place}",
						"title": title,
						"number_symbol": symbol,
						"dated": "2026-03-09" if symbol else None,
						"period": f"Tháng {month}/2026" if month else None,
						"copies": copies,
						"pages": pages,
						"place": f"Ngăn {1 + place % 3}",
						"files": place % 4,
						"delivered": "Present",
						"received": None if status == "draft" else "Present",
						"remark": None,
					}
				)
		month += 1
	sections = minutes.in_sections(items[:count], TITLES)
	lost = []
	for item in (item for section in sections for item in section["items"]):
		if wrong and status != "draft" and item["no"] in WRONG:
			state, remark, remedy = WRONG[item["no"]]
			item.update(received=state, remark=remark)
			lost.append(
				{
					"no": item["no"],
					"title": item["title"],
					"state": state,
					"remark": remark,
					"remedy": remedy,
					"responsible": "Rơ Châm H'Lan",
					"due_on": "2026-12-15",
				}
			)
	for section in sections:
		section["totals"] = minutes.totals(section["items"])
	signed = status != "draft"
	made = {
		"number": "01" if signed else None,
		"symbol": "BB/CB",
		"superior": "ĐẢNG BỘ PHƯỜNG AYUN PA",
		"organisation": "CHI BỘ TỔ DÂN PHỐ 3",
		"has_seal": False,
		"place": "Ayun Pa",
		"date": "2026-11-23",
		"cell": {
			"name": "Chi bộ Tổ dân phố 3",
			"code": "CELL-00012",
			"folder_number": "CT-012",
			"folder_issued_on": "2016-03-15",
		},
		"term_from": "2020–2025",
		"term_to": "2025–2030",
		"basis": [
			"Điều lệ Đảng Cộng sản Việt Nam",
			"Quyết định số 12-QĐ/ĐU ngày 10/11/2026 của Đảng ủy phường Ayun Pa về việc chuẩn y bí thư chi bộ",
		],
		"reason": "Đại hội chi bộ",
		"reason_detail": None,
		"started_at": "2026-11-23T08:00",
		"ended_at": "2026-11-23T10:15:00" if signed else None,
		"venue": "Nhà văn hoá tổ dân phố 3",
		"giver": {
			"name": "Nguyễn Văn Thuận",
			"position": "Bí thư chi bộ nhiệm kỳ 2020–2025",
			"signed_at": "2026-11-23T09:40" if signed else None,
			"signature": signature() if signed else None,
			"on_behalf": False,
			"acting_name": None,
			"acting_position": None,
			"acting_reason": None,
		},
		"receiver": {
			"name": "Rơ Châm H'Lan",
			"position": "Bí thư chi bộ nhiệm kỳ 2025–2030",
			"signed_at": "2026-11-23T09:55" if signed else None,
			"signature": signature(9) if signed else None,
		},
		"witness": {
			"name": "Trần Thị Minh Nguyệt",
			"position": "Phó trưởng Ban Xây dựng Đảng Đảng ủy phường",
			"signed_at": "2026-11-23T10:15" if signed else None,
			"signature": signature(14) if signed else None,
		},
		"sections": sections,
		"totals": minutes.totals(item for section in sections for item in section["items"]),
		"dues": "1.250.000 đồng (Một triệu hai trăm năm mươi nghìn đồng)",
		"assets": "Tủ đựng tài liệu: 01 chiếc\nCặp tài liệu: 01 chiếc",
		"open_matters": [
			{
				"kind": "Kiến nghị",
				"title": "Xin hướng dẫn việc miễn sinh hoạt cho đảng viên đi làm ăn xa trên 6 tháng",
				"responsible": "Rơ Châm H'Lan",
				"due_on": "2026-12-31",
			},
			{
				"kind": "Khắc phục",
				"title": "Bổ sung sổ đảng phí quý III",
				"responsible": None,
				"due_on": None,
			},
		],
		"discrepancies": lost,
		"commitments": {
			"giver": "Đã bàn giao toàn bộ hồ sơ, tài liệu đang giữ; không giữ lại bản nào.",
			"receiver": "Đã kiểm đếm từng tài liệu theo danh mục.",
			"witness": None,
		},
		"copies_made": 3,
		"digest": hashlib.sha256(b"minutes").hexdigest() if signed else None,
		"status": status,
		"annulled": {"on": "2026-12-01", "reason": "Quyết định chuẩn y bí thư được thu hồi"}
		if status == "annulled"
		else None,
	}
	made.update(changes)
	return made
