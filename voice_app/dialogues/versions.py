"""A short name for what content files say now, to be kept with everything decided by them."""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from voice_app.dialogues.files import File


def version_of(folder: Path, paths: Iterable[Path]) -> str:
    """Return a short digest of files and of their names under `folder`."""
    digest = sha256()
    for path in paths:
        name = path.relative_to(folder).as_posix()
        content = File(folder, name).bytes()
        digest.update(f"{name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()[:12]
