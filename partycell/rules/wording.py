"""The Vietnamese of codes where they stand on official papers, whatever language the desk speaks."""

from datetime import date

REASONS = {
	"Congress": "Đại hội chi bộ",
	"Appointment": "Chỉ định bí thư",
	"Transfer": "Chuyển công tác",
	"Retirement": "Nghỉ công tác",
	"Death": "Từ trần",
	"Split or Merger": "Chia tách, sáp nhập chi bộ",
	"Suspension or Discipline": "Đình chỉ, kỷ luật",
}

MATTERS = {
	"Handbook Note": "Ghi chép trong sổ tay",
	"Handbook Question": "Câu hỏi chờ trả lời",
	"Corrective Action": "Việc phải khắc phục",
}

# A committee leads an organisation, and a cell's papers name the organisation above it, not its committee.
ORGANISATIONS = {
	"Đảng ủy": "Đảng bộ",
	"Tỉnh ủy": "Đảng bộ tỉnh",
	"Thành ủy": "Đảng bộ thành phố",
	"Quận ủy": "Đảng bộ quận",
	"Huyện ủy": "Đảng bộ huyện",
	"Thị ủy": "Đảng bộ thị xã",
}

SECRETARY = "Bí thư chi bộ"
OFFICER = "Đại diện cấp ủy cấp trên"


def reason(code: str | None) -> str | None:
	"""The reason of a handover; a code an office added itself is printed as it is."""
	return REASONS.get(code or "", code)


def matter(code: str) -> str:
	"""The kind of an open matter, likewise."""
	return MATTERS.get(code, code)


def organisation(committee: str | None) -> str:
	"""The organisation that a committee leads: ``Đảng ủy xã Ia Sao`` leads ``Đảng bộ xã Ia Sao``.

	A name that does not begin with a kind of committee is left as it is.
	"""
	name = (committee or "").strip()
	words = name.split()
	# Both ways of putting the tone mark are in use.
	kind = " ".join(words[:2]).capitalize().replace("uỷ", "ủy")
	return " ".join([ORGANISATIONS[kind], *words[2:]]) if kind in ORGANISATIONS else name


# What becomes of a document that is not as it should be, where the two sides did not meet to say it.
REMEDIES = {
	"Missing": "Tìm lại, lập lại hoặc xin cấp lại",
	"Damaged": "Sửa lại hoặc thay bản khác",
	"Outdated": "Rút ra khỏi cặp, lưu văn bản đang có hiệu lực",
}
# What stands for the receiver's words where a decision hands over, and nobody counts.
NOT_COUNTED = (
	"Nhận theo quyết định; tình trạng tài liệu ghi theo cặp của bên giao, chưa kiểm đếm từng tài liệu."
)


def decision(number: str, day: date) -> str:
	"""A decision as papers cite it: ``Quyết định số 12-QĐ/ĐU ngày 20/11/2026``."""
	return f"Quyết định số {number} ngày {day:%d/%m/%Y}"


def reorganisation(kind: str, into: str | None) -> str:
	"""What a closing cell's handover says of the act; ``into`` is the cell that takes the folder over."""
	act = {"Merge": "Sáp nhập chi bộ", "Split": "Chia tách chi bộ"}.get(kind, "Giải thể chi bộ")
	return f"{act}; cặp tài liệu giao cho {into or 'cấp ủy cấp trên'}"


def titled(title: str, period: str | None) -> str:
	"""A document's title with its period, as in a sentence: ``Sổ biên bản (tháng 10/2026)``."""
	return f"{title} ({period[0].lower()}{period[1:]})" if period else title
