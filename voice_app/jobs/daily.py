"""What is due once a day, done by the service itself while it runs."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError

from voice_app import privacy
from voice_app.errors import VoiceAppError
from voice_app.privacy import Keeping

log = logging.getLogger(__name__)

_APART = timedelta(hours=23)
# A laptop may be on for half an hour only, and has engines to load first.
_FIRST_SECONDS = 60.0
_LOOKS_SECONDS = 900.0


@dataclass
class Daily:
    """Deletes what is due, on a thread of its own; a service that was off catches up.

    It looks `first_seconds` after its start, and every `looks_seconds` from then on, whether a
    day has passed; each time it does `sweep` too, which ends attempts that were left behind.
    """

    keeping: Keeping
    sweep: Callable[[], object] = lambda: None
    first_seconds: float = _FIRST_SECONDS
    looks_seconds: float = _LOOKS_SECONDS
    _is_stopping: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin."""
        self._thread = threading.Thread(target=self._run, name="daily", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End after what is in hand."""
        self._is_stopping.set()
        if self._thread is not None:
            self._thread.join(timeout=60)

    def look(self) -> bool:
        """Do what is due if the last time is a day ago; says whether it was."""
        now = self.keeping.clock()
        with self.keeping.database.reading.begin() as session:
            last = privacy.last_run(session)
        if last is not None and now - last.at < _APART:
            return False
        done = privacy.retain(self.keeping, now)
        log.info("Retention: %s", done.deleted or "nothing was due")
        return True

    def _run(self) -> None:
        wait = self.first_seconds
        while not self._is_stopping.wait(wait):
            _logged("Retention", self.look)
            _logged("The sweep", self.sweep)
            wait = self.looks_seconds


def _logged(name: str, action: Callable[[], object]) -> None:
    """A fault today must not keep tomorrow from its work; its words may hold a row's values."""
    try:
        action()
    except (SQLAlchemyError, OSError, ValueError, VoiceAppError) as error:
        log.warning("%s did not end and is tried again: %s", name, type(error).__name__)
