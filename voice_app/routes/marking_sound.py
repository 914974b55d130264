"""The sound of an answer for whoever marks it: all takes as one, and its outline."""

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import numpy as np
from fastapi import APIRouter
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.background import BackgroundTask
from starlette.responses import FileResponse, Response

from voice_app import audit
from voice_app.access import Actor
from voice_app.audio import waves
from voice_app.audio.speech import Samples, SpeechError
from voice_app.audio.store import BadUtteranceId
from voice_app.dialogues.sentences import sound_key
from voice_app.marking import TakenTask, controls, listening
from voice_app.models import Attempt, Unmarked, Utterance
from voice_app.models import Response as ResponseRow
from voice_app.routes.access import NotTheirs, Who
from voice_app.routes.deps import Here, Service
from voice_app.routes.marking_desk import held
from voice_app.vault import VaultError

router = APIRouter(prefix="/staff/marking")


@dataclass(frozen=True)
class Take:
    """A recording to be heard: its file in the store, sealed for `owner`.

    `utterance_id` is None for an example of the content, which is nobody's.
    """

    file: str
    owner: str = ""
    utterance_id: str | None = None


@router.get("/{task_seq}/sound")
def listen(task_seq: int, here: Here, who: Who) -> Response:
    """Give all takes of an answer as one sound; that they were sent is logged first."""
    takes = _takes_for(here, task_seq, who=who)
    wave = wave_of(here, takes)
    spoken = sum(end - begin for begin, end in waves.spoken(wave.samples))
    with here.database.writing.begin() as session:
        task = session.get(Unmarked, task_seq)
        if task is not None:
            listening.note_sent(task, spoken_seconds=spoken, at=here.clock())
    return sent(here, takes, wave=wave, who=who)


@router.get("/{task_seq}/outline")
def outline(task_seq: int, here: Here, who: Who) -> dict[str, Any]:
    """Give the outline of the sound: peaks, where each take lies and where somebody speaks."""
    wave = wave_of(here, _takes_for(here, task_seq, who=who))
    return {
        "seconds": wave.seconds,
        "peaks": waves.peaks(wave.samples),
        "takes": wave.takes,
        "spoken": waves.spoken(wave.samples),
    }


def sent(here: Service, takes: Sequence[Take], *, wave: waves.Wave, who: Actor) -> Response:
    """Give takes as one sound to a member of staff; that they were sent is logged first."""
    data = waves.wav(wave.samples)
    with here.database.writing.begin() as session:
        for one in takes:
            if one.utterance_id is not None:
                audit.heard(
                    session, one.utterance_id, by=who.name, center=who.center, at=here.clock()
                )
    lent = ExitStack()
    path = lent.enter_context(here.store.scratch.holding(data))
    return FileResponse(
        path,
        media_type="audio/wav",
        headers={"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"},
        background=BackgroundTask(lent.close),
    )


def takes_of(session: Session, here: Service, task: Unmarked) -> tuple[Take, ...]:
    """Give the takes of an answer in the order they were said; one for an example."""
    attempt = session.get(Attempt, task.attempt_id)
    if attempt is None:
        return _example(here, task)
    return said_to(session, attempt, item=task.item)


def said_to(session: Session, attempt: Attempt, *, item: str) -> tuple[Take, ...]:
    """Give the takes of a step of an attempt in the order they were said."""
    rows = session.scalars(
        select(Utterance)
        .join(ResponseRow, ResponseRow.id == Utterance.id)
        .where(ResponseRow.attempt_id == attempt.id, ResponseRow.item == item)
        .order_by(ResponseRow.seq)
    )
    return tuple(Take(one.path, attempt.owner_hash, one.id) for one in rows)


def kept(here: Service, takes: Iterable[Take]) -> tuple[Take, ...]:
    """Give those takes whose recording is still there."""
    return tuple(one for one in takes if _is_kept(here, one))


def check_heard(
    here: Service, task: Unmarked, takes: Iterable[Take], *, listened_seconds: float | None
) -> None:
    """Raise `NotHeard` where too little was heard of what is kept of an answer.

    `listened_seconds` is what the page tells, None for one without script.
    """
    if kept(here, takes):
        listening.check_heard(task, listened_seconds=listened_seconds, now=here.clock())


def wave_of(here: Service, takes: Sequence[Take]) -> waves.Wave:
    """Decode takes and put them together; one that nobody can decode is silent."""
    return waves.joined([_samples(here, one) for one in takes])


def _takes_for(here: Service, task_seq: int, *, who: Actor) -> tuple[Take, ...]:
    try:
        with here.database.writing.begin() as session:
            takes = kept(here, takes_of(session, here, held(session, here, task_seq, who=who)))
    except TakenTask as taken:
        raise NotTheirs(str(taken)) from taken
    if not takes:
        raise NotTheirs("This recording is not kept any more.")
    return takes


def _samples(here: Service, take: Take) -> Samples:
    try:
        return here.ears.decode(_bytes(here, take)).recording.samples
    except SpeechError:
        return np.zeros(0, np.float32)
    except (OSError, BadUtteranceId, VaultError) as gone:
        raise NotTheirs("This recording is not kept any more.") from gone


def _bytes(here: Service, take: Take) -> bytes:
    if take.utterance_id is None:
        return (here.sounds / take.file).read_bytes()
    return here.store.read(take.file, owner=take.owner)


def _is_kept(here: Service, take: Take) -> bool:
    if take.utterance_id is None:
        return True
    try:
        return here.store.has(take.file)
    except BadUtteranceId:
        return False


def _example(here: Service, task: Unmarked) -> tuple[Take, ...]:
    example = controls.example_of(task.item)
    name = f"{task.micro_competence.lower()}.{example.key}"
    files = here.manifest.files(sound_key(example.language, "examples", name))
    return tuple(map(Take, files[:1]))
