"""Marking anew after the rubric, the rules or the engine changed: planned first, then done."""

from voice_app.remarking.applying import APPLIED, RowsChanged, apply, left
from voice_app.remarking.planning import plan
from voice_app.remarking.redoing import CannotRemark, Desk
from voice_app.remarking.values import WHATS, Change, Plan, PlanError, Stand, What, read, write

__all__ = [
    "APPLIED",
    "WHATS",
    "CannotRemark",
    "Change",
    "Desk",
    "Plan",
    "PlanError",
    "RowsChanged",
    "Stand",
    "What",
    "apply",
    "left",
    "plan",
    "read",
    "write",
]
