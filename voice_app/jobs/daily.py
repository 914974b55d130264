"""What is due once a day, done by the service itself while it runs."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy.exc import OperationalError

from voice_app import privacy
from voice_app.errors import VoiceAppError
from voice_app.privacy import Keeping

log = logging.getLogger(__name__)

_APART = timedelta(hours=23)
_LOOKS_SECONDS = 900.0


@dataclass
class Daily:
    """Deletes what is due, on a thread of its own; a service that was off catches up at once.

    `looks_seconds` is how often it looks whether a day has passed.
    """

    keeping: Keeping
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
        while not self._is_stopping.wait(self.looks_seconds):
            _logged(self.look)


def _logged(action: Callable[[], object]) -> None:
    """A fault today must not keep tomorrow from its work."""
    try:
        action()
    except (OperationalError, OSError, VoiceAppError) as error:
        log.warning("Retention did not end and is tried again: %s", type(error).__name__)
