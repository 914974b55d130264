"""What runs outside a request: hearing the answers, in turns, one at a time."""

from voice_app.jobs.listener import Listener
from voice_app.jobs.meters import Meters
from voice_app.jobs.queue import Busy, Limits

__all__ = ["Busy", "Limits", "Listener", "Meters"]
