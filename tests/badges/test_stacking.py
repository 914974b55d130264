import json
from dataclasses import replace

import pytest
from sqlalchemy import select

from tests.badges.made import OWNER, given
from voice_app import badges
from voice_app.badges import Office, Slot
from voice_app.models import Badge, BadgePart
from voice_app.routes.deps import Service
from voice_app.scoring.badges.credential import FULL

FOUR = ("MC1", "MC2", "MC3", "MC4")


@pytest.fixture
def office(service: Service) -> Office:
    """An office for which all four can be shown."""
    bank = service.content.assessments["MC3"]
    banks = {one: replace(bank, micro_competence=one) for one in FOUR}
    return replace(service.office, content=replace(service.content, assessments=banks))


def earn(
    service: Service, office: Office, *competences: str, language: str = "fr", start: int = 0
) -> list[str]:
    codes = []
    for number, one in enumerate(competences, start):
        earned = {"assessment": one, "employer_language": language}
        name = f"{one}-{language}-{number}"
        codes.append(given(service, name, is_shown=False, office=office, **earned).code)
    return codes


def held(service: Service, office: Office, language: str = "fr") -> dict[str, Badge | None]:
    with service.database.reading.begin() as session:
        found = badges.slots(
            session, OWNER, employer_language=language, office=office, now=office.clock()
        )
    assert all(slot.is_filled == (slot.badge is not None) for slot in found)
    return {slot.micro_competence: slot.badge for slot in found}


def fulls(service: Service) -> list[Badge]:
    with service.database.reading.begin() as session:
        return list(session.scalars(select(Badge).where(Badge.kind == "full")))


def state(service: Service, code: str, office: Office) -> str:
    with service.database.reading.begin() as session:
        return badges.standing(
            session, code, office=office, now=office.clock(), is_holder=True
        ).state


def test_the_slots_begin_empty(service: Service, office: Office):
    assert held(service, office) == dict.fromkeys((*FOUR, FULL))


def test_a_badge_fills_its_slot_in_its_language_alone(service: Service, office: Office):
    (code,) = earn(service, office, "MC2")
    assert held(service, office)["MC2"].code == code
    assert not Slot("MC2", held(service, office, "es")["MC2"]).is_filled


def test_the_fifth_comes_with_the_last_of_the_four_and_points_to_them(
    service: Service, office: Office
):
    codes = earn(service, office, "MC4", "MC1", "MC2")
    assert not fulls(service)
    codes += earn(service, office, "MC3")
    (full,) = fulls(service)
    assert held(service, office)[FULL].code == full.code
    assert all(f"{office.origin}/b/{code}" in full.credential for code in codes)
    assert state(service, full.code, office) == "real"
    assert json.loads(full.credential)["id"] == f"{office.origin}/b/{full.code}"


def test_four_in_two_languages_are_not_all_four(service: Service, office: Office):
    earn(service, office, "MC1", "MC2", "MC3")
    earn(service, office, "MC4", language="es")
    assert not fulls(service)


def test_a_withdrawn_badge_empties_its_slot(service: Service, office: Office):
    code, *_ = earn(service, office, "MC1", "MC2", "MC3")
    with service.database.writing.begin() as session:
        badges.withdraw(
            session, code, kind="suspended", reason="mistake", author="Ana", office=office
        )
    earn(service, office, "MC4")
    assert held(service, office)["MC1"] is None
    assert not fulls(service)


def test_the_fifth_falls_with_a_part(service: Service, office: Office):
    code, *_ = earn(service, office, *FOUR)
    (full,) = fulls(service)
    for kind, expected in (("suspended", "paused"), ("revoked", "cancelled")):
        with service.database.writing.begin() as session:
            badges.withdraw(session, code, kind=kind, reason="mistake", author="A", office=office)
        assert state(service, full.code, office) == expected


def test_the_fifth_comes_back_with_the_last_paused_part(service: Service, office: Office):
    one, two, *_ = earn(service, office, *FOUR)
    (full,) = fulls(service)
    with service.database.writing.begin() as session:
        for code in (one, two):
            badges.withdraw(
                session, code, kind="suspended", reason="mistake", author="A", office=office
            )
    for code, expected in ((one, "paused"), (two, "real")):
        with service.database.writing.begin() as session:
            badges.resume(session, code, author="A", office=office)
        assert state(service, full.code, office) == expected


def test_the_fifth_that_was_paused_itself_stays_paused(service: Service, office: Office):
    code, *_ = earn(service, office, *FOUR)
    (full,) = fulls(service)
    with service.database.writing.begin() as session:
        for one in (full.code, code):
            badges.withdraw(
                session, one, kind="suspended", reason="mistake", author="A", office=office
            )
        badges.resume(session, code, author="A", office=office)
    assert state(service, full.code, office) == "paused"


def test_a_corrected_part_gives_the_fifth_anew(service: Service, office: Office):
    code, *rest = earn(service, office, *FOUR)
    (old,) = fulls(service)
    with service.database.writing.begin() as session:
        new = badges.reissue(session, code, author="Ana", office=office)
    (full,) = [one for one in fulls(service) if one.code != old.code]
    with service.database.reading.begin() as session:
        parts = set(
            session.scalars(select(BadgePart.part_code).where(BadgePart.full_code == full.code))
        )
    assert parts == {new.code, *rest}
    assert state(service, old.code, office) == "cancelled"
    assert state(service, full.code, office) == "real"


@pytest.mark.parametrize("kind", ["suspended", "revoked"])
def test_the_fifth_that_a_person_withdrew_is_not_earned_around_them(
    service: Service, office: Office, kind: str
):
    earn(service, office, *FOUR)
    (full,) = fulls(service)
    with service.database.writing.begin() as session:
        badges.withdraw(
            session, full.code, kind=kind, reason="investigation", author="A", office=office
        )
    earn(service, office, "MC2", "MC1", start=10)
    assert [one.code for one in fulls(service)] == [full.code]


def test_the_fifth_is_earned_again_after_a_part_fell(service: Service, office: Office):
    code, *_ = earn(service, office, *FOUR)
    with service.database.writing.begin() as session:
        badges.withdraw(session, code, kind="revoked", reason="mistake", author="A", office=office)
    earn(service, office, "MC1", start=10)
    assert [state(service, one.code, office) for one in fulls(service)].count("real") == 1


def test_the_fifth_can_be_corrected_itself(service: Service, office: Office):
    codes = earn(service, office, *FOUR)
    (old,) = fulls(service)
    with service.database.writing.begin() as session:
        new = badges.reissue(session, old.code, author="Ana", office=office)
    with service.database.reading.begin() as session:
        parts = session.scalars(
            select(BadgePart.part_code).where(BadgePart.full_code == new.code)
        ).all()
    assert sorted(parts) == sorted(codes)
    assert all(f"{office.origin}/b/{code}" in new.credential for code in codes)
