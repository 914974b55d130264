"""Make the coefficients of a verdict anew: `python -m benchmarks.calibrate --version 2`."""

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tqdm import tqdm

from benchmarks.calibrate.fit import Fitted, fitted
from benchmarks.calibrate.samples import Sample, samples
from benchmarks.decide.hearing import Ear
from benchmarks.decide.pools import options, pools
from benchmarks.sounds.conditions import Condition
from benchmarks.sounds.people import NoClips
from benchmarks.sounds.spoken import LANGUAGES
from voice_app.audio.ears import Ears
from voice_app.audio.speech import SpeechError
from voice_app.settings import Settings

CALIBRATIONS = Path(__file__).parents[2] / "voice_app/scoring/calibrations"
# Clean sounds of everybody; a few of each in the conditions that a phone meets.
CONDITIONS: tuple[Condition, ...] = (
    "noise-20",
    "noise-10",
    "noise-5",
    "room-0.5",
    "telephone",
    "opus-16k",
    "late-start",
)


def main() -> None:
    """Hear the development part, fit, and write a version with the report of how it was made."""
    asked = _arguments()
    ears = Ears(Settings().models_folder)
    try:
        found = list(_samples(asked, Ear(ears, asked.cache / "heard")))
        engine = ears.engine_for("en")
    finally:
        ears.close()
    models = _models(found)
    document = {"version": asked.version, "engine": engine} | _document(models, found)
    target = CALIBRATIONS / f"{asked.version}.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", "utf-8")
    for name, model in models.items():
        print(
            f"{name:10} {model.samples:6} samples of {model.sounds:5} sounds, left out: "
            f"Brier {model.brier:.4f}, ECE {model.calibration_error:.4f}"
        )
    print(f"Written: {target.name}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.calibrate", description=__doc__)
    parser.add_argument("--version", required=True, help="the name of the new coefficients")
    parser.add_argument("--in-conditions", type=int, default=10, help="sounds of each kind")
    options(parser)
    return parser.parse_args()


def _samples(asked: argparse.Namespace, ear: Ear) -> Iterator[Sample]:
    for language in asked.language or LANGUAGES:
        try:
            yield from _of_language(language, asked, ear)
        except NoClips as missing:
            print(f"left out {language}: {missing}")


def _of_language(language: str, asked: argparse.Namespace, ear: Ear) -> Iterator[Sample]:
    for kind, pool in pools(language, asked):
        trials = [
            *pool.trials("dev", conditions=("clean",)),
            *pool.trials("dev", conditions=CONDITIONS, limit=asked.in_conditions),
        ]
        for trial in tqdm(trials, desc=f"{language} {kind}", unit="sound"):
            try:
                listened = ear.hear(trial.sound, {language: trial.texts})
            except SpeechError as error:
                print(f"left out {trial.spoken.id}: {error}")
                continue
            yield from samples(trial, listened)


def _models(found: list[Sample]) -> dict[str, Fitted]:
    languages = sorted({each.language for each in found})
    models = {}
    for task in ("choose", "phrase"):
        of_task = [each for each in found if each.task == task]
        models[f"any/{task}"] = fitted(of_task)
        for language in languages:
            models[f"{language}/{task}"] = fitted([e for e in of_task if e.language == language])
    return models


def _document(models: dict[str, Fitted], found: list[Sample]) -> dict[str, Any]:
    counts = Counter((e.language, e.kind, e.condition) for e in found if e.is_said)
    return {
        "made": f"{datetime.now(UTC):%Y-%m-%d}",
        "command": "python -m benchmarks.calibrate",
        "part": "dev: a third of all texts, by their hash; never reported on",
        "models": {
            name: {
                "weights": model.weights,
                "intercept": model.intercept,
                "samples": model.samples,
                "left_out": {
                    "brier": round(model.brier, 4),
                    "calibration_error": round(model.calibration_error, 4),
                },
            }
            for name, model in models.items()
        },
        "sounds": [
            {"language": language, "kind": kind, "condition": condition, "samples": count}
            for (language, kind, condition), count in sorted(counts.items())
        ],
    }


if __name__ == "__main__":
    main()
