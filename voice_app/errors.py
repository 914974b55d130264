"""The root of expected errors: what a caller may catch, and what a person may be told."""


class VoiceAppError(Exception):
    """An expected failure. `str(error)` is a sentence for the person who runs the program."""
