"""What the commands about badges share: the service's own rows and keys, lists, progress."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import click
from tqdm import tqdm

from voice_app import audit
from voice_app.app import office_of
from voice_app.badge_keys import KeyRing
from voice_app.badges import Office
from voice_app.badges.bulk import Handled
from voice_app.db import Database, open_database
from voice_app.dialogues.loader import load_content
from voice_app.settings import Settings

_INTERRUPTED = 130


@dataclass(frozen=True)
class Desk:
    """Everything that is needed to change badges from the command line."""

    settings: Settings
    database: Database
    keys: KeyRing
    office: Office


@dataclass(frozen=True)
class Line:
    """One line of a list: an attempt or a code, and behind a tab the holder's name."""

    id: str
    name: str | None = None


@contextmanager
def open_desk() -> Iterator[Desk]:
    """Open the service's database and keys. Raises what they raise."""
    settings = Settings()
    content = load_content(settings.content_folder)
    keys = KeyRing(settings.keys_folder, settings.passphrase())
    database = open_database(settings.database_path)
    audit.watch(database, settings.passphrase())
    try:
        yield Desk(settings, database, keys, office_of(settings, content=content, key=keys.badge))
    finally:
        database.close()


def lines_of(given: Sequence[str], files: Sequence[Path]) -> list[Line]:
    """Give what was named, and what stands in files: one a line, `#` begins a remark."""
    read = (text for file in files for text in file.read_text(encoding="utf-8-sig").splitlines())
    kept = (text.strip() for text in (*given, *read))
    named = (text.partition("\t") for text in kept if text and not text.startswith("#"))
    return list(dict.fromkeys(Line(one.strip(), name.strip() or None) for one, _, name in named))


def run(lines: Sequence[Line], act: Callable[[Line], Handled]) -> None:
    """Do one thing to every line: a JSON line each, progress beside it, exit code 1 if refused.

    Each line is whole or not begun. Interrupted, the same command goes on where it stopped.
    """
    if not lines:
        raise click.ClickException("Name at least one, or a file with --from.")
    counts = {"done": 0, "kept": 0, "refused": 0}
    try:
        for line in tqdm(lines, unit="badge", disable=None):
            handled = act(line)
            counts[handled.done] += 1
            said = {name: value for name, value in asdict(handled).items() if value is not None}
            click.echo(json.dumps(said, ensure_ascii=False))
    except KeyboardInterrupt:
        click.echo(f"Stopped: {_told(counts)}. The same command goes on from here.", err=True)
        raise SystemExit(_INTERRUPTED) from None
    click.echo(_told(counts), err=True)
    if counts["refused"]:
        raise SystemExit(1)


def _told(counts: dict[str, int]) -> str:
    return ", ".join(f"{number} {word}" for word, number in counts.items())
