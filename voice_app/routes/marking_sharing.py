"""Comments that assessors share, where an answer is marked: one that is sent, one to propose."""

from dataclasses import replace

from sqlalchemy.orm import Session

from voice_app.dialogues.scenario import ScenarioBank
from voice_app.marking import exemplary
from voice_app.marking.comments import Comment
from voice_app.models import Attempt, Mark, Unmarked
from voice_app.routes.deps import Service
from voice_app.routes.marking_form import Form


def commented(session: Session, task: Unmarked, form: Form) -> Comment:
    """Give the comment of a form, with the words that the center shares put before its own."""
    offered = exemplary.shared(session, task.center, micro_competence=task.micro_competence)
    chosen = [one.text for one in offered if one.seq in form.shared]
    words = [*chosen, *([form.comment.text] if form.comment.text else [])]
    return replace(form.comment, text=" ".join(words))


def propose_own(session: Session, here: Service, mark: Mark, *, form: Form) -> None:
    """Propose the own words of a comment to the others, where its author wants it.

    Raises `GoodCommentError`.
    """
    attempt = session.get(Attempt, mark.attempt_id)
    bank = None if attempt is None else here.content.scenarios.get(attempt.assessment)
    if not (form.proposes and form.comment.text and mark.is_counted):
        return
    if attempt is None or not isinstance(bank, ScenarioBank):
        return
    exemplary.propose(
        session,
        attempt.criteria.get("center") or "",
        bank=bank,
        criterion=form.proposes,
        language=attempt.help_language,
        text=form.comment.text,
        author=mark.author,
        at=mark.at,
    )
