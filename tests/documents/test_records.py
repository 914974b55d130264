"""The records of processing leave no kind of data out, and count none twice."""

from collections import Counter

from tests.documents.conftest import Making
from voice_app.consents import EXTRAS
from voice_app.documents.activities import ABOUT_NOBODY, ACTIVITIES
from voice_app.privacy import RULES


def test_every_kind_of_data_is_in_one_activity():
    told = Counter(kind for one in ACTIVITIES for kind in (*one.kinds,))
    assert set(told.values()) == {1}
    assert told.keys() | set(ABOUT_NOBODY) == {rule.kind for rule in RULES}


def test_every_optional_purpose_is_asked_by_its_sentence(facts_with: Making):
    purposes = facts_with().purposes
    assert [one.name for one in purposes] == ["show-badge", *EXTRAS]
    assert all(one.sentence.endswith("?") for one in purposes)
