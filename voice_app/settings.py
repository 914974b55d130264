"""What an operator can set: environment variables VOICE_APP_*, read only by app and commands."""

from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

PACKAGE = Path(__file__).parent


def _own_folder(name: str) -> Path:
    return user_data_path("voice-app", appauthor=False) / name


class Settings(BaseSettings):
    """The settings of one running service.

    `data_folder` (VOICE_APP_DATA) holds the database, the recordings and the keys,
    `models_folder` (VOICE_APP_MODELS) the models of the engines. `origin`
    (VOICE_APP_ORIGIN) is the address people reach the service under, without a slash at
    its end; the badges are signed in its name, so it must not change once badges are out.
    `waiting_limit` (VOICE_APP_WAITING_LIMIT) is how many answers may wait to be heard
    before phones are told to keep theirs for a while.
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
    waiting_limit: int = Field(default=500, ge=1)

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
        """Where the key that signs badges is kept."""
        return self.data_folder / "keys"


def web_folder() -> Path:
    """Templates, static files and pictures: inside the wheel, or beside the package."""
    return _shipped("web")


def assets_folder() -> Path:
    """The rendered sounds: inside the wheel, or beside the package."""
    return _shipped("audio_assets")


def _shipped(name: str) -> Path:
    inside = PACKAGE / name
    return inside if inside.exists() else PACKAGE.parent / name
