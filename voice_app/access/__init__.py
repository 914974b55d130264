"""Who may come in, and who may do what."""

from voice_app.access.actor import STRANGER, Actor, Subject
from voice_app.access.policy import Rule, may, rule_for
from voice_app.access.roles import ROLES, Role

__all__ = ["ROLES", "STRANGER", "Actor", "Role", "Rule", "Subject", "may", "rule_for"]
