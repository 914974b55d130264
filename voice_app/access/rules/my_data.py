"""Who may hear, take and delete what is kept about them."""

from voice_app.access.policy import Rule
from voice_app.access.roles import EVERYONE

RULES: tuple[Rule, ...] = (
    Rule("GET /me", EVERYONE, "own", "what can be done about what is kept"),
    Rule("GET /me/kept", EVERYONE, "own", "hear what is kept"),
    Rule("POST /me/correction", EVERYONE, "own", "say that something is wrong"),
    Rule("GET /me/file", EVERYONE, "own", "what is in the file of everything"),
    Rule("POST /me/file", EVERYONE, "own", "take everything along"),
    Rule("GET /me/voice", EVERYONE, "own", "what goes with the voice"),
    Rule("POST /me/voice", EVERYONE, "own", "delete the voice"),
    Rule("GET /me/everything", EVERYONE, "own", "what goes with everything"),
    Rule("POST /me/everything", EVERYONE, "own", "delete everything"),
)
