from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.conftest import take
from tests.privacy.people import Clock, open_house
from voice_app.privacy import Keeping

__all__ = ["take"]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def house(folder: Path, clock: Clock) -> Iterator[Keeping]:
    keeping = open_house(folder, clock)
    yield keeping
    keeping.database.close()
