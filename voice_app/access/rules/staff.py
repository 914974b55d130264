"""Who may run a center and its staff."""

from voice_app.access.policy import Rule
from voice_app.access.roles import EVERYONE, STAFF, Role

_OWNER: frozenset[Role] = frozenset({"owner"})

RULES: tuple[Rule, ...] = (
    Rule("GET /staff/sign-in", EVERYONE, "any", "the ways in for staff"),
    Rule("POST /staff/sign-in", EVERYONE, "any", "tell e-mail address and password"),
    Rule("GET /staff/second-step", EVERYONE, "any", "the page for the second step"),
    Rule("POST /staff/second-step", EVERYONE, "any", "tell the code of the app"),
    Rule("POST /staff/passkey/options", EVERYONE, "any", "begin to come in by passkey"),
    Rule("POST /staff/passkey", EVERYONE, "any", "come in by passkey"),
    Rule("GET /staff/organization", EVERYONE, "any", "go to the organization's service"),
    Rule("GET /staff/organization/back", EVERYONE, "any", "come back from it"),
    Rule("GET /staff/setup", EVERYONE, "any", "the page of the set-up link"),
    Rule("GET /staff/invite", EVERYONE, "any", "the page of an invitation"),
    Rule("POST /staff/invite", EVERYONE, "any", "show the secret of either link"),
    Rule("GET /staff/welcome", EVERYONE, "any", "what a newcomer is asked"),
    Rule("POST /staff/welcome", EVERYONE, "any", "tell name and password"),
    Rule("GET /staff/join", EVERYONE, "any", "the picture for the app"),
    Rule("POST /staff/join", EVERYONE, "any", "tell the app's first code"),
    Rule("POST /staff/sign-out", STAFF, "own", "go"),
    Rule("GET /staff/prove", STAFF, "own", "the page that asks anew who is there"),
    Rule("POST /staff/prove", STAFF, "own", "prove anew who is there"),
    Rule("GET /staff/prove/organization", STAFF, "own", "prove it to the organization's service"),
    Rule("GET /staff", STAFF, "own", "where staff begin"),
    Rule("GET /staff/security", STAFF, "own", "one's own ways in"),
    Rule("POST /staff/security/password", STAFF, "own", "change the password", needs_fresh=True),
    Rule("POST /staff/security/app", STAFF, "own", "begin to use another app", needs_fresh=True),
    Rule("GET /staff/security/app", STAFF, "own", "the picture for that app", needs_fresh=True),
    Rule("POST /staff/security/app/code", STAFF, "own", "tell that app's code", needs_fresh=True),
    Rule(
        "POST /staff/security/recovery-codes",
        STAFF,
        "own",
        "have new recovery codes",
        needs_fresh=True,
    ),
    Rule(
        "POST /staff/security/passkeys/options",
        STAFF,
        "own",
        "begin to add a passkey",
        needs_fresh=True,
    ),
    Rule("POST /staff/security/passkeys", STAFF, "own", "add a passkey", needs_fresh=True),
    Rule(
        "POST /staff/security/passkeys/removal", STAFF, "own", "remove a passkey", needs_fresh=True
    ),
    Rule(
        "POST /staff/security/organization",
        STAFF,
        "own",
        "add an organization's account",
        needs_fresh=True,
    ),
    Rule("POST /staff/security/sign-ins/end", STAFF, "own", "end sign-ins on other devices"),
    Rule("GET /staff/people", _OWNER, "center", "the center's staff"),
    Rule("POST /staff/people/invitations", _OWNER, "center", "invite staff", needs_fresh=True),
    Rule(
        "POST /staff/people/{account_id}/lock",
        _OWNER,
        "center",
        "lock an account",
        needs_fresh=True,
    ),
    Rule("POST /staff/people/{account_id}/unlock", _OWNER, "center", "unlock it", needs_fresh=True),
    Rule(
        "POST /staff/people/{account_id}/reset",
        _OWNER,
        "center",
        "set ways in anew",
        needs_fresh=True,
    ),
)
