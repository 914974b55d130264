"""The private level as a credential of its own, that only its owner can hand out.

Nothing here goes into a badge: no public type has a place for it, and no public module
imports this one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import get_args

from voice_app.scoring.badges.award import Definition, Issuer
from voice_app.scoring.badges.credential import CONTEXTS, Document, written
from voice_app.scoring.badges.wording import wording_for
from voice_app.scoring.marks import Level

KEY_PURPOSE = "level"
LEVELS: tuple[Level, ...] = get_args(Level)


@dataclass(frozen=True)
class PrivateLevel:
    """What only its owner may know: the level, and the points of `maximum` behind it."""

    level: Level
    points: int
    maximum: int


@dataclass(frozen=True)
class LevelAward:
    """A level that its owner asked to have in writing.

    `token` is the unguessable end of its address. `holder_id` is a `urn:uuid:` that no badge
    has, so that nobody can put the two together. `told_at` is aware.
    """

    token: str
    holder_id: str
    definition: Definition
    private: PrivateLevel
    told_at: datetime
    issuer: Issuer


@dataclass(frozen=True)
class _Words:
    title: str
    criteria: str
    names: Mapping[Level, str]
    descriptions: Mapping[Level, str]


_WORDS = {
    "en": _Words(
        title="Private level: {name}",
        criteria=(
            "Everybody who finishes the test gets a level, also without passing. It belongs to "
            "the person alone: who shows it, has chosen to."
        ),
        names={
            "discovery": "Discovery",
            "exploration": "Exploration",
            "appropriation": "Appropriation",
        },
        descriptions={
            "discovery": "The person begins.",
            "exploration": "The person is on the way.",
            "appropriation": "The person knows it well.",
        },
    ),
    "fr": _Words(
        title="Niveau privé : {name}",
        criteria=(
            "Toute personne qui finit le test reçoit un niveau, même sans réussir. Il "
            "n'appartient qu'à elle : si elle le montre, c'est son choix."
        ),
        names={
            "discovery": "Découverte",
            "exploration": "Exploration",
            "appropriation": "Appropriation",
        },
        descriptions={
            "discovery": "La personne débute.",
            "exploration": "La personne est en chemin.",
            "appropriation": "La personne maîtrise.",
        },
    ),
    "es": _Words(
        title="Nivel privado: {name}",
        criteria=(
            "Quien termina la prueba recibe un nivel, aunque no la supere. Pertenece solo a la "
            "persona: si lo muestra, es porque quiere."
        ),
        names={
            "discovery": "Descubrimiento",
            "exploration": "Exploración",
            "appropriation": "Apropiación",
        },
        descriptions={
            "discovery": "La persona empieza.",
            "exploration": "La persona está en camino.",
            "appropriation": "La persona lo domina.",
        },
    ),
}


def level_credential(award: LevelAward) -> Document:
    """Give the credential of a level, without its proof. It is no Open Badge.

    It names the level and no points. It is signed with a key that signs levels alone.
    """
    words = _WORDS[wording_for(award.definition.employer_language).language]
    title = words.title.replace("{name}", award.definition.competence.name)
    achievement = _achievement(award.definition, words, title=title)
    return {
        "@context": list(CONTEXTS),
        "id": level_address(award.definition.origin, award.token),
        "type": ["VerifiableCredential"],
        "name": title,
        "issuer": {"id": award.issuer.did, "type": ["Profile"], "name": award.issuer.name},
        "validFrom": written(award.told_at),
        "credentialSubject": {
            "id": award.holder_id,
            "type": ["AchievementSubject"],
            "achievement": achievement,
            "result": [
                {
                    "type": ["Result"],
                    "resultDescription": achievement["resultDescription"][0]["id"],
                    "achievedLevel": _level_id(award.definition, award.private.level),
                }
            ],
        },
    }


def level_address(origin: str, token: str) -> str:
    """Give the address of a level, which only its owner knows."""
    return f"{origin}/private/levels/{token}"


def _achievement(definition: Definition, words: _Words, *, title: str) -> Document:
    return {
        "id": _defined_at(definition),
        "type": ["Achievement"],
        "achievementType": "ext:PrivateLevel",
        "inLanguage": wording_for(definition.employer_language).language,
        "name": title,
        "description": definition.competence.description,
        "criteria": {
            "id": f"{_defined_at(definition)}-criteria",
            "narrative": words.criteria,
        },
        "resultDescription": [
            {
                "id": f"{_defined_at(definition)}-levels",
                "type": ["ResultDescription"],
                "name": title,
                "resultType": "PerformanceLevel",
                "rubricCriterionLevel": [_rubric(definition, words, one) for one in LEVELS],
            }
        ],
    }


def _rubric(definition: Definition, words: _Words, level: Level) -> Document:
    return {
        "id": _level_id(definition, level),
        "type": ["RubricCriterionLevel"],
        "name": words.names[level],
        "description": words.descriptions[level],
        "level": level,
    }


def _level_id(definition: Definition, level: Level) -> str:
    return f"{_defined_at(definition)}-{level}"


def _defined_at(definition: Definition) -> str:
    kind = f"{definition.competence.id}-{definition.employer_language}"
    return f"{definition.origin}/private/levels#{kind}"
