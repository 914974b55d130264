"""The ledger of who asked to be forgotten: outside of the database, read again after a restore."""

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Literal

from voice_app.badge_keys.files import make_folder, replace
from voice_app.vault.errors import VaultError

# What is forgotten: the voice (sound and what was heard in it), or all that is about a person.
Scope = Literal["voice", "everything"]
FILE = "forgotten.jsonl"
_LOCK = ".forgotten.lock"


@dataclass(frozen=True)
class Forgotten:
    """One wish to be forgotten: whose (`tag`), how much, and when it was asked.

    `badges` says what became of the person's badges, kept or cancelled. `key` names the key
    that is destroyed, empty where there was none: one that was made later is not meant.
    """

    id: str
    tag: str
    scope: Scope
    at: datetime
    badges: str = "kept"
    key: str = ""


class Ledger:
    """Wishes in the order they were asked, one line each; lines are only ever added.

    May be used by any number of threads and processes at once.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE

    def add(self, wish: Forgotten) -> Forgotten:
        """Add a wish, once; gives it as it stands here. It survives a loss of power then."""
        make_folder(self._path.parent)
        with self._alone():
            known = {one.id: one for one in self.all()}
            if wish.id in known:
                return known[wish.id]
            replace(self._path, "".join(map(_line, (*known.values(), wish))).encode())
        return wish

    def all(self) -> Iterator[Forgotten]:
        """Give all wishes, the oldest first. Raises `VaultError` for a line that is none.

        A last line that was cut short is left out: its wish is still in the database, from
        where it is written again.
        """
        try:
            text = self._path.read_text("utf-8")
        except FileNotFoundError:
            return
        *lines, cut = text.split("\n")
        del cut
        for number, line in enumerate(lines, start=1):
            yield self._wish(line, number=number)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep other writers out. The lock is a file of its own: the ledger's is replaced."""
        with self._path.with_name(_LOCK).open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _wish(self, line: str, *, number: int) -> Forgotten:
        try:
            told = json.loads(line)
            told |= {"at": datetime.fromisoformat(told["at"])}
            return Forgotten(**told)
        except (ValueError, KeyError, TypeError) as error:
            raise VaultError(f"Line {number} of {self._path} cannot be read.") from error


def _line(wish: Forgotten) -> str:
    return json.dumps(asdict(wish) | {"at": wish.at.isoformat()}) + "\n"


def tag_of(owner: str) -> str:
    """Name a person in files: nobody learns from it who owns what."""
    return sha256(b"vault owner\0" + owner.encode()).hexdigest()
