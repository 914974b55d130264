"""Who may come in by card, kiosk or link, and who may enroll them."""

from voice_app.access.policy import Rule
from voice_app.access.roles import DESK, EVERYONE, Role

_OWNER: frozenset[Role] = frozenset({"owner"})
_CANDIDATE: frozenset[Role] = frozenset({"candidate"})

RULES = (
    Rule("GET /card", EVERYONE, "any", "the page a card opens"),
    Rule("POST /card/signins", EVERYONE, "any", "come in by card and pictures"),
    Rule("GET /link", EVERYONE, "any", "the page a link opens"),
    Rule("POST /link/signins", EVERYONE, "any", "come in by link"),
    Rule("GET /kiosk", EVERYONE, "any", "the page on a center's device"),
    Rule("POST /kiosk/signins", EVERYONE, "any", "come in by code on a center's device"),
    Rule("POST /kiosk/pictures", _CANDIDATE, "any", "hear the new pictures of one's card"),
    Rule("POST /signins/remembered", _CANDIDATE, "any", "stay signed in on one's own phone"),
    Rule("POST /signins/end", EVERYONE, "own", "leave"),
    Rule("GET /staff/candidates", DESK, "center", "candidates and devices of the center"),
    Rule("POST /staff/candidates", DESK, "center", "enroll a candidate and print the card"),
    Rule(
        "POST /staff/candidates/{candidate_id}/card",
        DESK,
        "center",
        "replace a lost card",
        needs_fresh=True,
    ),
    Rule(
        "POST /staff/candidates/{candidate_id}/pictures",
        DESK,
        "center",
        "new pictures",
        needs_fresh=True,
    ),
    Rule("POST /staff/candidates/{candidate_id}/code", DESK, "center", "give a kiosk code"),
    Rule(
        "POST /staff/candidates/{candidate_id}/link",
        DESK,
        "center",
        "make a link",
        needs_fresh=True,
    ),
    Rule("GET /staff/candidates/{candidate_id}", DESK, "center", "see one candidate"),
    Rule(
        "POST /staff/candidates/{candidate_id}/corrections",
        DESK,
        "center",
        "say that a person looked at what a candidate says is wrong",
    ),
    Rule(
        "POST /staff/candidates/{candidate_id}/export",
        DESK,
        "center",
        "hand a candidate all their data",
        needs_fresh=True,
    ),
    Rule(
        "POST /staff/candidates/{candidate_id}/erasure",
        DESK,
        "center",
        "delete a candidate's voice or everything, on their wish",
        needs_fresh=True,
    ),
    Rule(
        "POST /staff/candidates/{candidate_id}/badges",
        _OWNER,
        "center",
        "pause a badge, give it back, or cancel it for good",
        needs_fresh=True,
    ),
    Rule("POST /staff/devices", DESK, "center", "make this browser a device of the center"),
    Rule("POST /staff/devices/{device_id}/end", DESK, "center", "take a device out of service"),
)
