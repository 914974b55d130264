"""An organization's service that says who somebody is."""

from dataclasses import dataclass

from voice_app.errors import VoiceAppError


class ProviderFailed(VoiceAppError):
    """The organization's service did not answer as it should; nobody was let in."""


@dataclass(frozen=True)
class Provider:
    """An OpenID provider as told in the settings; `name` is what its button says."""

    issuer: str
    client_id: str
    client_secret: str
    redirect_uri: str
    name: str
