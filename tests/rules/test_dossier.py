"""The record of a handover, the layout of its bag, and names that every system keeps."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partycell.rules import bag, dossier, names, record

SHA = "ab" * 32


def facts(**changes) -> dict:
	"""A small handover in plain values."""
	party = {
		"user": None,
		"name": "Kpă H'Yơn",
		"signed_on": "2026-11-23T09:00:00",
		"signature": None,
		"statement": "",
	}
	line = {
		"item": "C1/2026-11",
		"code": "C1",
		"section": "C",
		"title": "Sổ biên bản",
		"period": "Tháng 11/2026",
		"number_symbol": "",
		"dated": None,
		"copies": 1,
		"pages": 4,
		"paper_place": "Ngăn 1",
		"delivered": "Present",
		"received": "Damaged",
		"remark": "",
		"received_remark": "Rách bìa",
		"remedy": None,
		"responsible": "Kpă H'Yơn",
		"due_on": "2026-12-23",
		"files": [{"name": "Biên bản.pdf", "sha256": SHA, "size": 12}],
	}
	made = {
		"handover": "HO-1",
		"cell": "CELL-1",
		"committee": "PC-1",
		"reason": "Congress",
		"reason_detail": None,
		"basis": None,
		"venue": None,
		"date": "2026-11-23",
		"number": 1,
		"congress_term": "2025–2030",
		"giver": {
			**party,
			"position": None,
			"term": None,
			"signed_by": "A",
			"on_behalf": False,
			"acting_officer": None,
			"acting_reason": None,
		},
		"receiver": party,
		"approver": {
			"user": None,
			"name": None,
			"position": None,
			"approved_on": None,
			"signature": None,
			"statement": None,
			"witness": None,
		},
		"dues": None,
		"assets": None,
		"items": [line],
		"open_matters": [],
	}
	return {**made, **changes}


def test_the_record_names_its_form_lists_discrepancies_and_has_no_blanks():
	made = dossier.record(facts())
	assert made["schema"] == "partycell/handover/1" and made["items"][0]["number_symbol"] is None
	assert made["discrepancies"] == [
		{
			"item": "C1/2026-11",
			"state": "Damaged",
			"remark": "Rách bìa",
			"remedy": None,
			"responsible": "Kpă H'Yơn",
			"due_on": "2026-12-23",
		}
	]
	assert list(dossier.problems(made)) == []


def test_a_known_handover_has_a_known_digest():
	"""Whoever changes this figure changes what is printed on paper that lies in archives."""
	assert (
		record.digest(dossier.record(facts()))
		== "ceb928d2a3db9cfe5b3b78a26c8a98aaddd910ae884812f10236783d0c17cd9c"
	)


@pytest.mark.parametrize(
	("change", "place"),
	[
		({"date": "23/11/2026"}, "/date"),
		({"date": "2026-02-30"}, "/date"),
		({"number": 1.0}, "/number"),
		({"number": True}, "/number"),
		({"reason": ""}, "/reason"),
		({"items": {}}, "/items"),
		({"more": 1}, "/more"),
	],
)
def test_facts_of_another_shape_are_refused_by_place(change, place):
	with pytest.raises(ValueError, match=f"not the facts of a handover: {place}"):
		dossier.record(facts(**change))


@given(
	st.recursive(
		st.none() | st.booleans() | st.integers() | st.text() | st.floats(),
		lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
	)
)
def test_whatever_is_read_is_judged_and_never_raises(value):
	assert list(dossier.problems(value))


@given(st.text())
def test_a_safe_name_is_safe_everywhere_and_stays_as_it_is(name):
	made = names.safe(name)
	assert made and names.safe(made) == made
	assert not set(made) & set('<>:"/\\|?*%\r\n\0') and made == made.strip(" ") and not made.endswith(".")
	assert len(made.encode()) <= names.LONGEST + 1 and unicodedata.is_normalized("NFC", made)
	assert not bag.unsafe(made) and not made.startswith(".")


@pytest.mark.parametrize(
	("name", "safe"),
	[
		("Nghị quyết số 12-NQ/ĐU.pdf", "Nghị quyết số 12-NQ_ĐU.pdf"),
		("con.txt", "_con.txt"),
		("..", "_"),
		("a\u202efdp.exe", "afdp.exe"),
		("đủ 85 %.pdf", "đủ 85 _.pdf"),
		("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
	],
)
def test_names(name, safe):
	assert names.safe(name) == safe


@given(st.lists(st.text(alphabet="aAáÁ.", min_size=1, max_size=3), max_size=12))
def test_distinct_paths_differ_on_every_system(paths):
	made = names.distinct(paths)
	assert len({names.key(path) for path in made}) == len(paths) and names.clashes(made) == []


PATHS = st.text(
	st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters="/\\~:\x85"), min_size=1
).filter(lambda name: name.strip(" .") == name and not name.isspace() and name.split() == [name])


@given(st.dictionaries(PATHS.map(lambda name: f"data/{name}"), st.just(SHA)))
def test_a_manifest_reads_back_what_was_written(entries):
	text = bag.manifest(entries.items())
	assert bag.read_manifest(text, "manifest-sha256.txt", "sha256") == (entries, [])


@pytest.mark.parametrize(
	"path", ["", "/etc/passwd", "../x", "data/../../x", "data//x", "C:x", "a\\b", "~/x", "a\0"]
)
def test_paths_that_could_lead_out(path):
	assert bag.unsafe(path)


def test_places_are_by_section_with_the_code_and_never_ours():
	line = facts()["items"][0]
	twice = {**line, "item": "C1/2026-12", "files": [{"name": "BIÊN BẢN.pdf", "sha256": SHA, "size": 12}]}
	own = {
		**line,
		"item": "own:x",
		"code": None,
		"section": None,
		"files": [{"name": "../x.txt", "sha256": SHA, "size": 1}],
	}
	made = dossier.record(facts(items=[line, twice, own]))
	assert bag.places(made, {"C": "Sinh hoạt, lãnh đạo"}) == [
		"data/C Sinh hoạt, lãnh đạo/C1 Biên bản.pdf",
		"data/C Sinh hoạt, lãnh đạo/C1 BIÊN BẢN (2).pdf",
		"data/_/.._x.txt" if names.safe("../x.txt") == ".._x.txt" else f"data/_/{names.safe('../x.txt')}",
	]
