"""What an assessor says to a candidate reaches the candidate, and nobody else."""

from fastapi.testclient import TestClient

from tests.journeys.fakes import ScriptedEars
from tests.journeys.visit import Visit
from tests.page_client import PageClient
from voice_app.marking import Comment, comments
from voice_app.models import Attempt, Mark
from voice_app.routes.deps import Service


def say(here: Service, attempt_id: str, *, sound: bytes) -> int:
    """Mark an answer with a comment in every form; gives the number of the mark."""
    with here.database.writing.begin() as session:
        attempt = session.get_one(Attempt, attempt_id)
        rubric = attempt.criteria["rubric"]
        criterion = next(iter(rubric))
        step = rubric[criterion]["steps"][0]
        owner, now = attempt.owner_hash, here.clock()
        recording = comments.keep(here.store, sound, media_type="audio/wav", owner=owner)
        comment = Comment("Very clear.", (f"{criterion}.good",), recording)
        mark = Mark(
            attempt_id=attempt.id,
            item=step,
            why="rubric",
            turn=1,
            author="account:1",
            levels={name: one["points"] for name, one in rubric.items() if step in one["steps"]},
            comment={},
            is_counted=True,
            listened_seconds=1.0,
            began_at=now,
            at=now,
        )
        about = comments.about_of(mark)
        mark.comment = comments.closed(here.vault, comment, owner=owner, about=about)
        session.add(mark)
        session.flush()
        return mark.seq


def test_a_comment_is_told_to_its_candidate_alone(
    client: TestClient, ears: ScriptedEars, take: bytes
) -> None:
    visit = Visit(client, ears)
    visit.arrive("MC4")
    name, here = visit.state["id"], client.app.state.service
    seq = say(here, name, sound=take)
    address = f"/attempts/{name}/comments/{seq}"
    heard = client.get(address)
    assert (heard.status_code, heard.content) == (200, take)
    assert heard.headers["cache-control"] == "private, no-store"
    assert client.get(f"/attempts/{name}/comments/{seq + 1}").status_code == 404
    stranger = PageClient(client.app, base_url="http://localhost:8000")
    assert stranger.get(address).status_code == 404
    visit.go_through()
    told = visit.outcome()["comments"]
    with here.database.reading.begin() as session:
        criterion = next(iter(session.get_one(Attempt, name).criteria["rubric"]))
    assert visit.bank.rubric[criterion].offers["good"]["es"] in [one["text"] for one in told]
    assert {"text": "Very clear.", "audio": address} in told
