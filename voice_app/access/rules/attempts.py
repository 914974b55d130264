"""Who may take an attempt and hear how it went."""

from voice_app.access.policy import Rule
from voice_app.access.roles import EVERYONE

RULES = (
    Rule("GET /", EVERYONE, "any", "the page for the candidate"),
    Rule("GET /phrases/{language}", EVERYONE, "any", "every sentence of a help language"),
    Rule("GET /learn/{micro_competence}", EVERYONE, "any", "what is good to know for a test"),
    Rule("GET /examples/{micro_competence}", EVERYONE, "any", "how somebody else does a test"),
    Rule("POST /attempts", EVERYONE, "any", "begin an attempt"),
    Rule("GET /attempts/{attempt_id}", EVERYONE, "own", "where an attempt stands"),
    Rule("GET /attempts/{attempt_id}/outcome", EVERYONE, "own", "how it ended"),
    Rule("GET /attempts/{attempt_id}/comments/{seq}", EVERYONE, "own", "hear a spoken comment"),
    Rule(
        "GET /attempts/{attempt_id}/comments/{seq}/words",
        EVERYONE,
        "own",
        "hear the words of a comment",
    ),
    Rule("POST /attempts/{attempt_id}/news/{seq}/heard", EVERYONE, "own", "say that it was heard"),
    Rule("POST /attempts/{attempt_id}/appeal", EVERYONE, "own", "have people look at it again"),
    Rule("PUT /choices/{choice_id}", EVERYONE, "own", "answer by touch"),
    Rule("PUT /utterances/{utterance_id}", EVERYONE, "own", "answer aloud"),
    Rule("GET /utterances/{utterance_id}", EVERYONE, "own", "whether an answer was heard"),
    Rule("POST /attempts/{attempt_id}/level", EVERYONE, "own", "have the level in writing"),
    Rule("GET /private/levels/{token}", EVERYONE, "own", "the level in writing"),
)
