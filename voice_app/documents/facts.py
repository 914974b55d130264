"""What the documents say of a service: what was set, and what the code itself says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

from voice_app.access import ROLES, signins
from voice_app.access.roles import ABOUT
from voice_app.access.rules import RULES as ROUTE_RULES
from voice_app.audio import sandbox
from voice_app.audio.catalog import CATALOG
from voice_app.audio.models import Model, digest_of, installed_folder
from voice_app.audio.prompts import Manifest
from voice_app.audio.recordings import Limits
from voice_app.audio.workers import MEMORY_LIMIT_BYTES
from voice_app.consents import EXTRAS
from voice_app.dialogues.content import Assessment, Content
from voice_app.documents.activities import ABOUT_NOBODY, ACTIVITIES
from voice_app.notices import Basis, Edition, edition
from voice_app.oversight import DEFAULT, MAY_BE_AUTOMATIC, REASONS
from voice_app.people import cards, invitations, kiosk, links, passwords, second_steps
from voice_app.privacy.rules import RULES as KEPT
from voice_app.privacy.rules import Rule
from voice_app.scoring.calibration import CURRENT
from voice_app.scoring.costs import COSTS
from voice_app.scoring.features import NAMES
from voice_app.scoring.marks import PASS_PERCENT

_LETTERS = 16


@dataclass(frozen=True)
class Deployment:
    """What was set for one service. `provider` is where staff sign in by an organization."""

    issuer_name: str
    issuer_country: str
    issuer_email: str | None
    origin: str
    basis: Basis
    waiting_limit: int
    has_level_credentials: bool
    provider: str | None

    @property
    def is_https(self) -> bool:
        """Whether people reach it under https."""
        return self.origin.startswith("https:")

    @property
    def article(self) -> str:
        """The article of the GDPR that the test rests on."""
        return "6(1)(b)" if self.basis == "contract" else "6(1)(e)"


@dataclass(frozen=True)
class Engine:
    """A model of the catalog; `digest` begins the SHA-256 over its files, None where absent."""

    name: str
    used_for: str
    license: str
    digest: str | None


@dataclass(frozen=True)
class Threshold:
    """From where the machine may decide, in percent of probability."""

    profile: str
    right_from: str
    not_right_up_to: str


@dataclass(frozen=True)
class Purpose:
    """What is asked for alone, and the sentence that asks, in English."""

    name: str
    sentence: str


@dataclass(frozen=True)
class Kept:
    """The kinds of data of one activity, with how long each is kept."""

    rule: Rule
    days: str


@dataclass(frozen=True)
class Facts:
    """Everything the templates may say; made once, for one day."""

    deployment: Deployment
    made_on: date
    version: str
    engines: tuple[Engine, ...]
    thresholds: tuple[Threshold, ...]
    purposes: tuple[Purpose, ...]
    notices: tuple[Edition, ...]
    language_names: Mapping[str, str]
    assessments: tuple[Assessment, ...]
    help_languages: tuple[str, ...]
    kept: tuple[Kept, ...]
    roles: tuple[tuple[str, str], ...]
    route_count: int

    activities = ACTIVITIES
    calibration = CURRENT
    feature_count = len(NAMES)
    pass_percent = PASS_PERCENT
    policy = DEFAULT
    may_be_automatic = MAY_BE_AUTOMATIC
    stop_reasons = REASONS
    take = Limits()
    engine_megabytes = 3 * MEMORY_LIMIT_BYTES // 1_000_000
    decoder_megabytes = sandbox.MEMORY_BYTES // 1_000_000
    decoder_seconds = sandbox.CPU_SECONDS[1]
    card_tries = cards.MOST_TRIES
    code_minutes = int(kiosk.LASTS.total_seconds()) // 60
    link_minutes = int(links.LASTS.total_seconds()) // 60
    invitation_days = invitations.LASTS.days
    recovery_codes = second_steps.RECOVERY_CODES
    shortest_password = passwords.SHORTEST
    staff_hours = int(signins.LIVES["staff"].longest.total_seconds()) // 3600
    staff_idle_minutes = int(signins.LIVES["staff"].idle.total_seconds()) // 60
    fresh_minutes = int(signins.FRESH.total_seconds()) // 60

    def kept_in(self, kinds: tuple[str, ...]) -> tuple[Kept, ...]:
        """The lines of the retention table about these kinds."""
        return tuple(one for one in self.kept if one.rule.kind in kinds)

    def days_of(self, kind: str) -> int | None:
        """How many days a kind is kept; None where it has no end of its own."""
        return next(one.rule.days for one in self.kept if one.rule.kind == kind)


def facts_of(
    deployment: Deployment,
    content: Content,
    *,
    manifest: Manifest,
    models_folder: Path,
    made_on: date,
) -> Facts:
    """Gather what is true of a service on a day."""
    languages = content.languages.values()
    return Facts(
        deployment=deployment,
        made_on=made_on,
        version=version("voice-app"),
        engines=tuple(_engine(model, models_folder) for model in CATALOG),
        thresholds=tuple(_thresholds()),
        purposes=tuple(_purposes(content)),
        notices=tuple(edition(one, manifest, basis=deployment.basis) for one in languages),
        language_names={one.code: one.own_name for one in languages},
        assessments=tuple(content.assessments.values()),
        help_languages=tuple(one.code for one in languages if "notice.why" in one.phrases),
        kept=tuple(Kept(one, _days(one)) for one in KEPT if one.kind not in ABOUT_NOBODY),
        roles=tuple((role, ABOUT[role]) for role in ROLES),
        route_count=len({rule.route for rule in ROUTE_RULES}),
    )


def _engine(model: Model, models_folder: Path) -> Engine:
    folder = installed_folder(model, models_folder)
    digest = None if folder is None else digest_of(model, folder)[:_LETTERS]
    return Engine(model.name, model.used_for, model.license, digest)


def _thresholds() -> Iterator[Threshold]:
    for name, costs in COSTS.items():
        right, other = 100 * costs.accept_from, 100 * costs.reject_up_to
        yield Threshold(name, f"{right:g}", f"{other:g}")


def _purposes(content: Content) -> Iterator[Purpose]:
    phrases = content.languages["en"].phrases
    yield Purpose("show-badge", phrases["share.consent"])
    for name in EXTRAS:
        yield Purpose(name, phrases[f"consent.{name}"])


def _days(rule: Rule) -> str:
    if rule.days is None:
        return "as told"
    return "1 day" if rule.days == 1 else f"{rule.days} days"
