"""The page about roles, made from the table of rules."""

from collections.abc import Iterator, Mapping

from voice_app.access.policy import Rule
from voice_app.access.roles import ABOUT, EVERYONE, OF_A_CENTER, ROLES, STAFF, Role
from voice_app.access.rules import RULES

_WHOSE: Mapping[str, str] = {"own": "their own", "center": "of their center", "any": "any"}
_GROUPS: Mapping[frozenset[Role], str] = {
    EVERYONE: "everybody",
    STAFF: "all staff",
    OF_A_CENTER: "staff of a center",
}
_HEAD = """# Who may do what

Made from the table in `voice_app/access/rules` by `voice-app people roles`; a test keeps it so.
The service does not start when a route has no rule in it.

"Their own" is what belongs to the person who is in: a candidate's attempts, the attempts of the
phone for somebody who is not signed in, a member of staff's own ways in. "Of their center" is
never another center's; what is not theirs looks like what does not exist. "Anew" means that the
person proved within the last five minutes who they are.
"""


def roles_page() -> str:
    """Give the page, as Markdown."""
    return "\n".join([_HEAD, *_roles(), "", *_routes()]) + "\n"


def _roles() -> Iterator[str]:
    yield "## Roles\n"
    yield "| Role | Who that is |"
    yield "|---|---|"
    yield from (f"| {role} | {ABOUT[role]} |" for role in ROLES)


def _routes() -> Iterator[str]:
    yield "## Routes\n"
    yield "| Route | What it does | Who | Whose | Proof |"
    yield "|---|---|---|---|---|"
    yield from (_line(rule) for rule in RULES)


def _line(rule: Rule) -> str:
    who = _GROUPS.get(rule.who) or ", ".join(role for role in ROLES if role in rule.who)
    proof = "anew" if rule.needs_fresh else ""
    return f"| `{rule.route}` | {rule.about} | {who} | {_WHOSE[rule.scope]} | {proof} |"
