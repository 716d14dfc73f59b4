"""The Vietnamese of codes where they stand on official papers, whatever language the desk speaks."""

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
	"Corrective Action": "Việc phải khắc phục",
}

SECRETARY = "Bí thư chi bộ"
OFFICER = "Đại diện cấp ủy cấp trên"


def reason(code: str | None) -> str | None:
	"""The reason of a handover; a code an office added itself is printed as it is."""
	return REASONS.get(code or "", code)


def matter(code: str) -> str:
	"""The kind of an open matter, likewise."""
	return MATTERS.get(code, code)
