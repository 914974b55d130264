"""How long each kind of data is kept, on what basis, and what goes then: one table for all."""

from dataclasses import dataclass

VOICE_DAYS = 120
VOICE_DAYS_AT_MOST = 365
ATTEMPT_DAYS = 730
PROOF_DAYS = 1095
EVENT_DAYS = 365
WAY_IN_DAYS = 30
SIGN_IN_DAYS = 90
NOBODYS_DAYS = 30
# 36 months.
CANDIDATE_DAYS = 1096


@dataclass(frozen=True)
class Rule:
    """One kind of data: which `tables` hold it, for how many `days`, counted from `since`.

    `days` is None where it stays as long as `since` says. `aged` is the column the days are
    counted in, where a row goes for its age alone. `then` says what goes.
    """

    kind: str
    tables: tuple[str, ...]
    days: int | None
    since: str
    basis: str
    then: str
    aged: str | None = None


RULES: tuple[Rule, ...] = (
    Rule(
        "voice",
        ("utterance",),
        VOICE_DAYS,
        "the last outcome of the attempt, or the answer; what waits to be heard, a year at most",
        "the test, and time to contest it (90 days) and to answer (30 days)",
        "the recording, and what the engines heard in it",
    ),
    Rule(
        "unfinished upload",
        (),
        1,
        "the upload",
        "no answer of anybody",
        "bytes that no row names",
    ),
    Rule(
        "keys of nobody",
        (),
        NOBODYS_DAYS,
        "the day the key was made",
        "nothing was begun with it; a month to see that a restore went back too far",
        "the key of an owner of whom there is no row",
    ),
    Rule(
        "answers and outcomes",
        ("attempt", "response", "hearing", "outcome", "unheard", "private_level"),
        ATTEMPT_DAYS,
        "the beginning of the attempt; with a badge, as long as the badge is kept",
        "the test, and the proof behind a badge",
        "the attempt with all its rows",
    ),
    Rule(
        "decisions of people",
        (
            "referral",
            "ruling",
            "unmarked",
            "mark",
            "control",
            "jury",
            "jury_seat",
            "jury_link",
            "jury_note",
        ),
        ATTEMPT_DAYS,
        "as the attempt",
        "the right to a person's decision",
        "the rows",
    ),
    Rule(
        "spoken comments",
        (),
        VOICE_DAYS,
        "the mark it was said with",
        "feedback of a person, as long as the answer it is about can be heard",
        "the recording",
    ),
    Rule(
        "news",
        ("news",),
        ATTEMPT_DAYS,
        "the day it came",
        "telling candidates what people decided about them",
        "the row",
        aged="at",
    ),
    Rule(
        "licenses and conflicts",
        ("license", "conflict"),
        None,
        "as long as the log; a row about a candidate as long as the candidate",
        "knowing who may mark, and whom not",
        "nothing by itself",
    ),
    Rule(
        "badges",
        ("badge", "badge_event", "badge_part"),
        None,
        "for the badge's life: employers check it, and it stays in the list of cancelled ones",
        "the award that the holder asked for",
        "nothing; after an erasure no row tells whose it was",
    ),
    Rule(
        "consents",
        ("consent",),
        PROOF_DAYS,
        "the word, unless it is a yes that still holds",
        "proof of what was agreed to",
        "the row and the recorded yes",
    ),
    Rule(
        "notices heard",
        ("notice_heard",),
        PROOF_DAYS,
        "the day it was heard",
        "proof of what was told",
        "the row",
        aged="at",
    ),
    Rule(
        "events of the machine",
        ("inference",),
        EVENT_DAYS,
        "the event",
        "logs of a high-risk system (at least six months), without speech",
        "the row",
        aged="at",
    ),
    Rule(
        "people of a center",
        ("candidate",),
        CANDIDATE_DAYS,
        "their last sign-in or attempt, or their enrollment",
        "their way in",
        "everything about them; badges stay, and no row tells whose they are",
    ),
    Rule(
        "ways in",
        ("card", "card_pin", "card_try", "device"),
        None,
        "as long as the person, or the device, is enrolled",
        "their way in",
        "nothing by itself",
    ),
    Rule(
        "links and codes",
        ("sign_in_link", "kiosk_code"),
        WAY_IN_DAYS,
        "the day it was made",
        "a way in that opens once",
        "the row",
        aged="made_at",
    ),
    Rule(
        "sign-ins",
        ("sign_in",),
        SIGN_IN_DAYS,
        "the end of the sign-in; a candidate's last one stays as long as they do",
        "security of the accounts, and knowing when a candidate was last here",
        "the row",
        aged="ends_at",
    ),
    Rule(
        "half-finished sign-ins",
        ("ceremony",),
        1,
        "its end",
        "security of the accounts",
        "the row",
        aged="ends_at",
    ),
    Rule(
        "invitations",
        ("invitation",),
        SIGN_IN_DAYS,
        "its end",
        "a way in for staff",
        "the row",
        aged="ends_at",
    ),
    Rule(
        "staff",
        ("account", "passkey", "recovery_code"),
        None,
        "as long as the log, which names them; an account that is locked comes in no way",
        "their work, and knowing who decided about somebody",
        "nothing by itself",
    ),
    Rule(
        "the log",
        ("audit_entry",),
        None,
        "as long as the service: a chain that is cut proves nothing",
        "who saw or changed what; never what was said, and an id without its row leads to nobody",
        "nothing by itself",
    ),
    Rule(
        "wishes to be forgotten",
        ("erasure",),
        None,
        "as long as the service, like the ledger beside the keys; no row tells whose it was",
        "proof, and to forget again after a restore",
        "nothing",
    ),
    Rule(
        "corrections asked for",
        ("correction",),
        ATTEMPT_DAYS,
        "the wish",
        "the right to correction",
        "the row",
        aged="at",
    ),
    Rule(
        "about no person",
        (
            "center",
            "center_policy",
            "good_comment",
            "marking_policy",
            "machine_stop",
            "notice",
            "retention_run",
        ),
        None,
        "as long as the service",
        "running it",
        "nothing",
    ),
)
