"""Print how well spoken answers are judged: `python -m benchmarks.decide`."""

import argparse
import itertools
import os
import platform
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from tqdm import tqdm

from benchmarks.decide import nothing, phrases, speed
from benchmarks.decide.counting import HEADINGS, Counts, merged, verdict_on
from benchmarks.decide.hearing import Ear, Listened
from benchmarks.decide.plain import Plain
from benchmarks.decide.pools import options, pools
from benchmarks.decide.trials import CASES, Trial
from benchmarks.measures.plots import plot_det, plot_reliability
from benchmarks.measures.stock import Stock
from benchmarks.sounds.conditions import CONDITIONS
from benchmarks.sounds.people import NoClips
from benchmarks.sounds.spoken import LANGUAGES
from voice_app.audio.catalog import WHISPER_BASE
from voice_app.audio.ears import Ears
from voice_app.audio.models import installed_folder
from voice_app.audio.speech import SpeechError
from voice_app.dialogues.loader import load_content
from voice_app.hearings import SLOWER
from voice_app.scoring.calibration import CURRENT
from voice_app.scoring.twice import is_in_doubt
from voice_app.settings import Settings

ROOT = Path(__file__).parents[2]
NAMES = {"g722": "person, 16 kHz", "wav": "person, 8 kHz"}


@dataclass
class Report:
    """Everything counted, by language, kind of sound and condition."""

    counts: dict[tuple[str, str, str], Counts] = field(default_factory=lambda: defaultdict(Counts))
    asked: dict[tuple[str, str], list[phrases.Asked]] = field(
        default_factory=lambda: defaultdict(list)
    )
    fast: dict[str, list[Trial]] = field(default_factory=lambda: defaultdict(list))
    plain: Plain = field(default_factory=Plain)


def main() -> None:
    """Hear every trial of the report part, print tables, write plots."""
    asked = _arguments()
    _print_conditions(asked)
    ears = Ears(Settings().models_folder)
    ear = Ear(ears, asked.cache / "heard")
    try:
        report = _report(asked, ear, stock=_stock(asked))
        _print_choices(report)
        _print_phrases(report)
        _plot(report, asked.plots)
        _print_nothing(asked, ear)
        _print_speed(report, ear, stock=_stock(asked), asked=asked)
    finally:
        ears.close()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.decide", description=__doc__)
    parser.add_argument("--people", type=int, help="clips of people; all if not said")
    parser.add_argument("--in-conditions", type=int, default=30, help="sounds of each kind")
    parser.add_argument("--stock", type=int, default=60, help="clips for the stock call")
    parser.add_argument("--timed", type=int, default=40, help="sounds that are timed")
    parser.add_argument("--plots", type=Path, default=ROOT / "benchmarks/plots")
    options(parser)
    return parser.parse_args()


def _print_conditions(asked: argparse.Namespace) -> None:
    engines = ", ".join(f"{name} {version(name)}" for name in ("faster-whisper", "vosk"))
    print(f"date     {datetime.now(UTC):%Y-%m-%d %H:%M} UTC")
    print(f"machine  {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(f"engines  {engines}, Python {platform.python_version()}")
    print(f"sounds   part report, seed {asked.seed}; coefficients {CURRENT}, made on part dev")
    print("people   one professional speaker a language, native, telephone prompts\n")


def _stock(asked: argparse.Namespace) -> Stock:
    folder = installed_folder(WHISPER_BASE, Settings().models_folder)
    if folder is None:
        raise SystemExit("Whisper is not installed: voice-app models install whisper-base")
    return Stock(folder, asked.cache / "stock")


def _report(asked: argparse.Namespace, ear: Ear, *, stock: Stock) -> Report:
    report = Report()
    for language in asked.language or LANGUAGES:
        try:
            for kind, pool in pools(language, asked):
                is_person = kind in NAMES
                clean = pool.trials(
                    "report", conditions=("clean",), limit=asked.people if is_person else None
                )
                noisy = pool.trials("report", conditions=CONDITIONS[1:], limit=asked.in_conditions)
                trials = list(itertools.chain(clean, noisy))
                asks = tqdm(_heard(trials, ear), total=len(trials), desc=f"{language} {kind}")
                for number, (trial, listened) in enumerate(asks):
                    _count(report, trial, listened, name=NAMES.get(kind, trial.kind))
                    if is_person and trial.condition == "clean" and number < asked.stock:
                        text = stock.hear(trial.sound, language).text
                        report.plain.add(trial, listened, stock=text)
                        report.asked[language, "stock"] += phrases.asked(
                            trial, listened, stock=text
                        )
                        report.fast[language].append(trial)
        except NoClips as missing:
            print(f"left out {language}: {missing}")
    return report


def _heard(trials: Sequence[Trial], ear: Ear) -> Iterator[tuple[Trial, Listened]]:
    for trial in trials:
        try:
            yield trial, _listened(trial, ear)
        except SpeechError as error:
            print(f"left out {trial.spoken.id}: {error}")


def _listened(trial: Trial, ear: Ear) -> Listened:
    """Hear a sound once, and slowed down where any of its choices is in doubt."""
    texts = {trial.language: trial.texts}
    once = ear.hear(trial.sound, texts)
    if any(is_in_doubt(verdict_on(trial.choice(case), once)) for case in CASES):
        return replace(once, again=ear.hear(trial.sound, texts, pace=SLOWER).heard)
    return once


def _count(report: Report, trial: Trial, listened: Listened, *, name: str) -> None:
    report.counts[trial.language, name, trial.condition].add(trial, listened)
    if trial.condition == "clean":
        report.asked[trial.language, name] += phrases.asked(trial, listened)


def _print_choices(report: Report) -> None:
    print("\n## Closed choice of four, a near neighbor among them (95 % Wilson intervals)\n")
    print(HEADINGS)
    for (language, kind, condition), counts in report.counts.items():
        print(counts.line(language, kind, condition))
    for name in ("person", "neural", "formant"):
        for language in dict.fromkeys(key[0] for key in report.counts):
            every = [
                counts
                for key, counts in report.counts.items()
                if key[0] == language and key[1].startswith(name) and key[2] == "clean"
            ]
            if every:
                print(merged(every).line(language, f"{name}, all", "clean"))
    print("\n## Plain judges on the same clips of people, closed choice of four\n")
    print("\n".join(report.plain.lines()))


def _print_phrases(report: Report) -> None:
    print("\n## Open verification of a phrase: equal error, wrong phrase near | random | both\n")
    for (language, kind), found in report.asked.items():
        print(f"{language}, {kind}: {phrases.verdicts(found)}")
        print("\n".join(f"  {row}" for row in phrases.lines(found)))


def _plot(report: Report, folder: Path) -> None:
    for language in dict.fromkeys(key[0] for key in report.asked):
        found = [e for key, some in report.asked.items() if key[0] == language for e in some]
        curves = {
            judge: phrases.curve(found, judge, near=True)
            for judge in (phrases.OURS, "ratio", "WRatio")
        }
        title = f"Was this phrase said? {language}, near neighbors"
        plot_det(curves, folder / f"det-{language}.svg", title=title)
    stated = {
        language: (
            [
                e.scores[phrases.OURS]
                for key, some in report.asked.items()
                if key[0] == language
                for e in some
            ],
            [e.is_said for key, some in report.asked.items() if key[0] == language for e in some],
        )
        for language in dict.fromkeys(key[0] for key in report.asked)
    }
    plot_reliability(stated, folder / "reliability.svg", title="Chances stated and kept")


def _print_nothing(asked: argparse.Namespace, ear: Ear) -> None:
    print("\n## Sounds that are no answer, judged as answers to items of MC3\n")
    print(nothing.HEADINGS)
    content = load_content()
    for language in asked.language or LANGUAGES:
        rows = nothing.lines(language, content, ear, assets=ROOT / "audio_assets", seed=asked.seed)
        print("\n".join(rows))


def _print_speed(report: Report, ear: Ear, *, stock: Stock, asked: argparse.Namespace) -> None:
    print("\n## Time\n")
    with tempfile.TemporaryDirectory() as folder:
        for language, trials in report.fast.items():
            print(f"{language}:")
            rows = speed.lines(trials[: asked.timed], ear, stock, folder=Path(folder))
            print("\n".join(f"  {row}" for row in rows))


if __name__ == "__main__":
    main()
