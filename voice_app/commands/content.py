"""`voice-app content`: whether the content holds together, and the list of its items."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import click

from voice_app.audio.ears import Ears
from voice_app.audio.prompts import Manifest
from voice_app.dialogues.check import COUNTS, Neighbors, Problem, neighbors, problems
from voice_app.dialogues.confusables import (
    Confusable,
    Judged,
    confusables,
    hearing_problems,
    judged,
)
from voice_app.dialogues.content import Content
from voice_app.dialogues.coverage import coverage_page
from voice_app.dialogues.heard import Kept, Spoken, load_kept, spoken_names
from voice_app.dialogues.loader import load_content
from voice_app.errors import VoiceAppError
from voice_app.scoring.decide import Right
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
@click.option("--no-neighbors", is_flag=True, help="Leave out the lists of near pairs.")
@click.option("--listen", "is_listening", is_flag=True, help="First hear every rendered name.")
def check(folder: Path | None, *, no_neighbors: bool, is_listening: bool) -> None:
    """Say what is wrong with the content; ends with 1 when something is."""
    loaded, found = _checked(folder)
    heard = _heard(loaded, folder or Settings().content_folder, is_listening=is_listening)
    found += hearing_problems(heard.names, heard.kept, heard.judged)
    _echo(_counts_table(loaded))
    _echo(_heard_lines(heard))
    if not no_neighbors:
        _echo(_neighbor_lines(loaded))
        _echo(_confusable_lines(loaded, heard))
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


@content.command()
@_folder
def coverage(folder: Path | None) -> None:
    """Print which scenario asks for which line of the framework, as the page in docs/."""
    _echo(coverage_page(_loaded(folder)))


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


@dataclass(frozen=True)
class _Heard:
    """The rendered names, what is kept of them, and what is decided on each."""

    names: Sequence[Spoken]
    kept: Kept
    judged: Sequence[Judged]


def _heard(loaded: Content, folder: Path, *, is_listening: bool) -> _Heard:
    assets = assets_folder()
    try:
        names = rendered_names(loaded, assets)
        if is_listening:
            _listen(names, assets=assets, folder=folder)
        kept = load_kept(folder)
    except VoiceAppError as error:
        raise click.ClickException(str(error)) from error
    return _Heard(names, kept, judged(names, kept))


def rendered_names(loaded: Content, assets: Path) -> list[Spoken]:
    """Return the options' names that have a sound among the assets; raises `ManifestError`."""
    entries = Manifest.load(assets).entries
    return list(spoken_names(loaded, {(one.key, one.text): one.sha256 for one in entries}))


def _listen(names: Sequence[Spoken], *, assets: Path, folder: Path) -> None:
    from voice_app.commands.hear_names import hear_names  # noqa: PLC0415 (slow to import)

    languages = sorted({one.language for one in names})
    ears = Ears(Settings().models_folder, languages=languages)
    try:
        hear_names(names, ears, assets=assets, folder=folder)
    finally:
        ears.close()


def _heard_lines(heard: _Heard) -> Iterator[str]:
    if not heard.names:
        yield "rendered names: none, so nothing is heard"
        return
    count = sum(bool(heard.kept.of(one)) for one in heard.names)
    engines = ", ".join(heard.kept.engines) or "nobody"
    yield f"rendered names heard: {count} of {len(heard.names)}, by {engines}"
    right = [one for one in heard.judged if one.is_of_right]
    accepted = sum(isinstance(one.verdict, Right) for one in right)
    yield f"names of right options taken for right: {accepted} of {len(right)}"


def _rows(loaded: Content) -> Iterator[dict[str, str]]:
    for assessment in loaded.assessments.values():
        for language in assessment.employer_languages:
            for item in assessment.items.values():
                values = (item.id, language, item.learning_outcome, item.category, item.task)
                yield dict(zip(FIELDS, values, strict=True))


def _counts_table(loaded: Content) -> Iterator[str]:
    rows = [("assessment", "category", "items", "wanted")]
    for key, assessment in loaded.assessments.items():
        have = Counter(assessment.items[item].category for item in assessment.forms[0])
        for category, count in have.items():
            wanted = COUNTS.get(key, {}).get(category, "")
            rows.append((key, category, str(count), str(wanted)))
        rows.append((key, "all", str(have.total()), str(sum(COUNTS.get(key, {}).values()))))
    yield from _columns(rows)
    for key, assessment in loaded.assessments.items():
        languages = " ".join(assessment.employer_languages)
        forms = len(assessment.forms)
        yield f"{key} {assessment.version}, forms: {forms}, employer languages: {languages}"
    yield f"help languages: {' '.join(loaded.languages)}"


def _neighbor_lines(loaded: Content) -> Iterator[str]:
    for language in loaded.languages:
        found = neighbors(loaded, language)
        yield f"\nNear neighbors, {language}: {len(found)}"
        yield from (f"  {line}" for line in _columns(map(_neighbor_row, found)))


def _neighbor_row(pair: Neighbors) -> tuple[str, ...]:
    return (f"{pair.a} ~ {pair.b}", f"{pair.how_near:.2f}", pair.guard, pair.item)


def _confusable_lines(loaded: Content, heard: _Heard) -> Iterator[str]:
    for language in loaded.languages:
        found = confusables(loaded, heard.judged, language)
        yield f"\nConfusable options, {language}: {len(found)}"
        if found:
            rows = (_CONFUSABLE_HEAD, *map(_confusable_row, found))
            yield from (f"  {line}" for line in _columns(rows))


_CONFUSABLE_HEAD = ("", "sounds", "letters", "lead", "guard", "item")


def _confusable_row(pair: Confusable) -> tuple[str, ...]:
    is_foil = pair.guard == "foil"
    alike = ("", "") if is_foil else (f"{pair.sounds:.2f}", f"{pair.letters:.2f}")
    lead = "" if pair.lead is None else f"{pair.lead:+.2f}"
    return (f"{pair.a} ~ {pair.b}", *alike, lead, pair.guard, pair.item)


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
