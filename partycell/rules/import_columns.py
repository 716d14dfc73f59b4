"""The columns that an import of committees and cells knows: their kinds, and the headings they go by."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from partycell.rules.problems import _
from partycell.rules.sheets import heading

COMMITTEES, CELLS = "Committees", "Cells"

LEVELS = {
	"Central": "trung ương",
	"Province": "tỉnh|thành phố trực thuộc trung ương|cấp tỉnh",
	"District": "huyện|cấp huyện|quận",
	"Town": "thị xã|thành phố thuộc tỉnh",
	"Commune": "xã|phường|thị trấn|xã phường|cấp xã|xã phường đặc khu|đặc khu|ward",
	"Grassroots": "cơ sở|đảng bộ cơ sở|tổ chức cơ sở đảng|đảng ủy cơ sở",
	"Department": "bộ phận|đảng bộ bộ phận|đảng ủy bộ phận",
}
CELL_TYPES = {
	"Residential": "thôn|tổ dân phố|thôn tổ dân phố|khu dân cư|khu phố|làng|bản|buôn|ấp|nông thôn",
	"Agency": "cơ quan|đơn vị sự nghiệp|hành chính|cơ quan hành chính",
	"School": "trường học|trường",
	"Enterprise": "doanh nghiệp|công ty|hợp tác xã|company",
	"Armed Forces": "lực lượng vũ trang|công an|quân sự|quân đội|police|military",
	"Other": "khác|loại khác",
}


@dataclass(frozen=True)
class Column:
	"""One column: the label it is shown by, its kind (``sheets.read``), other headings it goes by."""

	label: str
	kind: str
	headings: str = ""
	required: bool = False
	choices: Mapping[str, str] = field(default_factory=dict)


def _words(choices: Mapping[str, str]) -> dict[str, str]:
	found = {}
	for value, others in choices.items():
		found |= {heading(word): value for word in (value, *others.split("|"))}
	return found


# Sheet: field: column, in the order of the template.
COLUMNS: dict[str, dict[str, Column]] = {
	COMMITTEES: {
		"committee_name": Column(
			_("Committee Name"),
			"text",
			"tên cấp ủy|cấp ủy|tên đảng bộ|đảng bộ|tên đảng ủy|đảng ủy|tên tổ chức đảng|tổ chức đảng|tên|name",
			required=True,
		),
		"level": Column(_("Level"), "choice", "cấp|loại cấp ủy|loại hình", choices=_words(LEVELS)),
		"parent_party_committee": Column(
			_("Parent Committee"),
			"text",
			"cấp ủy cấp trên|cấp trên|cấp trên trực tiếp|cấp ủy cấp trên trực tiếp|trực thuộc|đảng bộ cấp trên|"
			"đảng ủy cấp trên|parent|superior",
		),
		"symbol": Column(_("Symbol"), "text", "ký hiệu|kí hiệu|viết tắt"),
		"place": Column(_("Place"), "text", "địa danh|nơi đóng|trụ sở|địa điểm"),
		"has_seal": Column(_("Has a Seal"), "yes_no", "có con dấu|con dấu|seal"),
	},
	CELLS: {
		"committee": Column(
			_("Committee"),
			"text",
			"cấp ủy|đảng bộ|đảng ủy|thuộc đảng bộ|trực thuộc|cấp ủy cấp trên|đảng bộ trực thuộc|đơn vị|"
			"trực thuộc đảng bộ|thuộc đảng ủy|đảng ủy cấp trên|trực thuộc đảng ủy|parent committee",
		),
		"cell_name": Column(
			_("Cell Name"), "text", "tên chi bộ|chi bộ|cell|chi bộ trực thuộc", required=True
		),
		"cell_type": Column(
			_("Cell Type"),
			"choice",
			"loại chi bộ|loại hình|loại hình chi bộ|loại|type",
			choices=_words(CELL_TYPES),
		),
		"members": Column(
			_("Members"),
			"number",
			"số đảng viên|tổng số đảng viên|đảng viên|số lượng đảng viên|đảng viên tổng số|number of members",
		),
		"full_members": Column(
			_("Full Members"), "number", "đảng viên chính thức|chính thức|số đảng viên chính thức"
		),
		"meeting_day": Column(
			_("Meeting Day"), "number", "ngày sinh hoạt|ngày sinh hoạt định kỳ|ngày sinh hoạt chi bộ|ngày họp"
		),
		"symbol": Column(_("Symbol"), "text", "ký hiệu|kí hiệu"),
		"folder_number": Column(
			_("Folder Number"), "text", "số cặp tài liệu|số cặp|cặp số|cặp tài liệu số|mã cặp|số hiệu cặp"
		),
		"folder_issued_on": Column(
			_("Folder Issued On"), "date", "ngày cấp cặp tài liệu|ngày cấp cặp|ngày cấp|ngày nhận cặp"
		),
		"kept_from": Column(
			_("Documents Kept From"), "date", "lưu tài liệu từ ngày|lưu từ ngày|tài liệu từ ngày"
		),
		"secretary_name": Column(
			_("Secretary"),
			"text",
			"bí thư|họ và tên bí thư|họ tên bí thư|tên bí thư|bí thư chi bộ|bí thư họ tên|bí thư họ và tên|"
			"bí thư chi bộ họ và tên|secretary name|họ và tên|họ tên|full name",
		),
		"secretary_email": Column(
			_("Secretary's E-mail"),
			"email",
			"email bí thư|thư điện tử của bí thư|thư điện tử bí thư|bí thư email|bí thư thư điện tử|email|e mail|"
			"bí thư e mail|thư điện tử|hộp thư|secretary e mail|secretary email|e mail bí thư|secretary s email",
		),
		"secretary_phone": Column(
			_("Secretary's Telephone"),
			"phone",
			"điện thoại|số điện thoại|điện thoại bí thư|số điện thoại bí thư|bí thư điện thoại|sđt|phone|telephone|"
			"bí thư số điện thoại|điện thoại của bí thư|mobile|di động|secretary phone",
		),
		"term_from": Column(
			_("Secretary Since"),
			"date",
			"bí thư từ ngày|giữ chức từ ngày|ngày giữ chức|từ ngày|giữ chức bí thư từ|bí thư giữ chức từ ngày|"
			"ngày bổ nhiệm|term from|from",
		),
		"decision": Column(
			_("Decision"),
			"text",
			"quyết định|số quyết định|quyết định số|quyết định chuẩn y|bí thư quyết định",
		),
		"decision_date": Column(
			_("Decision Date"), "date", "ngày quyết định|ngày ký quyết định|bí thư ngày quyết định"
		),
	},
}
SECRETARY = ("secretary_name", "secretary_email", "secretary_phone", "term_from", "decision", "decision_date")
"""Fields of a cell's row that speak of its secretary, not of the cell."""


def names(kind: str, labels: Mapping[str, str] | None = None) -> dict[str, str]:
	"""Comparable heading: field, of one kind of sheet. ``labels``: the labels' translations, known as well."""
	found = {}
	for name, column in COLUMNS[kind].items():
		for one in (column.label, *column.headings.split("|"), (labels or {}).get(column.label, "")):
			if heading(one):
				found.setdefault(heading(one), name)
	return found


def required(kind: str) -> frozenset[str]:
	"""The fields without which a sheet is none of this kind."""
	return frozenset(name for name, column in COLUMNS[kind].items() if column.required)
