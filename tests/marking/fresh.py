"""A desk in memory, for properties that need a new one each time."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from tests.marking.desk import Desk
from voice_app.audit.writing import KEY
from voice_app.models import Row


@contextmanager
def fresh() -> Iterator[Desk]:
    engine = create_engine("sqlite://")
    Row.metadata.create_all(engine)
    with Session(engine, info={KEY: bytes(32)}) as session:
        yield Desk(session)
    engine.dispose()
