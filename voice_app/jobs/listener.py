"""Hears what waits, one answer at a time, everybody in turn.

The rows are the queue: so a restart, even after a kill, picks up exactly what was left.
"""

import logging
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from voice_app import hearings, outcomes, oversight, preparations
from voice_app.audio.child import words_of
from voice_app.audio.choosing import NoEngine
from voice_app.audio.failures import EngineNotLoaded
from voice_app.audio.recordings import Unreadable
from voice_app.audio.speech import EngineError, EngineStopped, Hears, SpeechError
from voice_app.audio.store import BadUtteranceId, RecordingStore
from voice_app.db import Database
from voice_app.dialogues.content import Content
from voice_app.jobs import memory, queue
from voice_app.jobs.meters import Meters
from voice_app.jobs.queue import TRIES, Limits, Taken
from voice_app.jobs.turns import whose_turn
from voice_app.jobs.work import Work, bank_of, done, given_up, work_on
from voice_app.models import Attempt
from voice_app.vault import KeyGone, Vault, closed

log = logging.getLogger(__name__)

_IDLE_SECONDS = 2.0
_NO_ENGINE = timedelta(seconds=15)
_NOT_LOADED = timedelta(seconds=1)
_REFUSED_SECONDS = 2.0


@dataclass
class Listener:
    """Hears what waits, on a thread of its own, and ends attempts whose last answer it heard.

    `award` is called inside the transaction that ends an attempt; `clock` says the time;
    `warm_up` loads the engines before the first answer comes. `store` gives the sound, `vault`
    seals what is heard in it; `limits` bound what may wait. `digest_of` names the files of an
    engine by one SHA-256.
    """

    database: Database
    content: Content
    ears: Hears
    award: outcomes.Award
    clock: Callable[[], datetime]
    store: RecordingStore
    vault: Vault
    warm_up: Callable[[], None] = lambda: None
    limits: Limits = field(default_factory=Limits)
    digest_of: Callable[[str | None], str | None] = lambda _engine: None
    meters: Meters = field(default_factory=Meters)
    _bell: threading.Event = field(default_factory=threading.Event)
    _is_stopping: threading.Event = field(default_factory=threading.Event)
    _served: dict[str, datetime] = field(default_factory=dict)
    _paused: dict[str, datetime] = field(default_factory=dict)
    _said: str = ""
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to listen; what was left by an earlier run is heard first.

        Comes before the first request, because threads that run keep the memory they have.
        """
        memory.share_arenas()
        with self.database.writing.begin() as session:
            queue.restore(session)
        self._thread = threading.Thread(target=self._run, name="listener", daemon=True)
        self._thread.start()

    def add(self, session: Session, utterance_id: str) -> None:
        """Let an utterance that was added in this transaction wait to be heard; raises `Busy`."""
        queue.add(session, utterance_id, limits=self.limits, patient=self._patient)

    def wake(self) -> None:
        """Something new may be waiting."""
        self._bell.set()

    def stop(self) -> None:
        """End after the utterance in hand."""
        self._is_stopping.set()
        self._bell.set()
        if self._thread is not None:
            self._thread.join(timeout=60)

    def is_running(self) -> bool:
        """Whether answers are being heard at all."""
        return self._thread is not None and self._thread.is_alive()

    def standing(self) -> queue.Standing:
        """How many wait now."""
        with self.database.reading.begin() as session:
            return queue.standing(session)

    def hear_all(self) -> None:
        """Hear everything that waits and can be heard, here and now."""
        while not self._is_stopping.is_set() and (taken := self._next()) is not None:
            try:
                self._serve(taken)
            finally:
                self._served[taken.attempt.id] = self.clock()

    @cached_property
    def _patient(self) -> Collection[str]:
        return preparations.patient_steps(self.content)

    def _run(self) -> None:
        is_warm = False
        while not self._is_stopping.is_set():
            self._bell.clear()
            is_warm = is_warm or self._is_warmed_up()
            try:
                self.hear_all()
            except OperationalError as refused:
                log.warning("The database took no verdict, it is heard again: %s", refused.orig)
                self._is_stopping.wait(_REFUSED_SECONDS)
            else:
                self._bell.wait(_IDLE_SECONDS)

    def _is_warmed_up(self) -> bool:
        try:
            self.warm_up()
        except EngineError as error:
            self._warn(f"The engines are not ready: {error}")
            return False
        return True

    def _next(self) -> Taken | None:
        now = self.clock()
        self._paused = {one: until for one, until in self._paused.items() if until > now}
        with self.database.reading() as session:
            lines = queue.lines(session)
            attempt = whose_turn(
                (line for line in lines if line.attempt_id not in self._paused), self._served
            )
            known = {line.attempt_id for line in lines}
            self._served = {one: at for one, at in self._served.items() if one in known}
            return None if attempt is None else queue.take(session, attempt)

    def _serve(self, taken: Taken) -> None:
        failure = _failure_of(lambda: self._hear(taken))
        if failure is None:
            return
        log.warning("An engine failed on utterance %s: %s", taken.utterance_id, failure)
        self.meters.failed(failure)
        with self.database.writing.begin() as session:
            tries = queue.count_failure(session, taken.utterance_id)
            if tries:
                name, now = taken.utterance_id, self.clock()
                oversight.note_failure(
                    session, name, code=failure.code, decider=hearings.DECIDER, at=now
                )
        if tries >= TRIES:
            self._leave_to_person(taken, failure)

    def _hear(self, taken: Taken) -> None:
        """Hear an answer and record the verdict; raises what failed."""
        work = work_on(self.content, taken)
        began = time.monotonic()
        if self._is_stopped(taken):
            self._record(taken, work, hearings.withheld(), began=began)
            return
        try:
            ears = self._ears()
            with self._sound_of(taken) as take:
                decided = done(work, take, ears)
        except EngineStopped:
            self._record(taken, work, hearings.withheld(), began=began)
        except NoEngine as missing:
            self._pause(taken, missing, pause=_NO_ENGINE)
        except EngineNotLoaded as trouble:
            self._pause(taken, trouble, pause=_NOT_LOADED)
        except EngineError:
            raise
        except SpeechError as error:
            self._record(taken, work, hearings.unusable(error), began=began)
        else:
            self._record(taken, work, decided, began=began)

    def _is_stopped(self, taken: Taken) -> bool:
        """Whether people have stopped the machine, so that nothing need be heard."""
        with self.database.reading.begin() as session:
            return oversight.is_stopped(session, center=taken.attempt.criteria.get("center"))

    def _ears(self) -> Hears:
        """The ears, without the engines that people have stopped."""
        with self.database.reading.begin() as session:
            stopped = oversight.stopped_engines(session)
        return self.ears.without(stopped) if stopped else self.ears

    def _pause(self, taken: Taken, trouble: EngineError, *, pause: timedelta) -> None:
        """Its answers wait until it can be heard; those of other attempts go on."""
        self._paused[taken.attempt.id] = self.clock() + pause
        self._warn(f"Answers wait: {trouble}")

    def _warn(self, words: str) -> None:
        """Say it once, not with every answer that waits for the same reason."""
        if words != self._said:
            log.warning(words)
        self._said = words

    def _leave_to_person(self, taken: Taken, failure: EngineError) -> None:
        left = _failure_of(lambda: self._give_up(taken, failure))
        if left is not None:
            log.error("Utterance %s is set aside: %s", taken.utterance_id, left)

    def _give_up(self, taken: Taken, failure: EngineError) -> None:
        work = work_on(self.content, taken)
        self._record(taken, work, given_up(work, failure), began=time.monotonic())

    @contextmanager
    def _sound_of(self, taken: Taken) -> Iterator[Path]:
        """Lend the sound in the clear. Raises `Unreadable` where it is gone."""
        try:
            sound = self.store.opened(taken.path, owner=taken.attempt.owner_hash)
        except (OSError, KeyGone, BadUtteranceId) as error:
            raise Unreadable(f"The take {taken.utterance_id} is gone.") from error
        with sound as take:
            yield take

    def _record(self, taken: Taken, work: Work, decided: hearings.Decided, *, began: float) -> None:
        now = self.clock()
        work_seconds = time.monotonic() - began
        evidence = closed(
            self.vault,
            decided.evidence,
            owner=taken.attempt.owner_hash,
            utterance_id=taken.utterance_id,
        )
        digest = self.digest_of(decided.engine)
        center = taken.attempt.criteria.get("center")
        with self.database.writing.begin() as session:
            if not queue.remove(session, work.utterance_id):
                return
            # A stop that was committed a moment ago holds for what was being heard meanwhile.
            if oversight.is_stopped(session, center=center, engine=decided.engine):
                decided, evidence = hearings.withheld(decided.engine), {}
            hearing = hearings.row(decided, evidence, waiting=work, now=now)
            session.add(hearing)
            session.flush()
            if decided.verdict != hearings.STOPPED or decided.engine is not None:
                oversight.note(session, hearing, model_digest=digest)
            outcomes.settle(
                session,
                bank_of(self.content, work),
                attempt=session.get_one(Attempt, work.attempt_id),
                award=self.award,
                now=now,
            )
        waited_seconds = (now - taken.since).total_seconds()
        self.meters.heard(decided, waited_seconds=waited_seconds, work_seconds=work_seconds)


def _failure_of(action: Callable[[], None]) -> EngineError | None:
    """What failed. A database that refuses is raised: it is no fault of the answer."""
    try:
        action()
    except OperationalError:
        raise
    except EngineError as failure:
        return failure
    except Exception as error:  # noqa: BLE001 -- a fault in one answer must not silence all others
        return EngineError(words_of(error))
    return None
