"""Who may run a center and its staff."""

from voice_app.access.policy import Rule

RULES: tuple[Rule, ...] = ()
