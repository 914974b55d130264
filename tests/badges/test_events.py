import pytest

from tests.badges.made import MOMENT, OWNER, given, show
from voice_app import badges
from voice_app.badges import Details, Standing, UnknownBadgeError, WithdrawalError
from voice_app.models import Badge
from voice_app.routes.deps import Service


@pytest.fixture
def badge(service: Service) -> Badge:
    """A badge that its holder has not shown yet."""
    return given(service, "11111111-1111-4111-8111-111111111111", is_shown=False)


def seen(service: Service, badge: Badge, *, is_holder: bool = False) -> Standing:
    with service.database.reading.begin() as session:
        return badges.standing(
            session, badge.code, office=service.office, now=MOMENT, is_holder=is_holder
        )


def hide(service: Service, badge: Badge) -> None:
    with service.database.writing.begin() as session:
        badges.hide(session, badge.code, owner_hash=OWNER, office=service.office)


def withdraw(service: Service, badge: Badge, kind="revoked", reason="mistake", author="Ana"):
    with service.database.writing.begin() as session:
        return badges.withdraw(
            session, badge.code, kind=kind, reason=reason, author=author, office=service.office
        )


def resume(service: Service, badge: Badge, author="Ana"):
    with service.database.writing.begin() as session:
        return badges.resume(session, badge.code, author=author, office=service.office)


def kinds(service: Service, badge: Badge) -> list[str]:
    with service.database.reading.begin() as session:
        return [event.kind for event in badges.events_of(session, badge.code)]


def test_a_badge_is_hidden_until_its_holder_says_yes(service: Service, badge: Badge):
    assert seen(service, badge).state == "hidden"
    show(service, badge)
    assert seen(service, badge).state == "real"
    hide(service, badge)
    assert seen(service, badge).state == "hidden"


def test_the_holder_always_sees_their_badge(service: Service, badge: Badge):
    assert seen(service, badge, is_holder=True).state == "real"


def test_nobody_but_the_holder_shows_or_hides(service: Service, badge: Badge):
    with service.database.writing.begin() as session, pytest.raises(UnknownBadgeError):
        badges.hide(session, badge.code, owner_hash="1" * 64, office=service.office)


@pytest.mark.parametrize(("kind", "state"), [("revoked", "cancelled"), ("suspended", "paused")])
def test_a_withdrawn_badge_says_so_and_why(service: Service, badge: Badge, kind: str, state: str):
    show(service, badge)
    withdraw(service, badge, kind=kind, reason="investigation")
    withdraw(service, badge, kind=kind, reason="mistake")
    found = seen(service, badge)
    assert (found.state, found.reason) == (state, "investigation")
    assert kinds(service, badge) == ["shown", kind]


def test_a_pause_ends(service: Service, badge: Badge):
    show(service, badge)
    withdraw(service, badge, kind="suspended")
    resume(service, badge)
    resume(service, badge)
    assert seen(service, badge).state == "real"
    assert kinds(service, badge) == ["shown", "suspended", "resumed"]


def test_what_is_cancelled_never_comes_back(service: Service, badge: Badge):
    show(service, badge)
    withdraw(service, badge, kind="suspended")
    withdraw(service, badge)
    with pytest.raises(WithdrawalError, match="for good"):
        resume(service, badge)
    with pytest.raises(WithdrawalError, match="for good"):
        withdraw(service, badge, kind="suspended")
    hide(service, badge)
    show(service, badge)
    assert seen(service, badge).state == "cancelled"


@pytest.mark.parametrize("author", ["", " ", "machine", "Service", "holder", "x" * 81])
def test_a_person_withdraws_never_a_machine(service: Service, badge: Badge, author: str):
    with pytest.raises(WithdrawalError, match="person"):
        withdraw(service, badge, author=author)


def test_a_withdrawal_has_a_reason_we_have_words_for(service: Service, badge: Badge):
    with pytest.raises(WithdrawalError, match="investigation"):
        withdraw(service, badge, reason="just so")


def test_a_code_that_is_none_is_told(service: Service, badge: Badge):
    badge.code = "22222222"
    with pytest.raises(UnknownBadgeError, match="22222222"):
        withdraw(service, badge)
    assert seen(service, badge) == Standing("unknown", None)


def reissue(service: Service, badge: Badge, details: Details | None = None) -> Badge:
    with service.database.writing.begin() as session:
        return badges.reissue(
            session, badge.code, author="Ana", office=service.office, details=details
        )


def test_a_corrected_badge_is_new_and_the_old_one_points_to_it(service: Service, badge: Badge):
    show(service, badge)
    new = reissue(service, badge)
    old = seen(service, badge)
    assert (old.state, old.reason, old.replaced_by) == ("cancelled", "correction", new.code)
    assert seen(service, new).state == "real"
    assert new.holder_id == badge.holder_id
    assert new.list_index != badge.list_index
    with service.database.reading.begin() as session:
        assert badges.of_attempt(session, badge.attempt_id).code == new.code


def test_correcting_again_changes_nothing(service: Service, badge: Badge):
    assert reissue(service, badge).code == reissue(service, badge).code


def test_a_corrected_badge_can_be_corrected(service: Service, badge: Badge):
    newest = reissue(service, reissue(service, badge))
    with service.database.reading.begin() as session:
        assert badges.of_attempt(session, badge.attempt_id).code == newest.code


def test_a_name_that_nobody_agreed_to_show_is_hidden(service: Service, badge: Badge):
    show(service, badge)
    new = reissue(service, badge, Details(holder_name="Ana Ejemplo"))
    assert "Ana Ejemplo" in new.credential
    assert seen(service, new).state == "hidden"
    show(service, new)
    corrected = reissue(service, new, Details(holder_name="Ana Ejemplar"))
    assert seen(service, corrected).state == "real"


@pytest.mark.parametrize("kind", ["revoked", "suspended"])
def test_what_is_withdrawn_is_not_given_again(service: Service, badge: Badge, kind: str):
    withdraw(service, badge, kind=kind)
    with pytest.raises(WithdrawalError, match="withdrawn"):
        reissue(service, badge)
