"""Vietnamese is complete, fills in what English fills in, and nothing is translated that nobody sees."""

import csv
import itertools
import re
import string
import sys
import unicodedata

import pytest

from tests import source

sys.path.insert(0, str(source.ROOT / "scripts"))

import translations

CATALOGUE = [message for message in translations.catalogue() if message.id]
# Words of Frappe's own screens that its Vietnamese lacks or gets wrong: a file of another kind, since the
# catalogue holds what this app says.
WORDS = list(csv.reader((source.APP / "translations" / "vi.csv").read_text(encoding="utf-8").splitlines()))


def values(text: str) -> list[str]:
	"""The names, or numbers, of what is filled into a text."""
	return sorted(
		name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name is not None
	)


def tags(text: str) -> list[str]:
	"""The HTML tags of a text."""
	return sorted(re.findall(r"</?\w+", text))


def listed(keys) -> str:
	"""Messages one a line, for whoever has to translate them."""
	return "\n".join(text for _context, text in keys)


@pytest.mark.parametrize("message", CATALOGUE, ids=lambda message: message.id[:60])
def test_a_translation_fills_in_the_same_and_is_vietnamese(message):
	assert message.string and not message.fuzzy
	assert values(message.string) == values(message.id)
	assert tags(message.string) == tags(message.id)
	assert unicodedata.is_normalized("NFC", message.string)
	assert message.string == message.string.strip()
	assert message.string.endswith(".") == message.id.endswith(".")


@pytest.mark.parametrize("word", WORDS, ids=lambda word: word[0][:60])
def test_a_word_of_the_framework_is_whole_and_not_one_of_ours(word):
	english, vietnamese = word[0], word[1]
	assert len(word) in (2, 3)
	# A filler may stand fewer times in Vietnamese, which repeats less; never another one.
	assert set(values(vietnamese)) <= set(values(english))
	assert unicodedata.is_normalized("NFC", vietnamese)
	assert vietnamese == vietnamese.strip() != ""
	# The catalogue would win, and the line say nothing.
	assert english not in {message.id for message in CATALOGUE if not message.context}


def test_no_word_of_the_framework_is_given_twice():
	keys = [(word[0], *word[2:]) for word in WORDS]
	assert sorted(keys) == sorted(set(keys))


def test_everything_that_people_see_has_its_vietnamese():
	assert listed(translations.missing()) == ""


def test_nothing_is_translated_that_nobody_sees():
	assert listed(translations.unused()) == ""


def test_the_catalogue_names_its_language():
	assert str(translations.catalogue().locale) == "vi"


@pytest.mark.parametrize(
	("code", "found"),
	[
		('_("One {x}").format(x=1)', [(None, "One {x}")]),
		('frappe._("One" " two")', [(None, "One two")]),
		('_("One", context="of two")', [("of two", "One")]),
		("_(state); _(doc.get('state')); gettext('no')", []),
	],
)
def test_what_is_read_in_python(code, found):
	assert list(translations.of_python(code)) == found


@pytest.mark.parametrize(
	"code", ['_(f"One {x}")', '_("One " + x)', '_("One %s" % x)', '_("One {}".format(x))']
)
def test_what_is_put_together_before_it_is_translated_is_refused(code):
	with pytest.raises(SyntaxError, match="translate first, fill in afterwards"):
		list(translations.of_python(code))


@pytest.mark.parametrize(
	("code", "found"),
	[
		("frm.set_intro(__('One {0}', [frm.doc.name.bold()]))", [(None, "One {0}")]),
		('__("One " + "two", null, "of three")', [("of three", "One two")]),
		("// __('no')\n__(frm.doc.state); x.__y('no')", []),
		("`<b>${__('One')}</b> ${x} ${f({a: __('Two')})}`", [(None, "One"), (None, "Two")]),
		(
			"rows.map((row) => `<li>${row.done ? `<b>${__('One')}</b>` : __('Two')}</li>`)",
			[(None, "One"), (None, "Two")],
		),
	],
)
def test_what_is_read_in_scripts(code, found):
	assert list(translations.of_script(code)) == found


def test_what_is_read_in_templates_and_records():
	assert list(translations.of_template("""<b>{{ _("One") }}</b> {{ __('it\\'s two') }}""")) == [
		(None, "One"),
		(None, "it's two"),
	]
	record = """{"doctype": "DocType", "name": "Thing", "fields": [
		{"fieldtype": "Select", "label": "Kind", "options": "\\nLarge\\nSmall", "description": "How large"},
		{"fieldtype": "Column Break", "label": "never shown"}]}"""
	assert [text for _context, text in translations.of_records(record)] == [
		"Thing",
		"Kind",
		"How large",
		"Large",
		"Small",
	]


# What an office does not write, and what it writes instead: the same thing is called the same everywhere.
NOT_WRITTEN = {
	"tác dụng": "hiệu quả",
	"Mức đầy đủ": "Mức độ đầy đủ",
	"mức đầy đủ": "mức độ đầy đủ",
	"phiếu kiểm tra": "biểu chấm điểm",
	"điểm đề xuất": "điểm gợi ý",
	"mã băm": "dấu nhận biết",
	"danh mục băm": "bảng kê",
	"bao phủ": "tình hình kiểm tra",
	"giữ nhiệm vụ bí thư": "giữ chức bí thư",
	"người quản trị": "quản trị viên",
	"chức trách": "chức vụ",
	"chưa tiếp thu": "chưa xác nhận quán triệt",
	"Quản trị Partycell": "Quản lý Partycell",
	"bộ tiêu chí": "biểu tiêu chí",
	"Hàng tháng": "Hằng tháng",
	"hàng năm": "hằng năm",
	"tập tin": "tệp",
	"các bạn": "các đồng chí",
	"của bạn": "của đồng chí",
	"Bạn ": "Đồng chí",
	"chi uỷ": "chi ủy",
	"cấp uỷ": "cấp ủy",
	"huỷ": "hủy",
	"hoá": "hóa",
	"luỹ": "lũy",
}


@pytest.mark.parametrize("words", NOT_WRITTEN)
def test_an_office_would_not_write(words):
	found = [message.string for message in CATALOGUE if words in message.string]
	assert found == [], f"write: {NOT_WRITTEN[words]}"


def test_a_section_and_its_first_field_are_not_called_alike():
	"""Two English words may be one in Vietnamese, and stand on the form right below each other."""
	known = {(message.context, message.id): message.string for message in CATALOGUE}
	alike = []
	for doctype in source.doctypes().values():
		for section, first in itertools.pairwise(doctype["fields"]):
			shown = (
				first["fieldtype"] != "HTML" and not first.get("hidden") and not section.get("collapsible")
			)
			if section["fieldtype"] == "Section Break" and section.get("label") and shown:
				labels = [section["label"], first.get("label")]
				one, other = (known.get((doctype["name"], x)) or known.get((None, x)) or x for x in labels)
				alike += [(doctype["name"], section["fieldname"])] if one == other else []
	assert not alike
