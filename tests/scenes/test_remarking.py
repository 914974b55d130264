"""Marking anew after a change of ours: planned first, then done, and nobody loses by it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.scenes.walks import BANK, CONTENT, NOW, PICTURES, Walk
from voice_app import remarking
from voice_app.db import Database
from voice_app.dialogues.scenario import Choosing, Criterion, Level, ScenarioBank, Step
from voice_app.marking.records import counted
from voice_app.models import Attempt, AuditEntry, Mark, News, Outcome, Unmarked
from voice_app.remarking import Change, Desk, Plan, Stand, What
from voice_app.vault import Vault

LATER = NOW + timedelta(days=30)


class House:
    """Attempts that ended by the content of before, and content as it is today."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self.database, self.vault = database, vault
        self.badges: list[str] = []
        self.today = dict(CONTENT.scenarios)

    def ended(self, assessment: str = "MC2", *, is_right: bool, percent: int = 60) -> str:
        with self.database.writing.begin() as session:
            walk = Walk(session, assessment)
            walk.attempt.criteria = walk.attempt.criteria | {"percent": percent}
            walk.to_the_end(is_right=is_right)
            if assessment == "MC1":
                for author in ("account:1", "account:2"):
                    walk.mark("ask", {"asks": 1}, author=author)
                    walk.mark("restate", {"restates": 0}, author=author)
                walk.settle()
            return walk.attempt.id

    @property
    def desk(self) -> Desk:
        return Desk(replace(CONTENT, scenarios=self.today), self.vault)

    def plan(self, what: What = "rules", micro_competence: str | None = None) -> Plan:
        return remarking.plan(
            self.database,
            self.desk,
            what=what,
            micro_competence=micro_competence,
            since=None,
            at=LATER,
        )

    def apply(self, plan: Plan, stop_after: int = 99) -> int:
        def progress(changes: Iterable[Change]) -> Iterator[Change]:
            for number, one in enumerate(changes):
                if number >= stop_after:
                    raise KeyboardInterrupt
                yield one

        return remarking.apply(
            self.database,
            plan,
            desk=self.desk,
            award=lambda _, attempt: self.badges.append(attempt.id),
            clock=lambda: LATER,
            progress=progress,
        )

    def stand(self, attempt_id: str) -> tuple[str, int]:
        with self.database.reading.begin() as session:
            mine = select(Outcome).where(Outcome.attempt_id == attempt_id)
            last = session.scalars(mine.order_by(Outcome.seq.desc())).first()
            assert last is not None
            return last.state, last.points

    def rows(self) -> dict[str, int]:
        with self.database.reading.begin() as session:
            kinds = (Outcome, Mark, Unmarked, News, AuditEntry)
            return {one.__name__: len(session.scalars(select(one)).all()) for one in kinds}


@pytest.fixture
def house(database: Database, tmp_path: Path) -> House:
    return House(database, Vault(tmp_path / "vault", b"a passphrase of tests"))


def test_a_plan_says_what_would_change_and_changes_nothing(house: House) -> None:
    attempt = house.ended(is_right=False, percent=20)
    before = house.rows()
    house.today["MC2"] = broom_is_right(PICTURES)
    plan = house.plan()
    assert house.rows() == before
    [one] = plan.changes
    assert (one.attempt_id, one.becomes, one.languages) == (attempt, "raised", "fr/en")
    assert one.before == Stand("not_yet", 0, 16, "discovery")
    assert one.after == Stand("passed", 4, 16, "discovery")
    assert "pass flips: 1" in list(plan.summary())
    assert "flips in fr/en: 1" in list(plan.summary())


def test_carried_out_it_gives_new_passes_their_badge_and_is_logged(house: House) -> None:
    attempt = house.ended(is_right=False, percent=20)
    house.today["MC2"] = broom_is_right(PICTURES)
    plan = house.plan()
    assert house.apply(plan) == 1
    assert house.stand(attempt) == ("passed", 4)
    assert house.badges == [attempt]
    with house.database.reading.begin() as session:
        assert session.scalars(select(News.key)).all() == ["news.remark"]
        logged = session.scalars(select(AuditEntry).where(AuditEntry.action == "remark.applied"))
        assert [(one.subject, one.actor) for one in logged] == [(f"attempt:{attempt}", "command")]
    assert house.apply(plan) == 0
    assert house.badges == [attempt]


def test_nobody_loses_by_a_change_of_ours(house: House) -> None:
    attempt = house.ended(is_right=True)
    house.today["MC2"] = broom_is_right(PICTURES)
    plan = house.plan()
    [one] = plan.changes
    assert (one.becomes, one.before.points, one.after.points) == ("stays", 16, 12)
    assert house.apply(plan) == 0
    assert house.stand(attempt) == ("passed", 16)


def test_a_plan_that_is_too_old_is_refused_whole(house: House) -> None:
    first, _ = (house.ended(is_right=False, percent=20) for _ in range(2))
    house.today["MC2"] = broom_is_right(PICTURES)
    plan = house.plan()
    with house.database.writing.begin() as session:
        session.add(outcome(first))
    with pytest.raises(remarking.RowsChanged):
        house.apply(plan)
    assert house.badges == []
    house.today["MC2"] = replace(house.today["MC2"], version="1")
    with pytest.raises(remarking.RowsChanged):
        house.apply(plan)


def test_interrupted_it_goes_on_where_it_stopped(house: House) -> None:
    attempts = {house.ended(is_right=False, percent=20) for _ in range(3)}
    house.today["MC2"] = broom_is_right(PICTURES)
    plan = house.plan()
    with pytest.raises(KeyboardInterrupt):
        house.apply(plan, stop_after=1)
    assert len(house.badges) == 1
    assert len(remarking.left(house.database, plan, desk=house.desk)) == 2
    assert house.apply(plan) == 2
    assert len(house.badges) == 3
    assert set(house.badges) == attempts


def test_levels_given_are_summed_by_today_s_points(house: House) -> None:
    attempt = house.ended("MC1", is_right=True, percent=80)
    assert house.stand(attempt) == ("not_yet", 18)
    house.today["MC1"] = asks(BANK, 0, 2, 2)
    [one] = house.plan("rubric").changes
    assert (one.becomes, one.after.points, one.after.state) == ("raised", 20, "passed")
    house.apply(house.plan("rubric"))
    assert house.stand(attempt) == ("passed", 20)
    with house.database.reading.begin() as session:
        row = session.get_one(Attempt, attempt)
        assert row.criteria["earlier"][0]["rubric"]["asks"]["levels"] == [0, 1, 2]
        marks = counted(session, attempt)[f"{row.criteria['scenarios'][0]}.ask"]
        assert [(one.author, one.levels) for one in marks] == [
            ("account:1", {"asks": 2}),
            ("account:2", {"asks": 2}),
        ]


def test_what_has_other_criteria_now_is_marked_anew_by_people(house: House) -> None:
    attempt = house.ended("MC1", is_right=True, percent=80)
    house.today["MC1"] = asks(BANK, 0, 1, 2, 3)
    plan = house.plan("rubric")
    [one] = plan.changes
    assert (one.becomes, one.queued) == ("queued", 2)
    house.apply(plan)
    with house.database.reading.begin() as session:
        assert len(session.scalars(select(Unmarked)).all()) == 2
        assert all(one.item.endswith(".ask") for one in session.scalars(select(Unmarked)))
    assert house.stand(attempt)[0] == "to_review"


def test_what_is_not_there_any_more_cannot_be_marked_anew(house: House) -> None:
    house.ended(is_right=False)
    house.today["MC2"] = replace(PICTURES, scenarios={})
    [one] = house.plan().changes
    assert (one.becomes, one.note) == ("cannot", "One of its scenarios is not there any more.")


def test_only_what_is_asked_for_is_looked_at(house: House) -> None:
    house.ended(is_right=False, percent=20)
    house.today["MC2"] = broom_is_right(PICTURES)
    assert house.plan(micro_competence="MC1").attempts == 0
    assert house.plan("rubric").changes == ()


def test_a_plan_is_read_as_it_was_written_or_not_at_all(house: House, tmp_path: Path) -> None:
    house.ended(is_right=False, percent=20)
    house.today["MC2"] = broom_is_right(PICTURES)
    plan, path = house.plan(), tmp_path / "plan.json"
    remarking.write(plan, path)
    assert remarking.read(path) == plan
    path.write_text(path.read_text().replace('"points": 4', '"points": 5'))
    with pytest.raises(remarking.PlanError):
        remarking.read(path)
    path.write_text("{}")
    with pytest.raises(remarking.PlanError):
        remarking.read(path)


def broom_is_right(bank: ScenarioBank) -> ScenarioBank:
    """The same bank, in which the second picture is the right one."""
    changed = {
        name: replace(home, steps=tuple(map(_other, home.steps)))
        for name, home in bank.scenarios.items()
    }
    return replace(bank, scenarios=changed)


def _other(step: Step) -> Step:
    if not isinstance(step.task, Choosing):
        return step
    return replace(step, task=replace(step.task, right=step.task.options[1]))


def asks(bank: ScenarioBank, *points: int) -> ScenarioBank:
    criterion: Criterion = replace(
        bank.rubric["asks"], levels=tuple(Level(one, {}) for one in points)
    )
    return replace(bank, rubric={**bank.rubric, "asks": criterion})


def outcome(attempt_id: str) -> Outcome:
    return Outcome(
        attempt_id=attempt_id, state="not_yet", points=1, maximum=16, reviews=0, decided_at=LATER
    )
