"""The badge as a signed document."""
