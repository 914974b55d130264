import random
from dataclasses import replace

import pytest
from sqlalchemy import select

from tests.marking.desk import CENTER, COORDINATOR, NOON, OWNER, SAY, Desk, author
from tests.marking.fresh import fresh
from voice_app import marking
from voice_app.dialogues.scenario import Reference
from voice_app.marking import applying, conflicts, controls, licensing, taking_back, trust
from voice_app.marking.licensing import LicenseError
from voice_app.models import (
    Attempt,
    AuditEntry,
    Candidate,
    Control,
    License,
    Mark,
    Outcome,
    Unmarked,
)

WITHIN_CONTROLS = 10


def agreed(desk: Desk, name: str, **levels: int) -> Control:
    """A control of the center: an answer that two marked alike."""
    attempt = desk.attempt(name)
    for who in ("ben", "cleo"):
        desk.mark(who, **levels)
    return controls.make(desk.session, attempt, item=SAY, author=COORDINATOR, at=desk.now)


def stock(desk: Desk, how_many: int, *, best: bool = False) -> None:
    for number in range(how_many):
        levels = {} if best else {"clear": number % 3, "whole": (number + 1) % 3}
        agreed(desk, f"k{number}", **levels)


def test_an_answer_two_marked_alike_becomes_a_control(desk: Desk) -> None:
    control = agreed(desk, "k1", clear=1)
    assert control.levels == {"clear": 1, "whole": 2}
    assert list(controls.in_use(desk.session, CENTER)) == [control]
    controls.retire(desk.session, control, author=COORDINATOR, at=desk.now)
    assert list(controls.in_use(desk.session, CENTER)) == []


def test_an_answer_on_which_two_differ_is_no_control(desk: Desk) -> None:
    attempt = desk.attempt()
    desk.mark("ana", clear=1)
    desk.mark("ben", clear=2)
    with pytest.raises(controls.ControlError):
        controls.make(desk.session, attempt, item=SAY, author=COORDINATOR, at=desk.now)


def test_the_examples_of_the_content_are_controls_once(desk: Desk) -> None:
    assert controls.ship(desk.session, desk.bank, at=NOON) == 9
    assert controls.ship(desk.session, desk.bank, at=NOON) == 0
    one = controls.in_use(desk.session, None)[0]
    assert controls.example_of(one.item) == controls.Example("MC1", "ex-clear-0", "fr")
    assert one.levels == {"clear": 0, "whole": 0}
    clearer = {**desk.bank.references, "ex-clear-0": Reference(SAY, {"clear": 0, "whole": 1})}
    levelled = replace(desk.bank, references=clearer)
    assert controls.ship(desk.session, levelled, at=NOON) == 1
    (again,) = (row for row in controls.in_use(desk.session, None) if row.item == one.item)
    assert again.levels == {"clear": 0, "whole": 1}


def test_controls_come_among_the_others_in_the_share_that_was_chosen(desk: Desk) -> None:
    stock(desk, 20, best=True)
    desk.policy(double=0, control=20)
    for number in range(50):
        desk.attempt(f"n{number}")
    whys = [desk.mark("ana").why for _ in range(50)]
    assert 4 <= whys.count("control") <= 18
    gaps = "".join("c" if why == "control" else "." for why in whys).split("c")
    assert max(map(len, gaps)) <= 10
    assert len(set(map(len, gaps))) > 1


def test_a_control_is_marked_once_by_each_and_counts_for_nobody(desk: Desk) -> None:
    stock(desk, 3, best=True)
    desk.policy(double=0, control=50)
    for number in range(25):
        desk.attempt(f"n{number}")
    for _ in range(25):
        desk.mark("ana")
    mine = [mark for mark in desk.marks() if mark.author == author("ana")]
    known = [mark for mark in mine if mark.why == "control"]
    assert len(known) == len({mark.attempt_id for mark in known}) == 3
    assert not any(mark.is_counted for mark in known)
    k0 = desk.session.get_one(Attempt, "k0")
    assert marking.points(desk.session, k0)[SAY].points_x2 == 8


def test_where_nothing_waits_no_control_is_given(desk: Desk) -> None:
    stock(desk, 3)
    desk.policy(double=0, control=50)
    assert desk.next("ana") is None


@pytest.mark.parametrize("seed", range(3))
def test_a_careless_marker_is_paused_within_few_controls(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 # the same each time
    with fresh() as desk:
        given = mark_until_paused(desk, lambda _control: levels_by(chance))
        assert desk.state("ana") == licensing.PAUSED
        assert given <= WITHIN_CONTROLS


@pytest.mark.parametrize("seed", range(3))
def test_a_careful_marker_who_is_a_level_off_now_and_then_goes_on(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 # the same each time

    def careful(control: Control) -> dict[str, int]:
        levels = dict(control.levels)
        if chance.random() < 0.2:
            levels["clear"] = min(2, levels["clear"] + 1)
        return levels

    with fresh() as desk:
        mark_until_paused(desk, careful)
        assert desk.state("ana") == licensing.LICENSED


def test_what_a_paused_marker_marked_alone_is_heard_by_another_unless_it_was_told() -> None:
    with fresh() as desk:
        mark_until_paused(
            desk, lambda control: {name: 2 - one for name, one in control.levels.items()}
        )
        assert desk.state("ana") == licensing.PAUSED
        alone = {one.attempt_id for one in desk.marks() if one.is_counted and one.turn == 1}
        alone = {one for one in alone if one.startswith("n")}
        assert alone
        assert all(desk.turns(one) == [(SAY, "rubric", 2)] for one in alone)
        one = desk.session.get_one(Attempt, min(alone))
        told = Outcome(
            attempt_id=one.id, state="passed", points=8, maximum=8, reviews=0, decided_at=desk.now
        )
        desk.session.add(told)
        desk.session.query(Unmarked).delete()
        taking_back.ask_seconds(desk.session, author("ana"), "MC1", at=desk.now)
        assert desk.turns(one.id) == []


def mark_until_paused(desk: Desk, decide: object) -> int:
    """Let ana mark controls and others as she does; returns how many controls she had."""
    stock(desk, 12)
    known = {one.attempt_id: one for one in controls.in_use(desk.session, CENTER)}
    desk.policy(double=0, control=50)
    truth = {}
    for number in range(20):
        desk.attempt(f"n{number}", owner=OWNER)
        truth[f"n{number}"] = Control(levels={"clear": number % 3, "whole": number % 2})
    given = 0
    while (task := desk.next("ana")) is not None and given < 25:
        given += task.why == "control"
        what = known.get(task.attempt_id) or truth[task.attempt_id]
        desk.give("ana", task, **decide(what))  # type: ignore[operator]
    return given


def levels_by(chance: random.Random) -> dict[str, int]:
    return {"clear": chance.randrange(3), "whole": chance.randrange(3)}


def test_a_pause_is_told_in_the_log_and_lifted_by_a_coordinator(desk: Desk) -> None:
    licensing.pause(desk.session, "ana", "MC1", reason="controls", at=desk.now)
    entry = desk.session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
    assert entry is not None
    assert (entry.action, entry.subject) == ("license.paused", "account:ana/MC1")
    assert entry.center == CENTER
    assert desk.state("ana") == licensing.PAUSED
    licensing.lift(desk.session, "ana", "MC1", author=COORDINATOR, at=desk.now)
    assert desk.state("ana") == licensing.LICENSED


def test_after_a_lift_controls_count_anew(desk: Desk) -> None:
    stock(desk, 12)
    desk.policy(double=0, control=50)
    for number in range(30):
        desk.attempt(f"n{number}")
    for _ in range(20):
        if desk.state("ana") == licensing.LICENSED:
            desk.mark("ana", clear=2, whole=2)
    assert desk.state("ana") == licensing.PAUSED
    desk.pass_time(hours=1)
    licensing.lift(desk.session, "ana", "MC1", author=COORDINATOR, at=desk.now)
    row = licensing.since(desk.session, "ana", "MC1")
    assert row is not None
    assert not trust.has_missed(desk.session, row, bank=desk.bank)


def test_the_way_to_a_license(desk: Desk) -> None:
    stock(desk, 12)
    dora = desk.hire("dora")
    licensing.begin(desk.session, "dora", "MC1", author=COORDINATOR, at=desk.now)
    with pytest.raises(LicenseError):
        appoint(desk, "dora")
    for _ in range(10):
        known(desk, "dora")
    assert desk.state("dora") == licensing.SHADOW
    for number in range(10):
        desk.attempt(f"s{number}")
        desk.mark("ben", clear=1)
        desk.mark("cleo", clear=1)
    for _ in range(10):
        task = desk.next("dora")
        assert task is not None
        assert task.why == "shadow"
        desk.give("dora", task, clear=1)
    assert not any(mark.is_counted for mark in desk.marks() if mark.author == dora)
    appoint(desk, "dora")
    assert desk.state("dora") == licensing.LICENSED


def test_nobody_lifts_their_own_pause_or_appoints_themselves(desk: Desk) -> None:
    licensing.pause(desk.session, "ana", "MC1", reason="controls", at=desk.now)
    with pytest.raises(LicenseError, match="for themselves"):
        licensing.lift(desk.session, "ana", "MC1", author=author("ana"), at=desk.now)
    assert desk.state("ana") == licensing.PAUSED
    with pytest.raises(LicenseError, match="for themselves"):
        found(desk, "boss", by=author("boss"))
    assert desk.state("boss") is None
    licensing.lift(desk.session, "ana", "MC1", author=licensing.COMMAND, at=desk.now)
    assert desk.state("ana") == licensing.LICENSED
    (row, *_) = desk.session.scalars(select(License).order_by(License.seq.desc()))
    assert row.author == "command"


def test_first_markers_are_founded_until_one_has_marked(desk: Desk) -> None:
    desk.policy(double=0)
    for name in ("dora", "emil"):
        desk.hire(name)
    found(desk, "dora")
    desk.attempt()
    desk.mark("ana")
    with pytest.raises(LicenseError, match="begin with the exercise"):
        found(desk, "emil")
    found(desk, "emil", by=licensing.COMMAND)
    assert desk.state("emil") == licensing.LICENSED


@pytest.mark.parametrize("before", ["exercise", "paused", "ended"])
def test_founding_is_no_way_round(desk: Desk, before: str) -> None:
    match before:
        case "exercise":
            desk.hire("dora")
            licensing.begin(desk.session, "dora", "MC1", author=COORDINATOR, at=desk.now)
        case "paused":
            licensing.pause(desk.session, "ana", "MC1", reason="controls", at=desk.now)
        case _:
            licensing.end(desk.session, "ana", "MC1", author=COORDINATOR, at=desk.now)
    name = "dora" if before == "exercise" else "ana"
    for by in (COORDINATOR, licensing.COMMAND):
        with pytest.raises(LicenseError, match="never began"):
            found(desk, name, by=by)
    assert desk.state(name) == before


def found(desk: Desk, name: str, *, by: str = COORDINATOR) -> None:
    trust.appoint(
        desk.session,
        name,
        "MC1",
        bank=desk.bank,
        author=by,
        at=desk.now,
        reason=licensing.FOUNDING,
    )


def test_who_misses_the_exercise_stays_in_it_and_may_go_on(desk: Desk) -> None:
    stock(desk, 14)
    desk.hire("dora")
    licensing.begin(desk.session, "dora", "MC1", author=COORDINATOR, at=desk.now)
    for _ in range(10):
        desk.mark("dora", clear=0, whole=0)
        desk.pass_time(minutes=1)
    assert desk.state("dora") == licensing.EXERCISE
    while desk.state("dora") == licensing.EXERCISE:
        known(desk, "dora")
        desk.pass_time(minutes=1)
    mine = [mark for mark in desk.marks() if mark.author == author("dora")]
    assert 18 <= len(mine) <= 20


def known(desk: Desk, name: str) -> Mark:
    task = desk.next(name)
    assert task is not None
    assert task.why == "exercise"
    control = controls.reference(desk.session, attempt_id=task.attempt_id, item=task.item)
    assert control is not None
    return desk.give(name, task, **control.levels)


def appoint(desk: Desk, name: str) -> None:
    trust.appoint(desk.session, name, "MC1", bank=desk.bank, author=COORDINATOR, at=desk.now)


def test_only_a_holder_of_the_top_level_may_apply(desk: Desk) -> None:
    candidate(desk)
    with pytest.raises(LicenseError):
        applying.apply(desk.session, OWNER, "MC1", at=desk.now)
    ended(desk, points=7)
    applying.apply(desk.session, OWNER, "MC1", at=desk.now)
    applying.apply(desk.session, OWNER, "MC1", at=desk.now)
    (one,) = applying.applicants(desk.session, CENTER)
    assert (one.candidate_id, one.micro_competence) == ("p1", "MC1")


def test_a_pass_under_the_top_level_is_not_enough(desk: Desk) -> None:
    candidate(desk)
    ended(desk, points=5)
    with pytest.raises(LicenseError):
        applying.apply(desk.session, OWNER, "MC1", at=desk.now)


def test_whoever_was_a_candidate_never_marks_their_own(desk: Desk) -> None:
    candidate(desk)
    ended(desk, points=7)
    applying.apply(desk.session, OWNER, "MC1", at=desk.now)
    desk.hire("dora")
    licensing.begin(desk.session, "dora", "MC1", candidate_id="p1", author=COORDINATOR, at=desk.now)
    assert list(applying.applicants(desk.session, CENTER)) == []
    found = conflicts.between(desk.session, "dora", owner_hash=OWNER)
    assert found is not None
    assert found.kind == "own"


def test_only_assessors_of_the_staff_are_licensed(desk: Desk) -> None:
    desk.hire("carl", role="coordinator")
    with pytest.raises(LicenseError):
        licensing.begin(desk.session, "carl", "MC1", author=COORDINATOR, at=desk.now)
    with pytest.raises(LicenseError):
        licensing.begin(desk.session, "nobody", "MC1", author=COORDINATOR, at=desk.now)
    with pytest.raises(LicenseError):
        desk.license("boss", "MC2")


def candidate(desk: Desk) -> None:
    row = Candidate(
        id="p1", center_id=CENTER, help_language="es", owner_hash=OWNER, made_at=desk.now
    )
    desk.session.add(row)
    desk.session.flush()


def ended(desk: Desk, *, points: int) -> None:
    desk.begun("done")
    row = Outcome(
        attempt_id="done",
        state="passed",
        points=points,
        maximum=8,
        reviews=0,
        decided_at=desk.now,
    )
    desk.session.add(row)
    desk.session.flush()
