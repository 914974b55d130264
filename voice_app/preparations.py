"""What is written down of free speech and found in it: to help a person, never a verdict."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from voice_app import begun
from voice_app.audio.speech import FreeSpeech, Hears, SpeechError, Stretch
from voice_app.dialogues.content import Content
from voice_app.dialogues.scenario import Arranging, Asking, Saying, Scenario, Step
from voice_app.hearings import STOPPED, Decided
from voice_app.models import Attempt
from voice_app.scoring.finding import Found, Said, Timed, found
from voice_app.scoring.intents import is_invention
from voice_app.scoring.ordering import order
from voice_app.scoring.sounds import sounds_version

# The rules of finding; a change of them gets a new name, and what was prepared keeps its own.
PREPARER = "cues-2"
PREPARED = "prepared"
# What leaves nothing to be written down where it is all that is there.
_FLAW = "clipped"


@dataclass(frozen=True)
class Preparing:
    """One take of free speech to write down: plain values, so that no transaction is open.

    `languages` are those it may be spoken in, the likeliest first. `cues` are what is looked for,
    by question or point, in the first of them; `cards` by language what may be put in order, by
    card the ways to say it.
    """

    decider: ClassVar[str] = PREPARER

    utterance_id: str
    attempt_id: str
    assessment: str
    content_version: str
    path: Path
    languages: tuple[str, ...]
    cues: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    cards: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)


def preparing(
    content: Content, *, attempt: Attempt, item: str, utterance_id: str, path: Path
) -> Preparing:
    """What is needed to write down an utterance given to a step of an attempt.

    Questions and points are said in the employer language; cards have their names in the help
    language, and may be said in either.
    """
    bank = content.scenarios[attempt.assessment]
    scenario, step = begun.step_of(bank, attempt, step=item)
    cards = _cards(content, attempt, step)
    return Preparing(
        utterance_id=utterance_id,
        attempt_id=attempt.id,
        assessment=attempt.assessment,
        content_version=bank.version,
        path=path,
        languages=tuple(cards) or (attempt.employer_language,),
        cues=_cues(scenario, step, attempt.employer_language),
        cards=cards,
    )


def prepared(work: Preparing, ears: Hears) -> Decided:
    """Write a take down and find in it what it may hold. Raises `SpeechError`.

    The reasons are the questions or points that were found.
    """
    told = [_prepared(work, ears, language) for language in work.languages]
    return max(told, key=lambda one: len(one.evidence["order"]))


def given_up(failure: SpeechError) -> Decided:
    """No engine got through it: it is a person's, and the candidate goes on by pictures."""
    return Decided(STOPPED, None, ("engine_failed",), None, "machine", {"error": str(failure)})


def patient_steps(content: Content) -> Collection[str]:
    """The steps whose takes can wait: they are long, and nobody waits for an answer to them."""
    return frozenset(
        step.id
        for bank in content.scenarios.values()
        for scenario in (bank.rehearsal, *bank.scenarios.values())
        for step in scenario.steps
        if isinstance(step.task, Saying)
    )


def _cues(scenario: Scenario, step: Step, language: str) -> Mapping[str, tuple[str, ...]]:
    match step.task:
        case Asking(looked_for) | Saying(looked_for):
            cues = scenario.tellings[language].cues
            return {one.id: cues.get(one.id, ()) for one in looked_for}
        case _:
            return {}


def _cards(
    content: Content, attempt: Attempt, step: Step
) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    if not isinstance(step.task, Arranging):
        return {}
    ids = [card.id for card in step.task.cards if card.id not in step.task.kept]
    either = dict.fromkeys((attempt.help_language, attempt.employer_language))
    return {
        language: {one: content.languages[language].words[one].accepted for one in ids}
        for language in either
    }


def _prepared(work: Preparing, ears: Hears, language: str) -> Decided:
    speech = ears.transcribe(work.path, language)
    stretches, others = (_said(part, language) for part in (speech.stretches, speech.others))
    told = _found(stretches, others, cues=work.cues, language=language)
    evidence = {
        "language": language,
        "quality": asdict(speech.quality),
        "seconds": speech.recording_seconds,
        "is_cut": speech.is_cut,
        "sounds": sounds_version(),
        "stretches": [_written(one) for one in stretches],
        "others": [_written(one) for one in others],
        "found": [asdict(one) for one in told],
        "order": _order(stretches or others, work.cards.get(language, {}), language),
    }
    if (trouble := _trouble(speech)) is not None:
        return Decided("unusable", None, (trouble,), speech.engine, trouble, evidence)
    ids = tuple(one.id for one in told)
    return Decided(PREPARED, None, ids, speech.engine, None, evidence)


def _trouble(speech: FreeSpeech) -> str | None:
    """What keeps a take from being used; a flaw keeps none in which words were heard."""
    trouble = speech.quality.trouble
    is_heard = any(one.text for one in (*speech.stretches, *speech.others))
    return None if trouble == _FLAW and is_heard else trouble


def _said(stretches: Sequence[Stretch], language: str) -> list[Stretch]:
    """Leave out what recognizers are known to make of silence."""
    return [one for one in stretches if one.text and not is_invention(one.text, language)]


def _found(
    stretches: Sequence[Stretch],
    others: Sequence[Stretch],
    *,
    cues: Mapping[str, tuple[str, ...]],
    language: str,
) -> tuple[Found, ...]:
    """What either engine heard; the place is the first one's, which knows its words' times."""
    first, second = (found(_timed(part), cues, language) for part in (stretches, others))
    known = {one.id for one in first}
    both = (*first, *(one for one in second if one.id not in known))
    return tuple(sorted(both, key=lambda one: (one.start, one.id)))


def _timed(stretches: Sequence[Stretch]) -> tuple[Said, ...]:
    return tuple(
        Said(
            one.start_seconds,
            one.end_seconds,
            one.text,
            tuple(Timed(word.text, word.start_seconds, word.end_seconds) for word in one.words),
        )
        for one in stretches
    )


def _written(stretch: Stretch) -> dict[str, Any]:
    return {
        "start": round(stretch.start_seconds, 2),
        "end": round(stretch.end_seconds, 2),
        "text": stretch.text,
        "confidence": round(stretch.confidence, 3),
    }


def _order(
    stretches: Sequence[Stretch], cards: Mapping[str, tuple[str, ...]], language: str
) -> list[str]:
    text = ", ".join(one.text for one in stretches)
    return list(order(text, cards, language)) if cards else []
