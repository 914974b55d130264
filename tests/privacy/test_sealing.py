"""What lies in the clear from before is sealed by a command that can be stopped and started."""

from pathlib import Path

from sqlalchemy import select

from tests.privacy.people import SOUND, enter, in_the_clear, openable
from voice_app.models import Hearing
from voice_app.privacy import Keeping, Sealed, seal_old
from voice_app.vault import unclosed


def unsealed(house: Keeping, utterances: tuple[str, ...], *, owner: str) -> None:
    for one in utterances:
        house.store.kept(one)[0].path.write_bytes(SOUND)
    with house.database.writing.begin() as session:
        for row in session.scalars(select(Hearing)):
            row.evidence = unclosed(
                house.vault, row.evidence, owner=owner, utterance_id=row.utterance_id
            )


def test_old_recordings_and_hearings_are_sealed_once(house: Keeping, folder: Path):
    ana = enter(house, "ana")
    unsealed(house, (*ana.utterances, ana.consent_recording), owner=ana.owner)
    assert len(in_the_clear(folder)) >= 4
    assert seal_old(house) == Sealed(recordings=3, hearings=2)
    assert in_the_clear(folder) == []
    assert openable(folder, house.vault, [ana]) >= 5
    assert seal_old(house) == Sealed()


def test_it_goes_on_where_it_was_stopped(house: Keeping, folder: Path):
    ana = enter(house, "ana")
    unsealed(house, ana.utterances, owner=ana.owner)
    house.store.seal(house.store.kept(ana.utterances[0])[0].path.name, owner=ana.owner)
    assert seal_old(house) == Sealed(recordings=1, hearings=2)
    assert in_the_clear(folder) == []


def test_a_recording_that_no_row_names_is_told(house: Keeping):
    kept = house.store.keep("nobody", b"", owner="x")
    kept.path.write_bytes(SOUND)
    assert seal_old(house) == Sealed(lost=1)
