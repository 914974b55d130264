"""Who may come in by card, kiosk or link, and who may enroll them."""

from voice_app.access.policy import Rule

RULES: tuple[Rule, ...] = ()
