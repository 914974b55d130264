"""What marking anew would change: one change an attempt, and a plan with a digest of all."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, get_args

from voice_app.errors import VoiceAppError
from voice_app.scoring import marks

What = Literal["rubric", "engine", "rules"]
Becomes = Literal["raised", "queued", "stays", "cannot"]

WHATS: tuple[What, ...] = get_args(What)
FORMAT = 1


class PlanError(VoiceAppError):
    """A plan that was changed by hand, is no plan, or is of another version of this service."""


@dataclass(frozen=True)
class Stand:
    """How an attempt stands: `state` passed, not_yet or to_review; the level, once it is sure."""

    state: str
    points: int
    maximum: int
    level: str | None

    @classmethod
    def of(cls, state: str, points: int, *, maximum: int, reviews: int) -> "Stand":
        """Give how an outcome stands."""
        level = None if reviews or state == "to_review" else marks.level(points, maximum)
        return cls(state, points, maximum, level)

    def is_less_than(self, other: "Stand") -> bool:
        """Tell whether it is a smaller share of what there is, or a pass less."""
        is_pass_less = other.state == "passed" and self.state != "passed"
        return is_pass_less or self.points * other.maximum < other.points * self.maximum


@dataclass(frozen=True)
class Change:
    """What marking anew does to one attempt.

    `becomes` is raised, queued (people mark `queued` answers anew), stays (it would be less, and
    nobody loses by a change of ours) or cannot, with a `note` why. `rows` is the digest of
    what was kept of the attempt when the plan was made.
    """

    attempt_id: str
    micro_competence: str
    languages: str
    becomes: Becomes
    before: Stand
    after: Stand
    queued: int
    note: str
    rows: str

    @property
    def is_applied(self) -> bool:
        """Whether there is anything to do."""
        return self.becomes in ("raised", "queued")

    @property
    def is_flip(self) -> bool:
        """Whether a pass comes of it."""
        return self.becomes == "raised" and self.after.state != self.before.state


@dataclass(frozen=True)
class Plan:
    """Everything that would change; `versions` are those of the content, by micro-competence."""

    what: What
    micro_competence: str | None
    since: str | None
    made_at: str
    versions: Mapping[str, str]
    attempts: int
    changes: tuple[Change, ...]

    @property
    def digest(self) -> str:
        """SHA-256 in hex of all of it."""
        return sha256(_packed(asdict(self)).encode()).hexdigest()

    def summary(self) -> Iterator[str]:
        """Give in lines what would change: passes, levels, and whom by language."""
        for becomes in get_args(Becomes):
            yield f"{becomes}: {sum(one.becomes == becomes for one in self.changes)}"
        flips = [one for one in self.changes if one.is_flip]
        yield f"pass flips: {len(flips)}"
        levels = [one for one in self.changes if one.is_applied]
        yield from _counted("level", [f"{one.before.level} to {one.after.level}" for one in levels])
        yield from _counted("flips in", [one.languages for one in flips])


def write(plan: Plan, path: Path) -> None:
    """Write a plan with its digest."""
    told = {"format": FORMAT, "digest": plan.digest, "plan": asdict(plan)}
    path.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def read(path: Path) -> Plan:
    """Read a plan. Raises `PlanError`, and `OSError` where there is no file."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        plan = _plan(told["plan"])
        is_whole = told["format"] == FORMAT and told["digest"] == plan.digest
    except (ValueError, KeyError, TypeError) as error:
        raise PlanError(f"{path} is no plan.") from error
    if not is_whole:
        raise PlanError(f"{path} was changed since it was made.")
    return plan


def digest_of(facts: Sequence[Any]) -> str:
    """Give the SHA-256 in hex of JSON values."""
    return sha256(_packed(facts).encode()).hexdigest()


def day(text: str | None) -> datetime | None:
    """Give the moment that a plan's `since` names."""
    return None if text is None else datetime.fromisoformat(text)


def _plan(told: Mapping[str, Any]) -> Plan:
    changes = tuple(
        Change(**one | {"before": Stand(**one["before"]), "after": Stand(**one["after"])})
        for one in told["changes"]
    )
    return Plan(**dict(told) | {"changes": changes})


def _counted(words: str, found: Sequence[str]) -> Iterator[str]:
    for name in sorted(set(found)):
        yield f"{words} {name}: {found.count(name)}"


def _packed(told: Any) -> str:
    return json.dumps(told, sort_keys=True, separators=(",", ":"))
