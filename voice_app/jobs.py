"""What runs outside a request: hearing the answers, one at a time, oldest first.

The rows are the queue: an utterance without a hearing is waiting. So a restart, even after a
kill, picks up exactly what was left.
"""

import logging
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import Select, select
from sqlalchemy.exc import OperationalError

from voice_app import attempts, hearings
from voice_app.audio.ears import NoEngine
from voice_app.audio.speech import EngineError, Hears, SpeechError
from voice_app.db import Database
from voice_app.dialogues.content import Content
from voice_app.hearings import Waiting
from voice_app.models import Attempt, Response, Utterance

log = logging.getLogger(__name__)

TRIES = 2
_IDLE_SECONDS = 5.0
_NO_ENGINE_SECONDS = 15.0
_REFUSED_SECONDS = 2.0


@dataclass
class Listener:
    """Hears what waits, on a thread of its own, and ends attempts whose last answer it heard.

    `award` is called inside the transaction that ends an attempt; `clock` says the time;
    `warm_up` loads the engines before the first answer comes.
    """

    database: Database
    content: Content
    ears: Hears
    award: attempts.Award
    clock: Callable[[], datetime]
    recordings: Path
    warm_up: Callable[[], None] = lambda: None
    _bell: threading.Event = field(default_factory=threading.Event)
    _is_stopping: threading.Event = field(default_factory=threading.Event)
    _failures: Counter[str] = field(default_factory=Counter)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to listen; what was left by an earlier run is heard first."""
        self._thread = threading.Thread(target=self._run, name="listener", daemon=True)
        self._thread.start()

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

    def hear_all(self) -> None:
        """Hear everything that waits, here and now."""
        while (waiting := self._next()) is not None and not self._is_stopping.is_set():
            self._hear(waiting)

    def _run(self) -> None:
        try:
            self.warm_up()
        except EngineError as error:
            log.warning("The engines are not ready: %s", error)
        while not self._is_stopping.is_set():
            self._bell.clear()
            try:
                self.hear_all()
            except NoEngine as missing:
                log.warning("Answers wait: %s", missing)
                self._is_stopping.wait(_NO_ENGINE_SECONDS)
            except OperationalError as refused:
                log.warning("The database took no verdict, it is heard again: %s", refused.orig)
                self._is_stopping.wait(_REFUSED_SECONDS)
            else:
                self._bell.wait(_IDLE_SECONDS)

    def _next(self) -> Waiting | None:
        with self.database.reading() as session:
            row = session.execute(_oldest_unheard()).first()
            if row is None:
                return None
            utterance, response, attempt = row
            return self._waiting(utterance, response, attempt)

    def _waiting(self, utterance: Utterance, response: Response, attempt: Attempt) -> Waiting:
        return hearings.waiting(
            self.content,
            attempt=attempt,
            item=response.item,
            utterance_id=utterance.id,
            path=self.recordings / utterance.path,
        )

    def _hear(self, waiting: Waiting) -> None:
        try:
            heard = self.ears.hear(waiting.path, waiting.phrases)
        except NoEngine:
            raise
        except EngineError as error:
            self._after_failure(waiting, error)
        except SpeechError as error:
            self._record(waiting, hearings.unusable(error))
        else:
            self._record(waiting, hearings.decided(waiting, heard))

    def _after_failure(self, waiting: Waiting, error: EngineError) -> None:
        self._failures[waiting.utterance_id] += 1
        log.warning("An engine failed on utterance %s: %s", waiting.utterance_id, error)
        if self._failures[waiting.utterance_id] >= TRIES:
            self._record(waiting, hearings.unheard(error))

    def _record(self, waiting: Waiting, decided: hearings.Decided) -> None:
        now = self.clock()
        with self.database.writing.begin() as session:
            session.add(hearings.row(decided, waiting=waiting, now=now))
            session.flush()
            attempts.settle(
                session,
                self.content.assessments[waiting.assessment],
                attempt=session.get_one(Attempt, waiting.attempt_id),
                award=self.award,
                now=now,
            )


def _oldest_unheard() -> Select[Utterance, Response, Attempt]:
    return (
        select(Utterance, Response, Attempt)
        .join(Response, Response.id == Utterance.id)
        .join(Attempt, Attempt.id == Response.attempt_id)
        .where(hearings.is_unheard())
        .order_by(Response.seq)
        .limit(1)
    )
