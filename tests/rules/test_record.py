"""The same facts, the same bytes: today, on another machine, in ten years."""

import datetime
import hashlib
import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partycell.rules.record import canonical, digest

PLAIN = st.recursive(
	st.none() | st.booleans() | st.integers() | st.text(),
	lambda inner: (
		st.lists(inner, max_size=4)
		| st.dictionaries(
			st.text(max_size=6).map(lambda key: unicodedata.normalize("NFC", key)), inner, max_size=4
		)
	),
	max_leaves=20,
)


def reordered(value):
	"""The same value, every object's keys put in the other way round."""
	if isinstance(value, dict):
		return {key: reordered(entry) for key, entry in reversed(value.items())}
	return [reordered(entry) for entry in value] if isinstance(value, list) else value


def decomposed(value):
	"""The same value, every text in NFD."""
	if isinstance(value, dict):
		return {unicodedata.normalize("NFD", key): decomposed(entry) for key, entry in value.items()}
	if isinstance(value, list):
		return [decomposed(entry) for entry in value]
	return unicodedata.normalize("NFD", value) if isinstance(value, str) else value


@given(PLAIN)
def test_the_order_of_keys_does_not_matter(record):
	assert canonical(reordered(record)) == canonical(record)


@given(PLAIN)
def test_the_unicode_form_of_texts_and_keys_does_not_matter(record):
	assert canonical(decomposed(record)) == canonical(record)


@given(PLAIN)
def test_canonical_is_json_of_the_same_facts_and_its_own_canonical(record):
	spelt = canonical(record)
	assert canonical(json.loads(spelt)) == spelt
	assert digest(record) == hashlib.sha256(spelt).hexdigest()


@given(PLAIN, PLAIN)
def test_different_facts_have_different_bytes(one, other):
	same = json.dumps(decomposed(one), sort_keys=True) == json.dumps(decomposed(other), sort_keys=True)
	assert (canonical(one) == canonical(other)) == same


def test_the_order_of_lines_matters():
	assert digest(["A1", "A2"]) != digest(["A2", "A1"])


@pytest.mark.parametrize(
	"value",
	[
		1.0,
		float("nan"),
		datetime.date(2026, 11, 23),
		datetime.datetime(2026, 11, 23, 18, 0),
		b"bytes",
		{"set"},
		object(),
	],
	ids=lambda value: type(value).__name__,
)
def test_what_json_cannot_say_in_one_way_is_refused(value):
	with pytest.raises(TypeError, match=f"a record holds no {type(value).__name__}"):
		canonical({"items": [{"copies": value}]})


def test_keys_are_texts():
	with pytest.raises(TypeError):
		canonical({1: "a"})


def test_two_keys_that_differ_only_in_unicode_form_are_refused():
	twice = {"Hòa": 1, unicodedata.normalize("NFD", "Hòa"): 2}
	assert len(twice) == 2
	with pytest.raises(ValueError, match="differ only in their Unicode form"):
		canonical(twice)


def test_a_known_record_has_a_known_digest():
	"""Whoever changes this figure changes what is printed on paper that lies in archives."""
	record = {
		"số": 1,
		"cell": "Chi bộ Tổ dân phố 1",
		"items": [{"copies": 2, "files": [], "dated": None}],
		"ok": True,
	}
	spelt = '{"cell":"Chi bộ Tổ dân phố 1","items":[{"copies":2,"dated":null,"files":[]}],"ok":true,"số":1}'
	assert canonical(record).decode() == spelt
	assert digest(record) == "36396dc33c70d86a47e092155988a7eded26557320c1157b4809e953318e0aa8"
