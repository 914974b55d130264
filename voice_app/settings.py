"""What an operator can set: environment variables VOICE_APP_*, read only by app and commands."""

from ipaddress import ip_network
from pathlib import Path
from typing import Annotated

from platformdirs import user_data_path
from pydantic import AfterValidator, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from voice_app.badge_keys import passphrase_of
from voice_app.notices import Basis
from voice_app.people.oidc_provider import Provider

PACKAGE = Path(__file__).parent


def _own_folder(name: str) -> Path:
    return user_data_path("voice-app", appauthor=False) / name


def _proxies(text: str) -> str:
    """Check a list of addresses: whoever stands in it may claim to be anybody."""
    listed = [one.strip() for one in text.split(",") if one.strip()]
    for network in map(ip_network, listed):
        if network.prefixlen == 0:
            raise ValueError(f"{network} would let everybody say who they are.")
    return ",".join(listed)


class Settings(BaseSettings):
    """The settings of one running service.

    `data_folder` (VOICE_APP_DATA) holds the database, the recordings and the keys,
    `models_folder` (VOICE_APP_MODELS) the models of the engines. `origin`
    (VOICE_APP_ORIGIN) is the address people reach the service under, without a slash at
    its end; the badges are signed in its name, so it must not change once badges are out.
    `waiting_limit` (VOICE_APP_WAITING_LIMIT) is how many answers may wait to be heard
    before phones are told to keep theirs for a while. `key_passphrase`
    (VOICE_APP_KEY_PASSPHRASE) opens the keys; without it, the one in
    VOICE_APP_KEY_PASSPHRASE_FILE does, which is made at the first start. `issuer_email`
    (VOICE_APP_ISSUER_EMAIL) is whom employers can ask about a badge. `level_credentials`
    (VOICE_APP_LEVEL_CREDENTIALS) lets owners have their private level in writing. `legal_basis`
    (VOICE_APP_LEGAL_BASIS) is what the test rests on, told in the spoken notice: a contract
    with the candidate, or a public task. `trusted_proxies` (VOICE_APP_TRUSTED_PROXIES) are the
    addresses or networks, separated by commas, of the reverse proxies that may say who is
    asking and whether it was https.
    `oidc_issuer`, `oidc_client_id` and `oidc_client_secret` (VOICE_APP_OIDC_…) name an
    OpenID provider by which staff may come in, `oidc_name` what its button says.
    """

    model_config = SettingsConfigDict(env_prefix="VOICE_APP_", populate_by_name=True)

    data_folder: Path = Field(
        default_factory=lambda: _own_folder("data"), validation_alias="VOICE_APP_DATA"
    )
    models_folder: Path = Field(
        default_factory=lambda: _own_folder("models"), validation_alias="VOICE_APP_MODELS"
    )
    content_folder: Path = Field(
        default=PACKAGE / "dialogues", validation_alias="VOICE_APP_CONTENT"
    )
    origin: str = "http://localhost:8000"
    issuer_name: str = "MyCred4Home Voice"
    issuer_country: str = Field(default="FR", pattern="^[A-Z]{2}$")
    issuer_email: str | None = None
    level_credentials: bool = False
    legal_basis: Basis = "contract"
    trusted_proxies: Annotated[str, AfterValidator(_proxies)] = ""
    waiting_limit: int = Field(default=500, ge=1)
    oidc_issuer: str | None = None
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr = SecretStr("")
    oidc_name: str = "My organization's account"
    key_passphrase: SecretStr | None = None
    key_passphrase_file: Path | None = None

    @property
    def database_path(self) -> Path:
        """The SQLite file."""
        return self.data_folder / "voice-app.sqlite3"

    @property
    def recordings_folder(self) -> Path:
        """Where the original bytes of every utterance are kept."""
        return self.data_folder / "recordings"

    @property
    def keys_folder(self) -> Path:
        """Where the keys that sign badges are kept."""
        return self.data_folder / "keys"

    @property
    def pepper_file(self) -> Path:
        """What the hashes of pictures on cards are made with; without it no card opens."""
        return self.data_folder / "pictures-pepper"

    @property
    def tls_folder(self) -> Path:
        """Where a center's own authority is kept."""
        return self.data_folder / "tls"

    @property
    def vault_folder(self) -> Path:
        """Where the keys that open recordings are kept; never among versioned backups."""
        return self.data_folder / "vault"

    def provider(self) -> Provider | None:
        """Give the OpenID provider that staff may come in by; None where none is set."""
        if self.oidc_issuer is None:
            return None
        return Provider(
            issuer=self.oidc_issuer,
            client_id=self.oidc_client_id,
            client_secret=self.oidc_client_secret.get_secret_value(),
            redirect_uri=f"{self.origin}/staff/organization/back",
            name=self.oidc_name,
        )

    def passphrase(self) -> bytes:
        """Give the passphrase of the keys; makes its file at the first start."""
        told = self.key_passphrase
        return passphrase_of(
            None if told is None else told.get_secret_value(),
            file=self.key_passphrase_file or self.data_folder / "key-passphrase",
            keys_folder=self.keys_folder,
        )


def web_folder() -> Path:
    """Templates, static files and pictures: inside the wheel, or beside the package."""
    return _shipped("web")


def assets_folder() -> Path:
    """The rendered sounds: inside the wheel, or beside the package."""
    return _shipped("audio_assets")


def _shipped(name: str) -> Path:
    inside = PACKAGE / name
    return inside if inside.exists() else PACKAGE.parent / name
