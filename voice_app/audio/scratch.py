"""Sound in the clear for as long as it is heard: a folder for each take, in memory where it can."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

_MEMORY = Path("/dev/shm")  # nosec B108 # noqa: S108 -- each folder in it is its owner's alone


class Scratch:
    """Gives files that only this process and its children can reach, and that go after use.

    `home` names the service, so that a later start finds what a killed one left.
    """

    def __init__(self, home: Path) -> None:
        self._parent = _MEMORY if _MEMORY.is_dir() else Path(tempfile.gettempdir())
        self._prefix = f"voice-app-{sha256(str(home.resolve()).encode()).hexdigest()[:16]}-"

    @contextmanager
    def folder(self) -> Iterator[Path]:
        """Lend an empty folder, and remove it with all that is in it afterwards."""
        with tempfile.TemporaryDirectory(prefix=self._prefix, dir=self._parent) as folder:
            yield Path(folder)

    @contextmanager
    def holding(self, data: bytes) -> Iterator[Path]:
        """Put bytes into a file alone in its folder, and remove both afterwards."""
        with self.folder() as folder:
            path = folder / "take"
            path.write_bytes(data)
            yield path

    def left(self) -> list[Path]:
        """Give the folders that are there now."""
        return list(self._parent.glob(f"{self._prefix}*"))

    def sweep(self) -> int:
        """Remove what a killed service left behind; returns how many takes."""
        left = self.left()
        for folder in left:
            shutil.rmtree(folder, ignore_errors=True)
        return len(left)
