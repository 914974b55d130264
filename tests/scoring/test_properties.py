"""What never changes a verdict, and what never makes one."""

import unicodedata
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from tests.scoring.choices import descaler
from voice_app.scoring.decide import Heard, Right, Unsure, Verdict, Wrong, decide, said
from voice_app.scoring.lexicons import lexicon

LANGUAGES = ("fr", "es", "en")
FORMS = [
    (candidate.id, language, phrase)
    for first, second in (("fr", "es"), ("en", "fr"))
    for candidate in descaler(first, second).candidates
    for language, phrase in candidate.accepted
]
SIGNS = (" ", "  ", ", ", ". ", "… ", "! ", "\t", " - ")


def _verdict(text: str, language: str) -> Verdict:
    return decide(descaler(language, "es"), [said(text, language=language)])


@given(form=st.sampled_from(FORMS))
def test_saying_an_accepted_answer_is_choosing_it(form: tuple[str, str, str]) -> None:
    option, language, phrase = form
    verdict = _verdict(phrase, language)
    kind = Right if option == "limescale-tap" else Wrong
    assert isinstance(verdict, kind)
    assert verdict.chosen == option


@given(
    form=st.sampled_from(FORMS),
    case=st.sampled_from((str.upper, str.title, str.lower, str.capitalize)),
    unicode_form=st.sampled_from(("NFC", "NFD", "NFKC", "NFKD")),
    apostrophe=st.sampled_from("'’‘ʼ"),  # noqa: RUF001 - the signs under test
    data=st.data(),
)
def test_the_way_it_is_written_never_changes_a_verdict(
    *,
    form: tuple[str, str, str],
    case: Callable[[str], str],
    unicode_form: str,
    apostrophe: str,
    data: st.DataObject,
) -> None:
    _, language, phrase = form
    signs = data.draw(st.lists(st.sampled_from(SIGNS), min_size=9, max_size=9))
    words = phrase.split()
    written = "".join(sign + word for sign, word in zip(signs, words, strict=False)) + signs[-1]
    written = unicodedata.normalize(unicode_form, case(written).replace("'", apostrophe))
    assert _verdict(written, language) == _verdict(phrase, language)


@given(form=st.sampled_from(FORMS), data=st.data())
def test_hesitating_never_changes_a_verdict(
    form: tuple[str, str, str], data: st.DataObject
) -> None:
    _, language, phrase = form
    fillers = [" ".join(filler) for filler in lexicon(language).fillers]
    words = phrase.split()
    for _ in range(data.draw(st.integers(1, 3))):
        words.insert(data.draw(st.integers(0, len(words))), data.draw(st.sampled_from(fillers)))
    assert _verdict(" ".join(words), language) == _verdict(phrase, language)


@given(form=st.sampled_from(FORMS), data=st.data())
def test_a_repeated_word_never_changes_a_verdict(
    form: tuple[str, str, str], data: st.DataObject
) -> None:
    _, language, phrase = form
    words = phrase.split()
    at = data.draw(st.integers(0, len(words) - 1))
    assert _verdict(" ".join([*words[: at + 1], *words[at:]]), language) == _verdict(
        phrase, language
    )


@given(form=st.sampled_from(FORMS), data=st.data())
def test_a_negator_before_an_answer_never_gives_right(
    form: tuple[str, str, str], data: st.DataObject
) -> None:
    _, language, phrase = form
    negator = data.draw(st.sampled_from(sorted(lexicon(language).negators)))
    frame = data.draw(st.sampled_from(("", *sorted(lexicon(language).frame))))
    for text in (
        f"{negator} {phrase}",
        f"{frame} {negator} {phrase}",
        f"{negator} {frame} {phrase}",
    ):
        assert not isinstance(_verdict(text, language), Right)


@given(language=st.sampled_from(LANGUAGES), data=st.data())
def test_no_answer_is_never_right_nor_wrong(language: str, data: st.DataObject) -> None:
    table = lexicon(language)
    intents = [" ".join(each) for each in table.dont_know + table.repeat + table.stop]
    text = data.draw(
        st.sampled_from(
            ["", " ", "...", "[unk]", "<UNK>", "[Musique]", *table.inventions, *intents]
        )
    )
    assert isinstance(_verdict(text, language), Unsure)


@given(text=st.text(max_size=30), language=st.sampled_from((*LANGUAGES, "ko")))
def test_any_text_at_all_gets_a_verdict(text: str, language: str) -> None:
    decide(descaler(), [Heard("e", language, text, 0.5)])
    decide(descaler("en", "fr"), [said(text, language=language)])
