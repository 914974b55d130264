"""Who marks answers, and who may look after those who do."""

from voice_app.access.policy import Rule
from voice_app.access.roles import OF_A_CENTER, Role

_MARKERS: frozenset[Role] = frozenset({"assessor", "owner"})
_COORDINATORS: frozenset[Role] = frozenset({"coordinator", "owner"})

RULES = (
    Rule("GET /staff/marking", OF_A_CENTER, "center", "see how many answers wait to be marked"),
    Rule("GET /staff/marking/next", _MARKERS, "center", "get the next answer to mark"),
    Rule(
        "GET /staff/marking/{task_seq}",
        _MARKERS,
        "center",
        "see an answer to mark, without its candidate",
    ),
    Rule(
        "GET /staff/marking/{task_seq}/sound",
        _MARKERS,
        "center",
        "listen to an answer to mark; each time is logged",
    ),
    Rule(
        "GET /staff/marking/{task_seq}/outline", _MARKERS, "center", "see the outline of its sound"
    ),
    Rule(
        "GET /staff/marking/{task_seq}/proposal", _MARKERS, "center", "see what the machine found"
    ),
    Rule("POST /staff/marking/{task_seq}", _MARKERS, "center", "mark an answer"),
    Rule(
        "POST /staff/marking/{task_seq}/cannot", _MARKERS, "center", "say why one cannot judge it"
    ),
    Rule(
        "POST /staff/marking/{task_seq}/left-out",
        frozenset({"owner"}),
        "center",
        "leave out a spoken task that nobody could hear",
    ),
    Rule("POST /staff/marking/{task_seq}/comments", _MARKERS, "center", "say a comment"),
    Rule("POST /staff/marking/leave", _MARKERS, "center", "give back what one does not mark now"),
    Rule("POST /staff/marking/undo", _MARKERS, "center", "take back one's last mark"),
    Rule(
        "GET /staff/marking/people",
        _COORDINATORS,
        "center",
        "see who marks, and how well they agree",
    ),
    Rule(
        "POST /staff/marking/people/licenses",
        _COORDINATORS,
        "center",
        "appoint assessors, pause them, lift a pause",
        needs_fresh=True,
    ),
    Rule(
        "POST /staff/marking/people/policy",
        _COORDINATORS,
        "center",
        "choose how answers are marked",
        needs_fresh=True,
    ),
    Rule(
        "POST /staff/marking/people/conflicts",
        _COORDINATORS,
        "center",
        "keep an assessor from a candidate",
    ),
    Rule("GET /staff/promises", OF_A_CENTER, "center", "see what candidates were promised"),
    Rule(
        "GET /staff/promises/{appeal_seq}",
        _COORDINATORS,
        "center",
        "see pictures whose points a candidate does not agree with",
    ),
    Rule(
        "GET /staff/promises/{appeal_seq}/sounds/{step}",
        _COORDINATORS,
        "center",
        "listen to an order that such a candidate said; each time is logged",
    ),
    Rule("POST /staff/promises/{appeal_seq}", _COORDINATORS, "center", "answer such a candidate"),
)
