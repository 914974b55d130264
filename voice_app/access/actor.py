"""Who is asking, as far as a request proves it, and whose a thing is."""

from dataclasses import dataclass

from voice_app.access.roles import Role


@dataclass(frozen=True)
class Actor:
    """Who is asking.

    `center`, `account`, `candidate` and `device` are ids. `owner_hash` is whose attempts they
    may see: the candidate's, or those of the phone they hold. `is_fresh`: they proved who they
    are within the last minutes.
    """

    role: Role
    center: str | None = None
    account: str | None = None
    candidate: str | None = None
    owner_hash: str | None = None
    device: str | None = None
    is_fresh: bool = False

    @property
    def name(self) -> str:
        """How the log names them."""
        if self.account:
            return f"account:{self.account}"
        return f"candidate:{self.candidate}" if self.candidate else "stranger"


STRANGER = Actor("stranger")


@dataclass(frozen=True)
class Subject:
    """Whose a thing is: of a center, of the owner of an attempt, of a member of staff."""

    center: str | None = None
    owner_hash: str | None = None
    account: str | None = None
