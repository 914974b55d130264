"""The passphrase that opens the keys: told by the operator, or kept in a file of its own."""

import secrets
from pathlib import Path

from voice_app.badge_keys.files import is_open_to_others, make_folder, put_new
from voice_app.badge_keys.pem import BadgeKeyError, is_encrypted

SHORTEST = 12


def passphrase_of(told: str | None, *, file: Path, keys_folder: Path) -> bytes:
    """Give the passphrase that was told, else what is in `file`, which is made when missing.

    Raises `BadgeKeyError` for a file beside the keys or open to others, a passphrase under
    twelve characters, or a missing file when there are keys that an earlier one encrypted.
    """
    if told:
        return _long_enough(told, where="VOICE_APP_KEY_PASSPHRASE")
    if not file.exists():
        _refuse_to_guess(file, keys_folder)
    make_passphrase(file, keys_folder=keys_folder)
    if is_open_to_others(file):
        raise BadgeKeyError(f"{file} can be read by others; run: chmod 600 {file}")
    return _long_enough(file.read_text(encoding="utf-8").strip(), where=str(file))


def make_passphrase(file: Path, *, keys_folder: Path) -> None:
    """Put 256 random bits into `file`; one that is there stays. Raises `BadgeKeyError`."""
    if keys_folder.resolve() in file.resolve().parents:
        raise BadgeKeyError(f"The passphrase {file} lies beside the keys; keep it elsewhere.")
    if not file.exists():
        make_folder(file.parent)
        put_new(file, f"{secrets.token_urlsafe(32)}\n".encode())


def _long_enough(passphrase: str, *, where: str) -> bytes:
    if len(passphrase) < SHORTEST:
        raise BadgeKeyError(f"The passphrase in {where} needs at least {SHORTEST} characters.")
    return passphrase.encode()


def _refuse_to_guess(file: Path, keys_folder: Path) -> None:
    """A new passphrase would open no old key: better to say that the file is gone."""
    if any(is_encrypted(path) for path in keys_folder.glob("*-key.pem")):
        raise BadgeKeyError(
            f"The passphrase file {file} is missing; without it the keys in {keys_folder} "
            "stay shut. Put it back, or tell it as VOICE_APP_KEY_PASSPHRASE."
        )
