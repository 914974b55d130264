"""Who wrote what is tested, and how the quality of badges is assured, for people to read."""

from collections.abc import Mapping
from dataclasses import dataclass

from voice_app.scoring.badges.alignments import FRAMEWORK


@dataclass(frozen=True)
class Assurance:
    """What the catalog says in `language`: of the framework's authors, and point by point."""

    language: str
    creator: str
    creator_text: str
    quality: str
    points: tuple[str, ...]


_ENGLISH = Assurance(
    language="en",
    creator="Who wrote what is tested",
    creator_text=(
        f"{FRAMEWORK}: four micro-competences of domestic work and what a person can do who "
        "has them. The tests here follow that text."
    ),
    quality="How the quality is assured",
    points=(
        "The criteria of each badge stand on its page, and the rules of marking are public.",
        (
            "A test is passed when at least 60 % of it is right. The rule that held at its start "
            "is kept with each test."
        ),
        (
            "When the machine is not sure, it asks again, and then a person listens. The machine "
            "alone fails nobody on what they said."
        ),
        (
            "A person can correct what the machine decided. Only a person cancels or pauses a "
            "badge, and says why."
        ),
        "Each badge says whether somebody watched over the test and checked who took it.",
    ),
)
_FRENCH = Assurance(
    language="fr",
    creator="Qui a écrit ce qui est testé",
    creator_text=(
        f"{FRAMEWORK} : quatre micro-compétences du travail à domicile, et ce que sait faire une "
        "personne qui les a. Les tests suivent ce texte."
    ),
    quality="Comment la qualité est assurée",
    points=(
        "Les critères de chaque badge sont sur sa page et les règles de notation sont publiques.",
        (
            "Un test est réussi quand au moins 60 % sont justes. La règle qui valait au début est "
            "gardée avec chaque test."
        ),
        (
            "Quand la machine n'est pas sûre, elle demande encore, puis une personne écoute. La "
            "machine seule ne refuse personne pour ce qui a été dit."
        ),
        (
            "Une personne peut corriger ce que la machine a décidé. Seule une personne annule ou "
            "suspend un badge, et elle dit pourquoi."
        ),
        "Chaque badge dit si quelqu'un surveillait le test et a vérifié l'identité.",
    ),
)
_SPANISH = Assurance(
    language="es",
    creator="Quién escribió lo que se prueba",
    creator_text=(
        f"{FRAMEWORK}: cuatro microcompetencias del trabajo del hogar y lo que sabe hacer quien "
        "las tiene. Las pruebas siguen ese texto."
    ),
    quality="Cómo se asegura la calidad",
    points=(
        (
            "Los criterios de cada insignia están en su página y las reglas de corrección son "
            "públicas."
        ),
        (
            "Una prueba se supera cuando al menos el 60 % está bien. La regla que valía al empezar "
            "se guarda con cada prueba."
        ),
        (
            "Cuando la máquina no está segura, pregunta otra vez y luego escucha una persona. La "
            "máquina sola no suspende a nadie por lo que dijo."
        ),
        (
            "Una persona puede corregir lo que decidió la máquina. Solo una persona anula o pone "
            "en pausa una insignia, y dice por qué."
        ),
        "Cada insignia dice si alguien vigiló la prueba y comprobó la identidad.",
    ),
)
_ASSURANCES: Mapping[str, Assurance] = {one.language: one for one in (_ENGLISH, _FRENCH, _SPANISH)}


def assurance_for(language: str) -> Assurance:
    """Give what the catalog says in `language`, or in English: read `.language` to know which."""
    return _ASSURANCES.get(language, _ENGLISH)
