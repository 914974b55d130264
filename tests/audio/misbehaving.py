"""What a supervised process may hold that grows, loads slowly, or loads only once."""

import os
import time
from pathlib import Path

from voice_app.audio.speech import EngineError


class Greedy:
    """Holds as much memory as it is told to."""

    def __init__(self) -> None:
        self._held = bytearray()

    def swell(self, size: int) -> None:
        self._held = bytearray(b"x") * size

    def swollen(self) -> int:
        return len(self._held)

    def crash(self) -> None:
        os.abort()

    def fail(self) -> None:
        raise ValueError("what was said")

    def process_id(self) -> int:
        return os.getpid()


class Slow(Greedy):
    """Takes a second to load."""

    def __init__(self) -> None:
        super().__init__()
        time.sleep(1)


class Stuck(Greedy):
    """Never finishes loading."""

    def __init__(self) -> None:
        super().__init__()
        time.sleep(60)


def stuck_later(mark: Path) -> Greedy:
    """Loads the first time, and never again."""
    if mark.exists():
        return Stuck()
    mark.touch()
    return Greedy()


def loads_once(mark: Path) -> Greedy:
    """Fails but for the first time."""
    mark.touch(exist_ok=False)
    return Greedy()


def corrupt() -> Greedy:
    """Never loads."""
    raise EngineError("There is no model.")
