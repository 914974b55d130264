"""Drawn files, kept while they are asked for: drawing one takes a quarter of a second."""

from collections import OrderedDict
from collections.abc import Callable
from hashlib import sha256
from threading import Lock

MOST_BYTES = 16_000_000


class Drawings:
    """Files by what is drawn on them, in memory alone, as they may tell a name.

    The ones that were not asked for the longest go when all together hold more than
    `most_bytes`. Who asks for a file that is being drawn waits for it.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._turns: dict[str, Lock] = {}
        self._lock = Lock()

    @property
    def byte_size(self) -> int:
        """How much all files hold together."""
        return sum(map(len, self._kept.values()))

    def of(self, *content: object, draw: Callable[[], bytes]) -> bytes:
        """Give the file with this content, drawn now if it is not kept."""
        name = sha256(repr(content).encode("utf-8", "backslashreplace")).hexdigest()
        with self._lock:
            turn = self._turns.setdefault(name, Lock())
        with turn:
            try:
                found = self._found(name) or draw()
                self._keep(name, found)
            finally:
                self._turns.pop(name, None)
        return found

    def _found(self, name: str) -> bytes | None:
        with self._lock:
            return self._kept.get(name)

    def _keep(self, name: str, data: bytes) -> None:
        with self._lock:
            self._kept.pop(name, None)
            self._kept[name] = data
            while self.byte_size > self._most_bytes:
                self._kept.popitem(last=False)
