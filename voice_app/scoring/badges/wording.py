"""The sentences inside a credential, in the languages its readers speak."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Wording:
    """What a credential says in `language`. `{language}` stands for the employer language.

    `languages` names employer languages as they stand in these sentences, by code.
    `criteria` holds for a competence that has no words of its own. `evidence_parts` is for a
    badge that rests on others, `evidence_part` names one of them. `{eqf}` and `{hours}` are
    numbers. `assessments` names kinds of test. `supervision` says how sure a test was, by
    (is supervised, is identity checked).
    """

    language: str
    languages: Mapping[str, str]
    criteria: str
    outcome: str
    evidence_name: str
    evidence: str
    evidence_parts_name: str
    evidence_parts: str
    evidence_part: str
    eqf: str
    workload: str
    workload_unknown: str
    assessments: Mapping[str, str]
    participation: str
    quality: str
    stackability: str
    supervision: Mapping[tuple[bool, bool], str]


_ENGLISH = Wording(
    language="en",
    languages={"fr": "French", "es": "Spanish", "en": "English"},
    criteria=(
        "The person took a test without reading or writing, in {language}: everything was said "
        "aloud, and answered aloud or with pictures. At least 60 % of the test was right."
    ),
    outcome="The test was passed",
    evidence_name="Spoken test",
    evidence=(
        "A test taken online: a private employer speaks {language}, the person answers aloud or "
        "with pictures. The answers are kept privately by the issuer."
    ),
    evidence_parts_name="Four badges",
    evidence_parts=(
        "Four badges, each one given after a test of its own in {language}. The answers are "
        "kept privately by the issuer."
    ),
    evidence_part="Badge",
    eqf="European Qualifications Framework: {eqf}",
    workload="Hours of learning, as a rule: {hours}",
    workload_unknown=(
        "Hours of learning: not measured. No course is asked for; what is tested may have been "
        "learned at work or at home."
    ),
    assessments={
        "quiz": "Spoken questions with four pictures to choose from",
        "oral": "Spoken answers, marked by an assessor",
        "practical": "Work shown to an assessor",
    },
    participation="Online",
    quality=(
        "The criteria and the rules of marking are public, and a person can correct what a "
        "machine decided"
    ),
    stackability="One of four badges that together make the full micro-certification",
    supervision={
        (False, False): (
            "Nobody watched over the test, and the person's identity was not checked."
        ),
        (False, True): "Nobody watched over the test. The person's identity was checked.",
        (True, False): ("Somebody watched over the test. The person's identity was not checked."),
        (True, True): "Somebody watched over the test and checked the person's identity.",
    },
)
_FRENCH = Wording(
    language="fr",
    languages={"fr": "français", "es": "espagnol", "en": "anglais"},
    criteria=(
        "La personne a passé un test sans lire ni écrire, en {language} : tout était dit à voix "
        "haute, avec des réponses à voix haute ou en images. Au moins 60 % du test était juste."
    ),
    outcome="Le test est réussi",
    evidence_name="Test oral",
    evidence=(
        "Un test passé en ligne : un particulier employeur parle en {language}, la personne "
        "répond à voix haute ou en images. L'émetteur conserve les réponses, qui restent privées."
    ),
    evidence_parts_name="Quatre badges",
    evidence_parts=(
        "Quatre badges, chacun remis après son propre test en {language}. L'émetteur conserve "
        "les réponses, qui restent privées."
    ),
    evidence_part="Badge",
    eqf="Cadre européen des certifications : {eqf}",
    workload="Heures d'apprentissage, en général : {hours}",
    workload_unknown=(
        "Heures d'apprentissage : non mesurées. Aucun cours n'est demandé ; ce qui est testé "
        "peut avoir été appris au travail ou à la maison."
    ),
    assessments={
        "quiz": "Questions orales avec un choix de quatre images",
        "oral": "Réponses orales, évaluées par une personne",
        "practical": "Travail montré à une personne qui évalue",
    },
    participation="En ligne",
    quality=(
        "Les critères et les règles de notation sont publics, et une personne peut corriger ce "
        "qu'une machine a décidé"
    ),
    stackability="L'un des quatre badges qui forment ensemble la micro-certification complète",
    supervision={
        (False, False): (
            "Personne ne surveillait le test et l'identité de la personne n'a pas été vérifiée."
        ),
        (False, True): (
            "Personne ne surveillait le test. L'identité de la personne a été vérifiée."
        ),
        (True, False): (
            "Quelqu'un surveillait le test. L'identité de la personne n'a pas été vérifiée."
        ),
        (True, True): "Quelqu'un surveillait le test et a vérifié l'identité de la personne.",
    },
)
_SPANISH = Wording(
    language="es",
    languages={"fr": "francés", "es": "español", "en": "inglés"},
    criteria=(
        "La persona hizo una prueba sin leer ni escribir, en {language}: todo se decía en voz "
        "alta y se respondía en voz alta o con imágenes. Al menos el 60 % de la prueba fue "
        "correcto."
    ),
    outcome="La prueba está superada",
    evidence_name="Prueba oral",
    evidence=(
        "Una prueba hecha en línea: un empleador particular habla en {language} y la persona "
        "responde en voz alta o con imágenes. El emisor guarda las respuestas, que son privadas."
    ),
    evidence_parts_name="Cuatro insignias",
    evidence_parts=(
        "Cuatro insignias, cada una entregada después de su propia prueba en {language}. El "
        "emisor guarda las respuestas, que son privadas."
    ),
    evidence_part="Insignia",
    eqf="Marco Europeo de Cualificaciones: {eqf}",
    workload="Horas de aprendizaje, por lo general: {hours}",
    workload_unknown=(
        "Horas de aprendizaje: sin medir. No se pide ningún curso; lo que se prueba puede "
        "haberse aprendido en el trabajo o en casa."
    ),
    assessments={
        "quiz": "Preguntas orales con cuatro imágenes para elegir",
        "oral": "Respuestas orales, valoradas por una persona evaluadora",
        "practical": "Trabajo mostrado a una persona evaluadora",
    },
    participation="En línea",
    quality=(
        "Los criterios y las reglas de corrección son públicos, y una persona puede corregir lo "
        "que decidió una máquina"
    ),
    stackability="Una de las cuatro insignias que juntas forman la microcertificación completa",
    supervision={
        (False, False): ("Nadie vigiló la prueba y no se comprobó la identidad de la persona."),
        (False, True): "Nadie vigiló la prueba. Se comprobó la identidad de la persona.",
        (True, False): "Alguien vigiló la prueba. No se comprobó la identidad de la persona.",
        (True, True): "Alguien vigiló la prueba y comprobó la identidad de la persona.",
    },
)
_WORDINGS = {words.language: words for words in (_ENGLISH, _FRENCH, _SPANISH)}


def wording_for(language: str) -> Wording:
    """Give the wording in `language`, or the English one: read `.language` to know which."""
    return _WORDINGS.get(language, _ENGLISH)
