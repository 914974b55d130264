"""The story of a badge: given once, shown by its holder, withdrawn by a person, found by all."""

from voice_app.badges.codes import (
    CODE_ALPHABET,
    CODE_LENGTH,
    is_code,
    new_code,
    plain_code,
    shown_code,
)
from voice_app.badges.correcting import details_of, reissue
from voice_app.badges.giving import Details, list_address, of_attempt
from voice_app.badges.holding import hide, owned, show
from voice_app.badges.issuing import award_for, issue
from voice_app.badges.lists import StatusLists, UnknownListError, all_bits
from voice_app.badges.office import (
    Office,
    UnknownAchievementError,
    definition_of,
    languages_of,
)
from voice_app.badges.sheets import sheet_of, statement_address
from voice_app.badges.stacking import Slot, slots
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
    "Details",
    "Office",
    "Slot",
    "Standing",
    "State",
    "StatusLists",
    "UnknownAchievementError",
    "UnknownBadgeError",
    "UnknownListError",
    "WithdrawalError",
    "all_bits",
    "award_for",
    "definition_of",
    "details_of",
    "events_of",
    "find",
    "folded",
    "hide",
    "is_code",
    "is_real",
    "is_shown",
    "issue",
    "languages_of",
    "list_address",
    "new_code",
    "of_attempt",
    "owned",
    "plain_code",
    "reissue",
    "resume",
    "sheet_of",
    "show",
    "shown_code",
    "slots",
    "standing",
    "statement_address",
    "withdraw",
]
