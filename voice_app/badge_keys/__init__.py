"""The keys that sign: made once, encrypted in files, rotated without breaking old badges."""

from voice_app.badge_keys.changing import distrust, make, reencrypt, rotate
from voice_app.badge_keys.folder import (
    DISTRUSTED_FOLDER,
    KEY_FILE,
    RETIRED_FOLDER,
    BadgeKey,
    KeyRing,
    TokenKey,
    load_or_create,
)
from voice_app.badge_keys.passphrases import passphrase_of
from voice_app.badge_keys.pem import BadgeKeyError
from voice_app.badge_keys.purposes import PURPOSES, Purpose

__all__ = [
    "DISTRUSTED_FOLDER",
    "KEY_FILE",
    "PURPOSES",
    "RETIRED_FOLDER",
    "BadgeKey",
    "BadgeKeyError",
    "KeyRing",
    "Purpose",
    "TokenKey",
    "distrust",
    "load_or_create",
    "make",
    "passphrase_of",
    "reencrypt",
    "rotate",
]
