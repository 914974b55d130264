"""Hostile and broken sound: what it does to the service."""
