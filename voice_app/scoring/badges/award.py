"""What a badge is given for, to whom, by whom: the facts that a credential tells."""

from dataclasses import dataclass
from datetime import datetime

FULL = "FULL"


@dataclass(frozen=True)
class Issuer:
    """Who stands behind a badge; `did` such as did:web:example.org, `country` such as FR."""

    did: str
    name: str
    url: str
    country: str
    email: str | None = None


@dataclass(frozen=True)
class Skill:
    """A skill of ESCO: `uri` is http://data.europa.eu/esco/skill/UUID, `name` its own label."""

    uri: str
    name: str


@dataclass(frozen=True)
class LearningOutcome:
    """What the holder is able to do; `code` such as LO6."""

    code: str
    name: str
    description: str


@dataclass(frozen=True)
class Competence:
    """What was shown: a micro-competence, named and described in the badge's own language.

    `criteria` says how it is shown, with `{language}` for the employer language; None takes
    the words that hold for any test. `eqf` is a level of the European Qualifications
    Framework, 1 to 8. `workload_hours` is None where nobody has measured it. `assessments`
    are the kinds of test: `quiz`, `oral`, `practical`. `parts` are the micro-competences that
    a full micro-certification rests on.
    """

    id: str
    name: str
    description: str
    criteria: str | None = None
    outcomes: tuple[LearningOutcome, ...] = ()
    eqf: int = 2
    workload_hours: int | None = None
    assessments: tuple[str, ...] = ("quiz",)
    skills: tuple[Skill, ...] = ()
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Definition:
    """What a badge is given for: a competence, shown to an employer who speaks one language.

    `employer_language` is a language code, `own_name` what that language calls itself.
    `origin` is the service's address, without a slash at its end. `other_languages` are the
    employer languages in which the same competence can be shown as well.
    """

    competence: Competence
    employer_language: str
    own_name: str
    origin: str
    other_languages: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """Where the achievement is published; also its id."""
        return achievement_address(
            self.origin, self.competence.id, employer_language=self.employer_language
        )


@dataclass(frozen=True)
class StatusPlace:
    """Where a badge stands in the issuer's status lists.

    `list_address` is ORIGIN/status/NUMBER, without a slash at its end; there is one list
    credential for each purpose under it. `index` counts the entries of the list from 0.
    `purposes` are the lists that the badge names. Open Badges 3.0 has room for one: its
    published JSON Schemas refuse a badge that names two.
    """

    list_address: str
    index: int
    purposes: tuple[str, ...] = ("revocation",)


@dataclass(frozen=True)
class Assessed:
    """How sure the test was: told as it was, never better."""

    is_supervised: bool
    is_identity_checked: bool


UNSUPERVISED = Assessed(is_supervised=False, is_identity_checked=False)


@dataclass(frozen=True)
class Award:
    """One badge to be given. It has no place for what must stay private: marks and standing.

    `code` is the eight characters of its address, `holder_id` a `urn:uuid:` that says nothing
    about the person, `issued_at` and `expires_at` are aware. `holder_name` is there only when
    the holder consented. `parts` are the addresses of the badges that a full
    micro-certification rests on, in the order of the definition's parts.
    """

    code: str
    holder_id: str
    definition: Definition
    issued_at: datetime
    issuer: Issuer
    expires_at: datetime | None = None
    holder_name: str | None = None
    place: StatusPlace | None = None
    assessed: Assessed = UNSUPERVISED
    parts: tuple[str, ...] = ()


def badge_address(origin: str, code: str) -> str:
    """Give the public address of a badge, which is also its id."""
    return f"{origin}/b/{code}"


def achievement_address(origin: str, competence: str, *, employer_language: str) -> str:
    """Give the public address of what badges are given for."""
    return f"{origin}/achievements/{competence}/{employer_language}"
