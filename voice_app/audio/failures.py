"""How an engine in a process of its own fails."""

from voice_app.audio.speech import EngineError


class EngineCrashed(EngineError):
    """The engine's process died while it worked; a new one takes its place."""

    code = "engine-crashed"


class EngineOutOfMemory(EngineCrashed):
    """The engine asked for more memory than it may have; a new process takes its place."""

    code = "engine-out-of-memory"


class EngineTimedOut(EngineError):
    """The engine did not answer in time; its process was ended and replaced."""

    code = "engine-timed-out"


class EngineNotLoaded(EngineError):
    """The engine cannot be loaded now, whatever it is asked; it is tried again after a pause."""

    code = "engine-not-loaded"
