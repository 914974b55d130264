"""Who may stop the machine, ask why, and contest."""

from voice_app.access.policy import Rule
from voice_app.access.roles import EVERYONE, OF_A_CENTER, Role

_OWNER: frozenset[Role] = frozenset({"owner"})
_OPERATOR: frozenset[Role] = frozenset({"operator"})
_DECIDERS: frozenset[Role] = frozenset({"assessor", "owner"})

RULES = (
    Rule(
        "GET /attempts/{attempt_id}/items/{item}/explanation",
        EVERYONE,
        "own",
        "why an answer counts as it does",
    ),
    Rule(
        "POST /attempts/{attempt_id}/items/{item}/contest",
        EVERYONE,
        "own",
        "have a person listen again",
    ),
    Rule("GET /attempts/{attempt_id}/explanation", EVERYONE, "own", "why an attempt ended so"),
    Rule("GET /attempts/{attempt_id}/why", EVERYONE, "own", "the page that explains each answer"),
    Rule("GET /staff/oversight", OF_A_CENTER, "center", "see what is stopped and what waits"),
    Rule("POST /staff/oversight/stop", OF_A_CENTER, "center", "stop the machine for the center"),
    Rule(
        "POST /staff/oversight/resume",
        _OWNER,
        "center",
        "let the machine go on for the center",
        needs_fresh=True,
    ),
    Rule(
        "POST /staff/oversight/policy",
        _OWNER,
        "center",
        "choose who passes candidates, and the control sample",
        needs_fresh=True,
    ),
    Rule(
        "GET /staff/oversight/attempts/{waiting_id}",
        _DECIDERS,
        "center",
        "see what waits of an attempt, without its candidate",
    ),
    Rule(
        "GET /staff/oversight/attempts/{waiting_id}/recordings/{utterance_id}",
        _DECIDERS,
        "center",
        "listen to an answer that waits; each time is logged",
    ),
    Rule(
        "POST /staff/oversight/attempts/{waiting_id}/items/{item}",
        _DECIDERS,
        "center",
        "say whether an answer is right",
    ),
    Rule(
        "POST /staff/oversight/word",
        _DECIDERS,
        "center",
        "sign off a pass, confirm or doubt one of the sample",
        needs_fresh=True,
    ),
    Rule("GET /staff/machine", _OPERATOR, "any", "how the machine is, without anybody's answers"),
    Rule("POST /staff/machine/stop", _OPERATOR, "any", "stop an engine, or the whole machine"),
    Rule(
        "POST /staff/machine/resume",
        _OPERATOR,
        "any",
        "let an engine, or the whole machine, go on",
        needs_fresh=True,
    ),
)
