"""Who may stop the machine, ask why, and contest."""

from voice_app.access.policy import Rule

RULES: tuple[Rule, ...] = ()
