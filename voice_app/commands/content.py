"""`voice-app content`: whether the content holds together, and the list of its items."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

import click

from voice_app.audio.prompts import Manifest
from voice_app.dialogues.check import COUNTS, Neighbors, Problem, neighbors, problems
from voice_app.dialogues.content import Content
from voice_app.dialogues.loader import load_content
from voice_app.errors import VoiceAppError
from voice_app.settings import Settings, assets_folder, web_folder

FIELDS = ("id", "language", "learning_outcome", "category", "task")

_folder = click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A content folder other than the one in use.",
)


@click.group()
def content() -> None:
    """Items, prompts, words and phrases, as they stand in their files."""


@content.command()
@_folder
@click.option("--no-neighbors", is_flag=True, help="Leave out the list of near neighbors.")
def check(folder: Path | None, *, no_neighbors: bool) -> None:
    """Say what is wrong with the content; ends with 1 when something is."""
    loaded, found = _checked(folder)
    _echo(_counts_table(loaded))
    if not no_neighbors:
        _echo(_neighbor_lines(loaded))
    _echo(_problem_lines(found))
    click.echo(f"{len(found)} problems" if found else "The content is in order.")
    if found:
        raise click.exceptions.Exit(1)


@content.command("list")
@_folder
@click.option("--json", "is_json", is_flag=True, help="As a JSON array.")
def list_items(folder: Path | None, *, is_json: bool) -> None:
    """List every item in every employer language."""
    rows = list(_rows(_loaded(folder)))
    if is_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        _echo(_columns([FIELDS, *(tuple(row.values()) for row in rows)]))


def _loaded(folder: Path | None) -> Content:
    try:
        return load_content(folder or Settings().content_folder)
    except VoiceAppError as error:
        raise click.ClickException(str(error)) from error


def _checked(folder: Path | None) -> tuple[Content, list[Problem]]:
    loaded = _loaded(folder)
    try:
        manifest = Manifest.load(assets_folder())
    except VoiceAppError as error:
        raise click.ClickException(str(error)) from error
    pictures = {path.stem for path in (web_folder() / "pictures").glob("*.svg")}
    return loaded, problems(loaded, pictures, manifest.has)


def _rows(loaded: Content) -> Iterator[dict[str, str]]:
    for assessment in loaded.assessments.values():
        for language in assessment.employer_languages:
            for item in assessment.items.values():
                values = (item.id, language, item.learning_outcome, item.category, item.task)
                yield dict(zip(FIELDS, values, strict=True))


def _counts_table(loaded: Content) -> Iterator[str]:
    rows = [("assessment", "category", "items", "wanted")]
    for key, assessment in loaded.assessments.items():
        have = Counter(item.category for item in assessment.items.values())
        for category, count in have.items():
            wanted = COUNTS.get(key, {}).get(category, "")
            rows.append((key, category, str(count), str(wanted)))
        rows.append((key, "all", str(have.total()), str(sum(COUNTS.get(key, {}).values()))))
    yield from _columns(rows)
    for key, assessment in loaded.assessments.items():
        languages = " ".join(assessment.employer_languages)
        yield f"{key} {assessment.version}, employer languages: {languages}"
    yield f"help languages: {' '.join(loaded.languages)}"


def _neighbor_lines(loaded: Content) -> Iterator[str]:
    for language in loaded.languages:
        found = neighbors(loaded, language)
        yield f"\nNear neighbors, {language}: {len(found)}"
        yield from (f"  {line}" for line in _columns(map(_neighbor_row, found)))


def _neighbor_row(pair: Neighbors) -> tuple[str, ...]:
    return (f"{pair.a} ~ {pair.b}", f"{pair.how_near:.2f}", pair.guard, pair.item)


def _problem_lines(found: Iterable[Problem]) -> Iterator[str]:
    ordered = sorted(found, key=lambda problem: problem.file)
    for file, group in groupby(ordered, key=lambda problem: problem.file):
        yield f"\n{file}"
        for problem in group:
            place = " ".join(part for part in (problem.item, problem.field) if part)
            yield f"  {place}: {problem.says}" if place else f"  {problem.says}"


def _columns(rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    table = list(rows)
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for row in table:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


def _echo(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)
