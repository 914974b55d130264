"""What the rooms of privacy work with, put together once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from voice_app.audio.store import RecordingStore
from voice_app.db import Database
from voice_app.vault import Vault


@dataclass(frozen=True)
class Keeping:
    """Where people's data lie: rows, sealed recordings, and the keys that open them."""

    database: Database
    store: RecordingStore
    vault: Vault
    clock: Callable[[], datetime]
