from collections.abc import Iterator

import pytest

from tests.marking.desk import Desk
from voice_app.db import Database


@pytest.fixture
def desk(database: Database) -> Iterator[Desk]:
    """A center with three licensed assessors, in one writing transaction."""
    with database.writing.begin() as session:
        yield Desk(session)
