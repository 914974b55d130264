"""What can go wrong with sealed bytes."""

from voice_app.errors import VoiceAppError


class VaultError(VoiceAppError):
    """The vault cannot be used: its master key is missing, open to others, or stays shut."""


class KeyGone(VaultError):
    """The key of these bytes was destroyed: nobody can open them any more."""


class NotOpened(VaultError):
    """The bytes are not what was sealed for this person and this purpose."""
