"""`python -m benchmarks.text --cases FILE`: what is judged wrongly; exit 1 if anything is."""

import argparse
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.text.baselines import SCORERS, Judged, best_threshold, equality
from benchmarks.text.sweeps import Check, metamorphic, operator_sweep
from voice_app.scoring.cases import heard_of, target_of
from voice_app.scoring.sounds import sounds_version
from voice_app.scoring.target import understand

_OWN = Path(__file__).parents[2] / "tests" / "scoring" / "data" / "text_cases.jsonl"
_VERDICTS = {"accept": "A", "reject": "R", "person": "H"}
_MOST_TO_PERSON = 0.20
_SHOWN = 10


def main() -> int:
    """Print the cases, the baselines, the sweep and the metamorphic checks; 1 on a failure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=Path, default=_OWN, help="labeled cases, JSON lines")
    parser.add_argument("--only-cases", action="store_true", help="leave the sweeps out")
    chosen = parser.parse_args()
    lines = [json.loads(line) for line in chosen.cases.read_text("utf-8").splitlines() if line]
    cases = [_case(line) for line in lines]
    print(f"cases    {chosen.cases.name}, {len(cases)}\nsounds   {sounds_version()}\n")
    failures = _print_cases(lines, cases)
    _print_baselines(cases)
    if not chosen.only_cases:
        failures += _print_checks("operator sweep", operator_sweep())
        pairs = [(case.target, case.heard) for case in cases]
        failures += _print_checks("metamorphic", metamorphic(pairs))
    return 1 if failures else 0


def _case(line: dict[str, Any]) -> Judged:
    expected = line.get("expect", "")
    return Judged(target_of(line), heard_of(line), expected, line.get("ok", expected))


def _print_cases(lines: Sequence[dict[str, Any]], cases: Sequence[Judged]) -> int:
    verdicts = [_VERDICTS[understand(case.target, case.heard).verdict] for case in cases]
    started = time.perf_counter()
    for case in cases:
        understand(case.target, case.heard)
    took = (time.perf_counter() - started) / max(1, len(cases)) * 1000
    groups = {"all": list(range(len(cases)))}
    for at, line in enumerate(lines):
        groups.setdefault(f"language {cases[at].target.language}", []).append(at)
        groups.setdefault(f"class {line.get('cat', '-')}", []).append(at)
    print("group                |   n | wrong accept | wrong reject | to a person (expected) ")
    for name, places in sorted(groups.items()):
        _print_group(name, [(cases[at], verdicts[at]) for at in places])
    bad = [at for at, case in enumerate(cases) if _wrong(case, verdicts[at])]
    for at in bad:
        print(f"{_wrong(cases[at], verdicts[at])}: {json.dumps(lines[at], ensure_ascii=False)}")
    expected = sum(case.expected == "H" for case in cases)
    share = (verdicts.count("H") - expected) / max(1, len(cases))
    print(f"\n{took:.2f} ms a case (warm); {share:.0%} to a person beyond those expected there\n")
    return len(bad) + (share > _MOST_TO_PERSON)


def _wrong(case: Judged, verdict: str) -> str:
    if verdict in case.tolerated:
        return ""
    return {"A": "wrong accept", "R": "wrong reject"}.get(verdict, "to a person, needlessly")


def _print_group(name: str, judged: Sequence[tuple[Judged, str]]) -> None:
    wrong = Counter(_wrong(case, verdict) for case, verdict in judged)
    persons = sum(verdict == "H" for _, verdict in judged)
    expected = sum(case.expected == "H" for case, _ in judged)
    print(
        f"{name:20} | {len(judged):3} | {wrong['wrong accept']:12} | {wrong['wrong reject']:12} |"
        f" {persons:3} ({expected}) {persons / len(judged):.0%}"
    )


def _print_baselines(cases: Sequence[Judged]) -> None:
    print("baseline             | wrong accepts | right ones missed")
    print("{:20} | {:13} | {}".format("exact equality", *equality(cases)))
    for name, scorer in SCORERS.items():
        limit, (wrong, missed) = best_threshold(cases, scorer)
        print(f"{f'{name} >= {limit} (best)':20} | {wrong:13} | {missed}")
    print()


def _print_checks(title: str, checks: Iterable[Check]) -> int:
    counted: Counter[tuple[str, str]] = Counter()
    failed: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for check in checks:
        key = (check.kind, check.language)
        counted[key] += 1
        if failure := check.failure():
            failed[key].append(failure)
    print(f"{title}: {sum(counted.values())} checks, {sum(map(len, failed.values()))} failures")
    for kind, language in sorted(counted):
        wrong = failed[kind, language]
        print(f"{kind:20} | {language} | {counted[kind, language]:5} | {len(wrong)}")
        for failure in wrong[:_SHOWN]:
            print(f"    {failure}")
    print()
    return sum(map(len, failed.values()))


if __name__ == "__main__":
    sys.exit(main())
