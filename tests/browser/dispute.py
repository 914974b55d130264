"""Two assessors who disagree on one task, a third who settles it, and the candidate who is told."""

from collections.abc import Mapping
from dataclasses import dataclass

from playwright.sync_api import expect

from tests.browser.candidate import CONTENT, PATIENCE_MS, Candidate
from tests.browser.marking_room import Choose, MarkingRoom, taking_turns
from voice_app.dialogues.scenario import ScenarioBank, Step

STATUS = '[data-part="status"]'
PEOPLE_LISTENED = "news.outcome"


@dataclass(frozen=True)
class Dispute:
    """The points that three people give by criterion; the third marks the disputed task alone."""

    first: Mapping[str, int]
    second: Mapping[str, int]
    third: Mapping[str, int]

    def points_x2(self) -> int:
        """Twice what the marks amount to: the mean of two, the middle of three."""
        three = (self.first, self.second, self.third)
        return sum(
            2 * sorted(one[name] for one in three)[1]
            if name in self.third
            else self.first[name] + self.second[name]
            for name in self.first
        )


def promised(candidate: Candidate) -> str:
    """The end of an attempt that people mark: it says when more is heard. Gives its id."""
    page = candidate.page
    attempt = str(candidate.state()["id"])
    told = page.request.get(f"{candidate.service.origin}/attempts/{attempt}/outcome").json()
    assert (told["state"], told["badge"]) == ("to_review", None)
    expect(page.locator(STATUS)).to_contain_text(told["promise"]["text"], timeout=PATIENCE_MS)
    return attempt


def settle(room: MarkingRoom, attempt_id: str, *, dispute: Dispute) -> None:
    """Have everything marked by two, who leave it open, and by the third what is disputed."""
    attempt = room.attempt(attempt_id)
    bank = CONTENT.scenarios[attempt.assessment]
    every = [step.criteria for step in spoken_steps(bank, room, attempt_id)]
    (apart,) = (criteria for criteria in every if set(criteria) & dispute.third.keys())
    with (
        room.assessor("Ana Ruiz", micro_competence=bank.micro_competence) as one,
        room.assessor("Luc Petit", micro_competence=bank.micro_competence) as other,
        room.assessor("Eva Blanc", micro_competence=bank.micro_competence) as third,
    ):
        pair = (one.mark_all(by(bank, dispute.first)), other.mark_all(by(bank, dispute.second)))
        assert taking_turns(*pair) == [every, every]
        assert room.outcome(attempt_id).state == "to_review"
        assert not one.is_offered_anything()
        assert not other.is_offered_anything()
        assert list(third.mark_all(by(bank, dispute.third))) == [apart]
        for each in (one, other, third):
            assert not each.is_offered_anything()
            each.assert_well()
    outcome = room.outcome(attempt_id)
    spoken = {step.id for step in spoken_steps(bank, room, attempt_id)}
    steps = attempt.criteria["steps"].items()
    pictures = sum(most for step, most in steps if step not in spoken)
    expected = ("passed", 2 * pictures + dispute.points_x2(), 0)
    assert (outcome.state, outcome.points, outcome.reviews) == expected


def told(candidate: Candidate, *, help_language: str) -> None:
    """From what is new on the first page to the badge."""
    page = candidate.page
    page.goto(candidate.service.origin)
    candidate.press("news")
    candidate.screen("outcome")
    words = CONTENT.languages[help_language].phrases[PEOPLE_LISTENED]
    expect(page.locator(STATUS)).to_contain_text(words, timeout=PATIENCE_MS)
    candidate.press("continue")
    candidate.screen("parts")
    candidate.press("continue")
    candidate.screen("badge")


def spoken_steps(bank: ScenarioBank, room: MarkingRoom, attempt_id: str) -> list[Step]:
    """The steps of an attempt that people mark."""
    drawn = room.attempt(attempt_id).criteria["scenarios"]
    return [step for name in drawn for step in bank.scenarios[name].steps if step.criteria]


def by(bank: ScenarioBank, points: Mapping[str, int]) -> Choose:
    """Choose the level of each criterion that gives these points."""

    def choose(criterion: str) -> int:
        levels = [level.points for level in bank.rubric[criterion].levels]
        return levels.index(points[criterion]) + 1

    return choose
