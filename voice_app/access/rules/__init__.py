"""The table of rules: each room of routes has its part, none has a route without a rule."""

from voice_app.access.policy import Rule, by_route
from voice_app.access.rules import (
    attempts,
    badges,
    becoming,
    consents,
    juries,
    machine,
    marking,
    my_data,
    oversight,
    staff,
    ways_in,
)

RULES: tuple[Rule, ...] = (
    *attempts.RULES,
    *badges.RULES,
    *ways_in.RULES,
    *consents.RULES,
    *my_data.RULES,
    *oversight.RULES,
    *marking.RULES,
    *becoming.RULES,
    *juries.RULES,
    *staff.RULES,
    *machine.RULES,
)
BY_ROUTE = by_route(RULES)
# Files that are the same for everybody, served without a route of ours.
OPEN_FOLDERS = ("/static", "/pictures", "/audio")
