"""What is kept of a person, for how long, and how it is handed out or destroyed."""

from voice_app.privacy.belongings import (
    Holdings,
    attempts_of,
    holdings,
    is_known,
    owner_of,
    owners,
    recordings,
    takes,
)
from voice_app.privacy.corrections import answer, ask_correction, open_corrections
from voice_app.privacy.erasing import Badges, carry_out, erase, finish, replay
from voice_app.privacy.exporting import export
from voice_app.privacy.keeper import Keeping
from voice_app.privacy.overdue import due
from voice_app.privacy.retaining import known_recordings, last_run, retain
from voice_app.privacy.rules import RULES, Rule
from voice_app.privacy.sealing import Sealed, seal_old

__all__ = [
    "RULES",
    "Badges",
    "Holdings",
    "Keeping",
    "Rule",
    "Sealed",
    "answer",
    "ask_correction",
    "attempts_of",
    "carry_out",
    "due",
    "erase",
    "export",
    "finish",
    "holdings",
    "is_known",
    "known_recordings",
    "last_run",
    "open_corrections",
    "owner_of",
    "owners",
    "recordings",
    "replay",
    "retain",
    "seal_old",
    "takes",
]
