"""The vault: seals and opens for one person at a time, and forgets."""

from datetime import datetime
from pathlib import Path

from voice_app.vault import envelope
from voice_app.vault.cabinet import Cabinet
from voice_app.vault.errors import KeyGone
from voice_app.vault.ledger import Ledger, tag_of
from voice_app.vault.master import load_or_create


class Vault:
    """Seals bytes under a key per owner. `owner` is any name that stays, such as an owner_hash.

    `folder` holds the master key, the keys and the ledger; `passphrase` opens the master key.
    Raises `VaultError` when the master key stays shut. May be used by any number of threads
    and processes at once.
    """

    overhead_bytes = envelope.OVERHEAD_BYTES

    def __init__(self, folder: Path, passphrase: bytes) -> None:
        self._cabinet = Cabinet(folder, load_or_create(folder, passphrase))
        self.ledger = Ledger(folder)

    def seal(self, data: bytes, *, owner: str, about: str = "") -> bytes:
        """Seal bytes; `about` is what they are and must be told again to open them."""
        key = self._cabinet.key_or_new(tag_of(owner))
        return envelope.sealed(data, key, owner=owner, about=about)

    def opened(self, sealed: bytes, *, owner: str, about: str = "") -> bytes:
        """Give the bytes again. Raises `KeyGone` after `forget`, `NotOpened` for others' bytes."""
        key = self._cabinet.key(tag_of(owner))
        if key is None:
            envelope.key_id(sealed)
            raise KeyGone("The key of this recording was destroyed.")
        return envelope.opened(sealed, key, owner=owner, about=about)

    def is_sealed(self, data: bytes) -> bool:
        """Tell sealed bytes from plain ones by how they begin."""
        return envelope.is_sealed(data)

    def has_key(self, owner: str) -> bool:
        """Whether anything sealed for this owner could still be opened."""
        return self._cabinet.key(tag_of(owner)) is not None

    def forget(self, owner: str) -> None:
        """Destroy an owner's key: whatever was sealed for them, wherever copies lie, stays shut.

        Sealing for them again makes a new key.
        """
        self._cabinet.destroy(tag_of(owner))

    def forget_key(self, tag: str, name: str) -> None:
        """Destroy one key of an owner of whom only the tag is known; one made later stays."""
        if name and self._cabinet.name_of(tag) == name:
            self._cabinet.destroy(tag)

    def key_name(self, tag: str) -> str:
        """Name the key of an owner of whom only the tag is known; empty when there is none."""
        return self._cabinet.name_of(tag)

    def tags(self, *, made_before: datetime | None = None) -> set[str]:
        """Give who has a key, or one that was made before a moment."""
        return self._cabinet.tags(made_before=made_before)
