"""Who may convene a jury, and who brings what to it."""

from voice_app.access.policy import Rule
from voice_app.access.roles import DESK, EVERYONE, OF_A_CENTER

# A seat may be held by somebody without an account: each route looks for the key of the seat.
RULES = (
    Rule("GET /staff/juries", OF_A_CENTER, "center", "the juries of the center, or one's own"),
    Rule("POST /staff/juries", DESK, "center", "convene a jury of three"),
    Rule("GET /staff/juries/new", DESK, "center", "the form that convenes one"),
    Rule("GET /staff/juries/worker.js", DESK, "center", "what keeps a kit without a network"),
    Rule("GET /staff/juries/{jury_id}", DESK, "center", "see one jury"),
    Rule("POST /staff/juries/{jury_id}/links", DESK, "center", "make a link to a seat"),
    Rule("POST /staff/juries/{jury_id}/end", DESK, "center", "send a jury home"),
    Rule("POST /staff/juries/{jury_id}/seat", OF_A_CENTER, "center", "take one's own seat"),
    Rule("GET /staff/juries/{jury_id}/kit", DESK, "center", "seat a jury in one room"),
    Rule("GET /staff/juries/{jury_id}/kit.json", DESK, "center", "all that takes"),
    Rule("GET /staff/juries/{jury_id}/sending", DESK, "center", "how far a jury is"),
    Rule("POST /staff/juries/{jury_id}/merge", DESK, "center", "add what a phone kept"),
    Rule(
        "PUT /staff/juries/{jury_id}/recordings/{utterance_id}",
        DESK,
        "center",
        "add a recording the candidate allowed",
    ),
    Rule("GET /jury", EVERYONE, "any", "the page of a link to a seat"),
    Rule("POST /jury/openings", EVERYONE, "any", "open a seat by its link"),
    Rule("GET /jury/worker.js", EVERYONE, "any", "what keeps a seat's page without a network"),
    Rule("GET /jury/kit", EVERYONE, "any", "mark from one's own seat"),
    Rule("GET /jury/kit.json", EVERYONE, "any", "all that takes"),
    Rule("GET /jury/sending", EVERYONE, "any", "how far one's own seat is"),
    Rule("GET /jury/recordings/{utterance_id}", EVERYONE, "any", "listen to an answer"),
    Rule("POST /jury/merge", EVERYONE, "any", "add the marks of one's own seat"),
)
