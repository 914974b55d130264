"""Giving a badge: once for an attempt that is passed, and the fifth when all four are held."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from voice_app.badges.giving import NOTHING_MORE, Details, add, drafted, of_attempt
from voice_app.badges.office import Office
from voice_app.badges.stacking import complete
from voice_app.models import Attempt, Badge


def award_for(office: Office) -> Callable[[Session, Attempt], None]:
    """Give what an attempt that is passed calls, inside the transaction that ends it."""

    def award(session: Session, attempt: Attempt) -> None:
        issue(session, attempt, office=office)

    return award


def issue(
    session: Session, attempt: Attempt, *, office: Office, details: Details = NOTHING_MORE
) -> Badge:
    """Give the badge of an attempt; one that was given stays as it was signed.

    With the last of the four comes the full micro-certification.
    """
    given = of_attempt(session, attempt.id)
    if given is not None:
        return given
    badge = add(session, drafted(session, attempt, details=details), office=office)
    complete(session, attempt, office=office)
    return badge
