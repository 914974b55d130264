"""Who gives badges, with which key and under which address, and what they are given for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from voice_app.badge_keys import BadgeKey
from voice_app.dialogues.achievements import competence_of
from voice_app.dialogues.content import Content
from voice_app.errors import VoiceAppError
from voice_app.scoring.badges.award import Definition, Issuer


class UnknownAchievementError(VoiceAppError):
    """No badge is given for this."""


@dataclass(frozen=True)
class Office:
    """What it takes to give a badge: who signs, with which key, where it is published.

    `origin` is the service's address, without a slash at its end; `clock` gives aware times.
    """

    content: Content
    key: BadgeKey
    issuer: Issuer
    origin: str
    clock: Callable[[], datetime]


def definition_of(
    content: Content, *, micro_competence: str, employer_language: str, origin: str
) -> Definition:
    """Give what a badge is given for. Raises `UnknownAchievementError` when none is."""
    offered = languages_of(content, micro_competence)
    if employer_language not in offered:
        raise UnknownAchievementError("No badge is given for this.")
    return Definition(
        competence=competence_of(content, micro_competence, language=employer_language),
        employer_language=employer_language,
        own_name=content.languages[employer_language].own_name,
        origin=origin,
        other_languages=tuple(one for one in offered if one != employer_language),
    )


def languages_of(content: Content, micro_competence: str) -> tuple[str, ...]:
    """Give the employer languages in which something can be shown; empty when it cannot.

    The full micro-certification can be had where each of its parts can.
    """
    if micro_competence not in content.micro_competences:
        return ()
    needed = content.micro_competences[micro_competence].parts or (micro_competence,)
    banks = [content.assessments.get(one) or content.scenarios.get(one) for one in needed]
    if any(bank is None for bank in banks):
        return ()
    offered = [bank.employer_languages for bank in banks if bank is not None]
    return tuple(one for one in offered[0] if all(one in others for others in offered))
