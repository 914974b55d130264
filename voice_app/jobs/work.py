"""What is done with an answer that waits: judged in a closed choice, prepared in a free one."""

from dataclasses import replace
from pathlib import Path

from voice_app import hearings, preparations
from voice_app.audio.speech import EngineError, Hears
from voice_app.dialogues.content import Assessment, Content
from voice_app.dialogues.scenario import ScenarioBank
from voice_app.hearings import Decided, Waiting
from voice_app.jobs.queue import Taken
from voice_app.preparations import Preparing

Work = Waiting | Preparing


def work_on(content: Content, taken: Taken) -> Work:
    """What is needed to hear an answer whose turn it is."""
    is_free = taken.attempt.assessment in content.scenarios
    begin = preparations.preparing if is_free else hearings.waiting
    return begin(
        content,
        attempt=taken.attempt,
        item=taken.item,
        utterance_id=taken.utterance_id,
        path=Path(taken.path),
    )


def done(work: Work, take: Path, ears: Hears) -> Decided:
    """Hear an answer in its take. Raises `SpeechError`."""
    match work:
        case Preparing():
            return preparations.prepared(replace(work, path=take), ears)
        case Waiting():
            waiting = replace(work, path=take)
            return hearings.decided(waiting, hearings.heard(waiting, ears))


def given_up(work: Work, failure: EngineError) -> Decided:
    """What becomes of an answer that no engine gets through: a person listens."""
    match work:
        case Preparing():
            return preparations.given_up(failure)
        case Waiting():
            return hearings.unheard(failure)


def bank_of(content: Content, work: Work) -> Assessment | ScenarioBank:
    """The test that an answer belongs to."""
    scenarios = content.scenarios.get(work.assessment)
    return content.assessments[work.assessment] if scenarios is None else scenarios
