"""The story of a badge: given once, shown by its holder, withdrawn by a person, found by all."""

from voice_app.badges.codes import (
    CODE_ALPHABET,
    CODE_LENGTH,
    new_code,
    plain_code,
    shown_code,
)
from voice_app.badges.giving import Details, award_for, issue, list_address, of_attempt
from voice_app.badges.holding import Consent, hide, owned, show
from voice_app.badges.office import Office, UnknownAchievementError, definition_of
from voice_app.badges.standings import (
    Standing,
    State,
    events_of,
    find,
    folded,
    is_real,
    is_shown,
    standing,
)
from voice_app.badges.withdrawing import (
    REASONS,
    UnknownBadgeError,
    WithdrawalError,
    resume,
    withdraw,
)

__all__ = [
    "CODE_ALPHABET",
    "CODE_LENGTH",
    "REASONS",
    "Consent",
    "Details",
    "Office",
    "Standing",
    "State",
    "UnknownAchievementError",
    "UnknownBadgeError",
    "WithdrawalError",
    "award_for",
    "definition_of",
    "events_of",
    "find",
    "folded",
    "hide",
    "is_real",
    "is_shown",
    "issue",
    "list_address",
    "new_code",
    "of_attempt",
    "owned",
    "plain_code",
    "resume",
    "show",
    "shown_code",
    "standing",
    "withdraw",
]
