"""The figures of a programme review in official Vietnamese prose.

``figures`` is by key, each with ``value``, ``before`` and ``unit``. A figure that is not known is not mentioned;
a group of which nothing is known gives no sentence.
"""

from collections.abc import Mapping
from datetime import date

from partycell.rules import review
from partycell.rules.charts import written

NOTHING = "Trong kỳ chưa có số liệu được ghi nhận."


def situation(figures: Mapping[str, dict], m: dict, since: date, until: date) -> list[str]:
	"""The organisation at the beginning of the period and at its end."""
	whole = m["whole"]
	then, now = _standing(figures, "before"), _standing(figures, "value", changes=True)
	lines = []
	if then:
		lines.append(f"Đầu kỳ ({since:%d/%m/%Y}), {whole} có {then}.")
	if now:
		as_of = date.fromisoformat(m.get("as_of") or m["until"])
		day = f"{as_of:%d/%m/%Y}"
		lines.append(f"{f'Đến ngày {day}' if as_of < until else f'Đến cuối kỳ ({day})'}, {whole} có {now}.")
	return lines or [NOTHING]


def folders(figures: Mapping[str, dict]) -> list[str]:
	"""Folders issued, to whom, and replaced."""
	total = _known(figures, "folders")
	if not total:
		return []
	parts = [
		f"{written(_known(figures, key))} cặp {where}"
		for key, where in (
			("folders_cells", "cho các chi bộ"),
			("folders_committees", "cho các cấp ủy, tổ chức cơ sở đảng"),
			("folders_reserve", "để dự phòng"),
		)
		if _known(figures, key)
	]
	lines = [f"Đã cấp phát {written(total)} cặp tài liệu sinh hoạt chi bộ, gồm {', '.join(parts)}."]
	if _known(figures, "folders_replaced"):
		lines.append(f"Cấp lại {written(_known(figures, 'folders_replaced'))} cặp bị mất, hư hỏng.")
	return lines


def completeness(figures: Mapping[str, dict]) -> list[str]:
	"""How complete the folders were and are."""
	then, now = _known(figures, "completeness", "before"), _known(figures, "completeness")
	if now is None:
		return []
	begun = f"đầu kỳ là {written(then)} %, " if then is not None else ""
	line = f"Tỷ lệ tài liệu có trong cặp so với danh mục phải có {begun}cuối kỳ là {written(now)} %."
	lines = [line]
	if _known(figures, "full") is not None:
		full, low = _known(figures, "full"), _known(figures, "low") or 0
		rest = f"; còn {written(low)} chi bộ có dưới một nửa số tài liệu" if low else ""
		lines.append(f"Cuối kỳ có {written(full)} chi bộ có cặp tài liệu đầy đủ{rest}.")
	return lines


def directives(figures: Mapping[str, dict]) -> list[str]:
	"""Directives that came, and who took note."""
	if not _known(figures, "directives"):
		return []
	line = f"Trong kỳ có {written(figures['directives']['value'])} văn bản của cấp trên được đưa vào cặp tài liệu"
	line += f" ({written(_known(figures, 'directive_copies') or 0)} lượt)."
	asked = _known(figures, "acknowledgements_asked")
	if not asked:
		return [line]
	given, timely = _known(figures, "acknowledgements") or 0, _known(figures, "acknowledgements_in_time") or 0
	return [
		line,
		(
			f"Đã xác nhận quán triệt {written(given)}/{written(asked)} lượt"
			f"{_share(figures, 'acknowledgement_rate')}, trong đó đúng hạn {written(timely)} lượt."
		),
	]


def meetings(figures: Mapping[str, dict]) -> list[str]:
	"""Meetings held, attendance, quality."""
	held = _known(figures, "meetings")
	if not held:
		return []
	thematic = _known(figures, "meetings_thematic") or 0
	line = f"Các chi bộ đã tổ chức {written(held)} kỳ sinh hoạt, trong đó có {written(thematic)} kỳ chuyên đề"
	lines = [f"{line}; tỷ lệ thực hiện kế hoạch{_plain(figures, 'meetings_rate')}."]
	more = []
	if _known(figures, "attendance") is not None:
		more.append(f"tỷ lệ đảng viên dự sinh hoạt{_plain(figures, 'attendance')}")
	if _known(figures, "meeting_quality") is not None:
		more.append(f"chất lượng sinh hoạt bình quân đạt{_plain(figures, 'meeting_quality')} số điểm")
	if _known(figures, "meetings_attended"):
		more.append(f"{written(figures['meetings_attended']['value'])} kỳ có cấp ủy viên được phân công dự")
	if more:
		text = "; ".join(more)
		lines.append(f"{text[0].upper()}{text[1:]}.")
	return lines


def handovers(figures: Mapping[str, dict]) -> list[str]:
	"""Handovers, whole or wanting, and the days they took."""
	number = _known(figures, "handovers")
	if not number:
		return []
	whole, wanting = _known(figures, "handovers_whole") or 0, _known(figures, "handovers_wanting") or 0
	lines = [
		(
			f"Có {written(number)} lần bàn giao khi thay bí thư chi bộ, trong đó {written(whole)} lần bàn giao đủ"
			f" tài liệu{_share(figures, 'handovers_whole_rate')}, {written(wanting)} lần còn tài liệu thiếu, hư hỏng"
			f" hoặc hết hiệu lực phải khắc phục."
		)
	]
	days = _known(figures, "handover_days")
	if days is not None:
		total = written(_known(figures, "handover_documents") or 0)
		lines.append(
			f"Tổng số tài liệu được bàn giao là {total}; thời gian từ khi bên giao ký đến khi cấp trên phê duyệt"
			f" thường là {f'{written(days)} ngày' if days else 'trong ngày'}."
		)
	return lines


def inspections(figures: Mapping[str, dict]) -> list[str]:
	"""Inspections and ratings."""
	number = _known(figures, "inspections")
	if not number:
		return []
	line = f"Đã kết luận {written(number)} cuộc kiểm tra tại {written(_known(figures, 'cells_inspected') or 0)} chi bộ"
	rated = [
		f"{key.partition(':')[2]} {written(one['value'])}"
		for key, one in figures.items()
		if key.startswith("inspections_rated:")
	]
	return [f"{line}; xếp loại: {', '.join(rated)}." if rated else f"{line}."]


def questions(figures: Mapping[str, dict]) -> list[str]:
	"""Questions that went up, and answers."""
	number = _known(figures, "questions")
	if not number:
		return []
	answered = written(_known(figures, "questions_answered") or 0)
	published = written(_known(figures, "questions_published") or 0)
	return [
		(
			f"Các chi bộ đã ghi vào sổ tay và gửi cấp trên {written(number)} kiến nghị về những việc chưa có hướng dẫn;"
			f" {answered} kiến nghị đã được trả lời, {published} nội dung trả lời được phổ biến chung."
		)
	]


def actions(figures: Mapping[str, dict]) -> list[str]:
	"""What had to be put right, and was."""
	number = _known(figures, "actions")
	if not number:
		return []
	done, timely = _known(figures, "actions_done") or 0, _known(figures, "actions_in_time") or 0
	return [
		(
			f"Đã khắc phục {written(done)}/{written(number)} việc đến hạn trong kỳ{_share(figures, 'actions_rate')},"
			f" trong đó đúng hạn {written(timely)} việc."
		)
	]


def _known(figures: Mapping[str, dict], key: str, field: str = "value") -> float | None:
	return figures[key][field] if key in figures else None


def _standing(figures: Mapping[str, dict], field: str, changes: bool = False) -> str:
	said = (
		("organisations", "tổ chức cơ sở đảng"),
		("cells_below", "chi bộ trực thuộc các đảng ủy cơ sở"),
		("members", "đảng viên"),
	)
	if _known(figures, "organisations", field) is None:
		said = (("cells", "chi bộ"), ("members", "đảng viên"))
	parts = []
	for key, what in said:
		value = _known(figures, key, field)
		if value is not None:
			parts.append(f"{written(value)} {what}{_more_or_less(figures[key]) if changes else ''}")
	return ", ".join(parts)


def _more_or_less(one: dict) -> str:
	change = review.change(one["before"], one["value"])
	if not change:
		return ""
	return f" ({'tăng' if change > 0 else 'giảm'} {written(abs(change))})"


def _share(figures: Mapping[str, dict], key: str) -> str:
	value = _known(figures, key)
	return "" if value is None else f" ({written(value)} %)"


def _plain(figures: Mapping[str, dict], key: str) -> str:
	value = _known(figures, key)
	return " chưa xác định" if value is None else f" {written(value)} %"
