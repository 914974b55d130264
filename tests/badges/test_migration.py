import json
import sqlite3
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

import voice_app
from voice_app.db import open_database
from voice_app.models import Badge, BadgeEvent, Consent, Row


def migrate(path: Path, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(voice_app.__file__).parent / "migrations"))
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        act = command.downgrade if revision.startswith("-") else command.upgrade
        act(config, revision.removeprefix("-"))
    engine.dispose()


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A database that gave one badge before badges had a place and events."""
    path = tmp_path / "old.sqlite3"
    migrate(path, "0002")
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(
            "INSERT INTO attempt VALUES ('a', 'o', 'MC3', 'fr', 'es', '1', '{}', '2026-11-01')"
        )
        connection.execute(
            "INSERT INTO badge VALUES ('22222222', 'a', 'MC3', 'fr', '{}', 'key-1', '2026-11-02')"
        )
    connection.close()
    return path


def test_a_badge_from_before_stays_as_it_was(old: Path):
    database = open_database(old)
    with database.reading.begin() as session:
        badge = session.get_one(Badge, "22222222")
        (event,) = session.query(BadgeEvent).all()
    database.close()
    assert (badge.kind, badge.list_number, badge.replaces) == ("single", None, None)
    assert (event.kind, event.author, event.at) == ("shown", "service", badge.issued_at)


def test_the_migrated_tables_are_those_of_the_models(old: Path):
    open_database(old).close()
    engine = create_engine(f"sqlite:///{old}")
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), Row.metadata)
    engine.dispose()
    assert [
        one
        for one in differences
        if any(word in repr(one) for word in ("badge", "level", "attempt", "consent"))
    ] == []


def test_the_step_can_be_taken_back(old: Path):
    open_database(old).close()
    migrate(old, "-0002")
    connection = sqlite3.connect(old)
    assert connection.execute("SELECT code, attempt_id FROM badge").fetchall() == [
        ("22222222", "a")
    ]
    connection.close()


def test_a_yes_from_before_stays_what_it_was(old: Path):
    """It told the phrase and its sound; nobody was asked for their voice."""
    migrate(old, "0003")
    said = {"phrase": "en/phrases/share.consent", "played_sha256": "e" * 64, "utterance_id": None}
    connection = sqlite3.connect(old)
    with connection:
        connection.execute(
            "INSERT INTO badge_event (badge_code, kind, author, consent, at) "
            "VALUES ('22222222', 'shown', 'holder', ?, '2026-11-03')",
            (json.dumps(said),),
        )
    connection.close()
    database = open_database(old)
    with database.reading.begin() as session:
        (word,) = session.query(Consent).all()
        event = session.query(BadgeEvent).filter_by(author="holder").one()
    database.close()
    assert (word.purpose, word.subject, word.owner_hash) == ("show-badge", "22222222", "o")
    assert (word.phrase, word.language, word.played_sha256) == ("share.consent", "en", "e" * 64)
    assert (word.is_given, word.was_played, word.untold) == (True, False, "not-asked")
    assert (event.consent_seq, event.at) == (word.seq, word.at)
    migrate(old, "-0003")
    connection = sqlite3.connect(old)
    kept = connection.execute("SELECT consent FROM badge_event WHERE author = 'holder'").fetchone()
    connection.close()
    assert json.loads(kept[0]) == said
