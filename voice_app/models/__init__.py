"""The rows: facts that are added and never rewritten."""

from voice_app.models.attempts import Attempt, Hearing, Outcome, Response, Unheard, Utterance
from voice_app.models.audit import AuditEntry
from voice_app.models.badges import Badge, BadgeEvent, BadgePart, PrivateLevel
from voice_app.models.base import Moment, Row
from voice_app.models.consents import Consent

__all__ = [
    "Attempt",
    "AuditEntry",
    "Badge",
    "BadgeEvent",
    "BadgePart",
    "Consent",
    "Hearing",
    "Moment",
    "Outcome",
    "PrivateLevel",
    "Response",
    "Row",
    "Unheard",
    "Utterance",
]
