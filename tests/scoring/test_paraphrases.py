"""Right answers in other words are never rejected; nothing that denies is ever accepted."""

import pytest

from voice_app.scoring.target import Target, understand

RIGHT = {
    ("en", "take out the trash before you leave"): (
        "before leaving empty the bin",
        "take the trash out before leaving",
        "empty the trash can before you go",
    ),
    ("en", "give the child two spoons of syrup after lunch"): (
        "after lunch give two spoons of syrup to the child",
        "the child must have two spoons of syrup after lunch",
        "the child takes two spoons of syrup after lunch",
    ),
    ("en", "don't use bleach on the wood"): (
        "never use bleach on wood",
        "bleach must not be used on wood",
        "bleach is forbidden on the wood",
    ),
    ("en", "the baby sleeps at two o'clock"): ("at 2 pm the baby sleeps", "at 2 the baby sleeps"),
    ("fr", "donnez deux cuillères de sirop à l'enfant après le déjeuner"): (
        "après le déjeuner donnez à l'enfant 2 cuillères de sirop",
        "l'enfant prend deux cuillères de sirop après le déjeuner",
        "l'enfant doit prendre deux cuillères de sirop après manger",
    ),
    ("fr", "n'utilisez pas de javel sur le bois"): (
        "jamais de javel sur le bois",
        "la javel est interdite sur le bois",
        "évitez d'utiliser de la javel sur le bois",
    ),
    ("fr", "le bébé dort à deux heures"): ("à 14 heures le bébé dort", "à 2h le bébé dort"),
    ("es", "dele al niño dos cucharadas de jarabe después de comer"): (
        "después de comer le doy dos cucharadas de jarabe al niño",
        "el niño toma dos cucharadas de jarabe después de comer",
        "el niño debe tomar dos cucharadas de jarabe después del almuerzo",
    ),
    ("es", "no use lejía en la madera"): (
        "en la madera no use lejía",
        "nada de lejía en la madera",
        "está prohibido usar lejía en la madera",
    ),
    ("es", "el bebé duerme a las dos"): ("a las dos duerme el bebé", "a las 14 duerme el bebé"),
}
TURNED = {
    ("en", "close the door"): (
        "under no circumstances close the door",
        "close no door",
        "nobody close the door",
        "close the door not",
        "close anything but the door",
        "instead of closing the door",
        "without closing the door",
        "hardly close the door",
        "close the door if it rains",
        "close the door and the window",
        "you may not close the door",
        "door",
    ),
    ("fr", "fermez la porte"): (
        "ne fermez plus la porte",
        "fermez plus la porte",
        "en aucun cas fermez la porte",
        "fermez la porte non",
        "sans fermer la porte",
        "au lieu de fermer la porte",
        "ne ferme la porte",
        "défense de fermer la porte",
        "je ne veux pas que vous fermiez la porte",
        "faut pas fermer la porte",
        "fermez la porte demain",
        "porte",
    ),
    ("es", "cierre la puerta"): (
        "en ningún caso cierre la puerta",
        "ni cierre la puerta",
        "sin cerrar la puerta",
        "en vez de cerrar la puerta",
        "ya no cierre la puerta",
        "cierre la puerta no",
        "no la cierre",
        "de ninguna manera cierre la puerta",
        "no quiero que cierre la puerta",
        "no se le ocurra cerrar la puerta",
        "cierre la puerta mañana",
        "puerta",
    ),
}


def _each(table: dict[tuple[str, str], tuple[str, ...]]) -> list[tuple[str, str, str]]:
    return [(*asked, text) for asked, texts in table.items() for text in texts]


@pytest.mark.parametrize(("language", "phrase", "text"), _each(RIGHT))
def test_other_words_for_the_same_are_never_rejected(language: str, phrase: str, text: str) -> None:
    assert understand(Target("restate", language, (phrase,)), text).verdict != "reject"


@pytest.mark.parametrize(("language", "phrase", "text"), _each(TURNED))
@pytest.mark.parametrize("task", ["restate", "repeat"])
def test_what_turns_the_meaning_is_never_accepted(
    *, task: str, language: str, phrase: str, text: str
) -> None:
    target = Target("repeat" if task == "repeat" else "restate", language, (phrase,))
    assert understand(target, text).verdict != "accept"
