"""Markdown becomes a page: what these documents use, and nothing that runs."""

from html.parser import HTMLParser

import pytest

from tests.documents.conftest import Making
from voice_app.documents import documents
from voice_app.documents.pages import page


class Tags(HTMLParser):
    """Reads a page and finds whether every tag is closed in its turn."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.seen.append(tag)
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.text += data


def read(shown: str) -> Tags:
    tags = Tags()
    tags.feed(shown)
    assert tags.open == []
    return tags


@pytest.mark.parametrize(
    ("markdown", "told"),
    [
        ("# One\n\n## Two", "<h1>One</h1>\n<h2>Two</h2>"),
        ("one\ntwo", "<p>one two</p>"),
        ("- a\n  b\n- c", "<ul>\n<li>a b</li>\n<li>c</li>\n</ul>"),
        ("so:\n1. a\n2. b", "<p>so:</p>\n<ol>\n<li>a</li>\n<li>b</li>\n</ol>"),
        ("a **b** *c* `d*e*`", "<p>a <strong>b</strong> <em>c</em> <code>d*e*</code></p>"),
        ("**[FILL IN 2: a \\[b\\]]**", '<p><mark id="fill-in-2">FILL IN 2: a [b]</mark></p>'),
        ("[a](https://b.example/?c&d)", '<p><a href="https://b.example/?c&amp;d">a</a></p>'),
        ("[a](javascript:b)", "<p>a</p>"),
        ("<i>a</i> & b", "<p>&lt;i&gt;a&lt;/i&gt; &amp; b</p>"),
        ("| a | b |\n|---|---|\n| c \\| d | `e` |", "<td>c | d</td><td><code>e</code></td>"),
    ],
)
def test_what_is_written_is_shown(markdown: str, told: str):
    assert told in page("t", markdown)


def test_a_title_is_text():
    assert "<title>&lt;b&gt;</title>" in page("<b>", "x")


def test_every_page_is_whole_and_runs_nothing(facts_with: Making):
    for one in documents(facts_with()):
        tags = read(page(one.title, one.markdown))
        assert {"script", "img", "link", "iframe"}.isdisjoint(tags.seen)
        assert tags.seen.count("h1") == 1
        for left in ("**", "|---", "](", "{{", "{%", "\ue000"):
            assert left not in tags.text, (one.name, left)
