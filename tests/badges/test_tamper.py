"""A signed badge with anything changed in it is refused: by two verifiers not ours, and by ours."""

import copy
from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.oracles import asking
from tests.oracles.issuing import KEY, LIST, House
from tests.scoring.badges.leaves import changed_at, leaves
from voice_app.scoring.badges.signing import verify
from voice_app.scoring.badges.status_list import PURPOSES

HOUSE = House()
KNOWN = HOUSE.known()
BADGE = HOUSE.badge()
LEAVES = leaves(BADGE)
QUIET = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
Panel = Callable[..., list[str]]


@pytest.fixture(scope="module")
def believers() -> Iterator[Panel]:
    """Give a function that names those who take a document for a real badge.

    We ourselves look at the proof alone here.
    """
    with asking.digital_bazaar() as digital_bazaar, asking.openbadgeslib() as openbadgeslib:
        others = {"Digital Bazaar": digital_bazaar, "openbadgeslib": openbadgeslib}

        def ask(document: dict, **known: dict) -> list[str]:
            for one in others.values():
                one.send(document=document, known=KNOWN | known)
            found = ["we"] if verify(document, KEY.public_key()) else []
            return found + [name for name, one in others.items() if one.answer()["real"]]

        yield ask


def test_untouched_it_is_real_for_all(believers: Panel):
    assert believers(BADGE) == ["we", "Digital Bazaar", "openbadgeslib"]


def test_no_leaf_can_be_changed(believers: Panel):
    for path, value in LEAVES:
        assert not believers(changed_at(BADGE, path, f"{value}x")), path


def test_no_leaf_can_be_taken_away(believers: Panel):
    for path, _ in LEAVES:
        assert not believers(removed_at(BADGE, path)), path


def test_no_member_of_the_document_can_be_taken_away(believers: Panel):
    for name in BADGE:
        assert not believers(removed_at(BADGE, (name,))), name


@pytest.mark.parametrize("purpose", PURPOSES)
def test_no_leaf_of_a_status_list_can_be_changed(believers: Panel, purpose: str):
    listed = HOUSE.listed(purpose)
    for path, value in leaves(listed):
        changed = changed_at(listed, path, f"{value}x")
        assert not verify(changed, KEY.public_key()), path
        assert believers(BADGE, **{f"{LIST}/{purpose}": changed}) == ["we"], path


@QUIET
@given(data=st.data())
def test_whatever_stands_in_the_place_of_a_leaf_is_refused(believers: Panel, data: st.DataObject):
    path, value = data.draw(st.sampled_from(LEAVES))
    other = data.draw(replacements(value))
    if not says_the_same(value, other):
        assert not believers(changed_at(BADGE, path, other)), (path, other)


@QUIET
@given(data=st.data(), name=st.sampled_from(["name", "description", "points", "level", "image"]))
def test_nothing_can_be_added(believers: Panel, data: st.DataObject, name: str):
    path, _ = data.draw(st.sampled_from(LEAVES))
    place = next(len(path) - 1 - i for i, key in enumerate(reversed(path)) if isinstance(key, str))
    holder = path[:place]
    if name not in held(BADGE, holder):
        assert not believers(changed_at(BADGE, (*holder, name), "https://badges.example/87"))


def replacements(value: object) -> st.SearchStrategy:
    text = str(value)
    return st.one_of(
        st.text(max_size=30),
        st.sampled_from([other for _, other in LEAVES]),
        st.sampled_from([text.upper(), text.lower(), f"{text} ", f" {text}", text[:-1], text[1:]]),
        st.sampled_from([None, True, False, 0, 1, 87.5, {}, [], {"id": text}, [text, text + "x"]]),
    )


def says_the_same(value: object, other: object) -> bool:
    return other == value or (isinstance(value, bool) and str(other).lower() == str(value).lower())


def removed_at(document: dict, path: tuple) -> dict:
    changed = copy.deepcopy(document)
    del held(changed, path[:-1])[path[-1]]
    return changed


def held(document: dict, path: tuple) -> dict:
    for key in path:
        document = document[key]
    return document
