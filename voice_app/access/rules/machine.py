"""Who may ask how the machine is."""

from voice_app.access.policy import Rule
from voice_app.access.roles import EVERYONE

RULES = (
    Rule("GET /healthz", EVERYONE, "any", "whether answers can be kept"),
    Rule("GET /readyz", EVERYONE, "any", "whether answers are heard"),
    Rule("GET /metrics", EVERYONE, "any", "counts without people, for monitoring"),
    Rule("GET /openapi.json", EVERYONE, "any", "what routes there are"),
)
