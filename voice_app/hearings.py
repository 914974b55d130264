"""The story of one utterance: what waits to be heard, what the engines said, the verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, exists

from voice_app.attempts import item_of
from voice_app.audio.speech import Evidence, SpeechError
from voice_app.audio.speech import Hearing as HeardTake
from voice_app.dialogues.choices import choice
from voice_app.dialogues.content import Content
from voice_app.dialogues.flow import option_order
from voice_app.models import Attempt, Hearing, Utterance
from voice_app.scoring import decide as scoring
from voice_app.scoring.match import Choice

DECIDER = "rules-1"

# Scoring a phrase costs an engine 30 to 45 ms, so each option is scored by its name, its
# shortest accepted form and its place, not by all it is accepted by.
_SHORT_FORMS = 1


@dataclass(frozen=True)
class Waiting:
    """One utterance to hear: plain values, so that no transaction is open meanwhile.

    `phrases` by language hold every option alike, the right one and the others.
    """

    utterance_id: str
    attempt_id: str
    assessment: str
    content_version: str
    path: Path
    choice: Choice
    phrases: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Decided:
    """A verdict (right, unsure, wrong, echo, unusable) with all that it rests on."""

    verdict: str
    chosen: str | None
    reasons: tuple[str, ...]
    engine: str | None
    trouble: str | None
    evidence: Mapping[str, Any]


def is_unheard() -> ColumnElement[bool]:
    """The condition on an utterance that nobody has heard yet."""
    return ~exists().where(Hearing.utterance_id == Utterance.id)


def waiting(
    content: Content, *, attempt: Attempt, item: str, utterance_id: str, path: Path
) -> Waiting:
    """What is needed to hear an utterance given for an item of an attempt."""
    bank = content.assessments[attempt.assessment]
    asked = item_of(bank, item)
    order = option_order(asked, attempt.id)
    closed = choice(
        content,
        asked,
        order=order,
        employer_language=attempt.employer_language,
        help_language=attempt.help_language,
    )
    return Waiting(
        utterance_id=utterance_id,
        attempt_id=attempt.id,
        assessment=attempt.assessment,
        content_version=bank.version,
        path=path,
        choice=closed,
        phrases=_phrases(content, closed, order=order),
    )


def decided(waiting: Waiting, heard: HeardTake) -> Decided:
    """The verdict on what was heard; a take that cannot be judged is unusable, never wrong.

    A take with a flaw, such as clipped sound, counts when the right answer is heard in it all
    the same; otherwise the flaw is told and the question is put again.
    """
    evidence = {"quality": asdict(heard.quality), "engines": [asdict(e) for e in heard.evidences]}
    engine = "+".join(dict.fromkeys(e.engine for e in heard.evidences)) or None
    verdict = scoring.decide(waiting.choice, [_as_heard(e) for e in heard.evidences])
    trouble = heard.quality.trouble
    if trouble is not None and not isinstance(verdict, scoring.Right):
        return Decided("unusable", None, (trouble,), engine, trouble, evidence)
    return Decided(_name(verdict), _chosen(verdict), verdict.reasons, engine, trouble, evidence)


def unusable(error: SpeechError) -> Decided:
    """The take is not sound that can be heard: asked again, and nobody is blamed."""
    return Decided("unusable", None, (error.code,), None, error.code, {"error": str(error)})


def unheard(error: SpeechError) -> Decided:
    """No engine got through it: a person will listen."""
    return Decided("unsure", None, ("engine_failed",), None, "machine", {"error": str(error)})


def row(decided: Decided, *, waiting: Waiting, now: datetime) -> Hearing:
    """The verdict as the fact that is stored."""
    return Hearing(
        utterance_id=waiting.utterance_id,
        decider=DECIDER,
        engine=decided.engine,
        verdict=decided.verdict,
        chosen=decided.chosen,
        trouble=decided.trouble,
        reasons=list(decided.reasons),
        evidence=dict(decided.evidence),
        content_version=waiting.content_version,
        heard_at=now,
    )


def _phrases(
    content: Content, closed: Choice, *, order: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    languages = dict.fromkeys((closed.employer_language, closed.help_language))
    return {
        code: tuple(
            dict.fromkeys(
                phrase
                for place, option in enumerate(order)
                for phrase in _scored(content, language=code, option=option, place=place)
            )
        )
        for code in languages
    }


def _scored(content: Content, *, language: str, option: str, place: int) -> list[str]:
    spoken = content.languages[language]
    word = spoken.words[option]
    shortest = sorted(word.accepted, key=len)[:_SHORT_FORMS]
    return [word.name, *shortest, spoken.places[place][0]]


def _as_heard(evidence: Evidence) -> scoring.Heard:
    return scoring.Heard(
        engine=evidence.engine,
        language=evidence.language,
        text=evidence.transcript.text,
        confidence=evidence.transcript.confidence,
        no_speech_probability=evidence.transcript.no_speech_probability,
        scores=tuple(
            scoring.Score(one.phrase, one.total, one.mean, one.lowest) for one in evidence.scores
        ),
        chosen_phrase=evidence.chosen_phrase,
    )


def _name(verdict: scoring.Verdict) -> str:
    return type(verdict).__name__.lower()


def _chosen(verdict: scoring.Verdict) -> str | None:
    return None if isinstance(verdict, scoring.Echo) else verdict.chosen
