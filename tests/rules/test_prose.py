"""Rich text without its layout, and what became of its paragraphs."""

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partycell.rules import prose

TEXTS = st.lists(st.text(alphabet="abc đ<&", min_size=1, max_size=8).filter(str.strip), max_size=6)


@pytest.mark.parametrize(
	("html", "found"),
	[
		("<p>Một</p><p>Hai</p>", [("paragraph", "Một", 0), ("paragraph", "Hai", 0)]),
		("<ol><li>A</li><li>B</li></ol>", [("numbered", "A", 1), ("numbered", "B", 2)]),
		("<ol><li data-list='bullet'>A</li></ol>", [("bullet", "A", 0)]),
		("<ul><li>A</li></ul>C", [("bullet", "A", 0), ("paragraph", "C", 0)]),
		("<h3>T &amp; S</h3>x<br>y", [("heading", "T & S", 0), ("paragraph", "x", 0), ("paragraph", "y", 0)]),
		("<p>a <b>b</b>\n c</p><p> </p><script>no()</script><img src=x>", [("paragraph", "a b c", 0)]),
		(None, []),
	],
)
def test_blocks(html, found):
	assert [(block.kind, block.text, block.number) for block in prose.blocks(html)] == found


@given(TEXTS)
def test_what_is_written_is_read(texts):
	html = "".join(f"<p>{escape(text)}</p>" for text in texts)
	assert prose.plain(html) == "\n".join(" ".join(text.split()) for text in texts)


@given(TEXTS, TEXTS)
def test_a_comparison_holds_both_texts(before, after):
	changes = prose.compare(before, after)
	assert [change.text for change in changes if change.how != prose.NEW] == before
	assert [change.text for change in changes if change.how != prose.GONE] == after


@given(TEXTS)
def test_the_same_has_not_changed(texts):
	assert list(prose.changed(prose.compare(texts, texts))) == []


def test_a_changed_paragraph_is_gone_and_new():
	changes = prose.compare(["a", "b", "c"], ["a", "x", "c"])
	assert [(change.how, change.text) for change in changes] == [
		("same", "a"),
		("gone", "b"),
		("new", "x"),
		("same", "c"),
	]
