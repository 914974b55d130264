"""The commands of `voice-app`, one group a file."""
