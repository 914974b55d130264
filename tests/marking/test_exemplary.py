import pytest

from tests.marking.desk import CENTER, COORDINATOR, Desk, author
from voice_app.marking import exemplary
from voice_app.marking.exemplary import LONGEST, GoodCommentError
from voice_app.models import GoodComment

WORDS = "You begin with your name. Ask for the hours next."


def propose(desk: Desk, text: str = WORDS, *, criterion: str = "clear") -> GoodComment:
    return exemplary.propose(
        desk.session,
        CENTER,
        bank=desk.bank,
        criterion=criterion,
        language="en",
        text=text,
        author=author("ana"),
        at=desk.now,
    )


def answer(desk: Desk, row: GoodComment, to: str, *, by: str = COORDINATOR) -> None:
    exemplary.answer(desk.session, row, to, author=by, at=desk.now)


def shared(desk: Desk, **fitting: object) -> list[str]:
    found = exemplary.shared(desk.session, CENTER, **fitting)  # type: ignore[arg-type]
    return [one.text for one in found]


def test_what_is_proposed_is_offered_once_a_coordinator_shares_it(desk: Desk) -> None:
    row = propose(desk, f"  {WORDS.replace(' ', '  ')} ")
    assert list(exemplary.waiting(desk.session, CENTER)) == [row]
    assert shared(desk) == []
    answer(desk, row, "shared")
    assert list(exemplary.waiting(desk.session, CENTER)) == []
    assert shared(desk) == [WORDS]
    answer(desk, row, "retired")
    assert shared(desk) == []


def test_what_fits_an_answer_is_about_its_criteria_and_in_its_language(desk: Desk) -> None:
    answer(desk, propose(desk), "shared")
    assert shared(desk, micro_competence="MC1", criteria=["clear"], language="en") == [WORDS]
    assert shared(desk, micro_competence="MC1", criteria=["whole"], language="en") == []
    assert shared(desk, micro_competence="MC1", criteria=["clear"], language="es") == []
    assert shared(desk, micro_competence="MC4") == []
    assert list(exemplary.shared(desk.session, "c2")) == []


def test_what_is_refused_keeps_no_words(desk: Desk) -> None:
    row = propose(desk)
    answer(desk, row, "refused")
    assert [one.text for one in desk.session.query(GoodComment)] == ["", ""]
    assert list(exemplary.waiting(desk.session, CENTER)) == []
    assert shared(desk) == []


def test_nobody_shares_their_own_and_no_answer_is_given_twice(desk: Desk) -> None:
    row = propose(desk)
    with pytest.raises(GoodCommentError):
        answer(desk, row, "shared", by=author("ana"))
    with pytest.raises(GoodCommentError):
        answer(desk, row, "retired")
    answer(desk, row, "shared")
    for again in ("shared", "refused", "proposed"):
        with pytest.raises(GoodCommentError):
            answer(desk, row, again)


def test_the_same_words_are_proposed_once(desk: Desk) -> None:
    row = propose(desk)
    assert propose(desk) is row
    answer(desk, row, "shared")
    assert propose(desk) is row
    assert propose(desk, criterion="whole") is not row


@pytest.mark.parametrize("text", ["", "  ", "a" * (LONGEST + 1)])
def test_a_comment_to_share_is_short(desk: Desk, text: str) -> None:
    with pytest.raises(GoodCommentError):
        propose(desk, text)


def test_a_comment_to_share_is_about_a_criterion(desk: Desk) -> None:
    with pytest.raises(GoodCommentError):
        propose(desk, criterion="beauty")
