"""Evidence to verdict, example by example."""

import pytest

from tests.scoring.choices import choice_of, descaler
from voice_app.scoring.decide import Echo, Heard, Right, Score, Unsure, Wrong, decide, said


def _decide(text: str, language: str = "fr") -> object:
    return decide(descaler(), [said(text, language=language)])


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("le robinet", "fr"),
        ("Robinet.", "fr"),
        ("C'est le robinet.", "fr"),
        ("Je pense que c'est le robinet avec du calcaire.", "fr"),
        ("La fenêtre, non, le robinet.", "fr"),
        ("Un.", "fr"),
        ("le numéro un", "fr"),
        ("L'image numéro un", "fr"),
        ("évier", "fr"),
        ("les robinets", "fr"),
        ("el grifo, por favor", "es"),
        ("Creo que es la primera", "es"),
        ("un, le robinet", "fr"),
    ],
)
def test_the_right_option_is_right_however_it_is_said(text: str, language: str) -> None:
    verdict = _decide(text, language)
    assert isinstance(verdict, Right), verdict
    assert verdict.chosen == "limescale-tap"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no_speech"),
        ("...", "no_speech"),
        ("[unk]", "no_speech"),
        ("<UNK> [Musique] (rires) [54]", "no_speech"),
        ("Merci d'avoir regardé cette vidéo !", "invention"),
        ("Sous-titres réalisés par la communauté d'Amara.org", "invention"),
        ("Euh…", "no_answer"),
        ("je ne sais pas", "meta_dont_know"),
        ("Vous pouvez répéter, s'il vous plaît ?", "meta_repeat"),
        ("je veux arrêter", "meta_stop"),
        ("pas le robinet", "negation"),
        ("non, le robinet", "negation"),
        ("ce n'est pas le robinet", "negation"),
        ("le robinet et la fenêtre", "two_named"),
        ("un, la fenêtre", "two_named"),
        ("le robinet de ma grand-mère", "extra_words"),
        ("zigzag", "none_of_these"),
        ("le robinier", "one_source"),
    ],
)
def test_what_is_no_plain_answer_is_unsure(text: str, reason: str) -> None:
    verdict = _decide(text)
    assert isinstance(verdict, Unsure), verdict
    assert reason in verdict.reasons


@pytest.mark.parametrize("text", ["la fenêtre", "Numéro deux", "c'est la casserole brûlée"])
def test_another_option_is_wrong_when_two_sources_hear_it(text: str) -> None:
    assert isinstance(_decide(text), Wrong)


def test_another_option_heard_by_one_source_alone_is_unsure() -> None:
    verdict = decide(descaler(), [Heard("e", "fr", "la fenêtre", 0.9)])
    assert isinstance(verdict, Unsure)
    assert verdict.chosen == "dirty-window"
    assert "heard_other:dirty-window" in verdict.reasons


@pytest.mark.parametrize(
    "text", ["Prenez le détartrant, s'il vous plaît.", "prenez détartrant", "le détartrant"]
)
def test_the_prompt_said_back_is_an_echo(text: str) -> None:
    assert isinstance(_decide(text), Echo)


def test_an_option_that_the_prompt_names_is_no_echo() -> None:
    choice = choice_of(
        "en", "the kitchen", "the bathroom", prompt="Clean the kitchen before the bathroom."
    )
    assert isinstance(decide(choice, [said("kitchen", language="en")]), Right)
    assert isinstance(decide(choice, [said("the bathroom", language="en")]), Wrong)
    echo = decide(choice, [said("clean the kitchen before the bathroom", language="en")])
    assert isinstance(echo, Echo)


def _scored(text: str, **means: float) -> Heard:
    phrases = {"tap": "le robinet", "window": "la fenêtre", "shelf": "l'étagère", "pot": "quatre"}
    scores = tuple(Score(phrases[k], mean * 4, mean, mean * 2) for k, mean in means.items())
    return Heard("e", "fr", text, 0.5, 0.1, scores)


def test_a_likeness_of_spelling_counts_when_the_sound_agrees() -> None:
    agreed = _scored("le robinier", tap=-0.5, window=-3.0, shelf=-3.5, pot=-4.0)
    assert isinstance(decide(descaler(), [agreed]), Right)
    doubtful = _scored("le robinier", tap=-2.5, window=-2.4, shelf=-3.5, pot=-4.0)
    assert isinstance(decide(descaler(), [doubtful]), Unsure)


def test_sources_that_disagree_are_unsure() -> None:
    verdict = decide(descaler(), [_scored("le robinet", tap=-4.0, window=-0.4, shelf=-4, pot=-5)])
    assert isinstance(verdict, Unsure)
    assert "sources_disagree" in verdict.reasons


def test_a_place_that_sounds_like_nothing_said_is_unsure() -> None:
    bucket = Score("la fenêtre", total=-9.6, mean=-2.4, lowest=-6.1)
    place = Score("un", total=-5.8, mean=-5.8, lowest=-5.8)
    verdict = decide(descaler(), [Heard("e", "fr", "un", 0.5, 0.1, (bucket, place))])
    assert isinstance(verdict, Unsure)
    assert "sources_disagree" in verdict.reasons


def test_the_sound_alone_decides_nothing() -> None:
    verdict = decide(descaler(), [_scored("zigzag", tap=-0.5, window=-4, shelf=-4, pot=-4)])
    assert isinstance(verdict, Unsure)
    assert verdict.chosen == "limescale-tap"


def test_a_garbled_text_counts_when_it_is_nearest_to_what_sounds_likeliest() -> None:
    clear = {"tap": -0.5, "window": -4.0, "shelf": -4.0, "pot": -4.0}
    assert isinstance(decide(descaler(), [_scored("le roi bien né", **clear)]), Right)
    for text in ("le roi bien né non", "les tas gères", "pas le robinet", "le robinet du jardin"):
        assert isinstance(decide(descaler(), [_scored(text, **clear)]), Unsure)


def test_a_garbled_text_is_never_enough_for_another_option() -> None:
    heard = _scored("la feinte", tap=-4.0, window=-0.5, shelf=-4.0, pot=-4.0)
    verdict = decide(descaler(), [heard])
    assert isinstance(verdict, Unsure)
    assert verdict.chosen == "dirty-window"


def test_a_phrase_with_one_unlikely_part_was_not_said() -> None:
    part = Score("le robinet", total=-4.0, mean=-1.0, lowest=-9.0)
    other = Score("la fenêtre", total=-16.0, mean=-4.0, lowest=-9.0)
    verdict = decide(descaler(), [Heard("e", "fr", "le robinier", 0.5, 0.1, (part, other))])
    assert isinstance(verdict, Unsure)


def test_a_short_phrase_leads_by_sum_only_where_it_is_likely_at_all() -> None:
    tap = Score("le robinet avec du calcaire", total=-8.0, mean=-1.0, lowest=-3.0)
    for mean, kind in ((-5.0, Right), (-2.5, Unsure)):
        two = Score("deux", total=mean, mean=mean, lowest=mean)
        heard = Heard("e", "fr", "le robinier avec du calcaire", 0.5, 0.1, (tap, two))
        assert isinstance(decide(descaler(), [heard]), kind)


def test_a_part_of_what_was_said_does_not_contradict_it() -> None:
    whole = Score("le robinet avec du calcaire", total=-8.0, mean=-1.0, lowest=-3.0)
    choice = choice_of("fr", "le robinet avec du calcaire", "le calcaire", "la fenêtre")
    part = Score("le calcaire", total=-1.5, mean=-0.5, lowest=-1.0)
    heard = Heard("e", "fr", "le robinet avec du calcaire", 0.9, 0.1, (whole, part))
    assert isinstance(decide(choice, [heard]), Right)


def test_a_request_in_one_language_outweighs_a_likeness_in_the_other() -> None:
    heard = [Heard("e", "fr", "je ne sais pas", 0.9), Heard("e", "es", "el grifón con cal", 0.3)]
    verdict = decide(descaler(), heard)
    assert isinstance(verdict, Unsure)
    assert "meta_dont_know" in verdict.reasons


def test_an_echo_that_the_other_language_takes_for_an_answer_is_unsure() -> None:
    heard = [Heard("e", "fr", "Prenez le détartrant.", 0.9), Heard("e", "es", "el grifo", 0.3)]
    assert isinstance(decide(descaler(), heard), Unsure)


def test_one_language_hears_what_the_other_cannot() -> None:
    heard = [Heard("e", "fr", "elle griffe aux", 0.3), Heard("e", "es", "El grifo.", 0.9)]
    assert isinstance(decide(descaler(), heard), Right)


def test_two_languages_that_hear_two_options_are_unsure() -> None:
    heard = [Heard("e", "fr", "la fenêtre", 0.3), Heard("e", "es", "El grifo.", 0.9)]
    assert isinstance(decide(descaler(), heard), Unsure)


def test_a_grammar_that_hears_another_option_contradicts() -> None:
    heard = Heard("vosk", "fr", "le robinet", 0.9, chosen_phrase="la fenêtre")
    assert isinstance(decide(descaler(), [heard]), Unsure)


def test_a_grammar_alone_is_a_hint_to_a_person() -> None:
    heard = Heard("vosk", "fr", "zigzag", 0.9, chosen_phrase="le robinet")
    verdict = decide(descaler(), [heard])
    assert verdict == Unsure(("none_of_these", "grammar_only"), "limescale-tap")


def test_a_language_without_rules_of_its_own_is_decided_too() -> None:
    choice = choice_of("ko", "부엌", "욕실", "침실", "거실", prompt="여기를 청소하세요")
    assert isinstance(decide(choice, [said("부엌.", language="ko")]), Right)
    assert isinstance(decide(choice, [said("욕실", language="ko")]), Wrong)
    assert isinstance(decide(choice, [said("", language="ko")]), Unsure)
