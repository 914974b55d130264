"""`voice-app hear`: what the engines hear in a file, one JSON line a file."""

import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from voice_app.audio.ears import Ears
from voice_app.audio.speech import Hearing, Hears, PhraseScore, SpeechError
from voice_app.settings import Settings


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--language", required=True, help="The language that is spoken, such as fr.")
@click.option("--phrase", "phrases", multiple=True, help="A phrase to score; may be repeated.")
def hear(files: tuple[Path, ...], language: str, phrases: tuple[str, ...]) -> None:
    """Print what is heard in FILES: text, engine, confidence, seconds of audio and of work."""
    ears = Ears(Settings().models_folder, languages=(language,))
    try:
        ears.warm_up()
        lines = [_print_line(ears, file, language=language, phrases=phrases) for file in files]
    except SpeechError as error:
        raise click.ClickException(str(error)) from error
    finally:
        ears.close()
    if any("error" in line for line in lines):
        raise SystemExit(1)


def _print_line(
    ears: Hears, file: Path, *, language: str, phrases: Sequence[str]
) -> dict[str, Any]:
    line = describe(ears, file, language=language, phrases=phrases)
    click.echo(json.dumps(line, ensure_ascii=False))
    return line


def describe(ears: Hears, file: Path, *, language: str, phrases: Sequence[str]) -> dict[str, Any]:
    """One file's line; a file that cannot be heard has `error` and `code` instead of a text."""
    started = time.monotonic()
    try:
        hearing = ears.hear(file, {language: phrases})
    except SpeechError as error:
        return {"file": str(file), "error": str(error), "code": error.code}
    seconds = round(time.monotonic() - started, 3)
    return {"file": str(file), **_heard(hearing), "work_seconds": seconds}


def _heard(hearing: Hearing) -> dict[str, Any]:
    line: dict[str, Any] = {"text": "", "engine": None, "confidence": 0.0}
    for evidence in hearing.evidences:
        transcript = evidence.transcript
        line |= {"text": transcript.text, "engine": evidence.engine}
        line |= {"confidence": round(transcript.confidence, 3)}
        if transcript.no_speech_probability is not None:
            line |= {"no_speech_probability": round(transcript.no_speech_probability, 3)}
        if evidence.chosen_phrase is not None:
            line |= {"chosen_phrase": evidence.chosen_phrase}
        if evidence.scores:
            line |= {"scores": [_score(s) for s in evidence.scores]}
    if hearing.quality.trouble:
        line |= {"trouble": hearing.quality.trouble}
    return line | {"audio_seconds": round(hearing.recording_seconds, 3)}


def _score(score: PhraseScore) -> dict[str, Any]:
    numbers = {n: round(getattr(score, n), 3) for n in ("total", "mean", "lowest", "prior")}
    return {"phrase": score.phrase, **numbers}
