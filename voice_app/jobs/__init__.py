"""What runs outside a request: hearing the answers, in turns, and what is due once a day."""

from voice_app.jobs.daily import Daily
from voice_app.jobs.left import Sweep
from voice_app.jobs.listener import Listener
from voice_app.jobs.meters import Meters
from voice_app.jobs.queue import Busy, Limits

__all__ = ["Busy", "Daily", "Limits", "Listener", "Meters", "Sweep"]
