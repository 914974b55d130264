"""Who gives badges, with which key and under which address, and what they are given for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from voice_app.badge_keys import BadgeKey
from voice_app.dialogues.content import Content
from voice_app.errors import VoiceAppError
from voice_app.scoring.badges.award import FULL, Competence, Definition, Issuer
from voice_app.scoring.badges.wording import wording_for


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
    if not _offers(content, micro_competence, employer_language=employer_language):
        raise UnknownAchievementError("No badge is given for this.")
    return Definition(
        competence=_competence(content, micro_competence, language=employer_language),
        employer_language=employer_language,
        own_name=content.languages[employer_language].own_name,
        origin=origin,
    )


def offers_full(content: Content, *, employer_language: str) -> bool:
    """Tell whether all micro-competences can be shown in one employer language."""
    return all(
        _offers_one(content, one, employer_language=employer_language)
        for one in content.micro_competences
        if one != FULL
    )


def _offers(content: Content, micro_competence: str, *, employer_language: str) -> bool:
    if micro_competence == FULL:
        return offers_full(content, employer_language=employer_language)
    return _offers_one(content, micro_competence, employer_language=employer_language)


def _offers_one(content: Content, micro_competence: str, *, employer_language: str) -> bool:
    bank = content.assessments.get(micro_competence)
    return bank is not None and employer_language in bank.employer_languages


def _competence(content: Content, micro_competence: str, *, language: str) -> Competence:
    found = content.micro_competences[micro_competence]
    written_in = wording_for(language).language
    return Competence(found.id, found.names[written_in], found.descriptions[written_in])
