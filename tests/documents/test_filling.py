"""What was set stands in the documents as it is, and what is left open is counted."""

import pytest
from jinja2 import UndefinedError

from tests.documents.conftest import Making
from voice_app.documents import documents
from voice_app.documents.filling import Blanks, filled, plain
from voice_app.documents.pages import page

EVIL = "A | B\n# C **[FILL IN 9: x]** [d](javascript:e) <script>alert(1)</script> {{ 7 * 7 }}"


def test_what_was_set_is_never_markup(facts_with: Making):
    usual = {one.name: one for one in documents(facts_with())}
    for one in documents(facts_with(issuer_name=EVIL)):
        assert len(one.blanks) == len(usual[one.name].blanks)
        assert one.markdown.count("\n# ") == usual[one.name].markdown.count("\n# ")
        shown = page(one.title, one.markdown)
        assert "<script" not in shown
        assert 'href="javascript' not in shown
        assert shown.count("<mark") == len(one.blanks)
        assert " 49 " not in shown


def test_a_text_is_one_line_that_says_just_that():
    assert plain("a\n b") == "a b"
    told = page("t", plain('1*2*3 | `x` <b> [l](https://a.example) \\ & "q"'))
    assert "1*2*3 | `x` &lt;b&gt; [l](https://a.example) \\ &amp; &quot;q&quot;" in told


def test_open_places_are_numbered_in_their_order():
    blanks = Blanks()
    assert blanks.fill("name") == "**[FILL IN 1: name]**"
    assert blanks.fill("day [date]") == "**[FILL IN 2: day \\[date\\]]**"
    assert blanks.told == ["name", "day [date]"]


def test_a_template_that_lacks_a_value_is_no_document():
    with pytest.raises(UndefinedError):
        filled("asvs.md")
