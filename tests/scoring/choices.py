"""Choices to decide on, written by hand: what an item looks like to the scoring."""

from voice_app.scoring.match import Candidate, Choice

PLACES = {
    "fr": (("un", "numéro un", "la première"), ("deux", "numéro deux", "la deuxième")),
    "es": (("uno", "número uno", "la primera"), ("dos", "número dos", "la segunda")),
    "en": (("one", "number one", "the first"), ("two", "number two", "the second")),
}
LATER = {
    "fr": (("trois", "numéro trois", "la troisième"), ("quatre", "numéro quatre")),
    "es": (("tres", "número tres", "la tercera"), ("cuatro", "número cuatro")),
    "en": (("three", "number three", "the third"), ("four", "number four")),
}
WORDS = {
    "limescale-tap": {
        "fr": ("le robinet avec du calcaire", "le robinet", "l'évier"),
        "es": ("el grifo con cal", "el grifo", "la llave de agua"),
        "en": ("the tap with limescale", "the tap", "the faucet"),
    },
    "dirty-window": {
        "fr": ("la vitre sale", "la fenêtre"),
        "es": ("la ventana sucia", "la ventana"),
        "en": ("the dirty window", "the window"),
    },
    "dusty-shelf": {
        "fr": ("l'étagère avec de la poussière", "l'étagère"),
        "es": ("el estante con polvo", "el estante"),
        "en": ("the dusty shelf", "the shelf"),
    },
    "burnt-pot": {
        "fr": ("la casserole brûlée", "la casserole"),
        "es": ("la olla quemada", "la olla"),
        "en": ("the burnt pot", "the pot"),
    },
}
PROMPTS = {
    "fr": "Prenez le détartrant, s'il vous plaît.",
    "es": "Coja el antical, por favor.",
    "en": "Take the descaler, please.",
}


def descaler(employer: str = "fr", help_language: str = "es") -> Choice:
    """Return the item of the descaler: the tap with limescale is right, and first."""
    languages = tuple(dict.fromkeys((employer, help_language)))
    candidates = tuple(
        Candidate(
            option,
            tuple(
                (language, phrase)
                for language in languages
                for phrase in (*words[language], *(PLACES[language] + LATER[language])[place])
            ),
        )
        for place, (option, words) in enumerate(WORDS.items())
    )
    return Choice(PROMPTS[employer], employer, help_language, candidates, "limescale-tap")


def choice_of(language: str, right: str, *others: str, prompt: str = "") -> Choice:
    """Return a choice of phrases in one language, each its own id; the first is right."""
    candidates = tuple(Candidate(each, ((language, each),)) for each in (right, *others))
    return Choice(prompt, language, language, candidates, right)
