"""`voice-app prompts`: render every sentence into sound, check the sounds, report on them."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import cast, get_args

import click
from platformdirs import user_cache_path
from tqdm import tqdm

from voice_app.audio import listening, voices
from voice_app.audio.checking import problems
from voice_app.audio.ears import Ears
from voice_app.audio.plans import Assets, Task, due, leftovers, plan
from voice_app.audio.prompts import Entry, Kind, Sentence, write_whole
from voice_app.audio.speech import Synthesizer
from voice_app.dialogues.loader import load_content
from voice_app.dialogues.sentences import sentences
from voice_app.errors import VoiceAppError
from voice_app.settings import Settings, assets_folder

_ENGINES = click.Choice(list(voices.VOICES))
_KINDS = click.Choice(get_args(Kind))


@click.group()
def prompts() -> None:
    """The spoken sentences: rendering and checking them."""


@prompts.command("render")
@click.option("--engine", type=_ENGINES, default="kokoro", show_default=True)
@click.option("--language", help="Only the sentences of this language.")
@click.option("--kind", type=_KINDS, help="Only this kind of sentence.")
@click.option("--only", "key", help="Only this key, such as fr/prompts/broom.")
@click.option("--threads", type=click.IntRange(min=1), default=1, show_default=True)
@click.option("--again", "is_again", is_flag=True, help="Also what is fresh already.")
@click.option("--assets", type=click.Path(path_type=Path), help="The folder of sounds, if another.")
def render_prompts(
    *,
    engine: str,
    language: str | None,
    kind: str | None,
    key: str | None,
    threads: int,
    is_again: bool,
    assets: Path | None,
) -> None:
    """Render what is new or changed; stop at any time, and go on later."""
    folder = assets or assets_folder()
    try:
        _delete_leftovers(folder, engine)
        todo = _todo(folder, engine, is_again=is_again)
        wanted = [t for t in todo if _is_wanted(t, language=language, kind=kind, key=key)]
        _render(wanted, folder, threads=threads, is_again=is_again)
    except VoiceAppError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{len(wanted)} files rendered into {folder}")


@prompts.command("check")
@click.option("--engine", type=_ENGINES, default="kokoro", show_default=True)
@click.option("--measure", "is_measuring", is_flag=True, help="Decode and measure every file.")
@click.option("--assets", type=click.Path(path_type=Path), help="The folder of sounds, if another.")
def check_prompts(engine: str, assets: Path | None, *, is_measuring: bool) -> None:
    """Exit with 1 when a file is missing, stale, changed, too loud or too quiet; list them all."""
    folder = assets or assets_folder()
    try:
        here = Assets.load(folder)
        tasks = plan(_sentences(), here, engine=engine)
        found = [*problems(tasks, here, is_measuring=is_measuring), *_earcon_problems(folder)]
    except VoiceAppError as error:
        raise click.ClickException(str(error)) from error
    for problem in found:
        click.echo(problem)
    if found:
        raise click.ClickException(f"{len(found)} problems: run voice-app prompts render")
    click.echo(f"{len(tasks)} sounds are there and fresh")


@prompts.command("report")
@click.option("--assets", type=click.Path(path_type=Path), help="The folder of sounds, if another.")
def report_prompts(assets: Path | None) -> None:
    """Let a recognizer hear every prompt, and list the ones a person should listen to."""
    folder = assets or assets_folder()
    try:
        entries = Assets.load(folder).manifest.entries
        heard = _heard([e for e in entries if e.kind in ("prompt", "scene")], folder)
    except VoiceAppError as error:
        raise click.ClickException(str(error)) from error
    listening.save_heard(heard, folder)
    text = listening.report(heard, entries)
    write_whole(folder / listening.REPORT_NAME, text.encode())
    odd = sum(one.likeness < listening.LISTEN_BELOW for one in heard)
    click.echo(f"{odd} of {len(heard)} prompts to listen to: {folder / listening.REPORT_NAME}")


def _heard(entries: Sequence[Entry], folder: Path) -> list[listening.Heard]:
    known = listening.load_heard(folder)
    heard = [listening.Heard(e, *known[e.sha256]) for e in entries if e.sha256 in known]
    new = [e for e in entries if e.sha256 not in known]
    if new:
        ears = Ears(Settings().models_folder, languages=sorted({e.language for e in new}))
        try:
            for entry in tqdm(new, unit="file", desc="hearing"):
                heard.append(listening.listen(entry, ears, folder=folder))
                listening.save_heard(heard, folder)
        finally:
            ears.close()
    return heard


def _sentences() -> Iterator[Sentence]:
    for spoken in sentences(load_content(Settings().content_folder)):
        kind = cast("Kind", spoken.kind.removesuffix("s"))
        yield Sentence(spoken.key, spoken.language, kind, spoken.text, spoken.voice)


def _todo(folder: Path, engine: str, *, is_again: bool) -> tuple[Task, ...]:
    assets = Assets.load(folder)
    tasks = plan(_sentences(), assets, engine=engine)
    return tasks if is_again else due(tasks, assets)


def _is_wanted(task: Task, *, language: str | None, kind: str | None, key: str | None) -> bool:
    said = task.sentence
    pairs = ((language, said.language), (kind, said.kind), (key, said.key))
    return all(wanted in (None, found) for wanted, found in pairs)


def _delete_leftovers(folder: Path, engine: str) -> None:
    assets = Assets.load(folder)
    gone = leftovers(plan(_sentences(), assets, engine=engine), assets.manifest)
    if gone:
        from voice_app.audio.rendering import remove  # noqa: PLC0415 (needs the render extra)

        remove(gone, assets)


def _render(tasks: Iterable[Task], folder: Path, *, threads: int, is_again: bool) -> None:
    from voice_app.audio.earcons import render_earcons  # noqa: PLC0415 (needs the render extra)
    from voice_app.audio.rendering import render  # noqa: PLC0415 (needs the render extra)

    render_earcons(folder)
    where = voices.Folders(Settings().models_folder, user_cache_path("voice-app"))

    @cache
    def synthesizer(name: str) -> Synthesizer:
        return voices.synthesizer(name, folders=where, threads=threads)

    shown = tqdm(list(tasks), unit="file", desc="rendering")
    render(shown, Assets.load(folder), synthesizer=synthesizer, is_again=is_again)


def _earcon_problems(folder: Path) -> Iterator[str]:
    names = ("start", "stop", "sent", "done")
    return (f"earcons/{n}.mp3 is missing" for n in names if not _earcon(folder, n).is_file())


def _earcon(folder: Path, name: str) -> Path:
    return folder / "earcons" / f"{name}.mp3"
