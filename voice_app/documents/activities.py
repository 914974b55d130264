"""What is done with people's data, as the records of processing name it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Activity:
    """One activity: `kinds` are those of the retention table, `basis` a proposal (GDPR article).

    An empty `basis` is that of the test, which the settings name.
    """

    name: str
    purpose: str
    people: str
    data: str
    basis: str
    kinds: tuple[str, ...]


ACTIVITIES: tuple[Activity, ...] = (
    Activity(
        "The test",
        "find out what a candidate understands, and say so with reasons",
        "candidates",
        "voice, touched pictures, what the engines heard, verdicts, outcome, private level, "
        "languages; which center and, where it enrolled the candidate, which candidate",
        "",
        ("voice", "unfinished upload", "keys of nobody", "answers and outcomes"),
    ),
    Activity(
        "A person's decision",
        "let a person decide what a machine may not, answer contests and corrections",
        "candidates, assessors",
        "what waits and why, what was decided and by which account, comments, wishes for a "
        "correction",
        "",
        ("decisions of people", "spoken comments", "news", "corrections asked for"),
    ),
    Activity(
        "Badges",
        "give, show, check and withdraw badges",
        "holders of badges",
        "the badge with what it says, an optional name, its state, who may see it",
        "",
        ("badges",),
    ),
    Activity(
        "Consents and the notice",
        "prove what was told and what was agreed to",
        "candidates",
        "what was played with its digest, yes or no, the recorded yes, language, time",
        "7(1) with 6(1)(c): a controller must be able to show a consent",
        ("consents", "notices heard"),
    ),
    Activity(
        "Ways in for candidates",
        "let a candidate come in without reading or typing",
        "candidates",
        "an optional name to call them, help language, hashes of card, pictures, codes and links",
        "",
        ("people of a center", "ways in", "links and codes"),
    ),
    Activity(
        "Staff",
        "let staff come in, and nobody else",
        "staff of the center, operators",
        "name, e-mail address, role, password hash, sealed app secret, public halves of passkeys, "
        "sign-ins with browser and times",
        "6(1)(b) or the law on employment; 6(1)(f) for the security of the accounts",
        ("staff", "invitations", "sign-ins", "half-finished sign-ins"),
    ),
    Activity(
        "Who may mark",
        "let those mark who hear well, and nobody whom they know",
        "assessors, candidates they know",
        "steps on the way to a license, why it was paused, whom an assessor must not mark",
        "6(1)(f), and 6(1)(e) where a center is public: fair decisions",
        ("licenses and conflicts",),
    ),
    Activity(
        "Events of the machine",
        "show later what an engine did, and what a person changed",
        "candidates",
        "digests of sound, evidence and model, thresholds, verdict, time: no word that was said",
        "6(1)(c): the log that the AI Act asks for, from the day it applies; 6(1)(f) until then",
        ("events of the machine",),
    ),
    Activity(
        "The log",
        "show who saw or changed what, and find abuse",
        "candidates, staff",
        "codes of who, what and about what; words only as their SHA-256",
        "6(1)(f), and 5(2) with 32: accountability and security",
        ("the log",),
    ),
    Activity(
        "Wishes to be forgotten",
        "forget again whom a restored backup would bring back, and show that it was done",
        "whoever asked",
        "a tag without a name, what was asked for, when",
        "6(1)(c) with 17",
        ("wishes to be forgotten",),
    ),
)
# Rows of these kinds are about nobody.
ABOUT_NOBODY = ("about no person",)
