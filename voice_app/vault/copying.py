"""A copy of the vault that is one and never a series: keys that are gone here go there too."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from voice_app.badge_keys.files import make_folder, replace
from voice_app.vault.cabinet import shred
from voice_app.vault.errors import VaultError
from voice_app.vault.ledger import FILE as LEDGER
from voice_app.vault.master import FILE as MASTER
from voice_app.vault.master import KEYS_FOLDER


def copy(folder: Path, target: Path) -> int:
    """Make `target` a copy of the vault in `folder`, in place of the one that was there.

    Returns how many keys of people are in it. Raises `VaultError` where `target` holds anything
    else, or the vault is empty.
    """
    if not (folder / MASTER).exists():
        raise VaultError(f"There is no vault in {folder} yet.")
    check_place(target)
    make_folder(target / KEYS_FOLDER)
    for path in _files(folder):
        with suppress(FileNotFoundError):  # a key that is destroyed right now
            _put(target / path.relative_to(folder), path.read_bytes())
    for path in (target / KEYS_FOLDER).iterdir():
        if not (folder / KEYS_FOLDER / path.name).exists():
            shred(path)
    return sum(1 for _ in (target / KEYS_FOLDER).iterdir())


def check_place(target: Path) -> None:
    """Raise `VaultError` where a folder holds anything but a copy of the vault."""
    if target.exists() and any(target.iterdir()) and not (target / MASTER).exists():
        raise VaultError(f"{target} is not empty, and no copy of the vault. Name another folder.")


def _files(folder: Path) -> Iterator[Path]:
    """Give what a vault consists of; the ledger first, so that no wish is missing beside a key."""
    for name in (LEDGER, MASTER):
        if (folder / name).exists():
            yield folder / name
    yield from (folder / KEYS_FOLDER).glob("*.key")


def _put(path: Path, content: bytes) -> None:
    if path.exists() and path.read_bytes() == content:
        return
    shred(path)
    replace(path, content)
