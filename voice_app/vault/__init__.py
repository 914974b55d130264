"""The vault: what people said is sealed under a key of each person's own, which can be destroyed.

The keys lie in files outside of the database, so that no backup of the database holds them.
"""

from voice_app.vault.copying import check_place, copy
from voice_app.vault.documents import (
    ABOUT_COMMENT,
    SEALED,
    SPOKEN,
    about_comment,
    closed,
    has_speech,
    is_open,
    sealed,
    unclosed,
    unsealed,
    without_speech,
)
from voice_app.vault.envelope import OVERHEAD_BYTES, is_sealed
from voice_app.vault.errors import KeyGone, NotOpened, VaultError
from voice_app.vault.ledger import Forgotten, Ledger, Scope, tag_of
from voice_app.vault.master import reencrypt
from voice_app.vault.vault import Vault

__all__ = [
    "ABOUT_COMMENT",
    "OVERHEAD_BYTES",
    "SEALED",
    "SPOKEN",
    "Forgotten",
    "KeyGone",
    "Ledger",
    "NotOpened",
    "Scope",
    "Vault",
    "VaultError",
    "about_comment",
    "check_place",
    "closed",
    "copy",
    "has_speech",
    "is_open",
    "is_sealed",
    "reencrypt",
    "sealed",
    "tag_of",
    "unclosed",
    "unsealed",
    "without_speech",
]
