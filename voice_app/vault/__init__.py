"""Sealed with a key for each person, so that forgetting the key forgets the voice."""
