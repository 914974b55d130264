"""The one decision on who may do what: pure, over one table of rules."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from voice_app.access.actor import Actor, Subject
from voice_app.access.roles import STAFF, Role

Scope = Literal["own", "center", "any"]

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True)
class Rule:
    """Who may use a route: `route` is its method and path template, as in "GET /b/{code}".

    `scope` says of whose things: their `own`, those of their `center`, or `any`.
    `needs_fresh`: only shortly after they proved who they are. A route may have several rules,
    each role in one of them. `about` is what the route does, for people.
    """

    route: str
    who: frozenset[Role]
    scope: Scope
    about: str
    needs_fresh: bool = False

    @property
    def needs_token(self) -> bool:
        """Whether it takes the token of the page's own forms.

        Staff who change something do; of others every form about what is their own, and about
        their sign-in. An answer in an attempt is no form: it names what nobody else knows.
        """
        method = self.route.partition(" ")[0]
        if method in SAFE_METHODS:
            return False
        is_signed_in = "stranger" not in self.who
        return self.who <= STAFF or (method == "POST" and (is_signed_in or self.scope == "own"))


def rule_for(rules: Iterable[Rule], role: Role) -> Rule | None:
    """Give the rule, of those of one route, that is about a role."""
    return next((one for one in rules if role in one.who), None)


def may(actor: Actor, rule: Rule, subject: Subject | None = None) -> bool:
    """Tell whether somebody may do this to a thing of `subject`.

    Without a subject only what is anybody's may be touched.
    """
    if not admits(actor, rule):
        return False
    if rule.scope == "any":
        return True
    if subject is None:
        return False
    if rule.scope == "center":
        return _same(actor.center, subject.center)
    return _same(actor.owner_hash, subject.owner_hash) or _same(actor.account, subject.account)


def admits(actor: Actor, rule: Rule) -> bool:
    """Tell whether a rule lets somebody try at all, whosever thing it will be about."""
    return actor.role in rule.who and (actor.is_fresh or not rule.needs_fresh)


def by_route(rules: Iterable[Rule]) -> Mapping[str, tuple[Rule, ...]]:
    """Give the rules of each route. Raises `ValueError` where two are about one role."""
    found: dict[str, tuple[Rule, ...]] = {}
    for rule in rules:
        others = found.get(rule.route, ())
        if any(rule.who & other.who for other in others):
            raise ValueError(f"Two rules of {rule.route} are about the same role.")
        found[rule.route] = (*others, rule)
    return found


def _same(one: str | None, other: str | None) -> bool:
    return one is not None and one == other
