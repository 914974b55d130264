"""Who comes here: the roles, and what each is for."""

from collections.abc import Mapping
from typing import Literal, get_args

Role = Literal["stranger", "candidate", "assessor", "coordinator", "owner", "operator"]

ROLES: tuple[Role, ...] = get_args(Role)

ABOUT: Mapping[Role, str] = {
    "stranger": "anybody: practices and tries on their own phone, checks a badge",
    "candidate": "came in by card, kiosk code or link: their own attempts, badges and data",
    "assessor": "hears answers of their center without knowing whose they are, and decides",
    "coordinator": "receives candidates of their center: cards, codes, help with their data",
    "owner": "answers for a center: its staff, its policy, what it gives away",
    "operator": "runs the machine: keys, health, the log; hears and sees no answer",
}
EVERYONE: frozenset[Role] = frozenset(ROLES)
STAFF: frozenset[Role] = frozenset({"assessor", "coordinator", "owner", "operator"})
OF_A_CENTER: frozenset[Role] = frozenset({"assessor", "coordinator", "owner"})
DESK: frozenset[Role] = frozenset({"coordinator", "owner"})
