"""A hostile take, as a phone sends it: a sentence for the candidate, a row for a person."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from sqlalchemy import select

from benchmarks.hostile.corpus import Hostile, corpus, sample
from tests.journeys.fakes import ScriptedEars
from tests.journeys.phone import Phone
from voice_app.audio.decoding import Decoder
from voice_app.audio.speech import Hearing as HeardTake
from voice_app.models import Hearing, Utterance

_KINDS = ("play list", "renamed", "header only", "shuffled")


class ConfinedEars(ScriptedEars):
    """Decodes as the service does, in confined processes."""

    def __init__(self) -> None:
        super().__init__()
        self.decoder = Decoder()

    def hear(
        self, take: Path, languages: Mapping[str, Sequence[str]], *, pace: float = 1.0
    ) -> HeardTake:
        del pace
        self.decoder.decode(take)
        return super().hear(take, languages)

    def close(self) -> None:
        self.decoder.close()


@pytest.fixture
def ears() -> Iterator[ConfinedEars]:
    ears = ConfinedEars()
    yield ears
    ears.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Hostile]:
    return list(corpus(tmp_path_factory.mktemp("canary") / "canary.wav"))


@pytest.mark.parametrize("kind", _KINDS)
def test_it_is_told_and_kept_for_a_person(phone: Phone, kind: str, files: list[Hostile]):
    of_kind = [one for one in files if one.kind == kind and one.data]
    hostile = sample(of_kind, each=1 if of_kind[0].container else 3)
    service = phone.client.app.state.service
    for one in hostile:
        phone.begin()
        answer = phone.put(one.data)
        assert answer.status_code == 201, one
        told = phone.wait_for(answer.json()["id"])
        assert told["state"] == "repeat"
        assert told["phrase"] in service.content.languages["es"].phrases
        assert told["phrase"].startswith("trouble.")
    with service.database.reading.begin() as session:
        rows = session.scalars(select(Hearing)).all()
        kept = session.scalars(select(Utterance.id)).all()
    assert [row.verdict for row in rows] == ["unusable"] * len(hostile)
    assert {row.utterance_id for row in rows} == set(kept)


def test_a_take_that_kills_its_decoder_is_no_fault_of_the_engines(
    phone: Phone, ears: ConfinedEars, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    program = "from tests.audio.rogue import main; main({}, {})"
    monkeypatch.setattr("voice_app.audio.decoding._PROGRAM", program)
    phone.begin()
    answer = phone.put(b"abort")
    told = phone.wait_for(answer.json()["id"])
    assert told == {"state": "repeat", "phrase": "trouble.not-audio"}
    assert ears.decoder.vitals().crashes["died"] == 1
    with phone.client.app.state.service.database.reading.begin() as session:
        (row,) = session.scalars(select(Hearing)).all()
    assert (row.verdict, row.reasons) == ("unusable", ["undecodable"])
    assert "failed_tries_total{" not in phone.client.get("/metrics").text
