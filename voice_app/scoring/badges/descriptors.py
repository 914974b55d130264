"""What a micro-credential is, in the 17 elements of the EU recommendation 2022/C 243/02.

Eleven are standard, six optional; docs/employer.md lists them with where a badge holds each.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from voice_app.scoring.badges.alignments import eqf_address, quality_address
from voice_app.scoring.badges.award import FULL, UNSUPERVISED, Definition, Issuer
from voice_app.scoring.badges.wording import wording_for


@dataclass(frozen=True)
class Descriptor:
    """One element: its `key` for programs, its label and its value for people."""

    key: str
    label: str
    value: str
    address: str | None = None


KEYS = (
    "learner",
    "title",
    "country",
    "awarding-body",
    "date",
    "learning-outcomes",
    "workload",
    "level",
    "assessment",
    "participation",
    "quality-assurance",
    "prerequisites",
    "supervision",
    "grade",
    "stackability",
    "language",
    "further-information",
)

_LABELS: Mapping[str, tuple[str, ...]] = {
    "en": (
        "Who gets it",
        "Name",
        "Country of who gives it",
        "Given by",
        "Date",
        "What the person is able to do",
        "Hours of learning",
        "Level",
        "How it is tested",
        "Where it is tested",
        "Quality",
        "Needed before",
        "Supervision and identity",
        "Mark",
        "Together with other badges",
        "Language",
        "How it is shown",
    ),
    "fr": (
        "Qui le reçoit",
        "Nom",
        "Pays de l'émetteur",
        "Donné par",
        "Date",
        "Ce que la personne sait faire",
        "Heures d'apprentissage",
        "Niveau",
        "Comment le test se passe",
        "Où le test se passe",
        "Qualité",
        "Ce qu'il faut avant",
        "Surveillance et identité",
        "Note",
        "Avec d'autres badges",
        "Langue",
        "Comment c'est montré",
    ),
    "es": (
        "Quién la recibe",
        "Nombre",
        "País de quien la da",
        "Dada por",
        "Fecha",
        "Lo que la persona sabe hacer",
        "Horas de aprendizaje",
        "Nivel",
        "Cómo es la prueba",
        "Dónde es la prueba",
        "Calidad",
        "Lo que hace falta antes",
        "Vigilancia e identidad",
        "Nota",
        "Junto con otras insignias",
        "Idioma",
        "Cómo se demuestra",
    ),
}
_FIXED: Mapping[str, Mapping[str, str]] = {
    "en": {
        "learner": "The person who passed the test; named only when they agree",
        "date": "On each badge",
        "prerequisites": "None. Reading and writing are not needed",
        "grade": "None: a badge says passed and nothing more",
        "alone": "It rests on the four badges",
    },
    "fr": {
        "learner": "La personne qui a réussi le test ; nommée seulement si elle est d'accord",
        "date": "Sur chaque badge",
        "prerequisites": "Rien. Il n'est pas nécessaire de lire ni d'écrire",
        "grade": "Aucune : un badge dit réussi, et rien de plus",
        "alone": "Il repose sur les quatre badges",
    },
    "es": {
        "learner": "La persona que superó la prueba; con su nombre solo si está de acuerdo",
        "date": "En cada insignia",
        "prerequisites": "Nada. No hace falta leer ni escribir",
        "grade": "Ninguna: una insignia dice superado y nada más",
        "alone": "Se apoya en las cuatro insignias",
    },
}


def descriptors(definition: Definition, issuer: Issuer) -> tuple[Descriptor, ...]:
    """Give the 17 elements in the language of the definition, in the order of `KEYS`."""
    words = wording_for(definition.employer_language)
    fixed = _FIXED[words.language]
    competence = definition.competence
    language = words.languages.get(definition.employer_language, definition.own_name)
    hours = competence.workload_hours
    is_full = competence.id == FULL
    full = f"{definition.origin}/achievements/{FULL}/{definition.employer_language}"
    values: tuple[tuple[str, str | None], ...] = (
        (fixed["learner"], None),
        (f"{competence.name} ({language})", None),
        (issuer.country, None),
        (issuer.name, issuer.url),
        (fixed["date"], None),
        ("; ".join(one.name for one in competence.outcomes) or competence.description, None),
        (
            words.workload_unknown
            if hours is None
            else words.workload.replace("{hours}", str(hours)),
            None,
        ),
        (words.eqf.replace("{eqf}", str(competence.eqf)), eqf_address(competence.eqf)),
        ("; ".join(words.assessments[kind] for kind in competence.assessments), None),
        (words.participation, None),
        (words.quality, quality_address(definition.origin)),
        (fixed["prerequisites"], None),
        (words.supervision[UNSUPERVISED.is_supervised, UNSUPERVISED.is_identity_checked], None),
        (fixed["grade"], None),
        (fixed["alone"] if is_full else words.stackability, None if is_full else full),
        (language, None),
        ((competence.criteria or words.criteria).replace("{language}", language), None),
    )
    labels = _LABELS[words.language]
    return tuple(
        Descriptor(key, label, value, address)
        for key, label, (value, address) in zip(KEYS, labels, values, strict=True)
    )
