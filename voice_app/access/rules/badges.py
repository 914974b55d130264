"""Who may see, check and share a badge."""

from voice_app.access.policy import Rule
from voice_app.access.roles import EVERYONE

RULES = (
    Rule("GET /b/{code}", EVERYONE, "any", "a badge's page, when its holder shows it"),
    Rule("GET /b/{code}.json", EVERYONE, "any", "the signed document of a shown badge"),
    Rule("GET /b/{code}.jwt", EVERYONE, "any", "a shown badge as a token"),
    Rule("GET /b/{code}.pdf", EVERYONE, "any", "a shown badge as a paper"),
    Rule("GET /b/{code}.png", EVERYONE, "any", "a shown badge as a picture"),
    Rule("GET /b/{code}.svg", EVERYONE, "any", "a shown badge as a drawing"),
    Rule("GET /status/{number}/{purpose}", EVERYONE, "any", "which badges hold"),
    Rule("GET /keys/{key_id}.json", EVERYONE, "any", "a public key"),
    Rule("GET /.well-known/did.json", EVERYONE, "any", "the issuer's public keys"),
    Rule("GET /achievements", EVERYONE, "any", "what badges there are"),
    Rule(
        "GET /achievements/{micro_competence}/{employer_language}", EVERYONE, "any", "one of them"
    ),
    Rule("GET /verify", EVERYONE, "any", "the page that checks badges"),
    Rule("POST /verify", EVERYONE, "any", "check a badge's file"),
    Rule("GET /verify.html", EVERYONE, "any", "check badges without a network"),
    Rule("GET /stack", EVERYONE, "own", "the holder's slots"),
    Rule("GET /share/{code}", EVERYONE, "own", "where the holder decides who sees a badge"),
    Rule("PUT /share/{code}/recordings/{recording_id}", EVERYONE, "own", "say yes aloud"),
    Rule("POST /share/{code}/consent", EVERYONE, "own", "show a badge"),
    Rule("POST /share/{code}/hiding", EVERYONE, "own", "hide a badge"),
)
