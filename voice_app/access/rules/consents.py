"""Who may hear the notice and decide on consents."""

from voice_app.access.policy import Rule
from voice_app.access.roles import EVERYONE

RULES: tuple[Rule, ...] = (
    Rule("GET /notice", EVERYONE, "any", "what happens with a voice, as a page"),
    Rule("GET /notice/{language}", EVERYONE, "any", "the same, as sentences to be said"),
    Rule("POST /notice/{language}/heard", EVERYONE, "any", "say that it was heard"),
    Rule("GET /consents", EVERYONE, "own", "what a person allows besides the test"),
    Rule("GET /consents/open", EVERYONE, "own", "which questions are not answered yet"),
    Rule("GET /consents/voices/{seq}", EVERYONE, "own", "hear one's own yes"),
    Rule("GET /consents/{purpose}", EVERYONE, "own", "the page that asks one question"),
    Rule("PUT /consents/{purpose}/recordings/{recording_id}", EVERYONE, "own", "say yes aloud"),
    Rule("POST /consents/{purpose}", EVERYONE, "own", "say yes"),
    Rule("POST /consents/{purpose}/refusal", EVERYONE, "own", "say no, or take a yes back"),
)
