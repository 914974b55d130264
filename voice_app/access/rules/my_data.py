"""Who may hear, take and delete what is kept about them."""

from voice_app.access.policy import Rule

RULES: tuple[Rule, ...] = ()
