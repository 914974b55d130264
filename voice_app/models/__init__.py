"""The rows: facts that are added and never rewritten."""

from voice_app.models.attempts import Attempt, Hearing, Outcome, Response, Unheard, Utterance
from voice_app.models.audit import AuditEntry
from voice_app.models.badges import Badge, BadgeEvent, BadgePart, PrivateLevel
from voice_app.models.base import Moment, Row
from voice_app.models.candidates import Card, CardPin, CardTry, Device, KioskCode, SignInLink
from voice_app.models.consents import Consent
from voice_app.models.juries import JuryLink, JuryNote
from voice_app.models.marking import (
    Conflict,
    Control,
    Jury,
    JurySeat,
    License,
    Mark,
    MarkingPolicy,
    News,
    Unmarked,
)
from voice_app.models.notices import Notice, NoticeHeard
from voice_app.models.oversight import CenterPolicy, Inference, Referral, Ruling, Stop
from voice_app.models.people import (
    Account,
    Candidate,
    Center,
    Ceremony,
    Invitation,
    Passkey,
    RecoveryCode,
    SignIn,
)
from voice_app.models.privacy import Correction, Erasure, RetentionRun
from voice_app.models.training import GoodComment

__all__ = [
    "Account",
    "Attempt",
    "AuditEntry",
    "Badge",
    "BadgeEvent",
    "BadgePart",
    "Candidate",
    "Card",
    "CardPin",
    "CardTry",
    "Center",
    "CenterPolicy",
    "Ceremony",
    "Conflict",
    "Consent",
    "Control",
    "Correction",
    "Device",
    "Erasure",
    "GoodComment",
    "Hearing",
    "Inference",
    "Invitation",
    "Jury",
    "JuryLink",
    "JuryNote",
    "JurySeat",
    "KioskCode",
    "License",
    "Mark",
    "MarkingPolicy",
    "Moment",
    "News",
    "Notice",
    "NoticeHeard",
    "Outcome",
    "Passkey",
    "PrivateLevel",
    "RecoveryCode",
    "Referral",
    "Response",
    "RetentionRun",
    "Row",
    "Ruling",
    "SignIn",
    "SignInLink",
    "Stop",
    "Unheard",
    "Unmarked",
    "Utterance",
]
