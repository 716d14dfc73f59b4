"""A programme review laid out as a report (*Báo cáo sơ kết, tổng kết*) in the form of party documents.

The record ``m`` is plain data, dates in ISO 8601; its figures are those that were taken. Headings after the order of such reports: situation, results, assessment, lessons, directions. Who signs for
a committee varies; here the standing committee from commune level on.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from partycell.rules import charts, minutes, review, review_prose
from partycell.rules.charts import written
from partycell.rules.review import COUNT, PERCENT

STANDING = frozenset({"Central", "Province", "District", "Town", "Commune"})
LABELS = {
	"organisations": "Tổ chức cơ sở đảng",
	"cells_below": "Chi bộ trực thuộc đảng ủy cơ sở",
	"cells": "Tổng số chi bộ",
	"members": "Đảng viên",
	"full_members": "Đảng viên chính thức",
	"completeness": "Tỷ lệ tài liệu có trong cặp",
	"full": "Chi bộ có cặp tài liệu đầy đủ",
	"low": "Chi bộ có dưới một nửa số tài liệu",
	"folders": "Cặp tài liệu đã cấp phát",
	"folders_cells": "- cấp cho chi bộ",
	"folders_committees": "- cấp cho cấp ủy, tổ chức cơ sở đảng",
	"folders_reserve": "- để dự phòng",
	"folders_received": "Cặp đã ghi nhận việc nhận",
	"folders_replaced": "Cặp cấp lại do mất, hỏng",
	"directives": "Văn bản cấp trên đến chi bộ",
	"directive_copies": "Lượt văn bản đưa vào cặp",
	"acknowledgements_asked": "Lượt phải xác nhận đã quán triệt",
	"acknowledgements": "- đã xác nhận",
	"acknowledgements_in_time": "- xác nhận đúng hạn",
	"acknowledgement_rate": "Tỷ lệ xác nhận",
	"meetings_planned": "Kỳ sinh hoạt theo kế hoạch",
	"meetings": "Kỳ sinh hoạt đã tổ chức",
	"meetings_thematic": "- sinh hoạt chuyên đề",
	"meetings_rate": "Tỷ lệ thực hiện kế hoạch sinh hoạt",
	"attendance": "Tỷ lệ đảng viên dự sinh hoạt",
	"meetings_attended": "Kỳ sinh hoạt có cấp ủy viên dự",
	"meeting_quality": "Điểm chất lượng sinh hoạt bình quân",
	"handovers": "Lần bàn giao được phê duyệt",
	"handovers_whole": "- bàn giao đủ tài liệu",
	"handovers_wanting": "- có tài liệu thiếu, hư hỏng, hết hiệu lực",
	"handover_documents": "Tài liệu được bàn giao",
	"handovers_whole_rate": "Tỷ lệ bàn giao đủ",
	"handover_days": "Số ngày bàn giao (trung vị)",
	"handover_days_mean": "Số ngày bàn giao (bình quân)",
	"inspections": "Cuộc kiểm tra đã kết luận",
	"cells_inspected": "Chi bộ được kiểm tra",
	"inspection_mean": "Kết quả kiểm tra bình quân",
	"questions": "Kiến nghị gửi cấp trên",
	"questions_answered": "- đã được trả lời",
	"questions_published": "Nội dung trả lời phổ biến chung",
	"question_days": "Số ngày chờ trả lời (trung vị)",
	"actions": "Việc phải khắc phục đến hạn",
	"actions_done": "- đã khắc phục",
	"actions_in_time": "- khắc phục đúng hạn",
	"actions_rate": "Tỷ lệ khắc phục",
}
RATED = {"meetings_rated": "Kỳ sinh hoạt xếp loại", "inspections_rated": "Cuộc kiểm tra xếp loại"}


def context(m: dict) -> dict:
	"""What the template is rendered with, beside ``page``."""
	m = minutes.composed(m)
	since, until = date.fromisoformat(m["since"]), date.fromisoformat(m["until"])
	figures = {one["key"]: one for one in m["figures"]}
	words = review.WORDS[m["kind"]]
	period = review.period_in_words(since, until)
	return {
		"m": m,
		"v": {
			"mark": mark(m),
			"number": f"{m.get('number') or minutes.BLANK}-BC/{m.get('symbol') or 'ĐU'}",
			"place_and_date": f"{m.get('place') or minutes.BLANK}, {minutes.day_in_words(m.get('date'))}",
			"subject": f"{words} việc cấp phát và sử dụng Cặp tài liệu sinh hoạt chi bộ",
			"period": period,
			"basis": [line.rstrip(".;") for line in m.get("basis") or []],
			"situation": review_prose.situation(figures, m, since, until),
			"groups": _groups(figures, m),
			"of_day": [_row(one) for one in m["figures"] if one["of_day"]],
			"in_period": [_row(one) for one in _recorded(m["figures"]) if not one["of_day"]],
			"since": minutes.short_day(m["since"]),
			"until": minutes.short_day(m.get("as_of") or m["until"]),
			"signs_for": "BAN THƯỜNG VỤ" if m.get("level") in STANDING else "CẤP ỦY",
			"digest": minutes.in_fours(m.get("digest")),
		},
	}


def mark(m: dict) -> str | None:
	"""The words across the pages of a report that is not finished."""
	return None if m.get("status") == "finished" else "DỰ THẢO"


def _groups(figures: Mapping[str, dict], m: dict) -> list[dict]:
	"""The results, group by group: heading, sentences, and the charts that go with them."""
	said = (
		("Việc cấp phát cặp tài liệu", review_prose.folders(figures), []),
		("Mức độ đầy đủ của cặp tài liệu", review_prose.completeness(figures), _course(m)),
		("Quán triệt văn bản cấp trên", review_prose.directives(figures), []),
		("Sinh hoạt chi bộ", review_prose.meetings(figures), _rated(m, "meetings_rated")),
		("Bàn giao khi thay bí thư chi bộ", review_prose.handovers(figures), []),
		(
			"Kiểm tra, hướng dẫn sử dụng cặp tài liệu",
			review_prose.inspections(figures),
			_rated(m, "inspections_rated"),
		),
		("Sổ tay bí thư chi bộ và kiến nghị", review_prose.questions(figures), []),
		("Khắc phục hạn chế sau bàn giao, kiểm tra", review_prose.actions(figures), []),
	)
	return [
		{"title": title, "lines": lines or [review_prose.NOTHING], "charts": drawn}
		for title, lines, drawn in said
	]


def _course(m: dict) -> list[dict]:
	"""Completeness by month, where there are some; cells and members as each year ended."""
	drawn = []
	shares = [
		(f"{one['month'][5:7]}/{one['month'][:4]}", review.rate(one["present"], one["due"]))
		for one in m.get("series") or []
		if one["due"]
	]
	if len(shares) > 2:
		drawn.append(
			{"title": "Tỷ lệ tài liệu có trong cặp theo tháng (%)", "svg": charts.line(shares, 158, 58)}
		)
	years = {one["month"][:4]: one for one in m.get("series") or []}
	if len(years) > 1:
		members = [(year, one["members"]) for year, one in years.items()]
		drawn.append({"title": "Số đảng viên, tháng cuối mỗi năm", "svg": charts.bars(members, 158, 46)})
	return drawn


def _rated(m: dict, key: str) -> list[dict]:
	counts = [
		(one["key"].partition(":")[2], one["value"])
		for one in m["figures"]
		if one["key"].startswith(f"{key}:") and one["value"]
	]
	if len(counts) < 2:
		return []
	return [{"title": f"{RATED[key]} (số lượng)", "svg": charts.bars(counts, 158, 46)}]


def _recorded(figures: Sequence[dict]) -> list[dict]:
	"""Without the lines of a group of which nothing was recorded, and without what could not be measured."""
	there = {one.get("group") for one in figures if one["value"] or one["before"]}
	return [
		one
		for one in figures
		if one.get("group") in there and not (one["value"] is None and one["before"] is None)
	]


def _row(one: dict) -> dict:
	base, _colon, rating = one["key"].partition(":")
	label = LABELS.get(one["key"]) or (f"{RATED[base]} {rating}" if base in RATED else one["label"])
	unit = " %" if one["unit"] == PERCENT else ""
	change = review.change(one["before"], one["value"])
	return {
		"label": label,
		"part": label.startswith("- "),
		"value": _cell(one["value"], unit),
		"before": _cell(one["before"], unit),
		"change": "" if change is None else f"{'+' if change > 0 else ''}{_cell(change, '')}",
		"count": one["unit"] == COUNT,
	}


def _cell(value: float | None, unit: str) -> str:
	return "" if value is None else f"{'-' if value < 0 else ''}{written(abs(value))}{unit}"
