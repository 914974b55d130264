"""Who may hear, take and delete what is kept about them."""

from voice_app.access.policy import Rule
from voice_app.access.roles import EVERYONE, Role

_CANDIDATE: frozenset[Role] = frozenset({"candidate"})
# A phone without a sign-in is what owns its attempts: it has nothing more to show.
_PHONES = EVERYONE - _CANDIDATE

RULES: tuple[Rule, ...] = (
    Rule("GET /me", EVERYONE, "own", "what can be done about what is kept"),
    Rule("GET /me/kept", EVERYONE, "own", "hear what is kept"),
    Rule("POST /me/correction", EVERYONE, "own", "say that something is wrong"),
    Rule("GET /me/proof", EVERYONE, "own", "be led to the card, to show that it is you"),
    Rule("GET /me/file", EVERYONE, "own", "what is in the file of everything"),
    Rule("POST /me/file", _PHONES, "own", "take everything along"),
    Rule("POST /me/file", _CANDIDATE, "own", "take everything along", needs_fresh=True),
    Rule("GET /me/voice", EVERYONE, "own", "what goes with the voice"),
    Rule("POST /me/voice", _PHONES, "own", "delete the voice"),
    Rule("POST /me/voice", _CANDIDATE, "own", "delete the voice", needs_fresh=True),
    Rule("GET /me/everything", EVERYONE, "own", "what goes with everything"),
    Rule("POST /me/everything", _PHONES, "own", "delete everything"),
    Rule("POST /me/everything", _CANDIDATE, "own", "delete everything", needs_fresh=True),
)
