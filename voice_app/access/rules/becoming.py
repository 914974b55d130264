"""Who may become an assessor, learn to mark, and share good comments."""

from voice_app.access.policy import Rule
from voice_app.access.roles import EVERYONE, OF_A_CENTER, Role

_MARKERS: frozenset[Role] = frozenset({"assessor", "owner"})
_COORDINATORS: frozenset[Role] = frozenset({"coordinator", "owner"})

RULES = (
    Rule("GET /applications", EVERYONE, "own", "hear whether one may ask to become an assessor"),
    Rule("POST /applications/{micro_competence}", EVERYONE, "own", "ask to become an assessor"),
    Rule("GET /staff/marking/training", OF_A_CENTER, "center", "learn how to listen and to mark"),
    Rule(
        "GET /staff/marking/training/rubrics/{micro_competence}",
        OF_A_CENTER,
        "center",
        "see what is marked, and hear an example of each level",
    ),
    Rule(
        "GET /staff/marking/training/marks/{mark_seq}",
        _MARKERS,
        "center",
        "see one's own mark of the exercise beside the reference",
    ),
    Rule(
        "GET /staff/marking/training/comments",
        OF_A_CENTER,
        "center",
        "see the comments that assessors share",
    ),
    Rule("POST /staff/marking/training/comments", _MARKERS, "center", "propose a comment to share"),
    Rule(
        "POST /staff/marking/training/comments/{comment_seq}",
        _COORDINATORS,
        "center",
        "share, refuse or retire a comment",
    ),
    Rule(
        "POST /staff/marking/people/applications",
        _COORDINATORS,
        "center",
        "invite a candidate as an assessor, or decline",
        needs_fresh=True,
    ),
)
