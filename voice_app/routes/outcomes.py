"""How an attempt ended: told to its owner alone, in sentences, never as a number."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from sqlalchemy.orm import Session

from voice_app import attempts, badges, outcomes, oversight
from voice_app.dialogues import flow
from voice_app.dialogues.content import Assessment
from voice_app.models import Attempt
from voice_app.routes import appeals, comments, news, scene_outcome, spoken
from voice_app.routes.deps import Here, Owner, Service
from voice_app.scoring import feedback

router = APIRouter(prefix="/attempts/{attempt_id}/outcome")


@router.get("")
def show(attempt_id: str, here: Here, owner: Owner) -> dict[str, Any]:
    """What is said at the end; `pending` while answers are still being heard."""
    with here.database.reading.begin() as session:
        attempt = attempts.owned(session, attempt_id, owner=owner)
        more = _more(here, session, attempt)
        home = here.home(attempt)
        if home is not None:
            return scene_outcome.told(here, session, attempt, bank=home) | more
        bank = here.bank(attempt)
        said = attempts.responses(session, attempt_id, bank=bank)
        words = oversight.words(session, attempt_id)
        badge = badges.of_attempt(session, attempt_id)
        said_by_people = {"comments": comments.told(here, session, attempt)}
    if not isinstance(flow.next_turn(bank, said), flow.Finish):
        return _told(here, attempt, feedback.PENDING) | {"state": "pending", "badge": None} | more
    outcome = outcomes.found(bank, attempt=attempt, said=said, words=words)
    standings = oversight.standings(bank, said, words=words)
    told = _told(here, attempt, feedback.feedback(outcome, _marks(bank, standings)))
    given = {"badge": badge and spoken.badge(badge)} | said_by_people
    return told | spoken.standing(outcome) | given | more


def _more(here: Service, session: Session, attempt: Attempt) -> dict[str, Any]:
    """What is new, until when people will have marked, and what became of an appeal."""
    return {
        "news": news.told(here, session, attempt),
        "promise": news.promise(here, session, attempt),
        "appeal": appeals.told(here, session, attempt),
    }


def _marks(
    bank: Assessment, standings: Mapping[str, oversight.Standing]
) -> list[feedback.ItemMark]:
    is_right = {"right": True, "wrong_touch": False, "wrong_by_person": False}
    return [
        feedback.ItemMark(item, bank.items[item].learning_outcome, is_right.get(final))
        for item, final in standings.items()
    ]


def _told(here: Service, attempt: Attempt, told: feedback.Feedback) -> dict[str, Any]:
    language = here.content.languages[attempt.help_language]
    return {
        "reviews": 0,
        "level": None,
        "say": [spoken.phrase(here.manifest, language, key=key) for key in told.say],
        "good": [
            {
                "learning_outcome": spoken.phrase(
                    here.manifest, language, key=f"result.good.{outcome}"
                )
            }
            for outcome in told.good
        ],
        "practice": [_practice(here, attempt, one) for one in told.practice],
    }


def _practice(here: Service, attempt: Attempt, practice: feedback.Practice) -> dict[str, Any]:
    right = here.bank(attempt).items[practice.item].right
    language = here.content.languages[attempt.help_language]
    return {
        "item": practice.item,
        "learning_outcome": practice.learning_outcome,
        "prompt": spoken.prompt(here.manifest, attempt.employer_language, item=practice.item),
        "picture": spoken.picture_url(right),
        "name": spoken.word(here.manifest, language, option=right),
    }
