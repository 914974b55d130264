"""What follows a mark: the attempt's outcome is told anew, and a pass gives its badge."""

from sqlalchemy.orm import Session

from voice_app import outcomes
from voice_app.marking.tasks import Bank
from voice_app.models import Attempt
from voice_app.routes.deps import Service


def bank_of(here: Service, micro_competence: str) -> Bank:
    """Give what a micro-competence is assessed with; raises `KeyError` where nothing is."""
    bank = here.content.scenarios.get(micro_competence)
    return here.content.assessments[micro_competence] if bank is None else bank


def settled(session: Session, here: Service, attempt_id: str) -> None:
    """Tell the outcome of an attempt anew; an example of the content has none."""
    attempt = session.get(Attempt, attempt_id)
    if attempt is None:
        return
    bank = bank_of(here, attempt.assessment)
    outcomes.settle(session, bank, attempt=attempt, award=here.award, now=here.clock())
