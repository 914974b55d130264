"""What an assessor says to a candidate reaches the candidate, and nobody else."""

import io

import av
import numpy as np
from fastapi.testclient import TestClient

from tests.journeys.fakes import ScriptedEars
from tests.journeys.phone import Phone
from tests.journeys.visit import Visit
from tests.page_client import PageClient
from voice_app.marking import Comment, comments
from voice_app.models import Attempt, Mark
from voice_app.routes.deps import Service


def say(here: Service, attempt_id: str, *, sound: bytes) -> int:
    """Mark an answer with a comment in every form; gives the number of the mark."""
    with here.database.writing.begin() as session:
        attempt = session.get_one(Attempt, attempt_id)
        rubric = attempt.criteria.get("rubric", {})
        offers = tuple(f"{criterion}.good" for criterion in list(rubric)[:1])
        step = next((one["steps"][0] for one in rubric.values()), "broom")
        owner, now = attempt.owner_hash, here.clock()
        recording = comments.keep(here.store, sound, media_type="audio/wav", owner=owner)
        comment = Comment("Very clear.", offers, recording)
        mark = Mark(
            attempt_id=attempt.id,
            item=step,
            why="rubric" if rubric else "unsure",
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
    assert {"text": "Very clear.", "audio": f"{address}/words"} in told
    assert {"text": "", "audio": address} in told


def test_written_words_are_read_aloud_to_their_candidate_alone(
    client: TestClient, ears: ScriptedEars, take: bytes
) -> None:
    visit = Visit(client, ears)
    visit.arrive("MC4")
    name = visit.state["id"]
    seq = say(client.app.state.service, name, sound=take)
    address = f"/attempts/{name}/comments/{seq}/words"
    read = client.get(address)
    assert (read.status_code, read.headers["content-type"]) == (200, "audio/mpeg")
    assert read.headers["cache-control"] == "private, no-store"
    with av.open(io.BytesIO(read.content)) as sound:
        frames = [frame.to_ndarray() for frame in sound.decode(audio=0)]
    samples = np.concatenate(frames, axis=None)
    assert len(samples) > 10_000
    assert np.abs(samples).max() > 0.1
    assert client.get(f"/attempts/{name}/comments/{seq + 1}/words").status_code == 404
    stranger = PageClient(client.app, base_url="http://localhost:8000")
    assert stranger.get(address).status_code == 404


def test_what_is_said_of_an_answer_to_an_item_reaches_its_candidate_too(
    phone: Phone, take: bytes
) -> None:
    name = phone.begin()["id"]
    seq = say(phone.client.app.state.service, name, sound=take)  # type: ignore[attr-defined]
    phone.touch_all(right=30)
    address = f"/attempts/{name}/comments/{seq}"
    told = phone.outcome()["comments"]
    assert told == [
        {"text": "Very clear.", "audio": f"{address}/words"},
        {"text": "", "audio": address},
    ]
