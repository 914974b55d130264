"""The story of one utterance: what waits to be heard, what the engines said, the verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, Protocol

from pydantic import TypeAdapter

from voice_app.attempts import item_of
from voice_app.audio.speech import Evidence, Hears, SpeechError
from voice_app.audio.speech import Hearing as HeardTake
from voice_app.dialogues.choices import choice
from voice_app.dialogues.content import Content
from voice_app.dialogues.flow import option_order
from voice_app.errors import VoiceAppError
from voice_app.models import Attempt, Hearing
from voice_app.scoring import decide as scoring
from voice_app.scoring.calibration import CURRENT, calibration
from voice_app.scoring.match import Choice
from voice_app.scoring.sounds import sounds_version
from voice_app.scoring.sources import phrases
from voice_app.scoring.twice import Decide, decided_twice, is_in_doubt
from voice_app.vault import Vault, unclosed

# The rules of scoring; a change of any verdict gets a new name, and old verdicts keep theirs.
DECIDER = "logistic-2"
# No verdict: people have stopped the machine, and one of them will listen.
STOPPED = "stopped"
# What leaves doubt is listened to once more, as if spoken at this pace: docs/adr/0014.
SLOWER = 0.9


class CannotReplay(VoiceAppError):
    """A verdict that cannot be decided again from what was kept."""


@dataclass(frozen=True)
class Waiting:
    """One utterance to hear: plain values, so that no transaction is open meanwhile.

    `phrases` by language hold every option alike, the right one and the others.
    """

    decider: ClassVar[str] = DECIDER

    utterance_id: str
    attempt_id: str
    assessment: str
    content_version: str
    path: Path
    choice: Choice
    phrases: Mapping[str, tuple[str, ...]]


class Heard(Protocol):
    """An utterance of which the hearing is stored; `decider` names the rules it went by."""

    decider: ClassVar[str]

    @property
    def utterance_id(self) -> str:
        """The utterance."""
        ...

    @property
    def content_version(self) -> str:
        """The version of what was asked."""
        ...


@dataclass(frozen=True)
class Decided:
    """A verdict with all that it rests on.

    It is right, unsure, wrong, echo, unusable, stopped, or prepared where nothing is judged.
    """

    verdict: str
    chosen: str | None
    reasons: tuple[str, ...]
    engine: str | None
    trouble: str | None
    evidence: Mapping[str, Any]


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
        phrases=phrases(closed),
    )


def listened(
    ears: Hears,
    take: Path,
    asked: Mapping[str, Sequence[str]],
    *,
    decide: Decide,
) -> HeardTake:
    """What is heard in a take, and what is heard in it slowed down where that leaves doubt.

    Raises `SpeechError`.
    """
    once = ears.hear(take, asked)
    if not is_in_doubt(decide(heard_of(once))):
        return once
    return replace(once, again=ears.hear(take, asked, pace=SLOWER).evidences)


def heard(waiting: Waiting, ears: Hears) -> HeardTake:
    """What is heard in an utterance that waited. Raises `SpeechError`."""
    return listened(
        ears, waiting.path, waiting.phrases, decide=partial(scoring.decide, waiting.choice)
    )


def decided(waiting: Waiting, heard: HeardTake) -> Decided:
    """The verdict on what was heard; a take that cannot be judged is unusable, never wrong.

    A take with a flaw, such as clipped sound, counts when the right answer is heard in it all
    the same; otherwise the flaw is told and the question is put again.
    """
    engine = "+".join(dict.fromkeys(e.engine for e in (*heard.evidences, *heard.again))) or None
    evidence = _evidence(waiting.choice, heard)
    verdict = verdict_on(heard, partial(scoring.decide, waiting.choice))
    return _judged(verdict, heard.quality.trouble, engine=engine, evidence=evidence)


def evidence_of(row: Hearing, vault: Vault, *, owner: str) -> dict[str, Any]:
    """What a row kept, opened with the key of the attempt's owner. Raises `VaultError`."""
    return unclosed(vault, row.evidence, owner=owner, utterance_id=row.utterance_id)


def replayed(row: Hearing, evidence: Mapping[str, Any]) -> Decided:
    """The verdict again, from what the row kept: the same `evidence`, choice and coefficients.

    Raises `CannotReplay` for a row of other rules, and for one without evidence.
    """
    if row.decider != DECIDER:
        raise CannotReplay(f"It was decided by {row.decider}, and these are {DECIDER}.")
    if "choice" not in evidence:
        raise CannotReplay("No engine got through it, so there is nothing to decide on.")
    if "engines" not in evidence:
        raise CannotReplay("What was heard in it was deleted.")
    kept = _Kept.of(evidence)
    by = calibration(evidence["calibration"])
    verdict = decided_twice(partial(scoring.decide, kept.choice, by=by), kept.heard, kept.again)
    return _judged(verdict, kept.trouble, engine=row.engine, evidence=evidence)


def verdict_on(hearing: HeardTake, decide: Decide) -> scoring.Verdict:
    """The verdict on what was heard in a take, once or twice."""
    seconds = hearing.quality.speech_seconds
    return decided_twice(decide, heard_of(hearing), _told(hearing.again, speech_seconds=seconds))


def heard_of(hearing: HeardTake) -> tuple[scoring.Heard, ...]:
    """What was heard in a take at first, in the words of scoring."""
    return _told(hearing.evidences, speech_seconds=hearing.quality.speech_seconds)


def unusable(error: SpeechError) -> Decided:
    """The take is not sound that can be heard: asked again, and nobody is blamed."""
    told = error.told or error.code
    return Decided("unusable", None, (error.code,), None, told, {"error": str(error)})


def unheard(error: SpeechError) -> Decided:
    """No engine got through it: a person will listen."""
    return Decided("unsure", None, ("engine_failed",), None, "machine", {"error": str(error)})


def withheld(engine: str | None = None) -> Decided:
    """The machine may not decide: a person will, and nothing that was heard is kept.

    `engine` had heard it when the machine was stopped; None where nothing was heard.
    """
    return Decided(STOPPED, None, (STOPPED,), engine, None, {})


def row(decided: Decided, evidence: Mapping[str, Any], *, waiting: Heard, now: datetime) -> Hearing:
    """The verdict as the fact that is stored, with evidence whose spoken parts are sealed."""
    return Hearing(
        utterance_id=waiting.utterance_id,
        decider=STOPPED if decided.verdict == STOPPED else waiting.decider,
        engine=decided.engine,
        verdict=decided.verdict,
        chosen=decided.chosen,
        trouble=decided.trouble,
        reasons=list(decided.reasons),
        evidence=dict(evidence),
        content_version=waiting.content_version,
        heard_at=now,
    )


def _judged(
    verdict: scoring.Verdict,
    trouble: str | None,
    *,
    engine: str | None,
    evidence: Mapping[str, Any],
) -> Decided:
    if trouble is not None and not isinstance(verdict, scoring.Right):
        return Decided("unusable", None, (trouble,), engine, trouble, evidence)
    return Decided(_name(verdict), _chosen(verdict), verdict.reasons, engine, trouble, evidence)


def _evidence(choice: Choice, heard: HeardTake) -> dict[str, Any]:
    """All that the verdict rests on, so that it can be replayed without the content."""
    return {
        "choice": asdict(choice),
        "quality": asdict(heard.quality),
        "engines": [asdict(each) for each in heard.evidences],
        "again": [asdict(each) for each in heard.again],
        "calibration": CURRENT,
        "sounds": sounds_version(),
    }


@dataclass(frozen=True)
class _Kept:
    """What a row holds, as values again."""

    choice: Choice
    heard: tuple[scoring.Heard, ...]
    again: tuple[scoring.Heard, ...]
    trouble: str | None

    @classmethod
    def of(cls, evidence: Mapping[str, Any]) -> "_Kept":
        seconds = evidence["quality"]["speech_seconds"]
        once = _KEPT_EVIDENCES.validate_python(evidence["engines"])
        again = _KEPT_EVIDENCES.validate_python(evidence.get("again", ()))
        return cls(
            _KEPT_CHOICE.validate_python(evidence["choice"]),
            _told(once, speech_seconds=seconds),
            _told(again, speech_seconds=seconds),
            evidence["quality"]["trouble"],
        )


_KEPT_EVIDENCES = TypeAdapter(tuple[Evidence, ...])
_KEPT_CHOICE = TypeAdapter(Choice)


def _told(evidences: Sequence[Evidence], *, speech_seconds: float) -> tuple[scoring.Heard, ...]:
    return tuple(_as_heard(each, speech_seconds=speech_seconds) for each in evidences)


def _as_heard(evidence: Evidence, *, speech_seconds: float) -> scoring.Heard:
    return scoring.Heard(
        engine=evidence.engine,
        language=evidence.language,
        text=evidence.transcript.text,
        confidence=evidence.transcript.confidence,
        no_speech_probability=evidence.transcript.no_speech_probability,
        scores=tuple(
            scoring.Score(one.phrase, one.total, one.mean, one.lowest, one.prior)
            for one in evidence.scores
        ),
        chosen_phrase=evidence.chosen_phrase,
        speech_seconds=speech_seconds,
    )


def _name(verdict: scoring.Verdict) -> str:
    return type(verdict).__name__.lower()


def _chosen(verdict: scoring.Verdict) -> str | None:
    return None if isinstance(verdict, scoring.Echo) else verdict.chosen
