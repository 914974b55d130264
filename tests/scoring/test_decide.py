"""Evidence to verdict, example by example."""

from dataclasses import replace

import pytest

from tests.scoring.choices import choice_of, descaler
from tests.scoring.evidence import score
from voice_app.scoring.decide import Echo, Heard, Right, Unsure, Wrong, decide, said


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


@pytest.mark.parametrize("text", ["la fenêtre", "le robinet"])
def test_one_source_alone_decides_nothing(text: str) -> None:
    verdict = decide(descaler(), [Heard("e", "fr", text, 0.9)])
    assert isinstance(verdict, Unsure)
    assert verdict.chosen == ("limescale-tap" if text == "le robinet" else "dirty-window")
    assert "one_source" in verdict.reasons


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
    scores = tuple(score(phrases[k], mean) for k, mean in means.items())
    return Heard("e", "fr", text, 0.5, 0.1, scores, speech_seconds=0.8)


CLEAR = {"tap": -0.1, "window": -6.0, "shelf": -7.0, "pot": -8.0}


def test_a_text_and_the_sound_that_agree_are_right() -> None:
    verdict = decide(descaler(), [_scored("le robinet", **CLEAR)])
    assert isinstance(verdict, Right)
    assert {"text_agrees", "scores_agrees"} <= set(verdict.reasons)
    assert verdict.p is not None
    assert verdict.p >= 0.9


def test_another_option_named_by_text_and_sound_is_wrong() -> None:
    heard = _scored("la fenêtre", tap=-6.0, window=-0.1, shelf=-7.0, pot=-8.0)
    verdict = decide(descaler(), [heard])
    assert isinstance(verdict, Wrong)
    assert verdict.p is not None
    assert verdict.p <= 0.05


def test_the_safety_profile_rejects_nothing_by_itself() -> None:
    heard = _scored("la fenêtre", tap=-6.0, window=-0.1, shelf=-7.0, pot=-8.0)
    assert isinstance(decide(replace(descaler(), profile="safety"), [heard]), Unsure)


def test_the_same_answer_needs_more_certainty_where_an_error_costs_more() -> None:
    heard = [_scored("le robinier", tap=-0.9, window=-3.4, shelf=-4.5, pot=-5.0)]
    p = [decide(replace(descaler(), profile=each), heard).p for each in ("practice", "safety")]
    assert p[0] == p[1]
    kinds = [
        isinstance(decide(replace(descaler(), profile=each), heard), Right)
        for each in ("practice", "normal", "safety")
    ]
    assert kinds == sorted(kinds, reverse=True)


def test_a_likeness_of_spelling_does_not_count_when_the_sound_is_in_doubt() -> None:
    doubtful = _scored("le robinier", tap=-2.5, window=-2.4, shelf=-3.5, pot=-4.0)
    assert isinstance(decide(descaler(), [doubtful]), Unsure)


def test_sources_that_disagree_are_unsure() -> None:
    verdict = decide(descaler(), [_scored("le robinet", tap=-4.0, window=-0.4, shelf=-4, pot=-5)])
    assert isinstance(verdict, Unsure)
    assert "sources_disagree" in verdict.reasons


def test_the_sound_alone_decides_nothing_against_a_likelier_text() -> None:
    verdict = decide(descaler(), [_scored("zigzag", tap=-2.0, window=-6.0, shelf=-6.5, pot=-7.0)])
    assert isinstance(verdict, Unsure)
    assert "one_source" in verdict.reasons
    assert verdict.chosen == "limescale-tap"


def test_a_garbled_text_that_is_no_likelier_leaves_the_sound_its_say() -> None:
    verdict = decide(replace(descaler(), profile="normal"), [_scored("zigzag", **CLEAR)])
    assert isinstance(verdict, Right)
    assert "free_agrees" in verdict.reasons
    close = _scored("zigzag", tap=-0.4, window=-1.0, shelf=-6.5, pot=-7.0)
    assert isinstance(decide(replace(descaler(), profile="normal"), [close]), Unsure)


def test_where_safety_is_at_stake_a_text_must_name_the_option() -> None:
    verdict = decide(replace(descaler(), profile="safety"), [_scored("zigzag", **CLEAR)])
    assert isinstance(verdict, Unsure)


@pytest.mark.parametrize("text", ["pas le robinet", "le robinet et la fenêtre", "je ne sais pas"])
def test_no_likelihood_makes_an_answer_of_a_text_that_is_none(text: str) -> None:
    assert isinstance(decide(descaler(), [_scored(text, **CLEAR)]), Unsure)


def test_a_garbled_text_is_never_enough_for_another_option() -> None:
    heard = _scored("la feinaître", tap=-7.0, window=-0.1, shelf=-7.0, pot=-8.0)
    verdict = decide(descaler(), [heard])
    assert isinstance(verdict, Unsure)
    assert verdict.chosen == "dirty-window"


def test_a_foil_that_sounds_likelier_is_not_the_option() -> None:
    choice = replace(descaler(), foils=(("fr", "le robinier"),))
    clear = _scored("le robinier", **CLEAR)
    foil = replace(clear, scores=(*clear.scores, score("le robinier", -0.05)))
    assert isinstance(decide(choice, [foil]), Unsure)


def test_a_request_in_one_language_outweighs_a_likeness_in_the_other() -> None:
    heard = [Heard("e", "fr", "je ne sais pas", 0.9), Heard("e", "es", "el grifón con cal", 0.3)]
    verdict = decide(descaler(), heard)
    assert isinstance(verdict, Unsure)
    assert "meta_dont_know" in verdict.reasons


def test_an_echo_that_the_other_language_takes_for_an_answer_is_unsure() -> None:
    heard = [Heard("e", "fr", "Prenez le détartrant.", 0.9), Heard("e", "es", "el grifo", 0.3)]
    assert isinstance(decide(descaler(), heard), Unsure)


def test_one_language_hears_what_the_other_cannot() -> None:
    grifo = (score("el grifo", -0.1), score("la ventana", -6.0))
    heard = [
        _scored("elle griffe aux", tap=-6, window=-6, shelf=-6, pot=-6),
        Heard("e", "es", "El grifo.", 0.9, 0.1, grifo, speech_seconds=0.8),
    ]
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
    assert isinstance(verdict, Unsure)
    assert verdict.chosen == "limescale-tap"


def test_a_language_without_rules_of_its_own_is_decided_too() -> None:
    choice = choice_of("ko", "부엌", "욕실", "침실", "거실", prompt="여기를 청소하세요")
    assert isinstance(decide(choice, [said("부엌.", language="ko")]), Right)
    assert isinstance(decide(choice, [said("욕실", language="ko")]), Wrong)
    assert isinstance(decide(choice, [said("", language="ko")]), Unsure)
