"""Templates stand for phrases; a bad one says where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice_app.scoring.templates import BadTemplate, expand

LISTS = {"rooms": ["salon", "(cuisine|chambre)"], "none": []}


@pytest.mark.parametrize(
    ("template", "phrases"),
    [
        ("la fregona", ("la fregona",)),
        ("[la] fregona", ("la fregona", "fregona")),
        ("la (fregona|mopa)", ("la fregona", "la mopa")),
        ("the vacuum [cleaner]", ("the vacuum cleaner", "the vacuum")),
        ("[the|a] mop", ("the mop", "a mop", "mop")),
        ("dans la {rooms}", ("dans la salon", "dans la cuisine", "dans la chambre")),
        (
            "((le|la) [petit] seau|bac)",
            ("le petit seau", "le seau", "la petit seau", "la seau", "bac"),
        ),
        ("dish[-]washer", ("dish-washer", "dishwasher")),
        ("[a]", ("a",)),
        ("  a   [b]  c ", ("a b c", "a c")),
        ("(a|a) [a]", ("a a", "a")),
    ],
)
def test_a_template_stands_for_phrases(template: str, phrases: tuple[str, ...]) -> None:
    assert expand(template, LISTS) == phrases


@pytest.mark.parametrize(
    ("template", "sign"),
    [
        ("(a|b", 5),
        ("a)", 2),
        ("a|b", 2),
        ("(a|)", 4),
        ("[]", 2),
        ("{rooms", 1),
        ("{}", 1),
        ("{unknown}", 1),
        ("{none}", 1),
        ("(a|b]", 5),
        ("", 1),
    ],
)
def test_a_bad_template_says_at_which_sign(template: str, sign: int) -> None:
    with pytest.raises(BadTemplate, match=f"at sign {sign}:"):
        expand(template, LISTS)


def test_a_template_for_too_many_phrases_is_refused() -> None:
    assert len(expand("(a|b) (c|d)", most=4)) == 4
    with pytest.raises(BadTemplate, match="more than 3 phrases"):
        expand("(a|b) (c|d)", most=3)
    with pytest.raises(BadTemplate, match="more than 200"):
        expand("(a|b)" * 12)


@given(st.text(alphabet="ab ()[]{}|", max_size=20))
def test_any_text_is_expanded_or_refused(text: str) -> None:
    try:
        phrases = expand(text)
    except BadTemplate:
        return
    assert phrases
    assert len(set(phrases)) == len(phrases)
    assert all(not set(phrase) & set("()[]{}|") for phrase in phrases)
