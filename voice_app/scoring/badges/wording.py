"""The sentences inside a credential, in the languages its readers speak."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Wording:
    """What a credential says in `language`. `{language}` stands for the employer language.

    `languages` names employer languages as they stand in these sentences, by code.
    """

    language: str
    languages: Mapping[str, str]
    criteria: str
    outcome: str
    evidence_name: str
    evidence: str
    eqf: str
    assessment: str
    participation: str
    supervision: str


_ENGLISH = Wording(
    language="en",
    languages={"fr": "French", "es": "Spanish", "en": "English"},
    criteria=(
        "The person heard words and short sentences that a private employer says at home, "
        "in {language}, and showed the meaning of each one by touching one of four pictures or "
        "by answering aloud. At least 60 % of the test was right. A sentence could be heard "
        "again, also spoken slowly. Reading and writing were not needed. Nobody watched over "
        "the test, and the person's identity was not checked."
    ),
    outcome="The test was passed",
    evidence_name="Listening test",
    evidence=(
        "A test taken online: spoken sentences of a private employer in {language}, answered "
        "with pictures or aloud. The answers are kept privately by the issuer."
    ),
    eqf="European Qualifications Framework: 2",
    assessment="Spoken questions with four pictures to choose from",
    participation="Online",
    supervision="Not supervised, identity not checked",
)
_FRENCH = Wording(
    language="fr",
    languages={"fr": "français", "es": "espagnol", "en": "anglais"},
    criteria=(
        "La personne a entendu des mots et des phrases courtes qu'un particulier employeur dit "
        "chez lui, en {language}, et a montré le sens de chacun en touchant une image parmi "
        "quatre ou en répondant à voix haute. Au moins 60 % du test était juste. Chaque phrase "
        "pouvait être réécoutée, même plus lentement. Il n'était pas nécessaire de lire ni "
        "d'écrire. Personne ne surveillait le test et l'identité n'a pas été vérifiée."
    ),
    outcome="Le test est réussi",
    evidence_name="Test d'écoute",
    evidence=(
        "Un test passé en ligne : des phrases dites par un particulier employeur en {language}, "
        "avec des réponses en images ou à voix haute. L'émetteur conserve les réponses, qui "
        "restent privées."
    ),
    eqf="Cadre européen des certifications : 2",
    assessment="Questions orales avec un choix de quatre images",
    participation="En ligne",
    supervision="Sans surveillance, identité non vérifiée",
)
_SPANISH = Wording(
    language="es",
    languages={"fr": "francés", "es": "español", "en": "inglés"},
    criteria=(
        "La persona escuchó palabras y frases cortas que un empleador particular dice en su "
        "casa, en {language}, y mostró el significado de cada una tocando una de cuatro "
        "imágenes o respondiendo en voz alta. Al menos el 60 % de la prueba fue correcto. Cada "
        "frase se podía escuchar otra vez, también más despacio. No hacía falta leer ni "
        "escribir. Nadie vigiló la prueba y no se comprobó la identidad."
    ),
    outcome="La prueba está superada",
    evidence_name="Prueba de escucha",
    evidence=(
        "Una prueba hecha en línea: frases de un empleador particular en {language}, "
        "respondidas con imágenes o en voz alta. El emisor guarda las respuestas, que son "
        "privadas."
    ),
    eqf="Marco Europeo de Cualificaciones: 2",
    assessment="Preguntas orales con cuatro imágenes para elegir",
    participation="En línea",
    supervision="Sin supervisión, identidad no comprobada",
)
_WORDINGS = {words.language: words for words in (_ENGLISH, _FRENCH, _SPANISH)}


def wording_for(language: str) -> Wording:
    """Give the wording in `language`, or the English one: read `.language` to know which."""
    return _WORDINGS.get(language, _ENGLISH)
