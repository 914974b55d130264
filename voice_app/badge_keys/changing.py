"""Changing keys: made, rotated without breaking what the old one signed, distrusted when stolen."""

from pathlib import Path

from voice_app.badge_keys.files import make_folder, put_new, replace
from voice_app.badge_keys.folder import (
    DISTRUSTED_FOLDER,
    RETIRED_FOLDER,
    in_use,
    key_file,
    retired_files,
)
from voice_app.badge_keys.pem import (
    BadgeKeyError,
    encrypted_pem,
    public_pem,
    read_private,
    read_public,
)
from voice_app.badge_keys.purposes import PURPOSES, Purpose, id_of


def make(folder: Path, passphrase: bytes, *, purpose: Purpose) -> str:
    """Make the key of a purpose and give its id. Raises `BadgeKeyError` when there is one."""
    if (folder / key_file(purpose)).exists():
        raise BadgeKeyError(f"There is a {purpose} key; to replace it: voice-app keys rotate.")
    return id_of(in_use(folder, passphrase, purpose=purpose).public_key())


def rotate(folder: Path, passphrase: bytes, *, purpose: Purpose) -> tuple[str, str]:
    """Put a new key into use and give the ids of the old and the new one.

    The old one's public half is kept first, so that what it signed stays good whenever this
    is interrupted; its private half is gone afterwards. Raises `BadgeKeyError`.
    """
    path = folder / key_file(purpose)
    if not path.exists():
        raise BadgeKeyError(f"There is no {purpose} key yet; make one: voice-app keys make.")
    old = in_use(folder, passphrase, purpose=purpose).public_key()
    retired = folder / RETIRED_FOLDER
    make_folder(retired)
    put_new(retired / f"{purpose}-{id_of(old)}.pem", public_pem(old))
    new = PURPOSES[purpose].generate()
    replace(path, encrypted_pem(new, passphrase))
    return id_of(old), id_of(new.public_key())


def reencrypt(folder: Path, passphrase: bytes, *, new: bytes) -> list[str]:
    """Put every key in use under a new passphrase and give their ids.

    Interrupted, it goes on: a key that the new passphrase opens is left alone. Raises
    `BadgeKeyError`.
    """
    return [
        _reencrypted(folder / key_file(purpose), passphrase, new=new, purpose=purpose)
        for purpose in PURPOSES
        if (folder / key_file(purpose)).exists()
    ]


def _reencrypted(path: Path, passphrase: bytes, *, new: bytes, purpose: Purpose) -> str:
    try:
        private_key = read_private(path, new, purpose=purpose)
    except BadgeKeyError:
        private_key = read_private(path, passphrase, purpose=purpose)
    replace(path, encrypted_pem(private_key, new))
    return id_of(private_key.public_key())


def distrust(folder: Path, key_id: str) -> Path:
    """Take a retired key out of what is published, because somebody else may sign with it.

    Everything it signed counts as not ours from then on. Gives where its file lies now.
    Raises `BadgeKeyError` for a key that is not retired.
    """
    for purpose in PURPOSES:
        for path in retired_files(folder, purpose):
            if id_of(read_public(path, purpose=purpose)) == key_id:
                make_folder(folder / DISTRUSTED_FOLDER)
                return path.rename(folder / DISTRUSTED_FOLDER / path.name)
    raise BadgeKeyError(f"{key_id} is no retired key; a key in use is rotated first.")
