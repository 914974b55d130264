"""Marking by people: what waits, who marks it, and what their marks come to."""
